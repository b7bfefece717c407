import Crypto
import Expressions
import Ledger
import Rulebooks
import Storage

/// The place in a list where its next page begins, as a text that means nothing to whoever holds it.
///
/// It is bound to the question: one for another kind, order or filter is refused.
struct ListCursor {
    let place: RecordCursor

    /// The text: the question's digest, the id, and the value of the sort column.
    static func text(_ place: RecordCursor, question: String) -> String {
        let json = JSONValue.array([
            .string(digest(question)), .string(String(place.id)), .string(tag(place.value)),
            .string(text(place.value)),
        ])
        return Hexadecimal.encode(json.encoded)
    }

    /// - Returns: nil for a text that is no cursor, or one of another question.
    init?(_ text: String, question: String) {
        guard text.utf8.count <= 40_000, let bytes = try? Hexadecimal.decode(text),
            case .array(let parts)? = JSONReader.value(of: bytes), parts.count == 4,
            parts[0].text == Self.digest(question), let id = parts[1].text.flatMap({ Int64($0) }),
            let value = Self.value(parts[2].text ?? "", parts[3].text ?? "")
        else { return nil }
        place = RecordCursor(value: value, id: id)
    }

    private static func digest(_ question: String) -> String {
        Hexadecimal.encode(Array(SHA256.hash(data: Array(question.utf8))).prefix(6))
    }

    private static func tag(_ value: Value) -> String {
        switch value {
        case .null: "n"
        case .bool: "b"
        case .int: "i"
        case .decimal: "d"
        case .date: "y"
        case .timestamp: "m"
        default: "s"
        }
    }

    private static func text(_ value: Value) -> String {
        switch value {
        case .bool(let flag): flag ? "1" : "0"
        case .int(let number): String(number)
        case .decimal(let number): number.description
        case .date(let day): day.description
        case .timestamp(let moment): String(moment.seconds)
        case .string(let text): text
        default: ""
        }
    }

    private static func value(_ tag: String, _ text: String) -> Value? {
        switch tag {
        case "n": .null
        case "b": .bool(text == "1")
        case "i": Int64(text).map(Value.int)
        case "d": ExactDecimal(text).map(Value.decimal)
        case "y": CivilDate(text).map(Value.date)
        case "m": Int64(text).flatMap { Timestamp(seconds: $0) }.map(Value.timestamp)
        case "s": .string(text)
        default: nil
        }
    }
}
