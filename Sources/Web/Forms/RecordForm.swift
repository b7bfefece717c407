import Expressions
import Office
import Records
import Rulebooks
import Storage

/// What is on file of a record, as a form holds it when one begins to amend it.
struct RecordForm {
    let office: Office
    let kind: Kind
    let sight: Sight

    /// The form with the values of some fields filled in; what the sight masks or hides is left empty.
    func filled(with record: Record, _ fields: [Field], reader: any StoreReading) throws -> SentForm {
        var form = SentForm(fields: FormFields())
        for field in fields {
            guard case .clear(let value) = sight.value(field, of: record, kind: kind), value != .null else {
                continue
            }
            try fill(&form.fields, field.id, field, value, reader)
        }
        return form
    }

    /// Whether an empty entry of a field means that nothing was changed: what is not shown is not taken away.
    func isWithheld(_ field: Field, of record: Record) -> Bool {
        if case .clear = sight.value(field, of: record, kind: kind) { return false }
        return true
    }

    private func fill(
        _ form: inout FormFields, _ name: String, _ field: Field, _ value: Value, _ reader: any StoreReading
    ) throws {
        switch (field.type, value) {
        case (.reference(let target), .int(let id)):
            guard let targetKind = office.rulebook.kind(target),
                let other = try reader.record(targetKind, id: id)
            else { return }
            form.append(name, other.number)
        case (.files, .list(let digests)):
            for case .string(let digest) in digests { form.append(name + ".kept", digest) }
        case (.table(let columns, _), .list(let rows)):
            for (number, row) in rows.enumerated() {
                guard case .map(let cells) = row else { continue }
                for column in columns {
                    guard let cell = cells[.string(column.id)], cell != .null else { continue }
                    try fill(&form, "\(name).\(number).\(column.id)", column, cell, reader)
                }
            }
        case (.moment, .timestamp(let moment)):
            let (date, second) = moment.civil(offsetSeconds: office.time.offsetSeconds)
            let minute = second / 60
            let two = { (number: Int) in number < 10 ? "0\(number)" : String(number) }
            form.append(name, "\(date)T\(two(minute / 60)):\(two(minute % 60))")
        default: form.append(name, ValueText.plain(value))
        }
    }
}
