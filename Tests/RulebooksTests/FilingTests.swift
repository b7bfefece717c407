import Testing

@testable import Rulebooks

@Suite("Filing by the public")
struct FilingTests {
    private func rulebook(_ old: String = "", _ new: String = "") throws -> Rulebook {
        try RulebookLoader.load(files: files(old, new))
    }

    private func files(_ old: String, _ new: String) -> [RulebookFile] {
        var texts = Everything.texts
        if !old.isEmpty {
            for name in ["incident.yaml", "more.yaml"] {
                texts[name] = texts[name]?.replacing(old, with: new, maxReplacements: 1)
            }
        }
        return Fixture.files(texts)
    }

    private func problems(_ old: String, _ new: String) -> [RulebookProblem] {
        let original = (Everything.texts["incident.yaml"] ?? "") + (Everything.texts["more.yaml"] ?? "")
        #expect(original.contains(old), "the fixture has the passage")
        return Fixture.problems(files(old, new))
    }

    @Test("is read with everything it says")
    func isRead() throws {
        let kind = try #require(try rulebook().kind("incident"))
        let filing = try #require(kind.filing)
        #expect(filing.name == Bilingual(zh: "我要举报", en: "Report it"))
        #expect(filing.asks == ["code", "occurred_at", "region"] && filing.may == ["deaths", "phone"])
        #expect(filing.shows == ["grade", "closed_on"] && filing.documents == ["incident-notice"])
        #expect(filing.perDay == 3 && filing.advice?.en == "Leave the danger first")
        #expect(filing.consent?.zh == "如实反映" && filing.citations.count == 1)
        #expect(filing.fields == ["code", "occurred_at", "region", "deaths", "phone"])
        #expect(try Fixture.rulebook().kind("hazard")?.filing == nil)
    }

    @Test("says which measures and indicators are for everybody")
    func figures() throws {
        let rulebook = try rulebook()
        #expect(rulebook.measures["incident_loss"]?.measure.isPublic == true)
        #expect(rulebook.measures["incident_deaths"]?.measure.isPublic == false)
        #expect(rulebook.indicators["closure-rate"]?.isPublic == true)
    }

    @Test("needs a role public that may create, among those who create")
    func closed() {
        #expect(
            problems("by: [inspector, system, public]", "by: [inspector, system]").map(\.code) == [
                .filingClosed
            ])
        #expect(problems("may: [read, create]", "may: [read]").map(\.code) == [.filingClosed])
    }

    @Test("lacks nothing that the record cannot be without")
    func complete() {
        let found = problems("asks: [code, occurred_at, region]", "asks: [code]")
        #expect(found.map(\.code) == [.missingKey, .missingKey])
        #expect(found.allSatisfy { $0.position.file == "incident.yaml" })
    }

    @Test("takes no references, no tables, nothing derived, and shows nothing personal")
    func fields() {
        for field in ["site", "findings", "toll"] {
            #expect(
                problems("may: [deaths, phone]", "may: [\(field)]").map(\.code) == [.wrongFieldType],
                "\(field)")
        }
        for field in ["phone", "reporter"] {
            #expect(
                problems("shows: [grade, closed_on]", "shows: [\(field)]").map(\.code) == [.wrongFieldType],
                "\(field)")
        }
        #expect(problems("shows: [grade, closed_on]", "shows: [grades]").map(\.code) == [.unknownField])
        #expect(
            problems("documents: [incident-notice]", "documents: [notice]").map(\.code) == [.unknownReference]
        )
        #expect(
            problems("documents: [incident-notice]", "documents: [rectification-notice]").map(\.code)
                == [.conflictingKeys])
        #expect(problems("per_day: 3", "per_day: 0").map(\.code) == [.badNumber])
        #expect(problems("  advice_english: Leave the danger first\n", "").map(\.code) == [.missingKey])
    }

    @Test("is explained in both languages")
    func explained() throws {
        let rulebook = try rulebook()
        let kind = try #require(rulebook.kind("incident"))
        let chinese = KindExplanation.terminal(kind, .zh, in: rulebook)
        #expect(chinese.contains("公众提交") && chinese.contains("我要举报") && chinese.contains("事故通知"))
        let english = KindExplanation.terminal(kind, .en, in: rulebook)
        #expect(english.contains("Filing by the public") && english.contains("3 a day from one address"))
    }
}
