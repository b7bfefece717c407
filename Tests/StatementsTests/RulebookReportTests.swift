import Expressions
import Figures
import Foundation
import Rulebooks
import Statements
import Testing

/// The project's own rulebook and the incidents behind the half-year speech of Zhejiang in 2009.
private enum NationalRulebook {
    /// Loaded once: the tables of regions take their time.
    static let loaded = Result { try load() }

    private static func load() throws -> Rulebook? {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let folder = root.appendingPathComponent("rulebook").resolvingSymlinksInPath()
        guard let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else {
            return nil
        }
        var files: [RulebookFile] = []
        for case let file as URL in walker
        where ["yaml", "csv", "mustache"].contains(file.pathExtension) {
            let path = String(file.resolvingSymlinksInPath().path.dropFirst(folder.path.count + 1))
            files.append(RulebookFile(path: path, bytes: [UInt8](try Data(contentsOf: file))))
        }
        return files.isEmpty ? nil : try RulebookLoader.load(files: files)
    }

    /// The slots of an incident, from a line of the shared file.
    static func slots(_ columns: [String], _ kind: Kind, _ rulebook: Rulebook) throws -> [Value] {
        var slots = kind.layout.emptySlots
        let day = try #require(CivilDate(columns[0].prefix(10)))
        func set(_ field: String, _ value: Value) { kind.fieldIndex[field].map { slots[$0] = value } }
        func code(_ field: String, _ text: String) {
            guard case .code(let list)? = kind.field(field)?.type else { return }
            guard let item = rulebook.codeLists[list]?.resolve(text, on: day) else { return }
            set(field, .string(item.id))
        }
        let second = (Int(columns[0].dropFirst(11).prefix(2)) ?? 0) * 3600
        let moment = Timestamp(date: day, secondOfDay: second, offsetSeconds: rulebook.timeZoneOffsetSeconds)
        set("occurred_at", moment.map(Value.timestamp) ?? .null)
        set("region", .string(columns[1]))
        set("deaths", Int64(columns[6]).map(Value.int) ?? .null)
        set("serious_injuries", Int64(columns[7]).map(Value.int) ?? .null)
        if let area = ExactDecimal(columns[5]) {
            set("floor_area_m2", number(area, kind.field("floor_area_m2")))
        }
        code("category", columns[2])
        code("location", columns[3])
        code("contractor_grade", columns[4])
        slots[kind.layout.slot(.state)] = .string(kind.lifecycle.imported)
        for id in kind.computationOrder {
            guard case .formula(let versions)? = kind.field(id)?.derivation,
                let formula = versions.inForce(on: day)?.item
            else { continue }
            set(id, (try? formula.program.evaluate(slots)) ?? .null)
        }
        return slots
    }

    private static func number(_ number: ExactDecimal, _ field: Field?) -> Value {
        if case .integer? = field?.type { return .int(number.unscaled) }
        return .decimal(number)
    }
}

@Suite(
    "The rulebook's own half-year report",
    .enabled(if: Zhejiang.incidents() != nil, "needs ../shared/data/incidents-zhejiang-2008h1-2009h1.csv"))
struct RulebookReportTests {
    private func cells(_ rulebook: Rulebook) throws -> InMemoryCells {
        let kind = try #require(rulebook.kind("incident"))
        let plan = ContributionPlan(kind: kind)
        var cells = InMemoryCells()
        let text = try #require(Zhejiang.incidents())
        for line in text.split(whereSeparator: \.isNewline).dropFirst() {
            let columns = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let slots = try NationalRulebook.slots(columns, kind, rulebook)
            let region = try #require(rulebook.regions.resolve(columns[1])).code
            try cells.apply(
                Contribution.cells(
                    of: plan, slots: slots, regionCode: region, offsetSeconds: rulebook.timeZoneOffsetSeconds)
            )
        }
        return cells
    }

    @Test("says what the department said in 2009, in both languages")
    func halfYear() throws {
        let rulebook = try #require(try NationalRulebook.loaded.get())
        let report = try ReportDefinition(try #require(rulebook.reports["half-year"]), in: rulebook)
        let composer = ReportComposer(rulebook: rulebook, source: try cells(rulebook))
        #expect(composer.check(report).isEmpty)
        let period = try #require(Period("2009H1"))
        let chinese = try composer.compose(
            report, region: "33", period: period, language: .zh, checkpoint: "c")
        for expected in [
            "23起、死亡26人，同比减少5起、9人，分别下降17.86%和25.71%",
            "2起、死亡2人，同比减少6起、9人，分别下降75%和81.82%", "1起、死亡1人，同比减少1起、3人，分别下降50%和75%",
            "1起、死亡2人，同比减少2起、1人，分别下降66.67%和33.33%", "3起、死亡3人，同比减少2起、2人，均下降40%",
            "宁波市、衢州市", "52.17%", "50%", "上升600%", "26.92%", "57.69%", "69.23%", "76.92%", "42.31%", "34.62%",
            "浙江省", "2009年上半年",
        ] {
            #expect(chinese.text.contains(expected), "\(expected)")
        }
        let english = try composer.compose(report, region: "33", period: period, language: .en)
        #expect(english.text.contains("down 5 and 9 from a year earlier, or 17.86% and 25.71%"))
        #expect(
            chinese.figures.contains { $0.name == "struck" && $0.aspect == .share && $0.printed == "26.92%" })
    }

    @Test("is composed for every province, with tables that add up")
    func everyRegion() throws {
        let rulebook = try #require(try NationalRulebook.loaded.get())
        let engine = FigureEngine(catalogue: PreparedCatalogue(rulebook), source: try cells(rulebook))
        let period = try #require(Period("2009H1"))
        for level in ["province", "city", "county"] {
            let query = FigureQuery(
                measures: ["incidents"], period: period, by: .regionLevel(level), compare: .year)
            let result = try engine.evaluate(query)
            #expect(result.total.figures[0].value == 23)
            #expect(result.rows.map { $0.figures[0].value }.reduce(0, +) == 23)
            #expect(result.rows.compactMap { $0.figures[0].previous }.reduce(0, +) == 28)
        }
    }
}
