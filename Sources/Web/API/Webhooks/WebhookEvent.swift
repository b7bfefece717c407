import Crypto
import Expressions
import Ledger
import Office
import Records
import Rulebooks
import Storage

/// An event as it is sent: what happened, to which record, and the record as its receiver may see it now.
struct WebhookEvent {
    let body: [UInt8]
    let topic: String
    /// The position of the ledger's entry, by which a receiver knows an event that came twice.
    let id: UInt64

    init(_ taken: WebhookQueue.Taken, _ office: Office) throws {
        let documents = RecordDocument(office, .zh, taken.sight)
        let leaf = try? CanonicalJSON(canonical: taken.entry.leaf)
        let record = try office.store.read { try documents.summary(taken.found, fields: nil, $0) }
        (topic, id) = (taken.delivery.topic, taken.delivery.position)
        body =
            JSONValue.object([
                ("event", .string("\(id)")), ("topic", .string(topic)),
                ("action", .string(taken.entry.action)),
                ("kind", .string(taken.found.kind.id)), ("number", .string(taken.found.record.number)),
                ("version", taken.entry.version.map { .integer($0) } ?? .null),
                ("performed_at", .optional(leaf?["at"]?.text)),
                ("href", .string(APIAddress.record(taken.found.kind.id, taken.found.record.number))),
                ("record", record),
            ]).encoded
    }
}

/// The signature by which a receiver knows that an event came from here and when: HMAC-SHA256 (RFC 2104) by the
/// webhook's secret over the second, a full stop and the body.
enum WebhookSignature {
    static let header = "Zhiheng-Signature"

    /// `t=SECOND,v1=HEXADECIMAL`.
    static func value(of body: [UInt8], secret: [UInt8], at second: Int64) -> String {
        let signed = Array("\(second).".utf8) + body
        let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: secret))
        return "t=\(second),v1=\(Hexadecimal.encode(Array(code)))"
    }
}
