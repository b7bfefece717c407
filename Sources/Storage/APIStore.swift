import Expressions

/// Reading what programs that work with the API left.
public protocol APIReading {
    func token(digest: [UInt8]) throws -> StoredToken?
    func token(id: Int64) throws -> StoredToken?
    /// Tokens of one login or of all, the newest first.
    func tokens(login: String?, limit: Int) throws -> [StoredToken]
    func requestKey(subject: String, key: String) throws -> StoredRequestKey?
    func webhook(id: Int64) throws -> StoredWebhook?
    /// Webhooks of one login or of all, in order of their ids.
    func webhooks(login: String?) throws -> [StoredWebhook]
    func delivery(id: Int64) throws -> StoredDelivery?
    /// What is to be tried at or before a moment, the longest waiting first.
    func deliveriesDue(at moment: Timestamp, limit: Int) throws -> [StoredDelivery]
    /// Deliveries to a webhook, the newest first, with ids below `before`.
    func deliveries(webhook: Int64, before: Int64?, limit: Int) throws -> [StoredDelivery]
}

/// Writing what programs that work with the API leave.
public protocol APIWriting: APIReading {
    /// Puts a new token on file and returns its id. Ids are never reused.
    func insert(_ token: StoredToken) throws -> Int64
    func markUsed(token id: Int64, at moment: Timestamp) throws
    /// Takes a token's force; false when there is none or it has none any more.
    func revoke(token id: Int64, at moment: Timestamp, by login: String) throws -> Bool
    /// Puts a request key on file; false when there is one under its key.
    func insert(_ requestKey: StoredRequestKey) throws -> Bool
    /// Keeps the answer with a request key that has none.
    func keep(_ answer: StoredRequestKey.Answer, subject: String, key: String) throws
    func removeRequestKeys(before moment: Timestamp) throws
    /// Puts a new webhook on file and returns its id. Ids are never reused.
    func insert(_ webhook: StoredWebhook) throws -> Int64
    /// Replaces what may change of a webhook: its state, position and failures.
    func update(_ webhook: StoredWebhook) throws
    /// Removes a webhook with its deliveries; true when there was one.
    func removeWebhook(_ id: Int64) throws -> Bool
    /// Puts a delivery on file, unless the webhook has one of that entry.
    func insert(_ delivery: StoredDelivery) throws
    /// Replaces what may change of a delivery: its state, its attempts and what came of them.
    func update(_ delivery: StoredDelivery) throws
    /// Removes deliveries that are done with and older than a moment.
    func removeDeliveries(before moment: Timestamp) throws
}
