import Expressions
import Office
import Storage

/// Places in a list as addresses hold them: `n:37` behind the id 37, `s:37:文字`, `d:37:2026-03-02`.
///
/// Total on any text: what is no place gives nil, and the list begins at its beginning.
enum CursorText {
    static func text(_ cursor: RecordCursor) -> String? {
        let (sign, value): (String, String)
        switch cursor.value {
        case .null: return "n:\(cursor.id)"
        case .string(let text): (sign, value) = ("s", text)
        case .int(let number): (sign, value) = ("i", String(number))
        case .bool(let flag): (sign, value) = ("b", flag ? "1" : "0")
        case .date(let day): (sign, value) = ("d", day.description)
        case .timestamp(let moment): (sign, value) = ("t", String(moment.seconds))
        case .decimal(let number): (sign, value) = ("m", number.description)
        default: return nil
        }
        return "\(sign):\(cursor.id):\(value)"
    }

    static func cursor(_ text: String) -> RecordCursor? {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(
            String.init)
        guard parts.count >= 2, let id = Int64(parts[1]) else { return nil }
        if parts[0] == "n" { return parts.count == 2 ? RecordCursor(value: .null, id: id) : nil }
        guard parts.count == 3, let value = value(parts[0], parts[2]) else { return nil }
        return RecordCursor(value: value, id: id)
    }

    private static func value(_ sign: String, _ text: String) -> Value? {
        switch sign {
        case "s": .string(text)
        case "i": Int64(text).map(Value.int)
        case "b": text == "1" ? .bool(true) : text == "0" ? .bool(false) : nil
        case "d": CivilDate(text).map(Value.date)
        case "t": Int64(text).flatMap { Timestamp(seconds: $0) }.map(Value.timestamp)
        case "m": ExactDecimal(text).map(Value.decimal)
        default: nil
        }
    }

    /// The place that an address asks for.
    static func place(_ asked: FormFields) -> RecordPage.Place {
        if let cursor = asked["after"].flatMap(cursor) { return .after(cursor) }
        if let cursor = asked["before"].flatMap(cursor) { return .before(cursor) }
        return .first
    }
}
