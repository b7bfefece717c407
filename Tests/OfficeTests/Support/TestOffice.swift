import Expressions
import Foundation
import Ledger
import Office
import Records
import Rulebooks
import Storage
import Synchronization
import Testing

/// A clock that tests set by hand.
final class TestClock: Sendable {
    private let moment: Mutex<Timestamp>

    init(_ text: String) {
        moment = Mutex(Timestamp(rfc3339: text) ?? .epoch)
    }

    var now: Timestamp { moment.withLock { $0 } }

    /// Sets the clock to a moment, RFC 3339.
    func set(_ text: String) {
        if let new = Timestamp(rfc3339: text) { moment.withLock { $0 = new } }
    }
}

/// Files of the project that tests read.
enum Project {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let national = Result {
        try Workspace.load([try RulebookFolder.files(at: root.appendingPathComponent("rulebook"))])
    }

    /// A file shared beside the project, nil when it is not there.
    static func shared(_ path: String) -> URL? {
        let file = root.deletingLastPathComponent().appendingPathComponent("shared/" + path)
        return FileManager.default.fileExists(atPath: file.path) ? file : nil
    }
}

/// An office over a database of its own in a temporary folder, at a time that tests set.
final class TestOffice {
    let folder: URL
    let clock: TestClock
    let office: Office
    let rulebook: Rulebook
    let workspace: Workspace

    init(_ rulebook: Rulebook? = nil, at moment: String = "2026-03-02T01:00:00Z") throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("zhiheng-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let clock = TestClock(moment)
        self.clock = clock
        self.rulebook = try rulebook ?? Project.national.get()
        workspace = Workspace(folder: folder)
        let cipher = try #require(PersonalCipher(key: Array(0..<32)))
        let store = try SQLiteStore(
            path: folder.appendingPathComponent("zhiheng.db").path, cipher: cipher, rulebook: self.rulebook)
        office = try Office(rulebook: self.rulebook, store: store, now: { clock.now })
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    var database: URL { folder.appendingPathComponent("zhiheng.db") }

    var registrar: Registrar { Registrar(office) }

    static func person(_ login: String, _ role: String, region: String = "330000000000", party: String? = nil)
        -> Request.Identity
    {
        .actor(
            Actor(
                login: login, name: login, role: role, region: region, party: party,
                permissions: [.read, .create, .act, .import, .unmask]))
    }

    @discardableResult
    func create(_ kind: String, _ values: [String: Value], by identity: Request.Identity) throws -> Record {
        try registrar.perform(Action(.create, kind: kind, values: values), by: identity).record
    }

    @discardableResult
    func act(
        _ action: String, on record: Record, _ values: [String: Value] = [:], by identity: Request.Identity
    ) throws -> Outcome {
        try registrar.perform(
            Action(.move(action), kind: record.kind, record: record.id, values: values), by: identity)
    }

    func kind(_ id: String) throws -> Kind { try #require(rulebook.kind(id)) }

    func record(_ record: Record) throws -> Record {
        let kind = try kind(record.kind)
        return try #require(try office.store.read { try $0.record(kind, id: record.id) })
    }

    /// The refusal that a body ends in.
    func refusal(_ body: () throws -> Void) throws -> Refusal {
        do {
            try body()
        } catch let refusal as Refusal {
            return refusal
        }
        throw Unexpected.noRefusal
    }

    /// Audits everything; every finding is an issue.
    func expectCleanAudit(_ keys: [VerifierKey] = [], sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        let report = try Auditor(office, keys: keys, archive: workspace.archive).run()
        for finding in report.findings {
            Issue.record("\(finding.subject): \(finding.textEnglish)", sourceLocation: sourceLocation)
        }
    }

    enum Unexpected: Error { case noRefusal }

    static let contractor = "91330100799655058B"
    static let digest = String(repeating: "ab", count: 32)

    /// A project in Hangzhou's Xihu district.
    func project(region: String = "330106000000") throws -> Record {
        try create(
            "project",
            [
                "name": .string("西溪医院二期"), "region": .string(region),
                "type": .string(try firstCode("project-type")),
                "contractor": .string(Self.contractor),
            ], by: Self.person("wang", "inspector"))
    }

    func firstCode(_ list: String) throws -> String {
        try #require(rulebook.codeLists[list]?.items(on: CivilDate(year: 2026, month: 3, day: 2)).first?.id)
    }

    /// A hazard found at a project.
    func hazard(at project: Record, grade: String = "general", foundOn: String = "2026-03-02") throws
        -> Record
    {
        try create(
            "hazard",
            [
                "site": .int(project.id), "found_on": .date(try #require(CivilDate(foundOn))),
                "category": .string(try firstCode("hazard-category")), "grade": .string(grade),
                "description": .string("三层临边无防护"),
            ], by: Self.person("wang", "inspector"))
    }
}
