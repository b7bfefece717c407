import Expressions
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import NIOCore
import Office
import Records
import Rulebooks
import Storage
import Synchronization
import Testing

@testable import Web

/// A site over a database of its own, at a fixed time, with people who can sign in.
final class SiteTest: Sendable {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let rulebook = Result {
        try Workspace.load([try RulebookFolder.files(at: root.appendingPathComponent("rulebook"))])
    }
    static let ledgerKey = Result { try SigningKey(name: "zhiheng.test", seed: Array(1...32)) }
    static let contractor = "91330100799655058B"
    static let stranger = "91330000142918701X"
    static let password = "correct horse battery"
    /// Cheap, since the tests are not about how dear guesses are.
    static let hashing = PasswordHashing(.init(rounds: 1 << 10, blockSize: 8, parallelism: 1))

    /// May do what any role may, for what the tests take as given.
    static let anybody = DoorRequest.Identity.actor(
        Actor(
            login: "setup", name: "setup", role: Actor.anyRole, region: "",
            permissions: Set(Permission.allCases)))

    let folder: URL
    let clock: TestClock
    let office: Office
    let site: Site
    /// Whether the folder goes with it.
    private let isOwner: Bool

    /// - Parameters:
    ///   - leastFormSeconds: how long the public has to take over a form.
    ///   - setUp: whether the folder is one that was set up, with keys and the rulebook adopted.
    ///   - papers: how papers of documents are made.
    ///   - start: the moment at which it begins.
    ///   - change: changes how the site is reached.
    init(
        leastFormSeconds: Int64 = 0, setUp: Bool = false, settings: Site.Settings = .init(),
        at start: String = "2026-03-02T01:00:00Z", _ change: (inout Site.Settings) -> Void = { _ in },
        papers: (URL) -> PaperSettings = { _ in PaperSettings() }
    ) throws {
        var settings = settings
        change(&settings)
        let clock = TestClock()
        clock.move(to: start)
        self.clock = clock
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("zhiheng-" + UUID().uuidString)
        guard !setUp else {
            let files = try RulebookFolder.files(at: Self.root.appendingPathComponent("rulebook"))
            office = try Workspace(folder: folder).initialize(
                layers: [files], origin: "example.org/test", now: { clock.moment })
            site = try Site(
                office, workspace: Workspace(folder: folder),
                folder: SiteFolder(Self.root.appendingPathComponent("site")), settings: settings)
            isOwner = true
            return
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let rulebook = try Self.rulebook.get()
        let store = try SQLiteStore(
            path: folder.appendingPathComponent("zhiheng.db").path,
            cipher: try #require(PersonalCipher(key: Array(0..<32))), rulebook: rulebook)
        office = try Office(rulebook: rulebook, store: store, now: { clock.moment })
        settings.leastFormSeconds = leastFormSeconds
        settings.ledgerKeys = [try Self.ledgerKey.get().verifier]
        site = try Site(
            office, workspace: Workspace(folder: folder),
            folder: SiteFolder(Self.root.appendingPathComponent("site")), settings: settings,
            papers: papers(folder))
        isOwner = true
    }

    /// The same folder as another process finds it.
    private init(after other: SiteTest) throws {
        folder = other.folder
        let clock = other.clock
        self.clock = clock
        let store = try SQLiteStore(
            path: folder.appendingPathComponent("zhiheng.db").path,
            cipher: try #require(PersonalCipher(key: Array(0..<32))), rulebook: other.office.rulebook)
        office = try Office(rulebook: other.office.rulebook, store: store, now: { clock.moment })
        site = try Site(
            office, workspace: Workspace(folder: folder),
            folder: SiteFolder(Self.root.appendingPathComponent("site")), settings: .init())
        isOwner = false
    }

    func restarted() throws -> SiteTest { try SiteTest(after: self) }

    deinit { if isOwner { try? FileManager.default.removeItem(at: folder) } }

    /// Opens an account with a password.
    func account(_ login: String, _ role: String, region: String = "330106000000", party: String? = nil)
        throws
    {
        var values: [String: Value] = [
            "login": .string(login), "name": .string(login), "role": .string(role), "region": .string(region),
        ]
        if let party { values["party"] = .string(party) }
        try Registrar(office).perform(Action(.create, kind: "account", values: values), by: Self.anybody)
        try SignIn(office, hashing: Self.hashing).setPassword(
            Self.password, for: login, by: .operatorOfFolder, at: office.moment)
    }

    /// The cookie of somebody who has signed in, and the token that forms of the session carry.
    func session(_ login: String) throws -> (cookie: String, csrf: String) {
        let outcome = try SignIn(office, hashing: Self.hashing).signIn(
            .init(login: login, password: Self.password, address: "192.0.2.1"), at: office.moment)
        guard case .signedIn(let token, let session) = outcome else { throw PageProblem.signInNeeded }
        return ("\(site.sessionCookie)=\(token)", session.csrf)
    }

    func project(region: String = "330106000000", contractor: String = SiteTest.contractor) throws -> Record {
        let type = try #require(office.rulebook.codeLists["project-type"]?.items(on: nil).first?.id)
        return try Registrar(office).perform(
            Action(
                .create, kind: "project",
                values: [
                    "name": .string("西溪医院二期"), "region": .string(region), "type": .string(type),
                    "contractor": .string(contractor),
                ]), by: Self.anybody
        ).record
    }

    func hazard(at project: Record, _ description: String = "三层临边无防护") throws -> Record {
        let category = try #require(office.rulebook.codeLists["hazard-category"]?.items(on: nil).first?.id)
        return try Registrar(office).perform(
            Action(
                .create, kind: "hazard",
                values: [
                    "site": .int(project.id), "category": .string(category),
                    "description": .string(description),
                    "found_on": .date(try #require(CivilDate("2026-03-02"))),
                ]), by: Self.anybody
        ).record
    }

    func kind(_ id: String) throws -> Kind { try #require(office.rulebook.kind(id)) }

    /// Issues the notice of a hazard.
    func notify(_ hazard: Record, due: String) throws {
        try Registrar(office).perform(
            Action(
                .move("notify"), kind: "hazard", record: hazard.id,
                values: ["due_on": .date(try #require(CivilDate(due)))]), by: Self.anybody)
    }

    /// Submits the rectification of a hazard.
    func submit(_ hazard: Record) throws {
        try Registrar(office).perform(
            Action(
                .move("submit"), kind: "hazard", record: hazard.id,
                values: [
                    "measures_taken": .string("已整改"),
                    "photos_after": .list([.string(String(repeating: "a", count: 64))]),
                ]), by: Self.anybody)
    }

    /// Runs a body against the router.
    func run(_ body: @escaping @Sendable (Browser) async throws -> Void) async throws {
        let application = Application(router: site.router(), logger: site.logger)
        try await application.test(.router) { client in try await body(Browser(client: client)) }
    }
}

extension SiteTest {
    /// The present code of somebody who sets codes up or has them.
    func code(of login: String) throws -> String {
        let secret = try #require(try office.store.read { try $0.credential(login: login) }?.codeSecret)
        return OneTimeCode.present(secret: secret, at: office.moment)
    }
}

extension SiteHolder {
    /// Runs a body against the site that answers, whichever that is by then.
    func run(_ body: @escaping @Sendable (Browser) async throws -> Void) async throws {
        let application = Application(responder: self, logger: site.logger)
        try await application.test(.router) { client in try await body(Browser(client: client)) }
    }
}

/// A clock that stands still until it is moved.
final class TestClock: Sendable {
    private let present = Mutex(Timestamp.epoch)

    var moment: Timestamp { present.withLock { $0 } }

    func move(to text: String) {
        guard let moment = Timestamp(rfc3339: text) else { return }
        present.withLock { $0 = moment }
    }
}

/// Asks the site as a browser does.
struct Browser: Sendable {
    let client: any TestClientProtocol

    struct Answer: Sendable {
        let status: Int
        let text: String
        let bytes: [UInt8]
        let headers: HTTPFields
        var location: String { headers[.location] ?? "" }
    }

    func get(_ path: String, cookie: String? = nil, headers: [String: String] = [:]) async throws -> Answer {
        try await send(path, .get, cookie, headers, nil)
    }

    func post(
        _ path: String, _ fields: [(String, String)], cookie: String? = nil, headers: [String: String] = [:]
    ) async throws -> Answer {
        let body = fields.map { FormFields.encoded($0.0) + "=" + FormFields.encoded($0.1) }.joined(
            separator: "&")
        var headers = headers
        if headers["Content-Type"] == nil { headers["Content-Type"] = "application/x-www-form-urlencoded" }
        return try await send(path, .post, cookie, headers, Array(body.utf8))
    }

    /// Sends a form with a folder of files.
    func post(
        _ path: String, _ fields: [(String, String)], files: [(String, [UInt8])], cookie: String
    ) async throws -> Answer {
        var body: [UInt8] = []
        for (name, value) in fields {
            body += Array(
                "--limit\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        for (name, bytes) in files {
            body += Array(
                "--limit\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\(name)\"\r\n\r\n".utf8
            )
            body += bytes + Array("\r\n".utf8)
        }
        return try await send(
            path, .post, cookie, ["Content-Type": "multipart/form-data; boundary=limit"],
            body + Array("--limit--\r\n".utf8))
    }

    /// Sends a form with one file.
    func post(
        _ path: String, _ fields: [(String, String)], file: (name: String, bytes: [UInt8]), cookie: String
    ) async throws -> Answer {
        var body: [UInt8] = []
        for (name, value) in fields {
            body += Array(
                "--limit\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        let head =
            "Content-Disposition: form-data; name=\"\(file.name)\"; filename=\"photo.png\"\r\nContent-Type: image/png"
        body += Array("--limit\r\n\(head)\r\n\r\n".utf8) + file.bytes + Array("\r\n--limit--\r\n".utf8)
        return try await send(
            path, .post, cookie, ["Content-Type": "multipart/form-data; boundary=limit"], body)
    }

    func send(
        _ path: String, _ method: HTTPRequest.Method, _ cookie: String?, _ headers: [String: String],
        _ body: [UInt8]?
    ) async throws -> Answer {
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        if let cookie { fields[.cookie] = cookie }
        return try await client.execute(
            uri: path, method: method, headers: fields, body: body.map { ByteBuffer(bytes: $0) }
        ) { response in
            Answer(
                status: response.status.code, text: String(buffer: response.body),
                bytes: Array(response.body.readableBytesView), headers: response.headers)
        }
    }
}
