import Expressions
import Foundation
import GRDB
import Ledger
import Office
import Records
import Storage
import Testing

// GRDB has a class of the same name.
import struct Records.Record

@Suite("Personal data")
struct PersonalDataTests {
    private let filled: FilledOffice

    init() throws {
        filled = try FilledOffice()
    }

    private func erase() throws {
        let action = Action(.erasePersonalData, kind: "person", record: filled.person.id, reason: "本人申请")
        try filled.test.registrar.perform(action, by: .actor(.operatorOfFolder))
    }

    private func position(of action: String, last: Bool) throws -> UInt64 {
        let entries = try filled.test.office.store.read {
            try $0.entries(kind: "person", record: filled.person.id)
        }
        let found = last ? entries.last { $0.action == action } : entries.first { $0.action == action }
        return try #require(found).position
    }

    private func found(_ field: String, _ value: String) throws -> [Record] {
        var query = RecordQuery()
        query.conditions = [.init(column: field, comparison: .equal, value: .string(value))]
        return try filled.test.office.store.read { try $0.records(query, of: filled.test.kind("person")) }
    }

    @Test("stands in no file of the database, nor in the ledger")
    func encrypted() throws {
        let folder = filled.test.folder
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        where file.lastPathComponent.hasPrefix("zhiheng.db") {
            let bytes = try Data(contentsOf: file)
            for secret in [FilledOffice.identityNumber, FilledOffice.phone, "13700002222", "13600003333"] {
                #expect(
                    bytes.range(of: Data(secret.utf8)) == nil, "\(secret) stands in \(file.lastPathComponent)"
                )
            }
        }
        try filled.test.office.store.read { reader in
            try reader.eachEntry(from: 0) { entry in
                let leaf = String(decoding: entry.leaf, as: UTF8.self)
                #expect(!leaf.contains(FilledOffice.identityNumber) && !leaf.contains(FilledOffice.phone))
            }
        }
    }

    @Test("is found by its whole value, also after it was changed, and is refused twice")
    func lookUp() throws {
        #expect(try found("identity_number", FilledOffice.identityNumber).map(\.id) == [filled.person.id])
        #expect(try found("phone", FilledOffice.phone).map(\.id) == [filled.person.id])
        #expect(try found("phone", "13700002222").isEmpty)
        let again = try filled.test.refusal {
            try filled.test.create(
                "person",
                [
                    "identity_number": .string(FilledOffice.identityNumber), "name": .string("赵安"),
                    "region": .string("330106000000"), "title": .string("safety-officer"),
                ], by: FilledOffice.officer)
        }
        #expect(again.has(.duplicate))
        let sentences = again.reasons.map { $0.sentence + $0.sentenceEnglish }.joined()
        #expect(!sentences.contains(FilledOffice.identityNumber))
    }

    @Test("can be shown to the holder of a proof, and a proof with another value does not verify")
    func openings() throws {
        let test = filled.test
        let kind = try test.kind("person")
        let place = try position(of: "amend", last: true)
        let person = FoundRecord(kind: kind, record: filled.person)
        let openings = try UnmaskService(test.office).openings(
            ["phone"], of: person, at: place, by: .operatorOfFolder)
        #expect(openings.map(\.value) == [.string(FilledOffice.phone)])
        let bundle = try LedgerService(test.office, key: filled.key).prove(
            position: place, openings: openings)
        let read = try ProofBundle(bytes: Array(bundle.encoded.utf8))
        #expect(read.verify(trusting: [filled.key.verifier]).isValid)
        let salt = try #require(openings.first).salt
        let forged = Opening(field: "phone", value: .string("13900000000"), salt: salt)
        #expect(throws: LedgerProblem.wrongOpening(field: "phone")) {
            try LedgerService(test.office, key: filled.key).prove(position: place, openings: [forged])
                .openings.first?.verify(leaf: CanonicalJSON(canonical: read.leaf))
        }
        let asked = try test.office.store.read { try $0.entry(at: $0.ledgerSize() - 1) }
        #expect(asked?.action == "unmask" || (asked?.action.contains("unmask") ?? false))
        try expectCleanAudit()
    }

    @Test("loses the salt of a value that was replaced: it can no longer be guessed and tested")
    func replaced() throws {
        let salts = try filled.test.office.store.read {
            try $0.salts(kind: "person", record: filled.person.id)
        }
        #expect(
            Set(salts.keys) == [
                SaltKey(field: "identity_number", version: 1), SaltKey(field: "phone", version: 2),
            ])
        let person = FoundRecord(kind: try filled.test.kind("person"), record: filled.person)
        let created = try position(of: "create", last: false)
        #expect(throws: LedgerProblem.wrongOpening(field: "phone")) {
            try UnmaskService(filled.test.office).openings(
                ["phone"], of: person, at: created, by: .operatorOfFolder)
        }
    }

    @Test("is erased with its salts; proofs made before and after stay valid, the audit stays clean")
    func erasure() throws {
        let test = filled.test
        let before = try LedgerService(test.office, key: filled.key).prove(
            position: position(of: "create", last: false))
        try erase()
        let erased = try test.record(filled.person)
        let kind = try test.kind("person")
        #expect(erased.value("phone", in: kind) == .null)
        #expect(erased.value("identity_number", in: kind) == .null)
        #expect(try test.office.store.read { try $0.salts(kind: "person", record: erased.id) }.isEmpty)
        #expect(try found("phone", FilledOffice.phone).isEmpty)
        #expect(before.verify(trusting: [filled.key.verifier]).isValid)
        let after = try LedgerService(test.office, key: filled.key).prove(kind: "person", record: erased.id)
        #expect(after.verify(trusting: [filled.key.verifier]).isValid)
        let database = try intruder(test.database)
        let rows = try database.read { try RawRow.all(of: "person", in: $0) }.filter {
            $0.integer("id") == erased.id
        }
        for column in ["phone", "phone_index", "identity_number", "identity_number_index"] {
            #expect(rows.first?[column] == .null, "\(column) is still on file")
        }
        try expectCleanAudit()
        let again = try test.refusal { try erase() }
        #expect(again.has(.nothingChanged))
    }

    private func expectCleanAudit() throws {
        let findings = try filled.audit().findings
        #expect(findings.isEmpty, "\(findings)")
    }
}
