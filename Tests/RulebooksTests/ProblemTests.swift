import Testing

@testable import Rulebooks

/// Every kind of problem has a fixture that must fail, with its place.
@Suite struct ProblemTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let code: RulebookProblemCode
        let file: String
        let old: String
        let new: String
        /// The text of the changed file at which the problem stands; nil: only the code is looked at.
        let at: String?
        var testDescription: String { "\(code.rawValue) \(new.prefix(40))" }

        init(_ code: RulebookProblemCode, _ file: String, _ old: String, _ new: String, at: String? = nil) {
            (self.code, self.file, self.old, self.new, self.at) = (code, file, old, new, at)
        }
    }

    static let structure: [Case] = [
        Case(.yamlSyntax, "hazard.yaml", "fields:\n", "fields: [\n"),
        Case(.tabIndentation, "hazard.yaml", "  initial: found", "\tinitial: found", at: "\tinitial"),
        Case(.emptyFile, "site.yaml", Fixture.site, "# nothing\n"),
        Case(.anchorRefused, "site.yaml", "region: region", "region: &a region", at: "&a"),
        Case(
            .duplicateKey, "hazard.yaml", "english: Hazard\n", "english: Hazard\nenglish: Again\n",
            at: "english: Again"),
        Case(
            .duplicateKey, "hazard.yaml", "type: date, required: true", "type: date, type: date",
            at: "type: date }"),
        Case(
            .tooDeep, "site.yaml", "region: region",
            "region: " + String(repeating: "[", count: 100) + String(repeating: "]", count: 100)),
        Case(.notAMapping, "site.yaml", Fixture.site, "- a\n- b\n", at: "- a"),
        Case(.unknownItem, "site.yaml", "kind: site", "kinds: site", at: "kinds: site"),
        Case(.unknownKey, "hazard.yaml", "governed_by: found_on", "govern_by: found_on", at: "govern_by"),
        Case(.unknownKey, "lists.yaml", "aliases: [坠落]", "alias: [坠落]", at: "alias:"),
        Case(.missingKey, "hazard.yaml", "family: matter\n", "", at: "kind: hazard"),
        Case(
            .missingKey, "hazard.yaml", ", say_english: The date found cannot be after today", "",
            at: "{ when: \"found_on <= today\""),
        Case(
            .wrongForm, "hazard.yaml", "fields: [description, photos]", "fields: description",
            at: "description }"),
        Case(.wrongForm, "hazard.yaml", "found: { name: 已发现, english: Found }", "found: 已发现", at: "已发现\n"),
        Case(.badIdentifier, "hazard.yaml", "kind: hazard\n", "kind: Hazard\n", at: "Hazard\nname"),
        Case(.badIdentifier, "hazard.yaml", "due_on: { name", "dueOn: { name", at: "dueOn"),
        Case(.badDate, "lists.yaml", "since: 1986-05-31", "since: 1986-05-32", at: "1986-05-32"),
        Case(.badDate, "lists.yaml", "2026-02-15..2026-02-23", "2026-02-23..2026-02-15"),
        Case(.badChoice, "hazard.yaml", "family: matter", "family: mater", at: "mater\n"),
        Case(.badTerm, "hazard.yaml", "at: -2 days", "at: -2 fortnights", at: "-2 fortnights"),
        Case(.badNumber, "hazard.yaml", "max: 9 }", "max: many }", at: "many"),
        Case(.badNumber, "hazard.yaml", "max: 9 }", "max: 9.5 }", at: "9.5"),
        Case(.duplicateID, "site.yaml", Fixture.site, Fixture.site + "\n---\n" + Fixture.site),
        Case(.badOverride, "site.yaml", "kind: site\n", "kind: site\noverride: true\n", at: "true"),
        Case(.conflictingKeys, "hazard.yaml", "count: overdue", "count: overdue, sum: \"1\""),
        Case(
            .conflictingKeys, "hazard.yaml", "type: date, required: true", "type: date, max: 3", at: "max: 3"),
        Case(
            .badInvocation, "hazard.yaml", "notify(due_on: 2026-03-06)", "notify(due_on",
            at: "\"notify(due_on"),
    ]

    static let meaning: [Case] = [
        Case(.unknownReference, "hazard.yaml", "to: site,", "to: sites,", at: "sites"),
        Case(.unknownReference, "hazard.yaml", "of: hazard-grade", "of: hazard-grades", at: "hazard-grades"),
        Case(
            .unknownReference, "hazard.yaml", "create: { by: [inspector]", "create: { by: [inspecter]",
            at: "inspecter"),
        Case(
            .unknownReference, "hazard.yaml", "issues: rectification-notice", "issues: notice",
            at: "notice,\n"),
        Case(.unknownReference, "hazard.yaml", "do: remind", "do: reming", at: "reming"),
        Case(
            .unknownReference, "lists.yaml", "measure: hazards_closed", "measure: hazard_closed",
            at: "hazard_closed"),
        Case(
            .unknownReference, "lists.yaml", "where: { grade: [major] }", "where: { grade: [mayor] }",
            at: "mayor"),
        Case(.unknownReference, "lists.yaml", "successor: [cave-in]", "successor: [cavein]", at: "cavein"),
        Case(.unknownReference, "lists.yaml", "level: county", "level: country", at: "country"),
        Case(.unknownField, "hazard.yaml", "asks: [due_on],", "asks: [dueon],", at: "dueon"),
        Case(
            .unknownField, "lists.yaml", "where: { grade: [major] }", "where: { grades: [major] }",
            at: "grades"),
        Case(.unknownField, "hazard.yaml", "given: { grade: major", "given: { grades: major", at: "grades"),
        Case(.unknownState, "hazard.yaml", "initial: found", "initial: founds", at: "founds"),
        Case(
            .unknownState, "hazard.yaml", "then: { state: notified", "then: { state: notifed", at: "notifed"),
        Case(
            .unknownAction, "hazard.yaml", "separate_from: submit", "separate_from: submitt", at: "submitt\n"),
        Case(.unknownAction, "hazard.yaml", "separate_from: submit", "separate_from: accept", at: "accept\n"),
        Case(
            .missingFile, "lists.yaml", "template: notice.mustache", "template: notices.mustache",
            at: "notices.mustache"),
        Case(.badExpression, "hazard.yaml", "\"found_on <= today\"", "\"found_on <= todai\"", at: "todai"),
        Case(
            .badExpression, "hazard.yaml", "\"found_on <= today\"",
            "'grade == ''a'' || site.colour == ''b'''", at: "colour"),
        Case(.wrongResult, "hazard.yaml", "\"found_on <= today\"", "\"found_on\"", at: "\"found_on\""),
        Case(.wrongResult, "hazard.yaml", "due: \"due_on\"", "due: \"grade\"", at: "\"grade\""),
        Case(.wrongResult, "hazard.yaml", "count: overdue", "sum: \"grade\"", at: "\"grade\""),
        Case(.cycle, "hazard.yaml", "workdays(today, due_on)", "days_left + 1", at: "{ name: 剩余工作日"),
        Case(.badArithmetic, "lists.yaml", "100 * closed / found", "100 * closed / foun", at: "\"100"),
        Case(.badArithmetic, "lists.yaml", "100 * closed / found", "100 * * found", at: "* found"),
        Case(.impossibleComparison, "hazard.yaml", "grade == 'major'", "grade == 'mayor'", at: "'mayor'"),
        Case(
            .impossibleComparison, "hazard.yaml", "state == 'closed'", "state in ['closed', 'done']",
            at: "'done'"),
        Case(
            .impureMeasure, "hazard.yaml", "state == 'closed'", "due_on < today", at: "\"due_on < today\""),
        Case(
            .impureMeasure, "hazard.yaml", "state == 'closed'", "site.region == 'x'",
            at: "\"site.region == 'x'\""),
        Case(.nobody, "hazard.yaml", "responsible: site.contractor\n", "", at: "responsible]"),
        Case(
            .missingKey, "hazard.yaml", "from: [found, notified], to: stopped,",
            "from: [found], to: stopped, creates: { kind: site, with: { name: \"description\" } },",
            at: "{ kind: site"),
        Case(
            .wrongFieldType, "hazard.yaml", "from: [found, notified], to: stopped,",
            "from: [found], to: stopped, sets: { days_left: \"1\" },", at: "days_left: \"1"),
        Case(.unreachableState, "hazard.yaml", "to: closed\n", "to: notified\n", at: "closed: { name"),
        Case(.deadEnd, "hazard.yaml", "closed: [closed]", "closed: [found]", at: "closed: { name"),
        Case(.noClosedState, "hazard.yaml", "closed: [closed]", "closed: []"),
        Case(.nobody, "hazard.yaml", "by: [responsible]", "by: []", at: "[]"),
        Case(
            .filingClosed, "hazard.yaml", "clocks:\n",
            "filing: { name: 举报, english: Report, asks: [description] }\nclocks:\n", at: "{ name: 举报"),
        Case(.badDefault, "hazard.yaml", "default: general", "default: generall", at: "generall"),
        Case(.badLimits, "hazard.yaml", "max: 500", "min: 501, max: 500", at: "501"),
        Case(.badPattern, "hazard.yaml", "max: 500", "pattern: \"(\"", at: "\"(\""),
        Case(.badNumberPattern, "hazard.yaml", "{sequence:5}", "{sequenc:5}", at: "\"ZG"),
        Case(.badNumberPattern, "hazard.yaml", "-{sequence:5}", "", at: "\"ZG"),
        Case(.badPath, "hazard.yaml", "region: site.region", "region: site.name", at: "site.name"),
        Case(.badPath, "hazard.yaml", "region: site.region", "region: site.regio", at: "site.regio"),
        Case(.badPath, "hazard.yaml", "responsible: site.contractor", "responsible: a.b.c", at: "a.b.c"),
        Case(
            .wrongFieldType, "hazard.yaml", "governed_by: found_on", "governed_by: grade", at: "grade\nrules"),
        Case(
            .wrongFieldType, "hazard.yaml", "count: all, at: found_on", "count: all, at: category",
            at: "category, by"),
        Case(
            .wrongFieldType, "hazard.yaml", "at: found_on, by: [category", "at: found_on, by: [photos",
            at: "photos, grade"),
        Case(.wrongFieldType, "hazard.yaml", "asks: [due_on],", "asks: [days_left],", at: "days_left]"),
        Case(.reservedName, "hazard.yaml", "reason: { name", "state: { name", at: "state: { name"),
        Case(.unsortedVersions, "lists.yaml", "since: 2026-07-01", "since: 1980-07-01", at: "1980-07-01"),
        Case(
            .overlappingVersions, "lists.yaml", "since: 1986-05-31",
            "since: 1986-05-31\n    until: 2026-12-31", at: "2026-07-01"),
        Case(.missingSource, "lists.yaml", "    source: GB 6441-2025\n", "", at: "since: 2026-07-01"),
        Case(.missingSource, "lists.yaml", "    source: 国办发明电〔2025〕7号\n", "", at: "holidays: [\"2026-01-01"),
        Case(
            .missingSource, "lists.yaml", ", source: { law: 建办质〔2018〕31号, verified: false }", "",
            at: "{ since: 2018"),
        Case(
            .missingSource, "hazard.yaml", "    source: { law: 安全生产法, clause: 第四十一条 }\n    steps",
            "    steps", at: "name: 整改时限"),
        Case(.badRegionRow, "regions.csv", "330106,西湖区,Xihu", "33O106,西湖区,Xihu", at: "33O106"),
        Case(.badRegionRow, "regions.csv", "330106,西湖区,Xihu", "330102,西湖区,Xihu"),
    ]

    @Test(arguments: structure + meaning)
    func faultIsFound(_ test: Case) throws {
        let original = try #require(Fixture.texts[test.file])
        #expect(original.contains(test.old), "the fixture has the passage")
        let changed = original.replacing(test.old, with: test.new, maxReplacements: 1)
        let problems = Fixture.problems(Fixture.changed(test.file, test.old, test.new))
        let found = problems.filter { $0.code == test.code }
        let all = problems.map(\.description).joined(separator: "\n")
        #expect(!found.isEmpty, "expected \(test.code) among:\n\(all)")
        guard let at = test.at else { return }
        let range = try #require(changed.firstRange(of: at))
        let before = changed[..<range.lowerBound]
        let line = before.count { $0 == "\n" } + 1
        let lastLine = before.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
        let column = lastLine.unicodeScalars.count + 1
        let expected = SourcePosition(file: test.file, line: line, column: column)
        #expect(found.contains { $0.position == expected }, "expected \(expected) among:\n\(all)")
        for problem in problems { #expect(!problem.message.zh.isEmpty && !problem.message.en.isEmpty) }
    }

    @Test func faultsOfBytesAreFound() {
        var files = Fixture.files()
        files.append(RulebookFile(path: "bad.yaml", bytes: Array("role: a\nname: ".utf8) + [0xFF, 0xFE]))
        let problem = Fixture.problems(files).first { $0.code == .notUTF8 }
        #expect(problem?.position == SourcePosition(file: "bad.yaml", line: 2, column: 7))
        files = Fixture.files()
        files.append(RulebookFile(path: "big.yaml", bytes: Array(repeating: 0x23, count: 9_000_000)))
        #expect(Fixture.problems(files).map(\.code) == [.tooLarge])
        #expect(Fixture.problems([]).map(\.code) == [.noRulebookFile])
        files = Fixture.files()
        files.append(RulebookFile(path: "empty.yaml", bytes: []))
        #expect(Fixture.problems(files).map(\.code) == [.emptyFile])
    }

    @Test func aliasBombIsRefusedAtOnce() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<40 {
            let earlier = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(earlier)]\n"
        }
        var texts = Fixture.texts
        texts["bomb.yaml"] = text
        #expect(Fixture.problems(Fixture.files(texts)).contains { $0.code == .anchorRefused })
        texts["bomb.yaml"] = String(repeating: "- ", count: 200_000)
        #expect(!Fixture.problems(Fixture.files(texts)).isEmpty)
        texts["bomb.yaml"] = String(repeating: "{a: ", count: 200_000)
        #expect(!Fixture.problems(Fixture.files(texts)).isEmpty)
    }

    @Test(arguments: [
        ("\"found_on <= todai\"", 1, 14), ("'grade == ''a'' || todai'", 1, 20),
        ("\"grade == \\\"a\\\" || todai\"", 1, 20), ("|\n      true &&\n        todai == today", 3, 9),
        (">-\n      true &&\n      todai", 3, 7), ("found_on <= todai", 1, 13),
    ])
    func expressionsArePlacedInTheFile(_ written: String, _ line: Int, _ column: Int) throws {
        let rule = "rules:\n  - when: \(written)\n    say: 甲\n    say_english: A\n"
        let lines = Fixture.hazard.split(separator: "\n", omittingEmptySubsequences: false)
        let row = try #require(lines.firstIndex(of: "rules:"))
        let problems = Fixture.problems(
            Fixture.changed("hazard.yaml", "rules:\n\(lines[row + 1])\n", rule))
        let start = line == 1 ? 10 : 0
        let expected = SourcePosition(file: "hazard.yaml", line: row + 1 + line, column: start + column)
        let all = problems.map(\.description).joined(separator: "\n")
        #expect(
            problems.contains { $0.code == .badExpression && $0.position == expected },
            "\(expected) in\n\(all)")
    }

    @Test func everyFaultIsGathered() throws {
        var texts = Fixture.texts
        texts["hazard.yaml"] = texts["hazard.yaml"]?.replacing("family: matter", with: "famly: matter")
        texts["site.yaml"] = texts["site.yaml"]?.replacing("type: party", with: "type: partie")
        texts["lists.yaml"] = texts["lists.yaml"]?.replacing(
            "weekend: [saturday, sunday]", with: "weekend: [saterday]")
        let problems = Fixture.problems(Fixture.files(texts))
        #expect(problems.map(\.code) == [.missingKey, .unknownKey, .badChoice, .badChoice])
        #expect(problems.map(\.position) == problems.map(\.position).sorted())
        #expect(problems[1].hint?.en == "Did you mean `family`?")
    }

    @Test func codesAreUnique() {
        let codes = RulebookProblemCode.allCases.map(\.rawValue)
        #expect(Set(codes).count == codes.count)
        #expect(codes.allSatisfy { $0.wholeMatch(of: /RB-[0-9]{4}/) != nil })
        let fields = FieldProblemCode.allCases.map(\.rawValue)
        #expect(Set(fields).count == fields.count)
    }

    @Test func everyCodeHasAFixture() {
        let tested = Set((Self.structure + Self.meaning).map(\.code))
        let elsewhere: Set<RulebookProblemCode> = [.notUTF8, .tooLarge, .noRulebookFile, .unverifiedSource]
        #expect(Set(RulebookProblemCode.allCases).subtracting(tested).subtracting(elsewhere).isEmpty)
    }
}
