import Expressions
import Foundation
import Ledger
import Office
import Records
import Rulebooks
import Storage
import Testing

@Suite("A record that came with an import is proved by its row")
struct RowProofTests {
    private static let incidents = Project.root.appendingPathComponent(
        "examples/zhejiang-2009h1/incidents.csv")
    private let test: TestOffice
    private let key: SigningKey

    init() throws {
        test = try TestOffice(at: "2026-11-21T01:00:00Z")
        key = try SigningKey(name: "zhiheng.test", seed: Array(1...32))
    }

    private var service: LedgerService { LedgerService(test.office, key: key) }

    @discardableResult
    private func take(_ kind: String, _ file: URL) throws -> ImportReport {
        let report = try Importer(test.office, archive: test.workspace.archive).run(
            ImportRequest(kind: kind, fileName: file.lastPathComponent), file: file,
            by: .actor(.operatorOfFolder))
        try #require(report.isDone, "\(report.errors)")
        return report
    }

    private func projects(_ count: Int) throws -> URL {
        var text = "name,region,type,contractor\n"
        let type = try test.firstCode("project-type")
        for number in 0..<count { text += "标段\(number),330106,\(type),\(TestOffice.contractor)\n" }
        let file = test.folder.appendingPathComponent("projects.csv")
        try Data(text.utf8).write(to: file)
        return file
    }

    private func record(_ kind: String, row: Int64) throws -> Record {
        var found: Record?
        try test.office.store.read { reader in
            try reader.eachRecord(of: try test.kind(kind), from: 0) { record in
                if record.origin?.row == row { found = record }
            }
        }
        return try #require(found)
    }

    @Test("Row 17 of the 51 incidents: the file alone shows it, and no other cell passes")
    func incident() throws {
        try #require(try take("incident", Self.incidents).taken == 51)
        let record = try record("incident", row: 16)
        let bundle = try ProofBundle(try service.prove(kind: "incident", record: record.id).encoded)
        let report = bundle.verify(trusting: [key.verifier])
        #expect(report.isValid, "\(String(describing: report.firstProblem))")
        #expect(report.steps.map(\.check) == [.leaf, .signature, .inclusion, .row])
        #expect(report.leaf?["action"] == "import")
        #expect(report.leaf?["rows"] == 51)
        let row = try #require(bundle.row)
        #expect(row.index == 16)
        #expect(row.path.count == 6)
        #expect(row.cells.first == record.number)
        #expect(row.cells.dropFirst().first == record.region)
        let leaf = try #require(report.leaf)
        for place in row.cells.indices {
            var cells = row.cells
            cells[place] += "0"
            let proof = InclusionProof(index: row.index, size: 51, path: row.path)
            let altered = RowOpening(cells: cells, proof: proof)
            #expect(throws: LedgerProblem.notIncluded) { try altered.verify(leaf: leaf) }
        }
        try test.expectCleanAudit([key.verifier])
    }

    @Test("Personal cells are commitments; the values are nowhere in the proof")
    func personal() throws {
        let text =
            "identity_number,name,region,title,phone\n"
            + "110101199003078515,钱安,330106,safety-officer,13600003333\n"
        let file = test.folder.appendingPathComponent("people.csv")
        try Data(text.utf8).write(to: file)
        try take("person", file)
        let bundle = try service.prove(kind: "person", record: try record("person", row: 0).id)
        #expect(bundle.verify(trusting: [key.verifier]).isValid)
        let cells = try #require(bundle.row).cells
        #expect(!cells.contains { $0.contains("110101199003078515") || $0.contains("13600003333") })
        #expect(cells.contains { $0.hasPrefix("phone=") && $0.utf8.count == 6 + 64 })
    }

    @Test("From its first action on, a record is proved by its own entry")
    func amended() throws {
        try take("incident", Self.incidents)
        let record = try record("incident", row: 16)
        try test.registrar.perform(
            Action(.amend, kind: "incident", record: record.id, values: ["place": .string("某工地")]),
            by: FilledOffice.officer)
        let bundle = try service.prove(kind: "incident", record: record.id)
        let report = bundle.verify(trusting: [key.verifier])
        #expect(report.isValid)
        #expect(bundle.row == nil)
        #expect(report.leaf?["action"] == "amend")
        let untouched = try self.record("incident", row: 15)
        #expect(try service.prove(kind: "incident", record: untouched.id).row?.index == 15)
    }

    @Test("Rows before, at and after the end of a block of hashes, in the second of two imports")
    func blocks() throws {
        try take("incident", Self.incidents)
        try take("project", try projects(8_200))
        for row: Int64 in [0, 8_190, 8_191, 8_192, 8_199] {
            let bundle = try service.prove(kind: "project", record: try record("project", row: row).id)
            #expect(bundle.row?.index == UInt64(row))
            #expect(bundle.verify(trusting: [key.verifier]).isValid, "row \(row)")
        }
    }

    @Test("What differs from what was imported, or is not there, is not proved")
    func refuses() throws {
        try take("incident", Self.incidents)
        let record = try record("incident", row: 16)
        #expect(
            try test.refusal { _ = try service.prove(kind: "incident", record: 9_999) }.has(.recordNotFound))
        #expect(try test.refusal { _ = try service.prove(kind: "nothing", record: 1) }.has(.recordNotFound))
        try test.office.store.write { writer in
            var hashes = try #require(try writer.importHashes(1, block: 0))
            hashes[0] ^= 1
            try writer.save(importHashes: hashes, import: 1, block: 0)
        }
        let refusal = try test.refusal { _ = try service.prove(kind: "incident", record: record.id) }
        #expect(refusal.has(.recordNotFound))
        try test.office.store.write { writer in
            try writer.save(importHashes: [1, 2, 3], import: 1, block: 0)
        }
        #expect(
            try test.refusal { _ = try service.prove(kind: "incident", record: record.id) }.has(
                .recordNotFound))
    }
}
