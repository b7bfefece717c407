import Crypto
import Expressions
import Foundation
import GRDB
import Records
import Rulebooks
import StoreContract
import Testing

// GRDB has a class of the same name.
import struct Records.Record

@testable import Storage

/// Databases of before keep what they hold and gain what is new.
@Suite struct MigrationTests {
    /// A released migration never changes, or databases made by it would differ from those made today.
    @Test(arguments: [
        (1, "63d2e142ae2e1ec4eca1b16136bdc684c12ac875b74f475978afb4f2cc74c4")
    ])
    func releasedMigrationsStayAsTheyWere(version: Int, digest: String) throws {
        let sql = try #require(SystemSchema.migrations.dropFirst(version - 1).first)
        let found = SHA256.hash(data: Data(sql.utf8)).map { String($0, radix: 16) }.joined()
        #expect(found == digest)
    }

    /// A database as version 1 left it: its system tables by the SQL of then, its kinds' tables and records.
    private func databaseOfVersion1(
        _ folder: TemporaryFolder, _ rulebook: Rulebook, holding record: Record
    ) throws {
        let kind = try #require(rulebook.kind("hazard"))
        let store = try folder.sqlite(rulebook)
        try store.write { writer in
            try writer.insert(record, of: kind)
            try writer.set(setting: "a", [1, 2])
            _ = try writer.next(counter: "c")
        }
        try store.close()
        let fresh = try DatabaseQueue()
        let wanted = try fresh.write { db in
            try db.execute(sql: SystemSchema.migrations[0])
            return try Self.schema(of: db)
        }
        let queue = try DatabaseQueue(path: folder.path)
        let statements = try #require(SystemSchema.migrations.first).split(separator: ";")
        let archive = try #require(statements.first { $0.contains("CREATE TABLE zhiheng_archive") })
        try queue.write { db in
            // Whatever later migrations made goes; tables take their indexes with them.
            let sql =
                "SELECT type, name FROM sqlite_schema WHERE name LIKE 'zhiheng#_%' ESCAPE '#' ORDER BY type = 'table'"
            let later = try Row.fetchAll(db, sql: sql).filter { wanted[$0["name"]] == nil }
            for row in later {
                let (type, name): (String, String) = (row["type"], row["name"])
                try db.execute(sql: "DROP \(type) IF EXISTS \(name)")
            }
            try db.execute(sql: String(archive))
        }
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 1") }
        try queue.close()
        let made = try DatabaseQueue(path: folder.path)
        #expect(try made.read { try Self.schema(of: $0) } == wanted)
        try made.close()
    }

    private static func schema(of db: Database) throws -> [String: String] {
        var schema: [String: String] = [:]
        let sql = "SELECT name, sql FROM sqlite_schema WHERE name LIKE 'zhiheng#_%' ESCAPE '#'"
        for row in try Row.fetchAll(db, sql: sql) { schema[row[0]] = row[1] }
        return schema
    }

    @Test func aDatabaseOfTheVersionBeforeIsBroughtForward() throws {
        let folder = try TemporaryFolder()
        let rulebook = try ContractRulebook.load()
        let kind = try #require(rulebook.kind("hazard"))
        let moment = try #require(Timestamp(seconds: 1000))
        let record = Record(
            id: 1, kind: kind.id, number: "N1", region: "330106000000", responsible: nil, state: "found",
            version: 1, enteredAt: moment, createdAt: moment, updatedAt: moment,
            values: Array(repeating: .null, count: kind.fields.count))
        try databaseOfVersion1(folder, rulebook, holding: record)

        // Reading only leaves it as it is, and reads what it always did.
        let reader = try folder.sqlite(rulebook, access: .readOnly)
        #expect(try reader.read { try $0.record(kind, id: 1) } == record)
        try reader.close()

        let store = try folder.sqlite(rulebook)
        #expect(try store.read { try $0.record(kind, id: 1) } == record)
        #expect(try store.read { try $0.setting("a") } == [1, 2])
        #expect(try store.read { try $0.counters() } == ["c": 1])
        #expect(try store.read { try $0.sessions(login: nil) }.isEmpty)
        try store.write { writer in
            try writer.append(
                StoredSignIn(at: moment, login: "wang", address: "", outcome: "refused", userAgent: ""))
        }
        #expect(try store.read { try $0.signIns(login: nil, before: nil, limit: 9) }.count == 1)
        #expect(try store.read { try $0.damagedTables() }.isEmpty)
        try store.close()

        let queue = try DatabaseQueue(path: folder.path)
        let new = try TemporaryFolder()
        try new.sqlite(rulebook).close()
        let wanted = try DatabaseQueue(path: new.path).read { try Self.schema(of: $0) }
        #expect(try queue.read { try Self.schema(of: $0) } == wanted)
        #expect(try queue.read { try Int64.fetchOne($0, sql: "PRAGMA user_version") } == SystemSchema.version)
    }

    @Test func secretsOfCodesAreSealedAndStayWithTheirAccount() throws {
        let folder = try TemporaryFolder()
        let rulebook = try ContractRulebook.load()
        let store = try folder.sqlite(rulebook)
        let secret = Array("twenty bytes of code".utf8)
        let moment = try #require(Timestamp(seconds: 1000))
        func credential(_ login: String, secret: [UInt8]) -> StoredCredential {
            StoredCredential(
                login: login, account: 1, hashing: .init(rounds: 1024, blockSize: 8, parallelism: 1),
                salt: [1], hash: [2], passwordSetAt: moment, codeSecret: secret)
        }
        try store.write { writer in
            try writer.save(credential("wang", secret: secret))
            try writer.save(credential("li", secret: Array("another secret bytes".utf8)))
        }
        try store.close()
        let file = try Data(contentsOf: URL(fileURLWithPath: folder.path))
        #expect(file.range(of: Data(secret)) == nil)
        let queue = try DatabaseQueue(path: folder.path)
        try queue.write { db in
            try db.execute(
                sql: """
                    UPDATE zhiheng_credential SET code_secret =
                        (SELECT code_secret FROM zhiheng_credential WHERE login = 'li') WHERE login = 'wang'
                    """)
        }
        try queue.close()
        let problem = StoreProblem.damaged(kind: "zhiheng_credential", record: 1, column: "code_secret")
        let again = try folder.sqlite(rulebook)
        #expect(throws: problem) { try again.read { try $0.credential(login: "wang") } }
        #expect(try again.read { try $0.credential(login: "li") }?.codeSecret?.count == 20)
    }
}
