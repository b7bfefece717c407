import Records
import Rulebooks
import Storage

/// Keeps the words of records up with the records.
///
/// What goes through the door one by one is noted in the same transaction. An import leaves its records for later,
/// since noting a million would make it several times as slow; until they are noted, a search looks at them one by one.
public struct SearchIndex: Sendable {
    let office: Office

    public init(_ office: Office) { self.office = office }

    /// So many records are noted in one transaction, so that writers wait a few tenths of a second at most.
    private static let batch = 2_000

    /// Takes note of what an action did to a record.
    func note(before: Record?, after: Record, kind: Kind, writer: any StoreWriting) throws {
        let noted = try writer.wordsNoted(of: kind)
        if let before {
            guard after.id <= noted, SearchWords.differ(before, after, kind: kind) else { return }
        } else {
            guard after.id == noted + 1 else { return }
        }
        try writer.note(words: words(of: after, kind), of: after.id, kind: kind)
        if after.id > noted { try writer.set(wordsNoted: after.id, of: kind) }
    }

    private func words(of record: Record, _ kind: Kind) -> [String] {
        SearchWords.words(of: record, kind: kind, regions: office.rulebook.regions)
    }

    /// Notes the words of records that came by imports, and returns of how many.
    ///
    /// - Parameter most: stops after so many, which may leave some.
    @discardableResult
    public func catchUp(most: Int = .max) throws -> Int {
        var count = 0
        for kind in office.rulebook.kindOrder.compactMap(office.rulebook.kind) {
            while count < most {
                let noted = try noteBatch(of: kind)
                if noted == 0 { break }
                count += noted
            }
        }
        return count
    }

    private func noteBatch(of kind: Kind) throws -> Int {
        let next = try office.store.read { reader -> [Record] in
            try page(of: kind, behind: try reader.wordsNoted(of: kind), reader)
        }
        guard !next.isEmpty else { return 0 }
        return try office.store.write { writer in
            // Read again: others may have changed them, or noted them, meanwhile.
            let records = try page(of: kind, behind: try writer.wordsNoted(of: kind), writer)
            for record in records {
                try writer.note(words: words(of: record, kind), of: record.id, kind: kind)
            }
            if let last = records.last { try writer.set(wordsNoted: last.id, of: kind) }
            return records.count
        }
    }

    private func page(of kind: Kind, behind id: Int64, _ reader: any StoreReading) throws -> [Record] {
        var query = RecordQuery()
        query.includesVoided = true
        query.conditions = [.init(column: "id", comparison: .greater, value: .int(id))]
        query.limit = Self.batch
        return try reader.records(query, of: kind)
    }
}
