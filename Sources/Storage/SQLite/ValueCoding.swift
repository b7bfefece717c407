import Expressions
import Rulebooks

/// Turns values into the plain bytes or numbers that a column form holds, and back.
enum ValueCoding {
    /// What a column can hold of a value that is there.
    enum Plain: Hashable {
        case integer(Int64)
        case text([UInt8])
    }

    /// The plain form of a value; nil when the value is not of the form's type or would lose digits.
    static func plain(_ value: Value, as form: ColumnForm, type: FieldType) -> Plain? {
        switch (form, value) {
        case (.text, .string(let text)): return .text(Array(text.utf8))
        case (.integer, .int(let number)), (.reference, .int(let number)): return .integer(number)
        case (.reference, .object(let object)): return .integer(object.id)
        case (.decimal(let places), .decimal(let number)): return scaled(number, places: places)
        case (.money, .decimal(let number)): return scaled(number, places: 2)
        case (.boolean, .bool(let flag)): return .integer(flag ? 1 : 0)
        case (.date, .date(let date)):
            var bytes: [UInt8] = []
            DateText.append(date, to: &bytes)
            return .text(bytes)
        case (.moment, .timestamp(let moment)): return .integer(moment.seconds)
        case (.files, .list(let items)): return TableText.encode(files: items).map(Plain.text)
        case (.table, .list(let rows)):
            guard case .table(let columns, _) = type else { return nil }
            return TableText.encode(rows: rows, columns: columns).map(Plain.text)
        case (.sealed(let form), _): return plain(value, as: form, type: type)
        default: return nil
        }
    }

    /// The value that a whole number means under a form; nil when it means none.
    static func value(_ number: Int64, as form: ColumnForm) -> Value? {
        switch form {
        case .integer, .reference: .int(number)
        case .decimal(let places):
            UInt8(exactly: places).map { .decimal(ExactDecimal(unscaled: number, scale: $0)) }
        case .money: .decimal(ExactDecimal(unscaled: number, scale: 2))
        case .boolean: number == 0 ? .bool(false) : number == 1 ? .bool(true) : nil
        case .moment: Timestamp(seconds: number).map(Value.timestamp)
        case .text, .date, .files, .table, .sealed: nil
        }
    }

    /// The value that a text means under a form; nil when it means none.
    static func value(_ text: String, as form: ColumnForm, type: FieldType) -> Value? {
        switch form {
        case .text: return .string(text)
        case .date: return CivilDate(text).map(Value.date)
        case .files: return TableText.decodeFiles(text)
        case .table:
            guard case .table(let columns, _) = type else { return nil }
            return TableText.decodeRows(text, columns: columns)
        case .integer, .decimal, .money, .boolean, .moment, .reference, .sealed: return nil
        }
    }

    /// The bytes that are encrypted for a plain form: the text, or the digits of the number.
    static func bytes(of plain: Plain) -> [UInt8] {
        switch plain {
        case .integer(let number): Array(String(number).utf8)
        case .text(let bytes): bytes
        }
    }

    /// The value that decrypted bytes mean.
    static func value(decrypted bytes: [UInt8], as form: ColumnForm, type: FieldType) -> Value? {
        let text = String(decoding: bytes, as: UTF8.self)
        if let value = value(text, as: form, type: type) { return value }
        return Int64(text).flatMap { value($0, as: form) }
    }

    private static func scaled(_ number: ExactDecimal, places: Int) -> Plain? {
        guard let scale = UInt8(exactly: places) else { return nil }
        if number.scale == scale { return .integer(number.unscaled) }
        return number.rescaled(to: scale).map { .integer($0.unscaled) }
    }
}
