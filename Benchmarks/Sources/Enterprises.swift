import Expressions
import Foundation
import Rulebooks

/// Writes files of enterprises that never were: ten columns, the same rows in every run.
struct Enterprises {
    static let columns = [
        "credit_code", "name", "type", "region", "qualification", "qualification_number", "address",
        "legal_representative", "licence_number", "licence_issued_on",
    ]

    private let regions: [String]
    private let types: [String]
    private let grades: [String]

    init(_ rulebook: Rulebook) {
        let day = CivilDate(year: 2026, month: 3, day: 2)
        regions = rulebook.regions.codes(ofLevel: "county").filter { $0.hasPrefix("33") }
            .map { String($0.prefix(6)) }
        types = (rulebook.codeLists["enterprise-type"]?.items(on: day) ?? []).flatMap { [$0.id, $0.name.zh] }
        grades = (rulebook.codeLists["qualification-grade"]?.items(on: day) ?? []).flatMap {
            [$0.id, $0.name.zh]
        }
    }

    /// Writes a file of so many rows, with its header.
    func write(_ rows: Int, to file: URL) throws {
        guard FileManager.default.createFile(atPath: file.path, contents: nil),
            let handle = FileHandle(forWritingAtPath: file.path)
        else { throw CocoaError(.fileWriteUnknown) }
        defer { try? handle.close() }
        var text = Self.columns.joined(separator: ",") + "\n"
        var state: UInt64 = 20_261_121
        for row in 0..<rows {
            append(row, random: Self.next(&state), to: &text)
            if text.utf8.count > 1 << 20 {
                try handle.write(contentsOf: Data(text.utf8))
                text.removeAll(keepingCapacity: true)
            }
        }
        try handle.write(contentsOf: Data(text.utf8))
    }

    private func append(_ row: Int, random: UInt64, to text: inout String) {
        let region = regions[Int(random % UInt64(regions.count))]
        let year = 2020 + row % 6
        text += Self.creditCode(region: region, number: row &* 7919 % 1_000_000_007)
        text += ",浙江第\(row)建设集团有限公司,\(types[Int(random >> 16) % types.count]),\(region),"
        text += grades[Int(random >> 32) % grades.count]
        text += ",D\(33_000_000 + row),文三路\(row % 997)号,"
        text += "王\(row % 89),（浙）JZ安许证字〔\(year)〕\(100_000 + row),\(year)-"
        text += Self.twoDigits(1 + row % 12) + "-" + Self.twoDigits(1 + row % 28) + "\n"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// A code of GB 32100 with the check digit that the others call for.
    private static func creditCode(region: String, number: Int) -> String {
        let digits = String(number)
        let body = "91" + region + String(repeating: "0", count: 9 - digits.count) + digits
        let characters = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
        let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
        let sum = zip(body.utf8, weights).reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
        return body + String(characters[(31 - sum % 31) % 31])
    }

    private static func next(_ state: inout UInt64) -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state >> 1
    }
}
