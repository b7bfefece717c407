import Expressions
import Mustache
import Records
import Rulebooks

/// What a template of a document may name, in one language. Nothing is put into words before it is asked for.
///
/// A class, because rendering asks each object on its way what it is, and would copy a value every time.
final class DocumentFacts: MustacheParent {
    let number: String
    /// The day of issue.
    let day: CivilDate
    let actor: Actor
    let language: Language
    let related: [Facts.Key: Record]
    let rulebook: Rulebook
    let coercion: FieldCoercion
    let record: Record
    let kind: Kind

    init(
        number: String, day: CivilDate, actor: Actor, language: Language, related: [Facts.Key: Record],
        rulebook: Rulebook, coercion: FieldCoercion, record: Record, kind: Kind
    ) {
        (self.number, self.day, self.actor, self.language) = (number, day, actor, language)
        (self.related, self.rulebook, self.coercion) = (related, rulebook, coercion)
        (self.record, self.kind) = (record, kind)
    }

    func child(named name: String) -> Any? {
        switch name {
        case "number": number
        case "issued_on": DocumentWriter.day(day, language)
        case "record": fields(of: record, kind)
        case "actor_name": actor.name
        case "region_name": rulebook.regions.fullName(record.region)?.text(language) ?? record.region
        case "office_name": rulebook.regions.name(record.region)?.text(language) ?? record.region
        case "upper_office_name": upperOfficeName
        case "responsible_name": responsibleName
        default: referred(by: name)
        }
    }

    /// The region right above, whose office supervises; at the top its own.
    private var upperOfficeName: String {
        let upper = rulebook.regions.parent(record.region) ?? record.region
        return rulebook.regions.name(upper)?.text(language) ?? upper
    }

    private func fields(of record: Record, _ kind: Kind) -> RecordFacts {
        RecordFacts(record: record, kind: kind, coercion: coercion, language: language)
    }

    /// The record that a reference field points to.
    private func referred(by field: String) -> RecordFacts? {
        guard let index = kind.fieldIndex[field], let (found, declaration) = referred(at: index) else {
            return nil
        }
        return fields(of: found, declaration)
    }

    private func referred(at index: Int) -> (Record, Kind)? {
        guard case .reference(let target) = kind.fields[index].type, record.values.indices.contains(index),
            case .int(let id) = record.values[index],
            let found = related[Facts.Key(kind: target, id: id)], let declaration = rulebook.kind(target)
        else { return nil }
        return (found, declaration)
    }

    /// The party's name where it stands beside its code in the record that the path goes through, else its code.
    private var responsibleName: String {
        if let path = kind.responsible, let party = path.target, let index = kind.fieldIndex[path.field],
            let (found, declaration) = referred(at: index),
            case .string(let name)? = found.value(party + "_name", in: declaration)
        {
            return name
        }
        return record.responsible ?? ""
    }
}

/// The fields of a record as a template names them; personal ones and those not on file are not among them.
final class RecordFacts: MustacheParent {
    let record: Record
    let kind: Kind
    let coercion: FieldCoercion
    let language: Language

    init(record: Record, kind: Kind, coercion: FieldCoercion, language: Language) {
        (self.record, self.kind, self.coercion, self.language) = (record, kind, coercion, language)
    }

    func child(named name: String) -> Any? {
        if let index = kind.fieldIndex[name], record.values.indices.contains(index) {
            let (field, value) = (kind.fields[index], record.values[index])
            if field.personal { return nil }
            if value != .null { return shown(value, field) }
        }
        return name == "number" ? record.number : nil
    }

    /// A value as a template shows it: a day in words, a table as the `rows` of its columns' texts, an empty
    /// table not at all.
    private func shown(_ value: Value, _ field: Field) -> Any? {
        if case .date(let day) = value { return DocumentWriter.day(day, language) }
        guard case .table(let columns, _) = field.type, case .list(let rows) = value else {
            return coercion.display(value, for: field, language: language)
        }
        let shownRows = rows.compactMap { row -> [String: Any]? in
            guard case .map(let cells) = row else { return nil }
            var texts: [String: Any] = [:]
            for column in columns where !column.personal {
                let cell = cells[.string(column.id)] ?? .null
                if cell != .null { texts[column.id] = shown(cell, column) }
            }
            return texts
        }
        return shownRows.isEmpty ? nil : ["rows": shownRows]
    }
}
