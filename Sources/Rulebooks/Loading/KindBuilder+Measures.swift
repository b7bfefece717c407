import Expressions

extension KindBuilder {
    /// The most dimensions a measure's cells are kept by.
    private static let mostDimensions = 8

    func measures(_ kindReader: NodeReader) -> [Measure] {
        kindReader.entries("measures").compactMap { entry in
            let reader = assembly.reader(entry.value, .measure)
            let citations = reader.citations()
            let value = value(reader)
            let at = dayField(reader.node("at"))
            let dimensions = reader.list("by").compactMap(dimension)
            if dimensions.count > Self.mostDimensions, let by = reader.node("by") {
                assembly.report(
                    .badNumber, at: by.position, zh: "一个计量最多有 \(Self.mostDimensions) 个维度",
                    en: "A measure has at most \(Self.mostDimensions) dimensions")
            }
            guard let value else { return nil }
            let measure = Measure(
                id: entry.key, kindID: id, name: reader.bilingualName, unit: reader.unit, value: value,
                at: at,
                dimensions: dimensions, isPublic: reader.flag("public"), citations: citations,
                position: entry.value.position)
            if let other = assembly.measures[entry.key] {
                assembly.report(
                    .duplicateID, at: entry.keyPosition,
                    zh: "计量“\(entry.key)”已在 \(other.measure.position) 声明",
                    en: "The measure `\(entry.key)` is declared already at \(other.measure.position)")
            } else {
                assembly.measures[entry.key] = MeasureReference(kindID: id, measure: measure)
            }
            return measure
        }
    }

    private func value(_ reader: NodeReader) -> MeasureValue? {
        let places = reader.integer("places")
        switch (reader.node("count"), reader.node("sum")) {
        case (let count?, nil):
            if let places = reader.node("places") {
                assembly.report(
                    .conflictingKeys, at: places.position, zh: "places 只与 sum 同用",
                    en: "`places` belongs to `sum`")
            }
            switch count.text {
            case "all": return .countAll
            case "overdue": return .countOverdue
            default: return pureFormula(count, [.bool]).map(MeasureValue.countWhere)
            }
        case (nil, let sum?):
            return pureFormula(sum, [.int, .decimal]).map {
                .sum($0, places: places ?? ($0.program.resultType == .int ? 0 : 2))
            }
        default:
            assembly.report(
                .conflictingKeys, at: reader.position, zh: "计量须有 count 或 sum 其一，且只有其一",
                en: "A measure has either `count` or `sum`")
            return nil
        }
    }

    /// What a record contributes is kept until the record changes, so it cannot depend on the day or the actor.
    private func pureFormula(_ node: YamlNode, _ types: [ValueType]) -> Formula? {
        guard let formula = formula(node, types) else { return nil }
        let fleeting: [SystemSlot] = [.today, .now, .actorRole, .actorRegion, .actorLogin]
        for slot in fleeting where formula.program.usedSlots.contains(layout.slot(slot)) {
            assembly.report(
                .impureMeasure, at: node.position, zh: "计量不能用“\(slot.name)”：记录不变，计数也不能变",
                en: "A measure cannot use `\(slot.name)`: it changes only when the record does")
        }
        for path in formula.program.paths where path.count > 1 {
            guard let root = path.first, case .reference? = outline.field(root)?.type else { continue }
            assembly.report(
                .impureMeasure, at: node.position,
                zh: "计量不能取“\(path.joined(separator: "."))”：所指的记录变了，这里的计数不会跟着变",
                en:
                    "A measure cannot use `\(path.joined(separator: "."))`: the record referred to may change "
                    + "without this one")
        }
        return formula
    }

    private func dayField(_ node: YamlNode?) -> String? {
        guard let node, let field = field(node) else { return nil }
        if field.type.isDay { return field.id }
        wrongType(node, Bilingual(zh: "日期或时刻", en: "date or moment"))
        return nil
    }

    private func dimension(_ node: YamlNode) -> String? {
        guard let field = field(node) else { return nil }
        switch field.type {
        case .code, .boolean, .region, .text, .party: return field.id
        default:
            wrongType(node, Bilingual(zh: "代码、布尔、区划、文本或主体", en: "code, boolean, region, text or party"))
            return nil
        }
    }
}
