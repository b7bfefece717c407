import Foundation
import Testing

@testable import Expressions

/// Literals, grammar, selection and macros.
@Suite struct LanguageTests {
    @Test func stringLiterals() {
        expectTrue([
            #"'\x41\u00e9\U0001F600\101' == 'Aé😀A'"#, #"r'\n' == '\\n'"#, #"R"\d+" == '\\d+'"#,
            "'''it's \"so\"''' == \"it's \\\"so\\\"\"", "\"\"\"a\nb\"\"\" == 'a\\nb'",
            "'''a\r\nb''' == 'a\\r\\nb'", #"'\?\`\"\'' == "?`\"'""#,
            #"'\a\b\f\n\r\t\v' == '\x07\x08\x0c\x0a\x0d\x09\x0b'"#,
            "'质量' + '安全' == '质量安全'", "size('质量') == 2",
        ])
        expectFailure([
            "'abc", "\"abc", "'a\nb'", "'''abc''", #"'\q'"#, #"'\x4'"#, #"'\u12'"#, #"'\uD800'"#,
            #"'\U00110000'"#,
            #"'\UFFFFFFFF'"#, #"'\400'"#, #"'\08'"#, #"'\'"#, "r'",
        ])
    }

    @Test func bytesLiterals() {
        expectValue(#"b'\377\xfe'"#, "{\"bytes\": \"fffe\"}")
        expectValue("b'é'", "{\"bytes\": \"c3a9\"}")
        expectValue(#"br'\x00'"#, "{\"bytes\": \"5c783030\"}")
        expectValue(#"rB"""a"b""""#, "{\"bytes\": \"612262\"}")
        expectFailure([#"b'\u0041'"#, #"b'\U00000041'"#])
    }

    @Test func numberLiterals() {
        expectTrue([
            "0x1F == 31", "-0x8000000000000000 == -9223372036854775808", "0xFFu == 255u", ".5 == 0.5",
            "1e3 == 1000.0", "1.5E-2 == 0.015", "- 5 == 0 - 5", "--5 == 5", "-(-5) == 5",
        ])
        expectFailure([
            "9223372036854775808", "-9223372036854775809", "18446744073709551616u", "0x", "1e999", "12abc",
            "1.", "-1u",
        ])
    }

    @Test func precedenceAndAssociation() {
        expectTrue([
            "1 + 2 * 3 == 7", "(1 + 2) * 3 == 9", "10 - 4 - 3 == 3", "100 / 10 / 5 == 2", "7 % 4 * 2 == 6",
            "true || false && false", "!(true && false)", "false ? false : true ? true : false",
            "1 < 2 == true", "2 in [1, 2] && !(3 in [1, 2])", "-2 * 3 == -6", "!!true", "[1, 2,][1] == 2",
            "{'a': 1,}['a'] == 1",
        ])
        expectFailure([
            "1 +", "(1", "1)", "[1", "{1}", "a b", "&& true", "1 ? 2", "f(1,)", "in", "true.x", "[,]", "",
        ])
    }

    @Test func blanksAndComments() {
        expectTrue(["1\t+\n2\r\n==\u{C}3 // a sum", "// first\ntrue"])
    }

    @Test func reservedWords() {
        expectFailure(["while", "as == 1", "package", "let + 1", "[1].map(true, 1)"])
        expectTrue(["{'as': 1}.as == 1", "{'while': 2}.while == 2", "has({'if': 2}.if)"])
    }

    @Test func quotedFields() {
        expectTrue(["{'content-type': 1}.`content-type` == 1", "!has({'a': 1}.`a b`)", "{'数量': 3}.`数量` == 3"])
        expectFailure(["{'a': 1}.``", "{'a': 1}.`a"])
    }

    @Test func mapsAndFields() {
        expectTrue([
            "{0: 1, 2: 2, 5: true}[5]", "{0u: 1u, 2u: 'x'}[2u] == 'x'", "{true: 5}[true] == 5",
            "{'a': {'b': 1}}.a.b == 1", "has({'a': null}.a)", "!has({}.a)", "{1: 'a'}[dyn(1u)] == 'a'",
            "{1: 'a'}[dyn(1.0)] == 'a'", "{'a': 1, 'b': 2} == {'b': 2, 'a': 1}", "{1: 2} == dyn({1u: 2.0})",
            "'a' in {'a': 1}", "size({'a': 1, 'b': 2}) == 2", "'é' != 'e\\u0301'",
            "{'é': 1, 'e\\u0301': 2}['e\\u0301'] == 2",
        ])
        expectFailure([
            "{0: 1}[1]", "{'a': 1}.b", "{1: 1, 1: 2}", "{1: 1, 1u: 2}", "{1.0: 2}", "{null: 1}", "{[1]: 1}",
            "{'a': 1}[dyn(null)]", "1.a", "'a'.b", "[1].a", "[1][-1]", "[1][1]", "has(1)", "has(f(x))",
        ])
    }

    @Test func qualifiedNames() throws {
        var environment = Environment()
        environment.declare("a.b", .map(.string, .string))
        environment.declare("a.b.c", .string)
        environment.declare("x", .int)
        let slots: [Value] = [
            .map(ValueMap([(.string("c"), .string("map")), (.string("d"), .string("d"))]) ?? ValueMap()),
            .string("name"), .int(7),
        ]
        #expect(try environment.compile("a.b.c").evaluate(slots) == .string("name"))
        #expect(try environment.compile("a.b.d").evaluate(slots) == .string("d"))
        #expect(try environment.compile(".x").evaluate(slots) == .int(7))
        #expect(try environment.compile("[1].map(x, x + .x)").evaluate(slots) == .list([.int(8)]))
        #expect(try environment.compile("[1].map(x, [5].map(x, x))[0][0] + x").evaluate(slots) == .int(12))
        #expect(try environment.compile("a.b.d + a.b.c").paths == [["a.b", "d"], ["a.b.c"]])
    }

    @Test func macrosOfOneVariable() {
        expectTrue([
            "[1, 2].exists(e, e == 2)", "![].exists(e, true)", "[1, 'foo', 3].exists(e, e != '1')",
            "![1, 'foo'].exists(e, e == '10')", "[1, 2, 3].all(e, e > 0)", "[].all(e, e > 0)",
            "![1, 2, 3].all(e, 6 / (2 - e) == 6)", "{'k1': 1, 'k2': 2}.exists(k, k == 'k2')",
            "[6, 7, 8].exists_one(f, f % 5 == 2)", "![0, 1, 3].existsOne(n, n % 2 == 1)",
            "[2, 4].map(n, n / 2) == [1, 2]", "[1, 2, 3].map(n, n > 1, n * n) == [4, 9]",
            "{1: 4, 2: 5}.map(k, k * k) == [1, 4]", "[0, 1, 2, 3].filter(x, x % 2 == 1) == [1, 3]",
            "{0: 1, 1: 2}.filter(k, k == 1) == [1]", "[[1, 2], [3]].exists(l, l.exists(e, e == 3))",
            "[1, 2].map(x, [10, 20].map(y, x + y)) == [[11, 21], [12, 22]]",
        ])
        expectFailure([
            "[1, 2].exists(e, e / 0 == 1)", "[1].all(e, e / 0 == 1)", "[2, 1, 0].map(n, 4 / n)",
            "[3, 2, 1, 0].filter(n, 12 / n > 4)", "[3, 0].exists_one(n, 12 / n > 1)", "1.all(x, true)",
            "[1].map(1, 2)", "[1].map(a.b, 2)", "[1].all(x, 5)", "[1].exists(x, x, true)",
        ])
    }

    @Test func macrosOfTwoVariables() {
        expectTrue([
            "[1, 2].exists(i, v, i == 1 && v == 2)", "![1, 2].all(i, v, i == 0)",
            "[7].existsOne(i, v, i == 0 && v == 7)",
            "{'a': 1}.all(k, v, k == 'a' && v == 1)", "[2, 4, 6].transformList(i, v, v / 2 + i) == [1, 3, 5]",
            "[2, 4, 6].transformList(i, v, i != 1, v / 2 + i) == [1, 5]",
            "{'foo': 'bar'}.transformMap(k, v, k + v) == {'foo': 'foobar'}",
            "{'a': 1, 'b': 2}.transformMap(k, v, v > 1, v * 10) == {'b': 20}",
            "[].transformList(i, v, i / v) == []",
        ])
        expectFailure(["[2, 1, 0].transformList(i, v, v / i)", "{'a': 0}.transformMap(k, v, 4 / v)"])
    }

    @Test func logicAbsorbsErrors() {
        expectTrue([
            "1 / 0 > 1 || true", "true || 1 / 0 > 1", "!(1 / 0 > 1 && false)", "!(false && 1 / 0 > 1)",
            "false || 1 / 0 > 1 || true", "true ? true : 1 / 0 > 1",
        ])
        expectFailure(["1 / 0 > 1 || false", "1 / 0 > 1 && true", "1 / 0 > 1 ? true : true", "!(1 / 0 > 1)"])
    }

    @Test func hostileTextsAreRefused() {
        let count = 100_000
        let texts = [
            String(repeating: "(", count: 30_000), String(repeating: "[", count: 30_000) + "1",
            String(repeating: "-", count: 30_000) + "1", String(repeating: "!", count: 30_000) + "true",
            "a" + String(repeating: ".b", count: 20_000), "1" + String(repeating: "+1", count: 20_000),
            String(repeating: "true?", count: 10_000), String(repeating: "{1:", count: 10_000),
            String(repeating: "size(", count: 10_000),
            String(repeating: "(", count: count) + "1"
                + String(repeating: ")", count: count), String(repeating: "9", count: 50_000),
            "'" + String(repeating: "\\U", count: 10_000) + "'",
            "a" + String(repeating: "[0]", count: 10_000),
        ]
        for text in texts {
            #expect(evaluated(text).hasPrefix("problem:"), "\(text.prefix(20))")
            #expect(evaluatedUnchecked(text).hasPrefix("problem:"), "\(text.prefix(20))")
        }
        let chain = Array(repeating: "false", count: 5000).joined(separator: " || ")
        #expect(evaluated(chain) == "{\"bool\": false}")
    }

    /// The deepest texts that are accepted need little stack to be read, checked and evaluated.
    @Test func acceptedDepthFitsASmallStack() async {
        let deep = [
            String(repeating: "(", count: 95) + "1" + String(repeating: ")", count: 95),
            String(repeating: "[", count: 95) + "1" + String(repeating: "]", count: 95),
            "0" + String(repeating: " + 1", count: 195),
            String(repeating: "true ? ", count: 1) + "true" + String(repeating: " : false ? true", count: 95)
                + " : true",
            "[0]" + String(repeating: ".map(x, x + 1)", count: 90),
            String(repeating: "size([", count: 48) + "1" + String(repeating: "])", count: 48),
        ]
        let outcomes = await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: deep.map { evaluated($0) }) }
            thread.stackSize = 2 << 20
            thread.start()
        }
        for (source, outcome) in zip(deep, outcomes) {
            #expect(outcome.hasPrefix("{"), "\(source.prefix(30)): \(outcome)")
        }
    }

    @Test func runawayEvaluationEnds() {
        let list = "[" + (0..<200).map(String.init).joined(separator: ",") + "]"
        let source = "\(list).all(a, \(list).all(b, \(list).all(c, \(list).all(d, true))))"
        #expect(evaluated(source) == "error: \(EvaluationError.tooLarge.message)")
        let doubling = (0..<40).reduce("['x']") { text, _ in text + ".map(s, s + s)" }
        #expect(evaluated(doubling) == "error: \(EvaluationError.tooLarge.message)")
    }
}
