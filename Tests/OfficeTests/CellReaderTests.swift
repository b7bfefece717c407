import Expressions
import Foundation
import Records
import Rulebooks
import Testing

@testable import Office

@Suite("Cells read from bytes mean what the rulebook's own reading says")
struct CellReaderTests {
    private static let day = CivilDate(year: 2026, month: 3, day: 2)

    private static let samples = [
        "0", "7", "-3", "+3", "007", "1,234", "12.5", "12.50", "-0.01", "1.", ".5", "1e3",
        "999999999999999999",
        "9999999999999999999", "1.234", "22441", "1.2万元", "¥5", "２３", "2026-03-02", "2026-02-29", "2026-3-2",
        "20260302", "2026年3月2日", "0000-01-01", "9999-12-31", "2026-03-02T08:30", "2026-03-02 08:30:15",
        "2026-03-02T24:00", "2026-03-02T08:60", "2026-03-02T08:30:00Z", "2026-03-02T08:30+08:00", "330106",
        "91330100799655058B", "91330100799655058b", "91330100799655058C", "9133010079965505",
        "91330100799655058BX", "９1330100799655058B", "三层临边无防护", "（浙）JZ安许证字〔2023〕100000", "a b",
        "a\tb", "a\nb", "\u{7F}", "e\u{301}", "\u{3000}x", "x\u{A0}", "\u{FEFF}x", "x\u{2003}", "\u{85}x",
        "、x。",
        "é", "é ", " é", "120.15,30.28", "0571-88888888",
    ]

    @Test(
        "Every spelling, in every field of every kind: the same value, or left to the rulebook",
        arguments: ["", " ", "\u{3000}", "x"])
    func same(padding: String) throws {
        let rulebook = try Project.national.get()
        let coercion = FieldCoercion(rulebook)
        let day = try #require(Self.day)
        var readCount = 0
        for kind in rulebook.kinds.values {
            let reader = CellReader(kind, rulebook: rulebook)
            for index in kind.fields.indices where kind.fields[index].derivation == nil {
                let field = kind.fields[index]
                let long = [String(repeating: "长", count: 101), String(repeating: "x", count: 20_001)]
                for sample in Self.samples + long {
                    for text in [sample + padding, padding + sample] {
                        // Asked only where something was read: looking for what was meant takes long.
                        guard let value = Self.lend(text, { reader.read($0, field: index, on: day) }) else {
                            continue
                        }
                        readCount += 1
                        let expected = coercion.value(of: text, for: field, on: day)
                        #expect(expected == .success(value), "\(kind.id).\(field.id): \(text)")
                    }
                }
            }
        }
        // A cell with a blank at either end is always left to the rulebook.
        #expect(["", "x"].contains(padding) ? readCount > 200 : readCount == 0)
    }

    @Test("A credit code whose check digit does not agree is left to the rulebook, which warns of it")
    func pilotCodes() throws {
        let rulebook = try Project.national.get()
        let kind = try #require(rulebook.kind("enterprise"))
        let index = try #require(kind.fieldIndex["credit_code"])
        let reader = CellReader(kind, rulebook: rulebook)
        let day = try #require(Self.day)
        #expect(Self.lend("91330100799655058C") { reader.read($0, field: index, on: day) } == nil)
        let code = "91330100799655058B"
        #expect(Self.lend(code) { reader.read($0, field: index, on: day) } == .string(code))
    }

    @Test("What is remembered of a code holds for the version of the list it was read in")
    func versions() throws {
        let rulebook = try Project.national.get()
        let kind = try #require(rulebook.kind("incident"))
        let index = try #require(kind.fieldIndex["category"])
        let coercion = FieldCoercion(rulebook)
        var reader = CellReader(kind, rulebook: rulebook)
        for (year, month) in [(2009, 1), (2026, 3), (1990, 1), (2009, 1), (2026, 3)] {
            let day = try #require(CivilDate(year: year, month: month, day: 1))
            for text in ["高处坠落", "fall-from-height", "触电", "火灾", "起重伤害", "坍塌"] {
                let expected = coercion.value(of: text, for: kind.fields[index], on: day)
                if let value = Self.lend(text, { reader.read($0, field: index, on: day) }) {
                    #expect(expected == .success(value), "\(text) in \(year)")
                } else if case .success(let value) = expected {
                    Self.lend(text) { reader.remember(value, of: $0, field: index, on: day) }
                }
            }
        }
    }

    @Test("Byte strings are numbered in the order in which they come, whatever their stamps")
    func table() {
        var table = ByteTable(seed: 1)
        for round in 0..<2 {
            for number in 0..<5_000 {
                let key = Array(String(number / 2).utf8)
                let stamp = UInt64(number % 2)
                let found = key.withUnsafeBytes { table.find($0, stamp: stamp) }
                #expect(found == (round == 0 ? nil : number))
                guard found == nil else { continue }
                let inserted = key.withUnsafeBytes { table.insert($0, stamp: stamp) }
                #expect(inserted == number)
            }
        }
        #expect([].withUnsafeBytes { (bytes: UnsafeRawBufferPointer) in table.find(bytes) } == nil)
    }

    @discardableResult
    private static func lend<Result>(
        _ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        Array(text.utf8).withUnsafeBufferPointer(body)
    }
}
