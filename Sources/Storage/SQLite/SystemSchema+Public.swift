extension SystemSchema {
    /// By what the public follows what it filed.
    static let receiptTable = """
        CREATE TABLE zhiheng_receipt (
            digest BLOB PRIMARY KEY, kind TEXT NOT NULL, record INTEGER NOT NULL, filed_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
