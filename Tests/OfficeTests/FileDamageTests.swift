import Foundation
import GRDB
import Ledger
import Office
import Rulebooks
import Storage
import Testing

@Suite("Bytes of the database file that were changed")
struct FileDamageTests {
    /// Tables whose content nothing else on file attests.
    private static let unaudited: Set<String> = ["zhiheng_notice", "zhiheng_identity", "zhiheng_setting"]

    @Test(
        "are a finding or a clear problem, unless nothing of it can be read differently",
        arguments: [UInt64(21), 22])
    func flips(seed: UInt64) throws {
        let filled = try FilledOffice()
        try (filled.test.office.store as? SQLiteStore)?.close()
        let whole = try Data(contentsOf: filled.test.database)
        let content = try Self.content(filled.test.database)
        var chance = SeededGenerator(seed: seed)
        var noticed = 0
        for _ in 0..<60 {
            var bytes = whole
            let place = bytes.startIndex + Int.random(in: 0..<bytes.count, using: &chance)
            bytes[place] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &chance)
            let folder = filled.test.folder.appendingPathComponent(UUID().uuidString)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let file = folder.appendingPathComponent("zhiheng.db")
            try bytes.write(to: file)
            let findings = try Self.audit(file, filled)
            if findings.isEmpty {
                #expect(try Self.content(file) == content, "byte \(place) was changed and nobody noticed")
            } else {
                noticed += 1
            }
        }
        #expect(noticed > 1, "not all of the file should be free space")
    }

    /// What the audit finds, or the problem that keeps the file from being opened; all else is thrown on.
    private static func audit(_ file: URL, _ filled: FilledOffice) throws -> [String] {
        do {
            let cipher = try #require(PersonalCipher(key: Array(0..<32)))
            let store = try SQLiteStore(path: file.path, cipher: cipher, rulebook: filled.test.rulebook)
            defer { try? store.close() }
            let office = try Office(rulebook: filled.test.rulebook, store: store, now: { .epoch })
            let archive = filled.test.workspace.archive
            return try Auditor(office, keys: [filled.key.verifier], archive: archive).run().findings.map(
                \.subject)
        } catch let problem as StoreProblem {
            return [problem.message.en]
        }
    }

    /// Every audited row of every table, and whether the engine finds its indexes to agree with them.
    private static func content(_ file: URL) throws -> [String] {
        let database = try intruder(file)
        defer { try? database.close() }
        return try database.read { db in
            let tables = try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
            let check = try String.fetchAll(db, sql: "PRAGMA integrity_check")
            return try check
                // The words of the search are made of the records again, and every hit is compared with its record.
                + tables.filter { name in
                    !unaudited.contains(name) && !name.hasPrefix("sqlite_")
                        && !name.hasPrefix("zhiheng_words")
                }.flatMap { table in
                    try RawRow.all(of: table, in: db).map { row in
                        var row = row
                        if table == "zhiheng_checkpoint" { row["signed_at"] = .null }
                        return "\(table) \(row.cells)"
                    }
                }
        }
    }
}
