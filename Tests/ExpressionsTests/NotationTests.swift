import Testing

@testable import Expressions

/// The JSON notation of values, and a random walk over expressions.
@Suite struct NotationTests {
    @Test func valuesAreReadBack() throws {
        let texts = [
            #"{"int64": "-5"}"#, #"{"uint64": "18446744073709551615"}"#, #"{"double": "1.5"}"#,
            #"{"double": "-Infinity"}"#,
            #"{"bool": true}"#, #"{"string": "质\"\\\u0001\n"}"#, #"{"bytes": "00ff"}"#, #"{"null": null}"#,
            #"{"type": "int"}"#,
            #"{"list": [{"int64": "1"}, {"list": []}]}"#, #"{"map": [[{"string": "a"}, {"null": null}]]}"#,
            #"{"date": "2026-03-02"}"#,
            #"{"timestamp": "2026-03-02T00:00:00Z"}"#, #"{"duration": "90s"}"#, #"{"decimal": "3.50"}"#,
            #"{"type": "google.protobuf.Timestamp"}"#,
        ]
        for text in texts {
            #expect(ConformanceNotation.encode(try ConformanceNotation.decode(text)) == text)
        }
        #expect(ConformanceNotation.encode(.double(.nan)) == #"{"double": "NaN"}"#)
        let bindings = try ConformanceNotation.decodeBindings(
            #"{"x": {"int64": "123"}, "a.b": {"bool": false}}"#)
        #expect(bindings == ["x": .int(123), "a.b": .bool(false)])
        let (environment, slots) = ConformanceNotation.environment(for: bindings)
        #expect(try environment.compile("a.b || x == 123").decide(slots) == .holds)
    }

    @Test func garbageIsRefused() {
        for text in [
            "", "{", "[]", "1", "{}", #"{"int64": "x"}"#, #"{"int64": 1}"#, #"{"bytes": "0"}"#,
            #"{"bytes": "zz"}"#, #"{"bool": "true"}"#,
            #"{"map": [[{"int64": "1"}]]}"#, #"{"map": [[{"double": "1"}, {"null": null}]]}"#,
            #"{"what": "1"}"#, #"{"string": ["a"]}"#,
            #"{"int64": "1", "bool": true}"#, #"{"type": "dyn"}"#, #"{"date": "2026-02-30"}"#,
            #"{"list": {"a": 1}}"#,
            String(repeating: #"{"list":["#, count: 500) + String(repeating: "]}", count: 500),
        ] {
            #expect(throws: EvaluationError.self, "\(text.prefix(40))") {
                try ConformanceNotation.decode(text)
            }
        }
        #expect(throws: EvaluationError.self) { try ConformanceNotation.decodeBindings("[]") }
    }

    /// SplitMix64, so that a failing seed can be run again.
    struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    static let words = [
        "deaths", "injuries", "state", "site", "site.region", "total", "1", "-9223372036854775808",
        "9223372036854775807", "2u", "0",
        "18446744073709551615u", "1.5", "1e308", "'a'", "'质'", "b'\\xff'", "null", "true", "false",
        "[1, 'a', null]", "{'a': 1, 2: 'b'}",
        "timestamp('9999-12-31T23:59:59Z')", "duration('-1.5h')", "date('2026-03-02')", "decimal('9.99')",
        "int", "[]", "{}", "x",
    ]
    static let operators = ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "in"]
    static let methods = [
        "size()", "charAt(1)", "indexOf('a')", "lastIndexOf('a')", "split('')", "replace('a', 'b')",
        "substring(1)", "trim()", "reverse()",
        "join()", "format([1, 'a'])", "matches('a*')", "getHours()", "getFullYear('+08:00')", "year()",
        "addMonths(1)", "a", "all(x, x > 1)",
        "exists(x, x == 'a')", "map(x, x + 1)", "filter(x, x != null)", "exists_one(i, v, v == i)",
        "transformMap(k, v, k)", "lowerAscii()",
        "transformList(i, v, v)", "extract('(a)')", "startsWith('a')",
    ]
    static let functions = [
        "int", "uint", "double", "string", "bytes", "bool", "type", "dyn", "size", "timestamp", "duration",
        "date", "decimal", "math.abs",
        "math.sign", "math.greatest", "math.least", "math.round", "math.bitNot", "has", "-", "!",
        "strings.quote", "math.sqrt",
    ]

    static func expression(_ dice: inout Dice, _ depth: Int) -> String {
        func pick(_ list: [String], _ dice: inout Dice) -> String { list.randomElement(using: &dice) ?? "1" }
        guard depth > 0 else { return pick(words, &dice) }
        let first = expression(&dice, depth - 1)
        switch Int.random(in: 0..<8, using: &dice) {
        case 0, 1, 2: return "(\(first) \(pick(operators, &dice)) \(expression(&dice, depth - 1)))"
        case 3: return "\(first).\(pick(methods, &dice))"
        case 4: return "\(pick(functions, &dice))(\(first))"
        case 5: return "(\(first) ? \(expression(&dice, depth - 1)) : \(expression(&dice, depth - 1)))"
        case 6: return "\(first)[\(expression(&dice, depth - 1))]"
        default: return "[\(first), \(expression(&dice, depth - 1))]"
        }
    }

    /// Nothing crashes, the quick and the exact way agree, and checked programs say what unchecked ones say.
    @Test func randomExpressionsNeverCrash() throws {
        let environment = MissingTests.environment()
        let site = ObjectValue(typeName: "site", id: 1, fields: [.string("3301"), .int(.max), .null])
        let rows: [[Value]] = [
            [.int(.max), .int(-1), .string("a"), .object(site), .int(0)],
            [.null, .null, .null, .null, .null], [],
            [.double(.nan), .uint(.max), .bytes([0xFF]), .int(4), .list([.null])],
        ]
        var compiledCount = 0
        for seed in 0..<4000 {
            var dice = Dice(state: UInt64(seed))
            let source = Self.expression(&dice, 1 + seed % 4)
            guard let unchecked = try? environment.compileUnchecked(source) else { continue }
            let checked = try? environment.compile(source)
            if checked != nil { compiledCount += 1 }
            for slots in rows {
                let outcome = Result { try unchecked.evaluate(slots) }
                let verdict = unchecked.decide(slots)
                #expect((verdict == .holds) == ((try? outcome.get()) == .bool(true)), "\(source)")
                guard let checked, slots.count == 5, case .int(.max) = slots[0], !source.contains("site")
                else { continue }
                let second = Result { try checked.evaluate(slots) }
                if let value = try? outcome.get(), let other = try? second.get() {
                    #expect(
                        ConformanceNotation.encode(value) == ConformanceNotation.encode(other), "\(source)")
                } else {
                    #expect((try? outcome.get()) == nil && (try? second.get()) == nil, "\(source)")
                }
            }
        }
        #expect(compiledCount > 200)
    }

    @Test func randomTextsNeverCrash() {
        let pieces =
            Self.words + Self.operators + Self.methods + [
                "(", ")", "[", "]", "{", "}", ".", ",", ":", "?", "'", "\"", "`", "\\", "r'", "b\"",
                "\n", "//", "\u{0}", "é", "\\u12", "0x", "1e", "..", "!", "'''", "in",
            ]
        let environment = MissingTests.environment()
        for seed in 0..<3000 {
            var dice = Dice(state: UInt64(seed) &+ 99_999)
            let source = (0..<Int.random(in: 1..<14, using: &dice)).map { _ in
                pieces.randomElement(using: &dice) ?? ""
            }
            .joined(separator: seed % 2 == 0 ? " " : "")
            let program = try? environment.compileUnchecked(source)
            _ = program?.decide([.int(1)])
            _ = try? environment.compile(source)
        }
    }

    @Test func programsAreSharedBetweenThreads() async throws {
        let program = try MissingTests.environment().compile("state.matches('^[a-z]+$') && deaths > 2")
        await withTaskGroup(of: Bool.self) { group in
            for index in 0..<64 {
                group.addTask {
                    let slots: [Value] = [.int(Int64(index % 5)), .null, .string("abc")]
                    return (0..<200).allSatisfy { _ in (program.decide(slots) == .holds) == (index % 5 > 2) }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
