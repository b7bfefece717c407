import Foundation
import GRDB
import Rulebooks
import StoreContract
import Testing

@testable import Storage

@Suite struct OpeningTests {
    @Test func opensAgainWithWhatWasWritten() throws {
        let folder = try TemporaryFolder()
        let rulebook = try ContractRulebook.load()
        try folder.sqlite(rulebook).write { try $0.set(setting: "a", [1]) }
        #expect(try folder.sqlite(rulebook).read { try $0.setting("a") } == [1])
    }

    @Test func everyCommitIsFlushed() throws {
        let folder = try TemporaryFolder()
        let store = try folder.sqlite(ContractRulebook.load())
        let mode = try store.durability()
        #expect(mode.journal == "wal")
        #expect(mode.synchronous == 2)
    }

    @Test func readOnlyReadsAndRefusesToWrite() throws {
        let folder = try TemporaryFolder()
        let rulebook = try ContractRulebook.load()
        let writer = try folder.sqlite(rulebook)
        try writer.write { try $0.set(setting: "a", [1]) }
        let store = try folder.sqlite(rulebook, access: .readOnly)
        #expect(try store.read { try $0.setting("a") } == [1])
        #expect(throws: StoreProblem.unavailable(reason: .readOnly)) {
            try store.write { try $0.set(setting: "a", [2]) }
        }
    }

    @Test func readOnlyCreatesNothing() throws {
        let folder = try TemporaryFolder()
        let rulebook = try ContractRulebook.load()
        #expect(throws: StoreProblem.unavailable(reason: .cannotOpen)) {
            try folder.sqlite(rulebook, access: .readOnly)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path))
    }

    @Test func anotherKeyIsNoticed() throws {
        let folder = try TemporaryFolder()
        let rulebook = try ContractRulebook.load()
        try folder.sqlite(rulebook).close()
        #expect(throws: StoreProblem.wrongKey) { try folder.sqlite(rulebook, key: 2) }
    }

    @Test func aForeignDatabaseIsRefusedAndNotChanged() throws {
        let folder = try TemporaryFolder()
        let queue = try DatabaseQueue(path: folder.path)
        try queue.write { try $0.execute(sql: "CREATE TABLE hazard (id INTEGER)") }
        try queue.close()
        let before = try Data(contentsOf: folder.url.appendingPathComponent("zhiheng.sqlite"))
        let rulebook = try ContractRulebook.load()
        for access in [SQLiteStore.Access.readWrite, .readOnly] {
            #expect(throws: StoreProblem.foreignDatabase) { try folder.sqlite(rulebook, access: access) }
        }
        #expect(try Data(contentsOf: folder.url.appendingPathComponent("zhiheng.sqlite")) == before)
    }

    @Test func aNewerVersionIsRefused() throws {
        let folder = try TemporaryFolder()
        let rulebook = try ContractRulebook.load()
        try folder.sqlite(rulebook).close()
        let queue = try DatabaseQueue(path: folder.path)
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 9999") }
        try queue.close()
        #expect(throws: StoreProblem.foreignDatabase) { try folder.sqlite(rulebook) }
    }

    @Test func garbageIsNotADatabase() throws {
        let folder = try TemporaryFolder()
        let garbage = Data((0..<8192).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) })
        try garbage.write(to: folder.url.appendingPathComponent("zhiheng.sqlite"))
        let rulebook = try ContractRulebook.load()
        #expect(throws: StoreProblem.unavailable(reason: .notADatabase)) { try folder.sqlite(rulebook) }
        #expect(try Data(contentsOf: folder.url.appendingPathComponent("zhiheng.sqlite")) == garbage)
    }

    @Test func aTornFileIsReportedInWords() throws {
        let folder = try TemporaryFolder()
        let rulebook = try ContractRulebook.load()
        try folder.sqlite(rulebook).close()
        let url = folder.url.appendingPathComponent("zhiheng.sqlite")
        try Data(contentsOf: url).prefix(6000).write(to: url)
        #expect(throws: StoreProblem.self) { try folder.sqlite(rulebook) }
    }

    @Test func aFolderThatCannotBeWrittenIsSaidSo() throws {
        let rulebook = try ContractRulebook.load()
        let cipher = try TemporaryFolder.cipher()
        // Not even the superuser can create a file in these.
        for path in ["/proc/zhiheng.sqlite", "/nowhere/zhiheng.sqlite", "/dev"] {
            #expect(throws: StoreProblem.unavailable(reason: .cannotOpen)) {
                try SQLiteStore(path: path, cipher: cipher, rulebook: rulebook)
            }
        }
    }

    @Test func everyProblemSpeaksBothLanguages() {
        let problems: [StoreProblem] =
            [
                .duplicate(kind: "hazard", fields: ["a"]), .conflict(kind: "hazard", record: 1),
                .schemaOutdated,
                .missingReference(kind: "hazard", record: 1), .unsuitable(kind: "hazard", column: "a"),
                .schemaChanged, .foreignDatabase, .wrongKey, .damaged(kind: "hazard", record: 1, column: "a"),
            ] + UnavailableReason.allCases.map { .unavailable(reason: $0) }
        for problem in problems {
            #expect(!problem.message.zh.isEmpty && problem.message.zh != problem.message.en)
            #expect(!problem.message.en.lowercased().contains("sql"))
        }
    }
}
