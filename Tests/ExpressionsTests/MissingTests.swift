import Testing

@testable import Expressions

/// A field that is not on file makes an expression undetermined, never false.
@Suite struct MissingTests {
    static func environment() -> Environment {
        var environment = Environment()
        environment.declare("deaths", .int, optional: true)
        environment.declare("injuries", .int, optional: true)
        environment.declare("state", .string, optional: true)
        environment.declare("site", .object("site"), optional: true)
        environment.declare("total", .int)
        environment.declareObject(
            "site",
            fields: [
                FieldDeclaration(name: "region", type: .string, optional: true),
                FieldDeclaration(name: "storeys", type: .int),
                FieldDeclaration(name: "owner", type: .object("party"), optional: true),
            ])
        environment.declareObject(
            "party", fields: [FieldDeclaration(name: "name", type: .string, optional: true)])
        return environment
    }

    func verdict(_ source: String, _ slots: [Value]) throws -> Verdict {
        let program = try Self.environment().compile(source, expecting: .bool)
        let verdict = program.decide(slots)
        let unchecked = try Self.environment().compileUnchecked(source).decide(slots)
        if !source.contains("site") { #expect(unchecked == verdict, "\(source)") }
        return verdict
    }

    @Test func tableOfTwoConditions() throws {
        let or = "deaths >= 3 || injuries >= 10"
        let and = "deaths >= 3 && injuries >= 10"
        let table: [(Int64?, Int64?, Verdict, Verdict)] = [
            (4, 12, .holds, .holds), (4, 1, .holds, .fails), (1, 12, .holds, .fails), (1, 1, .fails, .fails),
            (4, nil, .holds, .undetermined(missing: ["injuries"])),
            (1, nil, .undetermined(missing: ["injuries"]), .fails),
            (nil, 12, .holds, .undetermined(missing: ["deaths"])),
            (nil, 1, .undetermined(missing: ["deaths"]), .fails),
            (
                nil, nil, .undetermined(missing: ["deaths", "injuries"]),
                .undetermined(missing: ["deaths", "injuries"])
            ),
        ]
        for (deaths, injuries, expectedOr, expectedAnd) in table {
            let slots = [deaths, injuries].map { $0.map(Value.int) ?? .null }
            #expect(try verdict(or, slots) == expectedOr)
            #expect(try verdict(and, slots) == expectedAnd)
            #expect(try verdict("!(\(or))", slots) == Self.opposite(expectedOr))
            #expect(try verdict("3 <= deaths || 10 <= injuries", slots) == expectedOr)
        }
    }

    static func opposite(_ verdict: Verdict) -> Verdict {
        switch verdict {
        case .holds: .fails
        case .fails: .holds
        default: verdict
        }
    }

    @Test func strictOperandsGatherWhatIsMissing() throws {
        let none: [Value] = [.null, .null, .null, .null, .int(1)]
        let both = Verdict.undetermined(missing: ["deaths", "injuries"])
        for source in [
            "deaths + injuries > 3", "deaths > injuries", "deaths == injuries",
            "[deaths, injuries] == [1, 2]",
            "math.greatest(deaths, injuries) > 1", "deaths * 2 + injuries * 3 > 1", "deaths in [injuries]",
            "deaths > 1 && deaths < 9 && injuries > 1", "[1, 2].all(x, x > deaths || x > injuries)",
        ] {
            #expect(try verdict(source, none) == both, "\(source)")
        }
        #expect(try verdict("deaths > 1 ? true : injuries > 2", none) == .undetermined(missing: ["deaths"]))
        #expect(try verdict("state.startsWith('a')", none) == .undetermined(missing: ["state"]))
        #expect(try verdict("state == ''", none) == .undetermined(missing: ["state"]))
        #expect(try verdict("state != 'open'", []) == .undetermined(missing: ["state"]))
        #expect(try verdict("total > 3", []) == .undetermined(missing: ["total"]))
        #expect(
            try verdict("total > 3", [.null, .null, .null, .null, .null]) == .undetermined(missing: ["total"])
        )
    }

    @Test func aRealErrorGoesBeforeAMissingField() throws {
        let slots: [Value] = [.null, .null, .null, .null, .int(0)]
        for source in [
            "deaths > 1 || 1 / total > 1", "1 / total > 1 || deaths > 1", "deaths + 1 / total > 1",
            "deaths > 1 / total", "1 / total > deaths", "[deaths, 1 / total] == [1]",
        ] {
            #expect(try verdict(source, slots) == .failed(.divideByZero), "\(source)")
        }
    }

    @Test func presenceNeverFails() throws {
        let none: [Value] = [.null, .null, .null, .null, .int(1)]
        let some: [Value] = [.int(0), .null, .string(""), .null, .int(1)]
        for source in ["has(deaths)", "deaths != null", "null != deaths", "!(deaths == null)", "has(state)"] {
            #expect(try verdict(source, none) == .fails, "\(source)")
            #expect(try verdict(source, some) == .holds, "\(source)")
        }
        #expect(try verdict("has(deaths) && deaths > 3", none) == .fails)
        #expect(try verdict("deaths == null || deaths > 3", none) == .holds)
        #expect(try verdict("has(deaths) ? deaths > 3 : total > 0", none) == .holds)
        #expect(throws: ExpressionProblems.self) { try Self.environment().compile("has(total)") }
    }

    @Test func referencedRecords() throws {
        func slots(_ site: Value) -> [Value] { [.int(1), .int(1), .string("a"), site, .int(1)] }
        let owner = ObjectValue(typeName: "party", id: 9, fields: [.string("甲公司")])
        let full = ObjectValue(typeName: "site", id: 7, fields: [.string("330100"), .int(6), .object(owner)])
        let bare = ObjectValue(typeName: "site", id: 8, fields: [.null, .int(6), .int(9)])
        let table: [(String, Value, Verdict)] = [
            ("site.region == '330100'", .object(full), .holds),
            ("site.region == '330100'", .object(bare), .undetermined(missing: ["site.region"])),
            ("site.region == '330100'", .int(8), .undetermined(missing: ["site.region"])),
            ("site.region == '330100'", .null, .undetermined(missing: ["site"])),
            ("site.owner.name == '甲公司'", .object(full), .holds),
            ("site.owner.name == '甲公司'", .object(bare), .undetermined(missing: ["site.owner.name"])),
            ("has(site.region)", .object(full), .holds), ("has(site.region)", .object(bare), .fails),
            ("has(site.region)", .null, .fails),
            ("has(site.region)", .int(7), .undetermined(missing: ["site.region"])),
            ("has(site.owner.name)", .object(full), .holds),
            ("has(site.owner.name)", .object(bare), .undetermined(missing: ["site.owner.name"])),
            ("site.region == null", .object(bare), .holds), ("site.region != null", .object(full), .holds),
            ("has(site)", .null, .fails), ("has(site)", .int(7), .holds), ("site == null", .null, .holds),
            ("site == site", .int(7), .holds),
            ("site.storeys > 5 && site.region.startsWith('33')", .object(full), .holds),
        ]
        for (source, site, expected) in table {
            #expect(try verdict(source, slots(site)) == expected, "\(source) of \(site)")
        }
    }

    @Test func programsTellWhatTheyRead() throws {
        let program = try Self.environment().compile(
            "site.owner.name == state && deaths > 1 || has(site.region) || deaths < 0")
        #expect(program.paths == [["site", "owner", "name"], ["state"], ["deaths"], ["site", "region"]])
        #expect(program.usedSlots == [0, 2, 3])
        #expect(program.resultType == .bool)
        #expect(try Self.environment().compile("[1].map(deaths, deaths)").usedSlots.isEmpty)
    }

    @Test func slotsOfTheWrongTypeFail() throws {
        let verdict = try Self.environment().compile("deaths > 1").decide([.string("x")])
        guard case .failed(.noSuchOverload) = verdict else {
            Issue.record("\(verdict)")
            return
        }
    }
}
