import Foundation
import Testing

@testable import Exchange

@Suite("Spreadsheets")
struct SpreadsheetTests {
    @Test("Texts stay texts, numbers numbers and days days")
    func cells() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".xlsx")
        defer { try? FileManager.default.removeItem(at: file) }
        let writer = try SpreadsheetWriter(path: file.path, headings: ["编号", "金额"], widths: [10, 10])
        #expect(
            writer.write([
                .text("=1+1"), .number("12.50", places: 2), .day(year: 2026, month: 3, day: 2), .empty,
                .text("\u{0}\u{1}控\u{FFFF}"), .number("12345678901234567890", places: 0),
                .day(year: 1850, month: 1, day: 1), .number("nan", places: 1),
            ]))
        try writer.finish()
        try writer.finish()
        let bytes = [UInt8](try Data(contentsOf: file))
        #expect(bytes.starts(with: Array("PK\u{03}\u{04}".utf8)))
        // The end of the directory of a ZIP file that is whole.
        #expect(bytes.suffix(22).starts(with: [0x50, 0x4B, 0x05, 0x06]))
    }

    @Test("A place that cannot be written is told")
    func unwritable() throws {
        let writer = try? SpreadsheetWriter(path: "/nowhere/at/all.xlsx", headings: ["x"], widths: [4])
        #expect(throws: ExchangeProblem.self) { try writer?.finish() ?? { throw ExchangeProblem.noHeader }() }
    }
}
