import Foundation
import Testing

@testable import Exchange

/// Published files that lie beside the package on some computers.
@Suite struct PublishedDataTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data")

    @Test(arguments: [
        ("sf-food/violations.csv", 39_006, 3), ("sf-food/businesses.csv", 6_399, 8),
        ("sf-food/inspections.csv", 14_233, 4), ("incidents-zhejiang-2008h1-2009h1.csv", 51, 9),
    ]) func hasItsRows(_ path: String, _ rows: Int64, _ columns: Int) throws {
        let file = Self.folder.appending(path: path).path
        guard FileManager.default.fileExists(atPath: file) else {
            print("skipped: \(path) is not on this computer")
            return
        }
        let reader = try CSVReader(try FileByteSource(path: file))
        while let row = try reader.next() {
            if case .refused(let problem, _) = row { Issue.record("\(problem)") }
        }
        #expect(reader.rowsRead == rows)
        #expect(reader.header.names.count == columns)
    }
}
