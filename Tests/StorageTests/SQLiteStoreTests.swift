import Foundation
import Rulebooks
import Storage
import StoreContract
import Testing

/// A folder that is removed with its last reference.
final class TemporaryFolder: StoreHarness {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("zhiheng-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    var path: String { url.appendingPathComponent("zhiheng.sqlite").path }

    static func cipher(_ byte: UInt8 = 1) throws -> PersonalCipher {
        try #require(PersonalCipher(key: [UInt8](repeating: byte, count: PersonalCipher.keyByteCount)))
    }

    func open(_ rulebook: Rulebook) throws -> any Store { try sqlite(rulebook) }

    func sqlite(
        _ rulebook: Rulebook, key: UInt8 = 1, access: SQLiteStore.Access = .readWrite,
        schema: SQLiteStore.SchemaHandling = .require
    ) throws -> SQLiteStore {
        try SQLiteStore(
            path: path, cipher: Self.cipher(key), rulebook: rulebook, access: access, schema: schema)
    }
}

@Suite struct SQLiteContractTests {
    @Test("SQLite keeps the contract", arguments: StoreContract.clauses)
    func contract(clause: StoreContract.Clause) throws {
        try clause.hold(on: TemporaryFolder())
    }
}
