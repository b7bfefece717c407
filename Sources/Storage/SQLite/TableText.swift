import Expressions
import Rulebooks

/// Files and tables as JSON: whole numbers and booleans as such, decimals and dates as strings.
///
/// Written exactly: no number passes through floating point. Column types come from the kind.
enum TableText {
    /// The digests of files as a JSON array; nil unless every item is a string.
    static func encode(files: [Value]) -> [UInt8]? {
        var writer = JSONText()
        writer.open("[")
        for item in files {
            guard case .string(let digest) = item else { return nil }
            writer.string(digest)
        }
        writer.close("]")
        return writer.bytes
    }

    /// Rows as a JSON array of objects; nil when a value is not of its column's type.
    static func encode(rows: [Value], columns: [Field]) -> [UInt8]? {
        var writer = JSONText()
        writer.open("[")
        for row in rows {
            guard case .map(let map) = row else { return nil }
            writer.open("{")
            for (key, value) in zip(map.keys, map.values) {
                guard case .string(let name) = key,
                    let column = columns.first(where: { $0.id == name }),
                    write(value, of: column.type, name: name, to: &writer)
                else { return nil }
            }
            writer.close("}")
        }
        writer.close("]")
        return writer.bytes
    }

    private static func write(_ value: Value, of type: FieldType, name: String, to writer: inout JSONText)
        -> Bool
    {
        writer.name(name)
        switch (type, value) {
        case (_, .null): writer.raw("null")
        case (.integer, .int(let number)), (.reference, .int(let number)): writer.raw(String(number))
        case (.reference, .object(let object)): writer.raw(String(object.id))
        case (.boolean, .bool(let flag)): writer.raw(flag ? "true" : "false")
        case (.moment, .timestamp(let moment)): writer.raw(String(moment.seconds))
        case (.date, .date(let date)): writer.string(date.description)
        case (.money, .decimal(let number)):
            guard let fen = number.rescaled(to: 2) else { return false }
            writer.string(fen.description)
        case (.decimal(let places, _, _), .decimal(let number)):
            guard let scale = UInt8(exactly: places), let exact = number.rescaled(to: scale) else {
                return false
            }
            writer.string(exact.description)
        case (.files, .list(let items)):
            guard let bytes = encode(files: items) else { return false }
            writer.raw(String(decoding: bytes, as: UTF8.self))
        case (.text, .string(let text)), (.code, .string(let text)), (.region, .string(let text)),
            (.party, .string(let text)), (.person, .string(let text)), (.geo, .string(let text)):
            writer.string(text)
        default: return false
        }
        return true
    }

    /// The list of digests in a JSON array; nil when it is anything else.
    static func decodeFiles(_ text: String) -> Value? {
        guard case .array(let items)? = JSONTree(text) else { return nil }
        return files(items)
    }

    /// The rows in a JSON array; nil when it is anything else. Columns the kind no longer has are left out.
    static func decodeRows(_ text: String, columns: [Field]) -> Value? {
        guard case .array(let items)? = JSONTree(text) else { return nil }
        var rows: [Value] = []
        for item in items {
            guard case .object(let members) = item else { return nil }
            var map = ValueMap()
            for member in members {
                let name = member.name
                guard let column = columns.first(where: { $0.id == name }) else { continue }
                guard let value = value(member.value, of: column.type), map.insert(.string(name), value)
                else { return nil }
            }
            rows.append(.map(map))
        }
        return .list(rows)
    }

    private static func files(_ items: [JSONTree]) -> Value? {
        var digests: [Value] = []
        for item in items {
            guard case .string(let digest) = item else { return nil }
            digests.append(.string(digest))
        }
        return .list(digests)
    }

    private static func value(_ tree: JSONTree, of type: FieldType) -> Value? {
        switch (type, tree) {
        case (_, .null): .null
        case (.integer, .integer(let number)), (.reference, .integer(let number)): .int(number)
        case (.moment, .integer(let seconds)): Timestamp(seconds: seconds).map(Value.timestamp)
        case (.boolean, .boolean(let flag)): .bool(flag)
        case (.date, .string(let text)): CivilDate(text).map(Value.date)
        case (.money, .string(let text)), (.decimal, .string(let text)): ExactDecimal(text).map(Value.decimal)
        case (.files, .array(let items)): files(items)
        case (.text, .string(let text)), (.code, .string(let text)), (.region, .string(let text)),
            (.party, .string(let text)), (.person, .string(let text)), (.geo, .string(let text)):
            .string(text)
        default: nil
        }
    }
}
