import Expressions

/// Receipts of what the public filed.
extension SQLiteReader {
    func receipt(digest: [UInt8]) throws -> StoredReceipt? {
        let statement = try cached("SELECT kind, record, filed_at FROM zhiheng_receipt WHERE digest = ?1")
        statement.bind(1, digest)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        let (kind, record) = (statement.text(0), statement.integer(1))
        return StoredReceipt(
            digest: digest, kind: kind, record: record,
            filedAt: try moment(in: statement, 2, kind: kind, record: record))
    }
}

extension SQLiteWriter {
    func insert(_ receipt: StoredReceipt) throws {
        let statement = try cached(
            "INSERT INTO zhiheng_receipt (digest, kind, record, filed_at) VALUES (?1, ?2, ?3, ?4)")
        statement.bind(1, receipt.digest)
        statement.bind(2, receipt.kind)
        statement.bind(3, receipt.record)
        statement.bind(4, receipt.filedAt.seconds)
        try statement.run()
    }
}
