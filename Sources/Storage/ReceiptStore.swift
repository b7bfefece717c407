import Expressions

/// By what somebody without an account follows the record that was filed. The code itself is not kept.
///
/// Operational state, not a business record: it never enters the ledger.
public struct StoredReceipt: Hashable, Sendable {
    /// The SHA-256 of the code.
    public var digest: [UInt8]
    public var kind: String
    public var record: Int64
    public var filedAt: Timestamp

    public init(digest: [UInt8], kind: String, record: Int64, filedAt: Timestamp) {
        (self.digest, self.kind, self.record, self.filedAt) = (digest, kind, record, filedAt)
    }
}

/// Reading receipts of what the public filed.
public protocol ReceiptReading {
    func receipt(digest: [UInt8]) throws -> StoredReceipt?
}

/// Writing receipts of what the public filed.
public protocol ReceiptWriting: ReceiptReading {
    /// Puts a new receipt on file, in the transaction that files the record.
    func insert(_ receipt: StoredReceipt) throws
}
