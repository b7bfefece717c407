import Expressions
import Rulebooks

/// Reads the text by which imports refer to a record: its key's parts joined with "|".
enum ReferenceText {
    /// The values of the kind's key; nil when there are more or fewer parts, or one cannot be read.
    static func key(_ text: String, of kind: Kind) -> [Value]? {
        guard !kind.key.isEmpty else { return nil }
        let parts: [Substring] =
            kind.key.count == 1 ? [text[...]] : text.split(separator: "|", omittingEmptySubsequences: false)
        guard parts.count == kind.key.count else { return nil }
        var values: [Value] = []
        for (id, part) in zip(kind.key, parts) {
            guard let field = kind.field(id), let value = value(part, of: field.type) else { return nil }
            values.append(value)
        }
        return values
    }

    private static func value(_ text: Substring, of type: FieldType) -> Value? {
        switch type {
        case .text, .code, .region, .party, .person, .geo: .string(String(text))
        case .integer, .reference: Int64(text).map(Value.int)
        case .decimal, .money: ExactDecimal(text).map(Value.decimal)
        case .boolean: text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
        case .date: CivilDate(text).map(Value.date)
        case .moment: Timestamp(rfc3339: text).map(Value.timestamp)
        case .files, .table: nil
        }
    }
}
