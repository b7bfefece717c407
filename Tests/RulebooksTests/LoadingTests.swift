import Expressions
import Testing

@testable import Rulebooks

@Suite struct LoadingTests {
    @Test func hazardKindLoadsWhole() throws {
        let rulebook = try Fixture.rulebook()
        let kind = try #require(rulebook.kind("hazard"))
        #expect(rulebook.kindOrder == ["hazard", "site"])
        #expect(kind.name == Bilingual(zh: "隐患", en: "Hazard"))
        #expect(kind.fields.count == 10)
        #expect(kind.fieldIndex["grade"] == 3)
        #expect(kind.region == FieldPath(field: "site", target: "region"))
        #expect(kind.field("grade")?.defaultValue == .string("general"))
        #expect(kind.lifecycle.actions.map(\.id) == ["notify", "stop", "submit", "accept", "return"])
        #expect(kind.lifecycle.action("accept")?.separateFrom == ["submit"])
        #expect(kind.lifecycle.action("submit")?.by == [.responsible])
        #expect(
            kind.clocks.first?.steps.map(\.at) == [
                TermLength(amount: -2, unit: .days), TermLength(amount: 1, unit: .workingDays),
                TermLength(amount: 5, unit: .workingDays), TermLength(amount: 10, unit: .workingDays),
            ])
        #expect(kind.clocks.first?.steps.last?.isPublic == true)
        #expect(kind.rules.first?.id == "hazard/rules/1")
        #expect(kind.computationOrder == ["days_left"])
        #expect(rulebook.measures["hazards_found"]?.measure.dimensions == ["category", "grade"])
        #expect(rulebook.measures["hazards_overdue"]?.measure.isStock == true)
        #expect(kind.examples.first?.after.first?.invocation.action == "notify")
        #expect(rulebook.digest.count == 64)
        #expect(rulebook.indicators["closure-rate"]?.terms["closed"]?.restrictions == ["grade": ["major"]])
    }

    @Test func formulasReadTheSlots() throws {
        let rulebook = try Fixture.rulebook()
        let kind = try #require(rulebook.kind("hazard"))
        var slots = kind.layout.emptySlots
        let rule = try #require(kind.rules.first)
        #expect(rule.formula.program.decide(slots) != .holds)
        slots[1] = .date(try #require(CivilDate("2026-02-14")))
        slots[6] = .date(try #require(CivilDate("2026-02-28")))
        slots[kind.layout.slot(.today)] = .date(try #require(CivilDate("2026-02-14")))
        #expect(rule.formula.program.decide(slots) == .holds)
        guard case .formula(let versions) = kind.field("days_left")?.derivation else {
            Issue.record("days_left is derived")
            return
        }
        // From the 15th to the 23rd nobody works; the 28th, a Saturday, is worked.
        #expect(try versions.first?.item.program.evaluate(slots) == .int(5))
    }

    @Test func numbersAreRendered() throws {
        let kind = try #require(try Fixture.rulebook().kind("hazard"))
        let day = try #require(CivilDate("2026-03-02"))
        let number = kind.numbering.number(
            on: day, sequence: 42, region: { $0 == "county" ? "330106" : "?" }, field: { _ in "" })
        #expect(number == "ZG-330106-2026-00042")
        #expect(
            kind.numbering.prefix(on: day, region: { _ in "330106" }, field: { _ in "" }) == "ZG-330106-2026-"
        )
    }

    @Test func unverifiedSourcesAreNoticed() throws {
        let rulebook = try Fixture.rulebook()
        #expect(rulebook.notices.map(\.message.en) == ["unverified: 建办质〔2018〕31号"])
        #expect(rulebook.notices.first?.code == "RB-0901")
    }

    @Test func policiesLieInTheirSlots() throws {
        let rulebook = try Fixture.rulebook()
        let kind = try #require(rulebook.kind("hazard"))
        #expect(kind.layout.count == kind.fields.count + SystemSlot.allCases.count + 1)
        let values = rulebook.policyValues(on: try #require(CivilDate("2026-01-01")))
        #expect(values == [.int(3)])
        #expect(rulebook.policyValues(on: try #require(CivilDate("2017-01-01"))) == [.null])
        let program = try kind.layout.environment.compile(
            "policy.pit_depth >= 3 && actor.role == 'inspector'")
        var slots = kind.layout.emptySlots
        slots[kind.layout.firstPolicySlot] = .int(3)
        slots[kind.layout.slot(.actorRole)] = .string("inspector")
        #expect(program.decide(slots) == .holds)
    }

    @Test func digestFollowsTheBytes() throws {
        let first = try Fixture.rulebook().digest
        #expect(try Fixture.rulebook().digest == first)
        let other = try RulebookLoader.load(files: Fixture.changed("notice.mustache", "书", "单"))
        #expect(other.digest != first)
    }

    @Test func codesAreDated() throws {
        let list = try #require(try Fixture.rulebook().codeLists["hazard-category"])
        let (old, new) = (CivilDate("2026-06-30"), CivilDate("2026-07-01"))
        #expect(list.resolve("坠落", on: old)?.id == "fall")
        #expect(list.resolve("坠落", on: new) == nil)
        #expect(list.resolve("12", on: old)?.id == "collapse")
        #expect(list.resolve("cave-IN", on: nil)?.id == "cave-in")
        #expect(list.item("collapse", on: new) == nil)
        #expect(list.anyItem("collapse")?.successors == ["cave-in"])
        #expect(list.resolve("坠落", on: CivilDate("1980-01-01")) == nil)
    }

    @Test func examplesInvocationsAreRead() {
        #expect(
            ExampleInvocation("notify(due_on: 2026-03-06)")
                == ExampleInvocation(
                    action: "notify", arguments: [RawEntry(key: "due_on", value: .scalar("2026-03-06"))]))
        #expect(ExampleInvocation("accept")?.arguments == [])
        #expect(ExampleInvocation(" accept ( ) ")?.arguments == [])
        let mixed = ExampleInvocation(
            "do-it(a: \"x, \\\"y\\\"\", b: 'it''s', c: [1, 2], d: true, e: null, f: 高处 坠落)")
        #expect(
            mixed?.arguments.map(\.value) == [
                .scalar("x, \"y\""), .scalar("it's"), .list([.scalar("1"), .scalar("2")]), .scalar("true"),
                .null,
                .scalar("高处 坠落"),
            ])
        for bad in [
            "", "(", "a(", "a(b)", "a(b:)", "a(b: 1", "a(b: 1,)", "a(b: 1) c", "a(b: 1, b: 2)", "a(b: \"x)",
        ] {
            #expect(ExampleInvocation(bad) == nil, "\(bad)")
        }
    }

    @Test func termsAreRead() {
        #expect(TermLength("5 working days") == TermLength(amount: 5, unit: .workingDays))
        #expect(TermLength("1 hour") == TermLength(amount: 1, unit: .hours))
        #expect(TermLength("2 months") == TermLength(amount: 2, unit: .months))
        #expect(TermLength(offset: "-2 days") == TermLength(amount: -2, unit: .days))
        #expect(TermLength(offset: "0") == TermLength(amount: 0, unit: .days))
        for bad in [
            "", "5", "days", "5 fortnights", "-5 days", "+5 days", "0 days", "5.5 days", "99999999 days",
        ] {
            #expect(TermLength(bad) == nil, "\(bad)")
        }
    }

    @Test func indicatorArithmeticIsRead() throws {
        let value = try IndicatorParser.parse("100 * closed / (found - transferred)")
        #expect(value.termNames == ["closed", "found", "transferred"])
        #expect(
            try IndicatorParser.parse("a - b - c")
                == .operation(.minus, .operation(.minus, .term("a"), .term("b")), .term("c")))
        for bad in ["", "1 +", "(a", "a b", "a ** b", "-", "1.2.3", String(repeating: "(", count: 5000)] {
            #expect(throws: IndicatorParser.Fault.self, "\(bad)") { try IndicatorParser.parse(bad) }
        }
    }

    @Test func workingDaysAreCounted() throws {
        let calendar = try Fixture.rulebook().calendar
        let day = { (text: String) throws -> CivilDate in try #require(CivilDate(text)) }
        #expect(calendar.covers(2026) && !calendar.covers(2025))
        #expect(!calendar.isWorkday(try day("2026-02-16")))
        #expect(calendar.isWorkday(try day("2026-02-14")))
        #expect(calendar.adding(workdays: 5, to: try day("2026-03-06")) == CivilDate("2026-03-13"))
        #expect(calendar.adding(workdays: -1, to: try day("2026-02-24")) == CivilDate("2026-02-14"))
        #expect(calendar.workdays(from: try day("2026-02-14"), to: try day("2026-02-24")) == 1)
        #expect(calendar.workdays(from: try day("2026-02-24"), to: try day("2026-02-14")) == -1)
        #expect(calendar.adding(workdays: .max, to: try day("2026-02-24")) == nil)
        #expect(calendar.adding(workdays: .min, to: try day("2026-02-24")) == nil)
    }
}
