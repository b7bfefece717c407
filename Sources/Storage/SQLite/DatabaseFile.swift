import Foundation
import GRDB

/// Opening, recognising and preparing the file of a database.
enum DatabaseFile {
    /// The setting that tells another key from the one first used.
    static let keyCheckSetting = "personal-key-check"

    /// Refuses a file that is not ours before anything of it is changed; true when the database is new.
    static func inspect(path: String, access: SQLiteStore.Access) throws -> Bool {
        guard FileManager.default.fileExists(atPath: path) else {
            guard access == .readWrite else { throw StoreProblem.unavailable(reason: .cannotOpen) }
            return true
        }
        return try SQLiteFailure.mapped {
            var configuration = Configuration()
            configuration.readonly = access == .readOnly
            configuration.busyMode = .timeout(SQLiteStore.busySeconds)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            return try queue.inDatabase { db in
                let application = try Int64.fetchOne(db, sql: "PRAGMA application_id") ?? 0
                let version = try Int64.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                let objects = try Int64.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
                if application == 0, version == 0, objects == 0, access == .readWrite { return true }
                guard application == SystemSchema.applicationID, version <= SystemSchema.version else {
                    throw StoreProblem.foreignDatabase
                }
                return false
            }
        }
    }

    static func open(path: String, access: SQLiteStore.Access) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.readonly = access == .readOnly
        configuration.busyMode = .timeout(SQLiteStore.busySeconds)
        configuration.maximumReaderCount = 8
        configuration.label = "zhiheng"
        configuration.prepareDatabase { db in
            // Negative means KiB: 64 MiB a connection, enough for the upper pages of every index.
            try db.execute(sql: "PRAGMA cache_size = -65536")
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            try db.execute(sql: "PRAGMA analysis_limit = 1000")
        }
        return try SQLiteFailure.mapped { try DatabasePool(path: path, configuration: configuration) }
    }

    /// Makes writes durable, and the system tables if they are missing or old.
    static func prepare(_ pool: DatabasePool, cipher: PersonalCipher) throws {
        try pool.writeWithoutTransaction { db in
            // Opening a pool sets NORMAL, under which the last commits may be lost with the power.
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try db.inTransaction(.immediate) {
                let version = try Int64.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                guard version < SystemSchema.version else { return .commit }
                try SystemSchema.migrate(db, from: version)
                try db.execute(
                    sql: "INSERT INTO zhiheng_setting (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    arguments: [keyCheckSetting, Data(cipher.check)])
                return .commit
            }
        }
    }
}
