import Testing

@testable import Storage

@Suite struct PartsTests {
    @Test func keysOfAnotherLengthAreRefused() {
        #expect(PersonalCipher(key: []) == nil)
        #expect(PersonalCipher(key: [UInt8](repeating: 0, count: 31)) == nil)
        #expect(PersonalCipher(key: [UInt8](repeating: 0, count: 33)) == nil)
    }

    @Test func whatIsSealedOpensInItsPlaceOnly() throws {
        let cipher = try TemporaryFolder.cipher()
        let sealed = try cipher.seal(Array("x".utf8), kind: "a", field: "b", record: 1)
        #expect(cipher.open(sealed, kind: "a", field: "b", record: 1) == Array("x".utf8))
        #expect(cipher.open(sealed, kind: "a", field: "b", record: 2) == nil)
        #expect(cipher.open(sealed, kind: "a", field: "c", record: 1) == nil)
        #expect(try TemporaryFolder.cipher(2).open(sealed, kind: "a", field: "b", record: 1) == nil)
        for position in sealed.indices {
            var changed = sealed
            changed[position] ^= 1
            #expect(cipher.open(changed, kind: "a", field: "b", record: 1) == nil)
        }
        #expect(cipher.open([], kind: "a", field: "b", record: 1) == nil)
        #expect(try cipher.seal(Array("x".utf8), kind: "a", field: "b", record: 1) != sealed)
    }

    @Test(arguments: [
        "", "[", "]", "[1", "[1,]", "[,1]", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{1:2}", "[1.5]",
        "[1e3]", "[-]",
        "[--1]", "[9223372036854775808]", "\"", "\"\\", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"",
        "nul", "[1] 2",
        "\"\\x\"", "[[[[[[[[[[1]]]]]]]]]]", "\u{FEFF}[]",
    ])
    func malformedJSONIsRefused(text: String) {
        #expect(JSONTree(text) == nil)
    }

    @Test func jsonOfOtherWritersIsRead() {
        let tree = JSONTree(
            " [ { \"a\" : -9223372036854775808 , \"b\":null} , \"\\u00e9\\ud83d\\ude00\\n\\/\", true ] ")
        #expect(
            tree
                == .array([
                    .object([
                        JSONMember(name: "a", value: .integer(.min)), JSONMember(name: "b", value: .null),
                    ]),
                    .string("é😀\n/"), .boolean(true),
                ]))
    }

    @Test func theEndOfAPrefixIsTheNextTextWithoutIt() {
        #expect(SQLText.end(ofPrefix: "3301") == "3302")
        #expect(SQLText.end(ofPrefix: "a\u{10FFFF}") == "b")
        #expect(SQLText.end(ofPrefix: "\u{D7FF}") == "\u{E000}")
        #expect(SQLText.end(ofPrefix: "\u{10FFFF}") == nil)
        #expect(SQLText.end(ofPrefix: "") == nil)
    }

    @Test func namesAndLiteralsAreQuoted() {
        #expect(SQLText.name("a\"b") == "\"a\"\"b\"")
        #expect(SQLText.literal("a'b") == "'a''b'")
    }

    @Test func problemsOfTheEngineAreNamedWithoutItsWords() {
        #expect(
            SQLiteFailure.problem(code: 2067, message: "UNIQUE constraint failed: hazard.a, hazard.b")
                == .duplicate(kind: "hazard", fields: ["a", "b"]))
        #expect(SQLiteFailure.problem(code: 13, message: "x") == .unavailable(reason: .diskFull))
        #expect(SQLiteFailure.problem(code: 8, message: "x") == .unavailable(reason: .readOnly))
        #expect(SQLiteFailure.problem(code: 26, message: "x") == .unavailable(reason: .notADatabase))
        #expect(SQLiteFailure.problem(code: 5, message: "x") == .unavailable(reason: .locked))
        #expect(SQLiteFailure.problem(code: 10 | 3 << 8, message: "x") == .unavailable(reason: .diskError))
        #expect(SQLiteFailure.problem(code: 11, message: "x") == .unavailable(reason: .fileDamaged))
        #expect(SQLiteFailure.problem(code: 1, message: "no such table: x") == .schemaOutdated)
        #expect(SQLiteFailure.problem(code: 1, message: "x") == .unavailable(reason: .failed))
        #expect(
            SQLiteFailure.problem(code: 275, message: "CHECK constraint failed: x")
                == .unsuitable(kind: "", column: "x"))
    }
}
