import Foundation

/// The ministry's communiqués and what is known about them, beside the package; absent in a bare checkout.
enum CommuniqueFiles {
    static let shared = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../../shared").standardizedFileURL

    static var arePresent: Bool { FileManager.default.fileExists(atPath: checks.path) }
    static let checks = shared.appending(path: "gold/mohurd-checks.csv")
    static let tables = shared.appending(path: "data/mohurd/region_period.csv")
    static let tableHeader = [
        "period", "source_file", "sheet", "region", "gb2260", "accidents_this", "accidents_last",
        "accidents_diff",
        "accidents_diff_pct", "deaths_this", "deaths_last", "deaths_diff", "deaths_diff_pct",
        "major_accidents_this", "major_accidents_last", "major_accidents_diff", "major_accidents_diff_pct",
        "major_deaths_this", "major_deaths_last", "major_deaths_diff", "major_deaths_diff_pct",
    ]
    static let folder = shared.appending(path: "data/mohurd/communiques")

    /// The rows of a small CSV file without quoted line breaks, the header left out.
    static func rows(_ file: URL) throws -> [[String]] {
        let text = try String(contentsOf: file, encoding: .utf8)
        return text.split(whereSeparator: \.isNewline).dropFirst().map { fields(String($0)) }
    }

    private static func fields(_ line: String) -> [String] {
        var fields = [""]
        var isQuoted = false
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == ",", !isQuoted {
                fields.append("")
            } else {
                fields[fields.count - 1].append(character)
            }
        }
        return fields
    }

    /// All communiqués by their file names.
    static func texts() throws -> [String: String] {
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        var texts: [String: String] = [:]
        for file in files where file.pathExtension == "txt" {
            texts[file.lastPathComponent] = try String(contentsOf: file, encoding: .utf8)
        }
        return texts
    }
}
