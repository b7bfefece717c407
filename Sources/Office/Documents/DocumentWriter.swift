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
            let facts = DocumentFacts(
                number: number, day: time.day(of: moment), actor: actor, language: language, related: related,
                rulebook: rulebook, coercion: coercion, record: record, kind: kind)
            let template = language == .zh ? templates[document.id]?.zh : templates[document.id]?.en
            return template?.render(facts) ?? ""
        }
        return StoredDocument(
            number: number, document: document.id, kind: kind.id, record: record.id, version: record.version,
            issuedAt: moment, text: text(.zh), textEnglish: text(.en))
    }

    /// A date as officials write it: 2026年3月6日, 6 March 2026.
    public static func day(_ day: CivilDate, _ language: Language) -> String {
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
