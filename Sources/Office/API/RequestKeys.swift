import Crypto
import Expressions
import Records
import Storage

/// By what a request is known again when it is sent twice: whose it is, its key, and the digest of all it asks.
public struct RequestKey: Hashable, Sendable {
    public let subject: String
    public let key: String
    public let request: [UInt8]

    /// The longest key taken, in bytes.
    public static let longestKey = 255

    /// - Parameter parts: everything that makes the request what it is, in a fixed order.
    public init(subject: String, key: String, parts: [[UInt8]]) {
        (self.subject, self.key) = (subject, key)
        var hash = SHA256()
        for part in parts {
            withUnsafeBytes(of: UInt64(part.count).bigEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: part)
        }
        request = Array(hash.finalize())
    }
}

/// Why a request is not done again.
public enum RequestKeyProblem: Error, Hashable, Sendable {
    /// It was done already.
    case done(StoredRequestKey)
    /// The key was used for another request.
    case otherRequest
}

/// Sees to it that a request sent twice is done once: what was done leaves a request key in the same transaction.
///
/// So it holds for requests that come at once, and when the process dies between doing and answering. A refused
/// request leaves no request key, since it did nothing.
public struct RequestKeys: Sendable {
    let office: Office

    public init(_ office: Office) { self.office = office }

    /// For how long a request is known again, in seconds.
    public static let keptSeconds: Int64 = 86_400

    /// What was left of the request, if it was done.
    ///
    /// - Throws: `RequestKeyProblem.otherRequest`.
    public func find(_ requestKey: RequestKey, at moment: Timestamp) throws -> StoredRequestKey? {
        try office.store.read { try Self.find(requestKey, $0, at: moment) }
    }

    static func find(
        _ requestKey: RequestKey, _ reader: any StoreReading, at moment: Timestamp
    ) throws -> StoredRequestKey? {
        guard let stored = try reader.requestKey(subject: requestKey.subject, key: requestKey.key),
            stored.at.plus(keptSeconds) > moment
        else { return nil }
        guard Secrets.areEqual(stored.request, requestKey.request) else {
            throw RequestKeyProblem.otherRequest
        }
        return stored
    }

    /// Refuses what was done already, in the transaction that would do it.
    static func check(_ requestKey: RequestKey, _ writer: any StoreWriting, at moment: Timestamp) throws {
        if let stored = try find(requestKey, writer, at: moment) { throw RequestKeyProblem.done(stored) }
        try writer.removeRequestKeys(before: moment.plus(-keptSeconds + 1))
    }

    /// Leaves a request key, in the transaction that did it.
    static func enter(
        _ requestKey: RequestKey, kind: String? = nil, record: Record? = nil,
        answer: StoredRequestKey.Answer? = nil, _ writer: any StoreWriting, at moment: Timestamp
    ) throws {
        let stored = StoredRequestKey(
            subject: requestKey.subject, key: requestKey.key, request: requestKey.request, at: moment,
            kind: kind,
            record: record?.id, version: record?.version, answer: answer)
        guard try writer.insert(stored) else { throw RequestKeyProblem.otherRequest }
    }

    /// Keeps the answer that was given, so that a repeated request gets the same.
    public func keep(_ answer: StoredRequestKey.Answer, for requestKey: RequestKey) throws {
        try office.store.write { try $0.keep(answer, subject: requestKey.subject, key: requestKey.key) }
    }
}
