import Expressions
import Foundation
import GRDB
import Ledger
import Office
import Records
import Storage
import Testing

@Suite("Whatever is changed behind the office's back, the audit names it")
struct AuditTests {
    /// Columns that are not a matter of record: nothing else on file says what they should be.
    private static let unaudited: Set<String> = ["zhiheng_checkpoint.signed_at"]

    private static let audited = [
        "hazard", "project", "inspection", "person", "incident", "zhiheng_tally", "zhiheng_entry",
        "zhiheng_tile",
        "zhiheng_checkpoint", "zhiheng_clock", "zhiheng_document", "zhiheng_import_run",
        "zhiheng_import_hash",
        "zhiheng_salt", "zhiheng_counter",
    ]

    @Test("Nothing is found where nothing was changed")
    func clean() throws {
        let filled = try FilledOffice(padding: 270)
        let report = try filled.audit()
        #expect(report.findings.isEmpty, "\(report.findings)")
        #expect(report.entries > 256)
        #expect(report.checkpoints == 2)
        #expect(report.documents >= 4)
        #expect(report.importedRows == 4)
        let database = try intruder(filled.test.database)
        for table in Self.audited {
            let rows = try database.read { try RawRow.all(of: table, in: $0) }
            #expect(!rows.isEmpty, "nothing in \(table) to be tampered with")
        }
    }

    @Test("One cell, any cell: flipped, emptied or filled", arguments: [UInt64(1), 2, 3, 4])
    func cells(seed: UInt64) throws {
        let filled = try FilledOffice()
        let database = try intruder(filled.test.database)
        var generator = SeededGenerator(seed: seed)
        var done = 0
        while done < 75 {
            let table = try #require(Self.audited.randomElement(using: &generator))
            let rows = try database.read { try RawRow.all(of: table, in: $0) }
            let row = try #require(rows.randomElement(using: &generator))
            let column = try #require(row.columns.randomElement(using: &generator))
            guard !Self.unaudited.contains("\(table).\(column)"), row.text("name") != "import" else {
                continue
            }
            var changed = row
            changed[column] = Tampering.change(
                row[column], type: try Self.type(column, table, database), using: &generator)
            guard changed[column] != row[column], try replace(row, by: changed, database) else { continue }
            let report = try filled.audit()
            let names = Tampering.names(of: row, in: database) + Tampering.names(of: changed, in: database)
            #expect(
                Tampering.isNamed(names, by: report.findings),
                """
                \(table).\(column): \(row[column]) became \(changed[column]) in \(names); \
                found: \(report.findings.prefix(5).map(\.subject))
                """)
            try #require(try replace(changed, by: row, database))
            done += 1
        }
        let report = try filled.audit()
        #expect(report.findings.isEmpty, "not put back: \(report.findings.prefix(5))")
    }

    @Test("A row taken away, and a row put in", arguments: audited)
    func rows(table: String) throws {
        let filled = try FilledOffice()
        let database = try intruder(filled.test.database)
        let rows = try database.read { try RawRow.all(of: table, in: $0) }
        // Nobody can tell an absent checkpoint from one never signed; imports have names of their own.
        for row in rows.prefix(12) where table != "zhiheng_checkpoint" && row.text("name") != "import" {
            try database.write { try row.delete(in: $0) }
            let found = try filled.audit().findings
            let names = Tampering.names(of: row, in: database)
            #expect(
                Tampering.isNamed(names, by: found),
                "\(names) was taken away; found: \(found.prefix(5).map(\.subject))")
            try database.write { try row.insert(in: $0) }
        }
        #expect(try filled.audit().isClean)
        guard var added = rows.last else { return }
        for column in ["id", "position", "size", "number", "region", "import_id", "version", "clock"] {
            let cell = added[column]
            if case .int64(let number) = cell.storage { added[column] = (number + 1).databaseValue }
            if case .string(let text) = cell.storage { added[column] = (text + "7").databaseValue }
        }
        for column in added.columns where column.hasSuffix("_index") {
            added[column] = Data([7]).databaseValue
        }
        // What nothing refers to changes nothing.
        if table == "zhiheng_import_hash" || table == "zhiheng_counter" { return }
        try database.write { try added.insert(in: $0) }
        #expect(!(try filled.audit().isClean), "a row put into \(table) was not noticed")
    }

    @Test("Two entries that change places, and a tail that is cut off")
    func ledger() throws {
        let filled = try FilledOffice()
        let database = try intruder(filled.test.database)
        let entries = try database.read { try RawRow.all(of: "zhiheng_entry", in: $0) }
        let (first, second) = (entries[3], entries[4])
        try database.write { db in
            for row in [first, second] { try row.delete(in: db) }
            for (row, place) in [(first, second), (second, first)] {
                var moved = row
                moved["position"] = place["position"]
                try moved.insert(in: db)
            }
        }
        let swapped = try filled.audit().findings.map(\.subject)
        #expect(swapped.contains("entry 3") && swapped.contains("entry 4"))
        try database.write { db in
            try db.execute(sql: "DELETE FROM zhiheng_entry WHERE position IN (3, 4)")
            for row in [first, second] { try row.insert(in: db) }
        }
        #expect(try filled.audit().isClean)
        let last = try #require(entries.last)
        try database.write { try last.delete(in: $0) }
        let cut = try filled.audit().findings.map(\.subject)
        #expect(cut.contains("checkpoint \(entries.count)"))
        #expect(cut.contains("tile 0/0"))
    }

    @Test("A history rewritten with all its hashes still does not fit the signed checkpoint")
    func rewritten() throws {
        let filled = try FilledOffice()
        let database = try intruder(filled.test.database)
        var entries = try database.read { try RawRow.all(of: "zhiheng_entry", in: $0) }
        let place = try #require(entries.firstIndex { $0.text("action") == "accept" })
        let leaf = try #require(Data.fromDatabaseValue(entries[place]["leaf"]))
        let forged = String(decoding: leaf, as: UTF8.self).replacingOccurrences(
            of: "\"actor\":\"li\"", with: "\"actor\":\"mo\"")
        entries[place]["leaf"] = Data(forged.utf8).databaseValue
        entries[place]["actor"] = "mo".databaseValue
        let hashes = entries.flatMap { row in
            MerkleTree.leafHash(Array(Data.fromDatabaseValue(row["leaf"]) ?? Data())).bytes
        }
        try #require(entries.count < 256)
        try database.write { db in
            try db.execute(
                sql: "UPDATE zhiheng_entry SET leaf = ?, actor = 'mo' WHERE position = ?",
                arguments: [Data(forged.utf8), place])
            try db.execute(
                sql: "UPDATE zhiheng_tile SET hashes = ? WHERE level = 0", arguments: [Data(hashes)])
        }
        let subjects = Set(try filled.audit().findings.map(\.subject))
        #expect(subjects.contains { $0.hasPrefix("checkpoint ") })
        #expect(!subjects.contains("entry \(place)"))
    }

    @Test("Text that looks the same in other code points is not the same")
    func equivalentText() throws {
        // Both stand for one character and count as equal when texts are compared by what they look like.
        let (written, other) = ("\u{F914}", "\u{6A02}")
        try #require(written == other)
        let test = try TestOffice()
        let project = try test.project()
        try test.create(
            "hazard",
            [
                "site": .int(project.id), "found_on": .date(try #require(CivilDate("2026-03-02"))),
                "category": .string(try test.firstCode("hazard-category")), "description": .string(written),
            ], by: FilledOffice.inspector)
        try test.expectCleanAudit()
        let database = try intruder(test.database)
        try database.write { try $0.execute(sql: "UPDATE hazard SET description = ?", arguments: [other]) }
        let findings = try Auditor(test.office, keys: []).run().findings
        #expect(findings.map(\.subject) == ["hazard ZG-330106-2026-00001"])
    }

    @Test("An archived file that was changed or is gone")
    func archive() throws {
        let filled = try FilledOffice()
        let runs = try filled.test.office.store.read { try $0.importRuns() }
        let run = try #require(runs.first)
        let files = FileManager.default.enumerator(at: filled.test.folder, includingPropertiesForKeys: nil)
        let archived = try #require(
            files?.compactMap { $0 as? URL }.first { $0.lastPathComponent == run.fileDigest })
        var bytes = try Data(contentsOf: archived)
        bytes[bytes.startIndex] ^= 1
        try bytes.write(to: archived)
        #expect(try filled.audit().findings.map(\.subject) == ["import \(run.id)"])
        try FileManager.default.removeItem(at: archived)
        #expect(try filled.audit().findings.map(\.subject) == ["import \(run.id)"])
    }

    private func replace(_ row: RawRow, by other: RawRow, _ database: DatabaseQueue) throws -> Bool {
        do {
            try database.write { db in
                try row.delete(in: db)
                try other.insert(in: db)
            }
            return true
        } catch is DatabaseError {
            // What the tables themselves refuse, nobody can do with SQL.
            return false
        }
    }

    private static func type(_ column: String, _ table: String, _ database: DatabaseQueue) throws -> String {
        try database.read { db in
            try db.columns(in: table).first { $0.name == column }?.type ?? ""
        }
    }
}

/// Changes to single cells, and how a finding about them may call the thing.
enum Tampering {
    static func change(_ cell: DatabaseValue, type: String, using generator: inout SeededGenerator)
        -> DatabaseValue
    {
        switch cell.storage {
        case .int64(let number):
            let bit = Int64(1) << Int64.random(in: 0..<63, using: &generator)
            return (number ^ bit).databaseValue
        case .string(let text):
            guard !text.isEmpty, Bool.random(using: &generator) else {
                return (text + String(Int.random(in: 0...9, using: &generator))).databaseValue
            }
            // A letter for another, so that the text stays text.
            var scalars = Array(text.unicodeScalars)
            let place = Int.random(in: scalars.indices, using: &generator)
            let flipped = scalars[place].value ^ UInt32(Self.bit(using: &generator) & 0x0F | 1)
            scalars[place] = Unicode.Scalar(flipped) ?? "?"
            return String(String.UnicodeScalarView(scalars)).databaseValue
        case .blob(var bytes):
            guard !bytes.isEmpty else { return Data([0]).databaseValue }
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            bytes[bytes.startIndex + place] ^= Self.bit(using: &generator)
            return bytes.databaseValue
        case .null:
            switch type {
            case "INTEGER": return Int64.random(in: 0...3, using: &generator).databaseValue
            case "BLOB": return Data([1, 2, 3]).databaseValue
            default: return "2026-03-0\(Int.random(in: 1...9, using: &generator))".databaseValue
            }
        case .double: return .null
        }
    }

    private static func bit(using generator: inout SeededGenerator) -> UInt8 {
        UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
    }

    /// Whether a finding is about one of the things.
    static func isNamed(_ names: [String], by findings: [Auditor.Finding]) -> Bool {
        findings.contains { finding in
            names.contains { name in
                finding.subject == name || finding.subject.hasSuffix(" " + name)
                    || finding.subject.hasPrefix(name + " ")
            }
        }
    }

    /// How findings may call what a row is about.
    static func names(of row: RawRow, in database: DatabaseQueue) -> [String] {
        switch row.table {
        case "zhiheng_tally": return ["tally \(row.text("measure"))"]
        case "zhiheng_entry": return ["entry \(row.text("position"))", "ledger"]
        case "zhiheng_tile":
            // A leaf's hash is told by its entry, a tile that moved by its old place or its new one.
            let first: Int64 = (row.integer("position") ?? 0) &* 256
            var names = ["tile \(row.text("level"))/\(row.text("position"))"]
            if row.text("level") == "0" {
                names += (0..<256).map { (place: Int64) in "entry \(first &+ place)" }
            }
            return names
        case "zhiheng_checkpoint": return ["checkpoint \(row.text("size"))"]
        case "zhiheng_counter": return ["counter \(row.text("name"))"]
        case "zhiheng_document": return ["document \(row.text("number"))"]
        case "zhiheng_import_run": return ["import \(row.text("id"))"]
        case "zhiheng_import_hash": return ["import \(row.text("import_id"))"]
        case "zhiheng_clock", "zhiheng_salt":
            return number(kind: row.text("kind"), record: row.text("record"), database)
        default: return [row.text("number"), row.text("id")]
        }
    }

    private static func number(kind: String, record: String, _ database: DatabaseQueue) -> [String] {
        let sql = "SELECT number FROM \"\(kind)\" WHERE id = ?"
        let number: String? = try? database.read { db in
            try String.fetchOne(db, sql: sql, arguments: [record])
        }
        return ["\(kind) \(record)"] + [number].compactMap { $0 }
    }
}
