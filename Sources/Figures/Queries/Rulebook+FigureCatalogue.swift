import Expressions
import Rulebooks

extension Rulebook: FigureCatalogue {
    public var measureIDs: [String] { measures.keys.sorted() }

    public func measure(_ id: String) -> MeasureDescription? {
        guard let measure = measures[id]?.measure else { return nil }
        var places = 0
        if case .sum(_, let declared) = measure.value { places = declared }
        return MeasureDescription(
            id: measure.id, name: measure.name, unit: measure.unit, places: places,
            dimensions: measure.dimensions,
            isStock: measure.isStock)
    }

    public func dimensionName(_ dimension: String, of measure: String) -> Bilingual? {
        field(dimension, of: measure)?.name
    }

    public func valueName(_ value: String, dimension: String, of measure: String, on day: CivilDate?)
        -> Bilingual?
    {
        guard let field = field(dimension, of: measure) else { return nil }
        switch field.type {
        case .code(let list):
            return (codeLists[list]?.item(value, on: day) ?? codeLists[list]?.anyItem(value))?.name
        case .region: return regions.name(value, on: day)
        case .boolean:
            return value == "true" ? Bilingual(zh: "是", en: "Yes") : Bilingual(zh: "否", en: "No")
        default: return nil
        }
    }

    public func values(dimension: String, of measure: String, on day: CivilDate?) -> [String] {
        guard let field = field(dimension, of: measure) else { return [] }
        switch field.type {
        case .code(let list): return codeLists[list]?.items(on: day).map(\.id) ?? []
        case .boolean: return ["true", "false"]
        default: return []
        }
    }

    public func valuesUnder(_ value: String, dimension: String, of measure: String, on day: CivilDate?)
        -> [String]
    {
        guard case .code(let id)? = field(dimension, of: measure)?.type, let list = codeLists[id] else {
            return [value]
        }
        let under = list.items(on: day).map(\.id).filter { list.isItem($0, under: value, on: day) }
        return under.contains(value) ? under : [value] + under
    }

    public func regionDigits(_ code: String) -> String? {
        if code.isEmpty { return "" }
        return regions.resolve(code).map { regions.prefix($0.code) }
    }

    public var regionLevels: [(id: String, digits: Int)] { regions.levels.map { ($0.id, $0.digits) } }

    public func regionName(_ code: String, on day: CivilDate?) -> Bilingual? {
        regions.name(code, on: day)
    }

    public func regions(level: String, under digits: String, on day: CivilDate?) -> [String] {
        guard let wanted = regions.levels.first(where: { $0.id == level })?.digits else { return [] }
        var found: [String] = []
        var pending = digits.isEmpty ? regions.roots : [regions.region(digits)?.code ?? digits]
        while let code = pending.popLast() {
            let own = regions.prefix(code).utf8.count
            if own == wanted { found.append(code) }
            if own < wanted { pending += regions.children(code) }
        }
        return found.sorted()
    }

    public func successions(on day: CivilDate) -> SuccessionTable {
        SuccessionTable(
            regions.allSuccessions.compactMap { succession in
                guard succession.on <= day, let successor = regions.successor(succession.former, on: day)
                else {
                    return nil
                }
                return SucceededRegion(
                    former: regions.prefix(succession.former), successor: regions.prefix(successor))
            })
    }

    private func field(_ id: String, of measure: String) -> Field? {
        measures[measure].flatMap { kinds[$0.kindID]?.field(id) }
    }
}
