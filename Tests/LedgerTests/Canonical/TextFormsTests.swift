import Foundation
import Testing

@testable import Ledger

@Suite struct TextFormsTests {
    @Test func base64AgreesWithFoundation() throws {
        var generator = SeededGenerator(seed: 4)
        for count in 0..<100 {
            let bytes = generator.bytes(count: count)
            let text = Base64.encode(bytes)
            #expect(text == Data(bytes).base64EncodedString())
            #expect(try Base64.decode(text) == bytes)
        }
    }

    @Test(arguments: [
        "A", "AA", "AAA", "AAAAA", "AB==", "AAB=", "A===", "====", "AA=A", "AA\n=", "AA-_", "中文字", "AAAA\n",
    ])
    func refusesOtherBase64(_ text: String) {
        #expect(throws: LedgerProblem.malformedText(what: .base64)) { try Base64.decode(text) }
    }

    @Test func hexadecimalIsLowerCaseOnly() throws {
        #expect(Hexadecimal.encode([0, 0x9A, 0xFF]) == "009aff")
        #expect(try Hexadecimal.decode("009aff") == [0, 0x9A, 0xFF])
        for text in ["0", "0G", "FF", "é", " 00"] {
            #expect(throws: LedgerProblem.malformedText(what: .hexadecimal)) { try Hexadecimal.decode(text) }
        }
    }

    @Test(arguments: ["", "00", "01", "+1", "-1", " 1", "1 ", "1_0", "18446744073709551616", "١"])
    func refusesOtherDecimals(_ text: String) {
        #expect(throws: LedgerProblem.malformedText(what: .decimal)) { try Decimal64.decode(text) }
    }

    @Test func readsDecimals() throws {
        #expect(try Decimal64.decode("0") == 0)
        #expect(try Decimal64.decode("18446744073709551615") == .max)
    }

    @Test func hashesOrderAsTheirBytes() throws {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<200 {
            let left = try Hash(bytes: generator.bytes(count: 32))
            let right = try flipped(left, bit: Int(generator.next() % 256))
            #expect((left < right) == left.bytes.lexicographicallyPrecedes(right.bytes))
            #expect(try Hash(base64: left.base64) == left)
            #expect(try Hash(hexadecimal: left.hexadecimal) == left)
            #expect(left.bytes.withUnsafeBytes { Hash($0) } == left)
        }
        #expect(throws: LedgerProblem.malformedText(what: .hash)) { try Hash(bytes: [1, 2, 3]) }
        #expect([1 as UInt8].withUnsafeBytes { Hash($0) } == nil)
    }
}
