import Expressions
import Foundation
import Ledger
import Records
import Rulebooks
import Storage
import Testing

@testable import Office

@Suite("Filing by the public")
struct FilingTests {
    private static let name = "张三丰"
    private static let phone = "13900001234"

    private static let values: [String: Value] = [
        "about": .string("西溪医院二期"), "category": .string("safety"), "region": .string("330106000000"),
        "description": .string("三层楼板临边没有防护栏杆"), "complainant_name": .string(name),
        "complainant_phone": .string(phone),
    ]

    private func file(_ test: TestOffice) throws -> (record: Record, receipt: ReceiptCode) {
        let (request, receipt) = try FilingService(test.office).request(
            test.kind("complaint"), values: Self.values)
        let outcome = try #require(try test.registrar.perform([request]).first).get()
        return (outcome.record, receipt)
    }

    @Test(
        "goes through the door: a record, an entry, a tally, a notice, and a receipt of which only the digest is kept"
    )
    func throughTheDoor() throws {
        let test = try TestOffice()
        let (record, receipt) = try file(test)
        let kind = try test.kind("complaint")
        #expect(record.state == "received" && record.value("channel", in: kind) == .string("online"))
        #expect(record.value("received_on", in: kind) == .date(try #require(CivilDate("2026-03-02"))))
        try test.office.store.read { reader in
            let entry = try #require(try reader.entries(kind: "complaint", record: record.id).first)
            let leaf = String(decoding: entry.leaf, as: UTF8.self)
            #expect(entry.action == "create" && leaf.contains("\"role\":\"public\""))
            for secret in [Self.name, Self.phone, receipt.text, receipt.text.filter { $0 != "-" }] {
                #expect(!leaf.contains(secret))
            }
            #expect(!leaf.contains(Hexadecimal.encode(receipt.digest)))
            let notices = try reader.outbox(limit: 10)
            #expect(notices.map(\.addressee) == ["office:330106000000"])
            #expect(!notices.contains { $0.text.contains(Self.name) })
            #expect(try reader.receipt(digest: receipt.digest)?.record == record.id)
        }
        let figures = try PublicFigures(test.office).figures(
            "complaints_received", region: "330106", period: nil)
        #expect(figures?.first?.value == "1")
        let files = try FileManager.default.contentsOfDirectory(atPath: test.folder.path)
        for file in files where file.hasPrefix("zhiheng.db") {
            let data = try Data(contentsOf: test.folder.appendingPathComponent(file))
            for secret in [Self.name, Self.phone, receipt.text] {
                #expect(data.range(of: Data(secret.utf8)) == nil, "\(secret) in \(file)")
            }
        }
        try test.expectCleanAudit()
    }

    @Test("takes exactly the fields of the filing, and nothing of kinds that are not open")
    func fields() throws {
        let test = try TestOffice()
        let service = FilingService(test.office)
        func refusal(_ kind: String, _ values: [String: Value]) throws -> Refusal {
            try test.refusal {
                try test.registrar.perform(
                    Action(.create, kind: kind, values: values), by: .actor(service.actor))
            }
        }
        for extra in ["channel", "received_on", "reply", "finding", "decided_on"] {
            var values = Self.values
            values[extra] =
                extra.hasSuffix("_on") ? .date(try #require(CivilDate("2026-03-01"))) : .string("online")
            #expect(try refusal("complaint", values).has(.fieldNotAccepted), "\(extra)")
        }
        for missing in ["about", "category", "region", "description"] {
            var values = Self.values
            values[missing] = nil
            #expect(try refusal("complaint", values).has(.fieldMissing), "\(missing)")
        }
        let project = try test.project()
        #expect(try refusal("hazard", ["site": .int(project.id)]).has(.roleNotAllowed))
        #expect(throws: Refusal.self) { try service.request(test.kind("hazard"), values: [:]) }
        let (record, _) = try file(test)
        let moved = try test.refusal {
            try test.registrar.perform(
                Action(.move("accept"), kind: "complaint", record: record.id), by: .actor(service.actor))
        }
        #expect(moved.has(.notPermitted))
        #expect(service.kinds.map(\.id) == ["complaint"])
    }

    @Test("A filing that is refused leaves no receipt")
    func refused() throws {
        let test = try TestOffice()
        var values = Self.values
        values["description"] = .string("短")
        let (request, receipt) = try FilingService(test.office).request(
            test.kind("complaint"), values: values)
        let result = try #require(try test.registrar.perform([request]).first)
        #expect(throws: Refusal.self) { try result.get() }
        #expect(try FilingService(test.office).follow(receipt) == nil)
    }

    @Test("A receipt shows what the rulebook lets it show, and nothing else")
    func following() throws {
        let test = try TestOffice()
        let (record, receipt) = try file(test)
        let kind = try test.kind("complaint")
        let officer = TestOffice.person("chen", "county-officer")
        let service = FilingService(test.office)
        let first = try #require(try service.follow(receipt))
        #expect(first.record.state == "received" && first.documents.isEmpty && first.record.clocks.count == 1)
        try test.act("accept", on: record, by: officer)
        try test.act("investigate", on: record, by: officer)
        try test.act("record-check", on: record, ["check_note": .string("内部记载甲")], by: officer)
        try test.act(
            "answer", on: record, ["finding": .string("substantiated"), "reply": .string("已责令整改")],
            by: officer)
        let found = try #require(try service.follow(receipt))
        #expect(found.record.state == "answered")
        #expect(found.documents.map(\.document) == ["complaint-acceptance", "complaint-reply"])
        #expect(found.record.value("reply", in: kind) == .string("已责令整改"))
        let shown = Set(try #require(kind.filing).shows)
        for field in kind.fields where !shown.contains(field.id) {
            #expect(found.record.value(field.id, in: kind) == .null, "\(field.id)")
        }
        for document in found.documents {
            #expect(!document.text.contains(Self.name) && !document.text.contains("内部记载甲"))
        }
        let other = try #require(ReceiptCode(random: Array(repeating: 3, count: 19)))
        #expect(try service.follow(other) == nil)
    }
}

extension FollowedFiling: Equatable {
    public static func == (left: FollowedFiling, right: FollowedFiling) -> Bool {
        left.record == right.record
    }
}
