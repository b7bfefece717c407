import Testing

@testable import Expressions

/// What the checker says, where, and what it suggests.
@Suite struct CheckerTests {
    func problems(_ source: String, expecting: ValueType? = nil) -> [Problem] {
        var environment = MissingTests.environment()
        environment.declare("tags", .list(.string))
        environment.declare("loss", .decimal)
        environment.addFunction("workdays", parameters: [.date, .date], result: .int) { _ in .int(5) }
        do {
            _ = try environment.compile(source, expecting: expecting)
            return []
        } catch {
            return error.problems
        }
    }

    @Test func unknownFieldsGetASuggestion() {
        let problem = problems("total > 1 &&\n  deth >= 3").first
        #expect(problem?.message == "no field `deth`; did you mean `deaths`?")
        #expect(problem?.messageZh == "没有字段“deth”；是否应为“deaths”？")
        #expect(problem?.suggestion == "deaths")
        #expect(problem?.line == 2 && problem?.column == 3 && problem?.offset == 15)
        #expect(problems("site.regoin == ''").first?.suggestion == "region")
        #expect(problems("site.owner.nmae == ''").first?.message == "no field `nmae`; did you mean `name`?")
        #expect(problems("zzzzzz > 1").first?.suggestion == nil)
    }

    @Test func unknownFunctionsGetASuggestion() {
        #expect(
            problems("workday(date('2026-01-01'), date('2026-01-02')) > 1").first?.suggestion == "workdays")
        #expect(
            problems("state.startWith('a')").first?.message
                == "no function `startWith`; did you mean `startsWith`?")
        #expect(problems("tags.exist(t, t == '')").contains { $0.suggestion == "exists" })
        #expect(problems("matchs(state, 'a')").first?.suggestion == "matches")
        #expect(problems("state.int()").first?.message == "`int` is written int(x)")
        #expect(problems("startsWith(state, 'a')").first?.message == "`startsWith` is written x.startsWith()")
    }

    @Test func operandTypesAreNamed() {
        #expect(problems("deaths + state > 1").first?.message == "no form of `+` takes (int, string)")
        #expect(
            problems("state.startsWith(deaths)").first?.message
                == "no form of `startsWith` takes (string, int)")
        #expect(
            problems("deaths ? 1 : 2").first?.message == "a condition is needed here, not a value of type int"
        )
        #expect(problems("true ? 1 : 'a'").first?.message == "the two branches give int and string")
        #expect(problems("deaths.x == 1").first?.message == "a value of type int has no field `x`")
        #expect(problems("tags['a'] == ''").first?.message == "list(string) cannot be indexed by string")
        #expect(
            problems("deaths + 1", expecting: .bool).first?.message
                == "the expression gives int, but bool is needed")
        #expect(problems("deaths == 'x'").count == 1)
    }

    @Test func allProblemsAreGatheredInOrder() {
        let found = problems("deth > 1 || injures > 2 || state + 1 == 2 || foo(1)")
        #expect(found.map(\.column) == [1, 13, 34, 46])
        #expect(found.map(\.suggestion) == ["deaths", "injuries", nil, nil])
    }

    @Test func grammarProblemsHavePlaces() {
        #expect(problems("deaths >= ").first?.description == "1:11: the expression ends too early")
        #expect(problems("'质量' + (").first?.column == 9)
        #expect(problems("deaths # 3").first?.message == "unexpected character `#`")
        #expect(problems("(deaths").first?.message == "expected `)` but found the end of the expression")
    }

    @Test func validRulesPass() {
        for source in [
            "deaths >= 3 || injuries >= 10 || loss >= 10000000.00", "tags.exists(t, t in ['火灾', '坍塌'])",
            "loss > 5 && loss < 7.5",
            "workdays(date('2026-03-02'), date('2026-03-09')) <= 5",
            "has(site.owner) && site.owner.name != ''",
            "{'a': 1}.a == deaths", "size(tags) > 2 ? deaths > 0 : injuries > 0",
            "(has(deaths) ? deaths : 0) + (has(injuries) ? injuries : 0) > 3",
        ] {
            #expect(problems(source, expecting: .bool).isEmpty, "\(source)")
        }
    }

    @Test func typesOfResults() throws {
        let environment = MissingTests.environment()
        let table: [(String, ValueType)] = [
            ("deaths + 1", .int), ("[1, 2]", .list(.int)), ("{'a': 1.0}", .map(.string, .double)),
            ("[1, 'a']", .list(.dynamic)),
            ("date('2026-01-01') + 1", .date), ("date('2026-01-01') - date('2026-01-02')", .int),
            ("decimal('1') * 2", .decimal),
            ("decimal('1') / 2", .double), ("timestamp(0) - timestamp(0)", .duration),
            ("'a'.split('')", .list(.string)),
            ("[1].map(x, string(x))", .list(.string)), ("site.owner", .object("party")), ("size('a')", .int),
            ("dyn(1)", .dynamic),
            ("math.greatest(1, 2)", .int), ("type(1)", .type), ("null", .null),
            ("[1].filter(x, x > 0)", .list(.int)),
        ]
        for (source, type) in table {
            #expect(try environment.compile(source).resultType == type, "\(source)")
        }
    }

    @Test func suppliedFunctions() throws {
        var environment = Environment()
        environment.declare("a", .int)
        environment.addFunction("calendar.double", parameters: [.int], result: .int) {
            arguments throws(EvaluationError) in
            guard case .int(let number)? = arguments.first else { throw .noSuchOverload("calendar.double") }
            return .int(number * 2)
        }
        environment.addFunction("tripled", receiver: true, parameters: [.int], result: .int) {
            arguments throws(EvaluationError) in
            guard case .int(let number)? = arguments.first else { throw .noSuchOverload("tripled") }
            return .int(number * 3)
        }
        environment.addFunction("refuse", parameters: [], result: .bool) { _ throws(EvaluationError) in
            throw .host(message: "No calendar.", messageZh: "没有日历。")
        }
        #expect(try environment.compile("calendar.double(a) + a.tripled()").evaluate([.int(2)]) == .int(10))
        let refused = try environment.compile("refuse()").decide([])
        #expect(refused == .failed(.host(message: "No calendar.", messageZh: "没有日历。")))
        #expect(try environment.compile("refuse() || true").decide([]) == .holds)
        #expect(throws: ExpressionProblems.self) { try environment.compile("calendar.double('a')") }
        #expect(throws: ExpressionProblems.self) { try environment.compile("calendar.triple(a)") }
    }

    @Test func editDistance() {
        func distance(_ left: String, _ right: String) -> Int {
            Suggestion.editDistance(Array(left.unicodeScalars), Array(right.unicodeScalars))
        }
        #expect(distance("", "abc") == 3)
        #expect(distance("abc", "abc") == 0)
        #expect(distance("abc", "acb") == 1)
        #expect(distance("kitten", "sitting") == 3)
    }
}
