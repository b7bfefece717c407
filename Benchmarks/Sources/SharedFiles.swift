import Exchange
import Foundation

/// The documents and gold files that are kept beside the project, not in it.
struct SharedFiles {
    private let folder: URL

    /// The folder `shared` beside the package; nil when it is not there.
    init?() {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        folder = package.deletingLastPathComponent().appendingPathComponent("shared", isDirectory: true)
        guard FileManager.default.fileExists(atPath: folder.appendingPathComponent("gold").path) else {
            return nil
        }
    }

    func text(_ path: String) throws -> String {
        try WholeText([UInt8](Data(contentsOf: folder.appendingPathComponent(path)))).text
    }

    /// The names of the texts in a folder, sorted.
    func texts(in path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(path).path)
            .filter { $0.hasSuffix(".txt") }.sorted()
    }

    /// The objects of a file of JSON lines.
    func lines<Line: Decodable>(_ path: String) throws -> [Line] {
        try text(path).split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    /// The rows of a CSV file, by the names of its columns.
    func rows(_ path: String) throws -> [[String: String]] {
        let reader = try CSVReader(FileByteSource(path: folder.appendingPathComponent(path).path))
        var rows: [[String: String]] = []
        while let row = try reader.next() {
            guard case .row(let record) = row else { continue }
            rows.append(Dictionary(zip(reader.header.names, record.strings)) { first, _ in first })
        }
        return rows
    }
}
