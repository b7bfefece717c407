import Testing

@testable import Ledger

@Suite struct CanonicalJSONTests {
    private func parse(_ text: String) throws(LedgerProblem) -> CanonicalJSON {
        try CanonicalJSON(anySpelling: Array(text.utf8))
    }

    private func reason(_ text: String) -> LedgerProblem.JSONReason? {
        do {
            _ = try parse(text)
            return nil
        } catch {
            guard case .malformedJSON(_, let reason) = error else { return nil }
            return reason
        }
    }

    @Test func sortsMembersAsInRFC8785Section3_2_3() throws {
        let text = """
            {"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh",\
            "1":"One","\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control",\
            "\\u00f6":"Latin Small Letter O With Diaeresis"}
            """
        guard case .object(let members) = try parse(text) else {
            Issue.record("not an object")
            return
        }
        #expect(
            members.map(\.value) == [
                "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
                "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
            ])
    }

    @Test func writesStringsAndLiteralsAsInRFC8785Section3_2_2() throws {
        let text =
            #"{ "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] }"#
        let expected = #"{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}"#
        #expect(try parse(text).canonicalText == expected)
    }

    @Test func escapesEveryControlCharacterInItsShortestForm() {
        let text =
            String(String.UnicodeScalarView((0...0x20).compactMap { Unicode.Scalar($0 as UInt32) }))
            + "\u{7F}"
        let expected =
            #""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f"#
            + #"\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017"#
            + #"\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f "#
            + "\u{7F}\""
        #expect(CanonicalJSON.string(text).canonicalText == expected)
    }

    @Test func writesIntegersBeyondDoublesAsStrings() throws {
        #expect(CanonicalJSON.integer(9_007_199_254_740_991).canonicalText == "9007199254740991")
        #expect(CanonicalJSON.integer(-9_007_199_254_740_991).canonicalText == "-9007199254740991")
        #expect(CanonicalJSON.integer(9_007_199_254_740_992).canonicalText == "\"9007199254740992\"")
        #expect(CanonicalJSON.integer(.min).canonicalText == "\"-9223372036854775808\"")
        #expect(try parse("-9007199254740991") == -9_007_199_254_740_991)
    }

    @Test(arguments: [
        (#"{"a":1,"a":2}"#, LedgerProblem.JSONReason.duplicateName), (#"{"a":1,"\u0061":2}"#, .duplicateName),
        ("1.0", .notInteger), ("1e3", .notInteger), ("0E1", .notInteger),
        ("9007199254740992", .integerTooLarge),
        ("99999999999999999999999999", .integerTooLarge), ("01", .unexpectedByte), ("-", .unexpectedEnd),
        ("", .unexpectedEnd), ("nul", .unexpectedEnd), ("nulL", .unexpectedByte), ("[1,]", .unexpectedByte),
        ("[1", .unexpectedEnd), (#"{"a"}"#, .unexpectedByte), ("{,}", .unexpectedByte),
        ("{1:2}", .unexpectedByte),
        (#"{"a":1,}"#, .unexpectedByte), ("1 2", .trailingBytes), (#""\x""#, .invalidEscape),
        (#""\u12G4""#, .invalidEscape), (#""\ud800""#, .loneSurrogate), (#""\ud800\u0041""#, .loneSurrogate),
        (#""\udc00""#, .loneSurrogate), ("\"\n\"", .controlCharacter), ("\"abc", .unexpectedEnd),
        ("+1", .unexpectedByte),
    ])
    func refuses(_ text: String, _ expected: LedgerProblem.JSONReason) {
        #expect(reason(text) == expected)
    }

    @Test func refusesInvalidUTF8() {
        for bytes in [[0x22, 0xFF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xC0, 0x80, 0x22]]
            as [[UInt8]]
        {
            #expect(throws: LedgerProblem.malformedJSON(offset: 1, reason: .invalidUTF8)) {
                try CanonicalJSON(anySpelling: bytes)
            }
        }
    }

    @Test func limitsDepth() throws {
        let deepest = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        _ = try parse(deepest)
        #expect(reason("[" + deepest + "]") == .tooDeep)
        #expect(reason(String(repeating: "[", count: 1_000_000)) == .tooDeep)
        #expect(reason(String(repeating: "{\"a\":", count: 1_000_000)) == .tooDeep)
    }

    @Test(arguments: [
        #"{ "a":1}"#, #"{"b":1,"a":2}"#, #"{"a":"\u0041"}"#, #"{"a":"\/"}"#, "[-0]", "{}\n", #""\u001F""#,
    ])
    func flagsOtherSpellings(_ text: String) throws {
        _ = try parse(text)
        #expect(throws: LedgerProblem.notCanonical) { try CanonicalJSON(canonical: Array(text.utf8)) }
    }

    @Test func keepsNamesApartThatNormaliseAlike() throws {
        let composed = "\u{E9}"
        let decomposed = "e\u{301}"
        let pairs: [(String, CanonicalJSON)] = [(composed, 1), (decomposed, 2)]
        let value = CanonicalJSON.object(try .init(pairs))
        #expect(value[composed] == 1)
        #expect(value[decomposed] == 2)
        #expect(CanonicalJSON.string(composed) != .string(decomposed))
        #expect(try CanonicalJSON(canonical: value.encoded()) == value)
    }

    @Test func ordersNamesLikeUTF16ForRandomText() {
        var generator = SeededGenerator(seed: 1)
        let scalars: [Unicode.Scalar] = [
            "a", "b", "\u{7F}", "é", "中", "\u{D7FF}", "\u{E000}", "\u{FFFD}", "😀", "𠀀", "\u{10FFFF}",
        ]
        for _ in 0..<2000 {
            func word() -> String {
                let count = Int.random(in: 0...4, using: &generator)
                return String(
                    String.UnicodeScalarView(
                        (0..<count).compactMap { _ in scalars.randomElement(using: &generator) }))
            }
            let (left, right) = (word(), word())
            #expect(left.precedesInUTF16(right) == left.utf16.lexicographicallyPrecedes(right.utf16))
        }
    }

    @Test func readsBackWhatItWritesForRandomValues() throws {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<300 {
            let value = randomValue(depth: 0, using: &generator)
            let bytes = value.encoded()
            #expect(try CanonicalJSON(canonical: bytes).encoded() == bytes)
        }
    }

    @Test func survivesGarbage() {
        var generator = SeededGenerator(seed: 3)
        let start = Array(#"{"a":[1,-2,"x\u0041\ud83d\ude00"],"b":{"c":null,"d":true},"e":"中文"}"#.utf8)
        for _ in 0..<5000 {
            var bytes = start
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                bytes = damaged(bytes, using: &generator)
            }
            if let value = try? CanonicalJSON(canonical: bytes) { #expect(value.encoded() == bytes) }
        }
    }

    private func randomValue(depth: Int, using generator: inout SeededGenerator) -> CanonicalJSON {
        let texts = ["", "a", "\"\\", "\u{1}", "中文", "😀", "e\u{301}", "line\nbreak", "\u{2028}"]
        switch Int.random(in: 0..<(depth < 4 ? 6 : 4), using: &generator) {
        case 0: return .null
        case 1: return .bool(generator.next() & 1 == 0)
        case 2: return .integer(Int64(bitPattern: generator.next()) >> Int64(generator.next() % 64))
        case 3: return .string(texts.randomElement(using: &generator) ?? "")
        case 4:
            return .array(
                (0..<Int(generator.next() % 4)).map { _ in randomValue(depth: depth + 1, using: &generator) })
        default:
            let names = texts.shuffled(using: &generator).prefix(Int(generator.next() % 4))
            let pairs = names.map { ($0, randomValue(depth: depth + 1, using: &generator)) }
            return (try? .object(.init(pairs))) ?? .null
        }
    }
}
