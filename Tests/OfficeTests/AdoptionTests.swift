import Expressions
import Foundation
import Office
import Records
import Rulebooks
import Storage
import Testing

@Suite("Adopting a rulebook")
struct AdoptionTests {
    private let now: @Sendable () -> Timestamp = { Timestamp(rfc3339: "2026-11-21T01:00:00Z") ?? .epoch }

    private func layer() throws -> [RulebookFile] {
        try RulebookFolder.files(at: Project.root.appendingPathComponent("rulebook"))
    }

    /// The national rulebook with one more field of incidents, before the others.
    private func widened() throws -> [RulebookFile] {
        try layer().map { file in
            guard file.path == "incident/incident.yaml" else { return file }
            let text = String(decoding: file.bytes, as: UTF8.self).replacingOccurrences(
                of: "\nfields:\n",
                with: "\nfields:\n  a_remark: { name: 备注, english: Remark, type: text, max: 200 }\n")
            return RulebookFile(path: file.path, bytes: Array(text.utf8))
        }
    }

    private func folder() -> URL {
        FileManager.default.temporaryDirectory.appendingPathComponent("zhiheng-" + UUID().uuidString)
    }

    @Test("A field added later migrates the tables and leaves every proof of before as it was")
    func addsField() throws {
        let folder = folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let workspace = Workspace(folder: folder)
        let first = try workspace.initialize(layers: [try layer()], origin: "zhiheng.test", now: now)
        let report = try Importer(first, archive: workspace.archive).run(
            ImportRequest(kind: "incident", fileName: "incidents.csv"), file: ImportTests.incidents,
            by: .actor(.operatorOfFolder))
        #expect(report.taken == 51)

        let plan = try workspace.plan(layers: [try widened()])
        #expect(!plan.plan.isEmpty)
        let adopted = try workspace.adopt(layers: [try widened()], by: .operatorOfFolder, now: now)
        #expect(adopted.rulebook.digest != first.rulebook.digest)

        let opened = try workspace.open(now: now)
        #expect(opened.rulebook.digest == adopted.rulebook.digest)
        let kind = try #require(opened.rulebook.kind("incident"))
        #expect(kind.fieldIndex["a_remark"] == 0)
        let record = try #require(try opened.store.read { try $0.record(kind, id: 1) })
        #expect(record.value("deaths", in: kind) == .int(2))
        let keys = [try workspace.keys.verifierKey()]
        let audit = try Auditor(opened, keys: keys, archive: workspace.archive).run()
        #expect(audit.findings == [])
        #expect(try FiguresService(opened).rebuild(checkOnly: true).differences.isEmpty)
    }

    @Test("An adoption cut off after it was durable is completed on opening")
    func completes() throws {
        let folder = folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let workspace = Workspace(folder: folder)
        try workspace.initialize(layers: [try layer()], origin: "zhiheng.test", now: now)
        let manifest = folder.appendingPathComponent("rulebook.json")
        let pending = folder.appendingPathComponent("rulebook.next.json")
        let before = try Data(contentsOf: manifest)
        let adopted = try workspace.adopt(layers: [try widened()], by: .operatorOfFolder, now: now)
        // As a crash leaves it: the entry is durable, the manifest has not taken its place.
        try FileManager.default.moveItem(at: manifest, to: pending)
        try before.write(to: manifest)
        #expect(try workspace.open(now: now).rulebook.digest == adopted.rulebook.digest)
        #expect(!FileManager.default.fileExists(atPath: pending.path))
        // A manifest that fits nothing is refused.
        try before.write(to: manifest)
        #expect(throws: (any Error).self) { try workspace.open(now: now) }
    }

    @Test("A folder is set up once; what is no folder of ours is refused in words")
    func refuses() throws {
        let folder = folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let workspace = Workspace(folder: folder)
        #expect(throws: WorkspaceProblem.notSetUp(folder: folder.path)) { try workspace.open(now: now) }
        try workspace.initialize(layers: [try layer()], origin: "zhiheng.test", now: now)
        #expect(throws: WorkspaceProblem.alreadySetUp(folder: folder.path)) {
            try workspace.initialize(layers: [try layer()], origin: "zhiheng.test", now: now)
        }
        let nobody = Actor(login: "x", name: "x", role: "inspector", region: "", permissions: [.read])
        #expect(throws: Refusal.self) { try workspace.adopt(layers: [try layer()], by: nobody, now: now) }
    }
}
