import Expressions
import Testing

@testable import Rulebooks

@Suite("Dashboards of a rulebook") struct DashboardTests {
    private static let whole = """
        dashboard: safety
        name: 安全
        english: Safety
        for: [inspector]
        opens_for: [inspector]
        tiles:
          - { measure: hazards_found, where: { grade: major }, compare: year, better: lower }
          - { indicator: closure-rate }
          - { measure: hazards_overdue }
        quotas: [hazards]
        trends: [{ measures: [hazards_found, hazards_closed] }]
        breakdowns: [{ measure: hazards_found, by: category }]
        rankings: [{ indicator: closure-rate, most: 5 }]
        heat: [{ measure: hazards_found }]
        lists:
          - { name: 逾期, english: Overdue, kind: hazard, where: { overdue: true, grade: major }, columns: [due_on], sort: -due_on }
        ---
        quota: hazards
        name: 控制数
        english: Limit
        measure: hazards_found
        versions: [{ since: 2026-01-01, until: 2026-12-31, source: 某文件, limits: { "33": 94, "3301": 12 } }]
        """

    private static func files(_ text: String = whole) -> [RulebookFile] {
        var texts = Fixture.texts
        texts["board.yaml"] = text
        return Fixture.files(texts)
    }

    @Test("are read with everything they name")
    func read() throws {
        let rulebook = try RulebookLoader.load(files: Self.files())
        let board = try #require(rulebook.dashboard("safety"))
        #expect(board.isFor("inspector") && !board.isFor("leader"))
        #expect(board.opensFor == ["inspector"])
        #expect(board.period == .toDate)
        #expect(board.tiles.map(\.subject.id) == ["hazards_found", "closure-rate", "hazards_overdue"])
        #expect(
            board.tiles[0].subject
                == .measure(IndicatorTerm(measure: "hazards_found", restrictions: ["grade": ["major"]])))
        #expect(board.tiles[0].compare == .year && board.tiles[0].better == .lower)
        #expect(board.trends[0].subjects.count == 2)
        #expect(board.breakdowns[0].most == 10 && board.rankings[0].most == 5)
        #expect(
            board.lists[0].conditions == [
                DashboardCondition(column: "overdue", value: "true"),
                DashboardCondition(column: "grade", value: "major"),
            ])
        let quota = try #require(rulebook.quotas["hazards"])
        let day = try #require(CivilDate("2026-06-30"))
        #expect(quota.versions.inForce(on: day)?.item == ["330000000000": 94, "330100000000": 12])
        let text = DashboardExplanation.terminal(board, .zh, in: rulebook)
        for words in ["安全  safety", "监督员", "隐患数  hazards_found  同比", "控制数  hazards", "逾期  隐患  overdue=true"] {
            #expect(text.contains(words), "\(text)")
        }
    }

    @Test(
        "say what is wrong with them, where, and what was probably meant",
        arguments: [
            ("hazards_found, where", "hazard_found, where", "RB-0301", "board.yaml:7:16", "hazards_found"),
            (
                "indicator: closure-rate }\n  - { m", "indicator: closure-rat }\n  - { m", "RB-0301",
                "board.yaml:8:18", "closure-rate"
            ),
            (
                "measure: hazards_overdue }", "measure: hazards_overdue, compare: year }", "RB-0213",
                "board.yaml:9:16", "at"
            ),
            (
                "{ measure: hazards_overdue }", "{ measure: hazards_overdue, indicator: closure-rate }",
                "RB-0213", "board.yaml:9", ""
            ),
            ("{ measure: hazards_overdue }", "{ better: lower }", "RB-0213", "board.yaml:9", ""),
            (
                "{ indicator: closure-rate }\n", "{ indicator: closure-rate, better: lower }\n", "RB-0213",
                "board.yaml:8", ""
            ),
            (
                "{ indicator: closure-rate }\n", "{ indicator: closure-rate, where: { grade: major } }\n",
                "RB-0213", "board.yaml:8", ""
            ),
            ("compare: year", "compare: decade", "RB-0207", "board.yaml:7", ""),
            ("for: [inspector]", "for: [inspectr]", "RB-0301", "board.yaml:4:7", "inspector"),
            ("quotas: [hazards]", "quotas: [hazard]", "RB-0301", "board.yaml:10:10", "hazards"),
            (
                "[hazards_found, hazards_closed] }", "[hazards_found, hazards_closed], compare: year }",
                "RB-0213", "board.yaml:11", ""
            ),
            (
                "[hazards_found, hazards_closed] }", "[hazards_found, hazards_overdue] }", "RB-0213",
                "board.yaml:11", ""
            ),
            (
                "measures: [hazards_found, hazards_closed] ",
                "measures: [hazards_found, hazards_closed, hazards_found, hazards_closed] ", "RB-0209",
                "board.yaml:11", ""
            ),
            ("by: category", "by: categry", "RB-0302", "board.yaml:12", "category"),
            ("most: 5", "most: 500", "RB-0209", "board.yaml:13", ""),
            (
                "heat: [{ measure: hazards_found }]", "heat: [{ measure: hazards_overdue }]", "RB-0213",
                "board.yaml:14", ""
            ),
            ("kind: hazard,", "kind: hazrd,", "RB-0301", "board.yaml:16", "hazard"),
            ("overdue: true,", "overdu: true,", "RB-0302", "board.yaml:16", "overdue"),
            ("overdue: true,", "overdue: maybe,", "RB-0204", "board.yaml:16", ""),
            ("grade: major }, columns", "grade: majr }, columns", "RB-0301", "board.yaml:16", "major"),
            ("grade: major }, columns", "state: notifed }, columns", "RB-0303", "board.yaml:16", "notified"),
            ("grade: major }, columns", "description: x }, columns", "RB-0606", "board.yaml:16", ""),
            ("columns: [due_on]", "columns: [due_onn]", "RB-0302", "board.yaml:16", "due_on"),
            ("sort: -due_on", "sort: -due_onn", "RB-0302", "board.yaml:16", "due_on"),
            ("\"3301\": 12", "\"3399\": 12", "RB-0301", "board.yaml:22", ""),
            ("\"3301\": 12", "\"3301\": -1", "RB-0209", "board.yaml:22", ""),
            (", source: 某文件", "", "RB-0703", "board.yaml:22", ""),
            ("measure: hazards_found\n", "measure: hazards_overdue\n", "RB-0213", "board.yaml:21", ""),
            ("tiles:", "tile:", "RB-0202", "board.yaml:6", "tiles"),
        ])
    func wrong(_ old: String, _ new: String, _ code: String, _ place: String, _ hint: String) {
        #expect(Self.whole.contains(old), "the fixture no longer has \(old)")
        let problems = Fixture.problems(
            Self.files(Self.whole.replacing(old, with: new, maxReplacements: 1)))
        let found = problems.first { $0.code.rawValue == code && "\($0.position)".hasPrefix(place) }
        #expect(found != nil, "\(new): \(problems.map(\.description))")
        if !hint.isEmpty {
            #expect(found?.hint?.en.contains(hint) == true, "\(found.debugDescription)")
        }
    }

    @Test("open for a role once, and only for one they are for")
    func opening() {
        let second = "\n---\ndashboard: other\nname: 乙\nenglish: Other\nopens_for: [inspector]\ntiles: []\n"
        #expect(Fixture.problems(Self.files(Self.whole + second)).map(\.code) == [.conflictingKeys])
        let third = "\n---\nrole: leader\nname: 领导\nenglish: Leader\nmay: [read]\n"
        let files = Self.files(
            Self.whole.replacing("opens_for: [inspector]", with: "opens_for: [leader]") + third)
        #expect(Fixture.problems(files).map(\.code) == [.conflictingKeys])
    }
}
