import Expressions
import Mustache
import Records
import Rulebooks
import Storage

/// Writes notices and orders from the rulebook's templates, in both languages.
public struct DocumentWriter: Sendable {
    private let rulebook: Rulebook
    private let time: CivilTime
    private let coercion: FieldCoercion
    private let templates: [String: (zh: MustacheTemplate, en: MustacheTemplate)]

    /// Compiles the templates of a rulebook.
    ///
    /// - Throws: `DocumentProblem` naming the document whose template is missing or malformed.
    public init(_ rulebook: Rulebook) throws(DocumentProblem) {
        self.rulebook = rulebook
        self.time = CivilTime(of: rulebook)
        self.coercion = FieldCoercion(rulebook)
        var templates: [String: (zh: MustacheTemplate, en: MustacheTemplate)] = [:]
        for (id, document) in rulebook.documents {
            templates[id] = (
                try Self.compile(document.template.zh, document: id, rulebook: rulebook),
                try Self.compile(document.template.en, document: id, rulebook: rulebook)
            )
        }
        self.templates = templates
    }

    private static func compile(
        _ path: String, document: String, rulebook: Rulebook
    ) throws(DocumentProblem) -> MustacheTemplate {
        guard let bytes = rulebook.file(path) else { throw .templateMissing(document: document, path: path) }
        do {
            // Notices are plain text: nothing is escaped as HTML.
            return try MustacheTemplate(
                string: "{{% CONTENT_TYPE:TEXT}}" + String(decoding: bytes, as: UTF8.self))
        } catch {
            throw .templateMalformed(document: document, path: path)
        }
    }

    /// Writes one document about a record as it is after the action that issues it.
    func write(
        _ document: DocumentTemplate, number: String, about record: Record, kind: Kind,
        related: [Facts.Key: Record], actor: Actor, at moment: Timestamp
    ) -> StoredDocument {
        func text(_ language: Language) -> String {
            let context = self.context(
                number: number, record: record, kind: kind, related: related, actor: actor, at: moment,
                language: language)
            let template = language == .zh ? templates[document.id]?.zh : templates[document.id]?.en
            return template?.render(context) ?? ""
        }
        return StoredDocument(
            number: number, document: document.id, kind: kind.id, record: record.id, version: record.version,
            issuedAt: moment, text: text(.zh), textEnglish: text(.en))
    }

    private func context(
        number: String, record: Record, kind: Kind, related: [Facts.Key: Record], actor: Actor,
        at moment: Timestamp,
        language: Language
    ) -> [String: Any] {
        var context: [String: Any] = [
            "number": number, "issued_on": Self.day(time.day(of: moment), language),
            "record": fields(of: record, kind: kind, language: language),
            "actor_name": actor.name,
            "region_name": rulebook.regions.fullName(record.region)?.text(language) ?? record.region,
            "office_name": rulebook.regions.name(record.region)?.text(language) ?? record.region,
            "responsible_name": record.responsible ?? "",
        ]
        for (index, field) in kind.fields.enumerated() {
            guard case .reference(let target) = field.type, case .int(let id) = record.values[index],
                let found = related[Facts.Key(kind: target, id: id)], let declaration = rulebook.kind(target)
            else { continue }
            let object = fields(of: found, kind: declaration, language: language)
            context[field.id] = object
            // The party's name stands beside its code in the record that the path goes through.
            if kind.responsible?.field == field.id, let party = kind.responsible?.target,
                case .string(let name)? = found.value(party + "_name", in: declaration)
            {
                context["responsible_name"] = name
            }
        }
        return context
    }

    private func fields(of record: Record, kind: Kind, language: Language) -> [String: Any] {
        var object: [String: Any] = ["number": record.number]
        for (index, field) in kind.fields.enumerated() where record.values.indices.contains(index) {
            guard record.values[index] != .null, !field.personal else { continue }
            object[field.id] = shown(record.values[index], field, language)
        }
        return object
    }

    /// A value as a template shows it: a day in words, a table as the `rows` of its columns' texts, an empty
    /// table not at all.
    private func shown(_ value: Value, _ field: Field, _ language: Language) -> Any? {
        if case .date(let day) = value { return Self.day(day, language) }
        guard case .table(let columns, _) = field.type, case .list(let rows) = value else {
            return coercion.display(value, for: field, language: language)
        }
        let shownRows = rows.compactMap { row -> [String: Any]? in
            guard case .map(let cells) = row else { return nil }
            var texts: [String: Any] = [:]
            for column in columns where !column.personal {
                let cell = cells[.string(column.id)] ?? .null
                if cell != .null { texts[column.id] = shown(cell, column, language) }
            }
            return texts
        }
        return shownRows.isEmpty ? nil : ["rows": shownRows]
    }

    /// A date as officials write it: 2026年3月6日, 6 March 2026.
    static func day(_ day: CivilDate, _ language: Language) -> String {
        if language == .zh { return "\(day.year)年\(day.month)月\(day.day)日" }
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        return "\(day.day) \(months[day.month - 1]) \(day.year)"
    }
}

/// What keeps a document from being written.
public enum DocumentProblem: Error, Hashable, Sendable {
    case templateMissing(document: String, path: String)
    case templateMalformed(document: String, path: String)
}
