import Expressions
import Ledger
import Records
import Rulebooks

extension ImportedRow {
    /// Appends the leaf of a record just admitted: the same bytes as `RowTree` makes of its cells, without
    /// making the cells first.
    ///
    /// - Parameters:
    ///   - order: the places of the kind's fields in the order of their ids.
    ///   - commitments: the hexadecimal commitments to personal fields, by place.
    static func append(
        _ record: Record, kind: Kind, order: [Int], commitments: [Int: String], to leaf: inout [UInt8]
    ) {
        leaf.append(UInt8(ascii: "["))
        append(record.number, to: &leaf)
        for text in [
            record.region, record.responsible ?? "", record.state, record.isPublic ? "public" : "",
            clocksText(record),
        ] {
            leaf.append(UInt8(ascii: ","))
            append(text, to: &leaf)
        }
        for index in order {
            let value = record.values[index]
            if value.isNull { continue }
            leaf.append(UInt8(ascii: ","))
            let text = commitments.isEmpty ? nil : commitments[index]
            append(text ?? self.text(value), after: kind.fields[index].id, to: &leaf)
        }
        leaf.append(UInt8(ascii: "]"))
    }

    /// Appends a text in quotes; with a field's id and `=` before it when one is given.
    private static func append(_ text: String, after field: String? = nil, to leaf: inout [UInt8]) {
        let isCopied = text.utf8.withContiguousStorageIfAvailable { bytes in
            var isPlain = true
            for byte in bytes { isPlain = isPlain && byte >= 0x20 && byte != 0x22 && byte != 0x5C }
            guard isPlain else { return false }
            leaf.append(UInt8(ascii: "\""))
            if let field {
                // The ids of fields are lower-case letters, digits and underscores.
                leaf.append(contentsOf: field.utf8)
                leaf.append(UInt8(ascii: "="))
            }
            leaf.append(contentsOf: bytes)
            leaf.append(UInt8(ascii: "\""))
            return true
        }
        if isCopied == true { return }
        var escaped: [UInt8] = []
        RowTree.encode([field.map { $0 + "=" + text } ?? text], into: &escaped)
        // Without the brackets of an array.
        leaf.append(contentsOf: escaped.dropFirst().dropLast())
    }
}
