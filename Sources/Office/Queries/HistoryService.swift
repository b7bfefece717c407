import Expressions
import Ledger
import Records
import Rulebooks
import Storage

/// One thing that happened to a record, in words.
public struct HistoryStep: Sendable {
    /// One member that changed.
    public struct Change: Sendable {
        public let name: String
        /// In words; empty when there was nothing, or nothing is left.
        public let before: String
        public let after: String
    }

    /// The position of the entry in the ledger; nil for the row of an import, which has no entry of its own.
    public let position: UInt64?
    /// The record's version after it.
    public let version: Int64
    public let performedAt: Timestamp?
    /// How the ledger names the action, and how people do.
    public let action: String
    public let actionName: String
    public let actor: String
    public let role: String
    public let reason: String?
    public let changes: [Change]
    /// Numbers of the documents issued.
    public let documents: [String]
    /// A remark: for an import, the file and the row.
    public let note: String?
}

/// Turns a record's ledger entries into readable steps, oldest first.
public struct HistoryService: Sendable {
    let office: Office
    private let language: Language
    private let reading: RecordReading
    private let coercion: FieldCoercion
    private let sight: Sight?

    /// - Parameter sight: keeps the history of records from those who may not read it.
    public init(_ office: Office, language: Language, sight: Sight? = nil) {
        self.office = office
        self.language = language
        self.sight = sight
        reading = RecordReading(office, language: language, sight: sight)
        coercion = FieldCoercion(office.rulebook)
    }

    /// What happened to a record since it came on file; nothing when the sight may not read it.
    public func steps(of found: FoundRecord, reader: any StoreReading) throws -> [HistoryStep] {
        if let sight, !sight.seesHistory(of: found.record, kind: found.kind) { return [] }
        var steps: [HistoryStep] = []
        if let origin = found.record.origin { steps.append(try imported(found, origin, reader)) }
        for entry in try reader.entries(kind: found.kind.id, record: found.record.id) {
            guard let leaf = try? CanonicalJSON(canonical: entry.leaf) else { continue }
            steps.append(try step(entry, leaf, found.kind, reader))
        }
        return steps
    }

    private func imported(
        _ found: FoundRecord, _ origin: ImportOrigin, _ reader: any StoreReading
    ) throws -> HistoryStep {
        let run = try reader.importRun(origin.importID)
        let file = run?.fileName ?? ""
        let note =
            language == .zh
            ? "第 \(origin.importID) 次导入，文件 \(file) 的第 \(origin.row + 1) 条"
            : "import \(origin.importID), record \(origin.row + 1) of the file \(file)"
        return HistoryStep(
            position: nil, version: 1, performedAt: run?.importedAt, action: "import",
            actionName: reading.actionName("import", kind: found.kind), actor: "", role: "", reason: nil,
            changes: [],
            documents: [], note: note)
    }

    /// An entry in words.
    ///
    /// - Parameter kind: nil for an entry about the whole.
    func step(
        _ entry: StoredEntry, _ leaf: CanonicalJSON, _ kind: Kind?, _ reader: any StoreReading
    ) throws -> HistoryStep {
        let role = leaf["role"]?.text ?? ""
        var documents: [String] = []
        if case .array(let items)? = leaf["documents"] { documents = items.compactMap { $0["number"]?.text } }
        return HistoryStep(
            position: entry.position, version: entry.version ?? 0,
            performedAt: leaf["at"]?.text.flatMap { Timestamp(rfc3339: $0) }, action: entry.action,
            actionName: reading.actionName(entry.action, kind: kind), actor: entry.actor,
            role: roleName(role), reason: leaf["reason"]?.text,
            changes: try kind.map { try changes(leaf, $0, reader) } ?? [],
            documents: documents, note: nil)
    }

    private func roleName(_ id: String) -> String {
        if id == Actor.system.role { return language == .zh ? "系统" : "system" }
        return office.rulebook.roles[id]?.name.text(language) ?? id
    }

    // MARK: Changes

    private func changes(
        _ leaf: CanonicalJSON, _ kind: Kind, _ reader: any StoreReading
    ) throws -> [HistoryStep.Change] {
        var changes: [HistoryStep.Change] = []
        let now = leaf["changes"]
        let was = leaf["was"]
        for (member, name) in [("@state", Bilingual(zh: "状态", en: "State"))] {
            guard let after = now?[member] else { continue }
            changes.append(
                .init(name: name.text(language), before: state(was?[member], kind), after: state(after, kind))
            )
        }
        for field in kind.fields {
            guard let after = now?[field.id] else { continue }
            changes.append(
                .init(
                    name: field.name.text(language), before: try text(was?[field.id], field, reader),
                    after: try text(after, field, reader)))
        }
        return changes + marks(now: now, was: was)
    }

    /// What the machine keeps beside the fields, in words; clocks and moments are not repeated here.
    private func marks(now: CanonicalJSON?, was: CanonicalJSON?) -> [HistoryStep.Change] {
        var changes: [HistoryStep.Change] = []
        if let stage = now?["@stage"]?.text {
            changes.append(
                .init(
                    name: language == .zh ? "督促阶段" : "Escalation",
                    before: was?["@stage"]?.text.map(reading.stepName) ?? "", after: reading.stepName(stage)))
        }
        let flags = [
            ("@overdue", Bilingual(zh: "逾期", en: "Overdue")), ("@voided", Bilingual(zh: "作废", en: "Voided")),
            ("@public", Bilingual(zh: "对外公开", en: "Public")),
        ]
        for (member, name) in flags {
            guard let after = now?[member] else { continue }
            let before = was?[member]
            changes.append(.init(name: name.text(language), before: truth(before), after: truth(after)))
        }
        return changes
    }

    private func truth(_ json: CanonicalJSON?) -> String {
        guard let json, json == .bool(true) else { return language == .zh ? "否" : "no" }
        return language == .zh ? "是" : "yes"
    }

    private func state(_ json: CanonicalJSON?, _ kind: Kind) -> String {
        guard let id = json?.text else { return "" }
        return kind.lifecycle.state(id)?.name.text(language) ?? id
    }

    /// A member of a leaf in words. Personal fields stand there as commitments, which tell nothing.
    private func text(_ json: CanonicalJSON?, _ field: Field, _ reader: any StoreReading) throws -> String {
        guard let json, json != .null else { return "" }
        if field.personal { return language == .zh ? "（个人信息，仅存承诺）" : "(personal, a commitment only)" }
        if case .reference(let target) = field.type, let id = json.number {
            guard let kind = office.rulebook.kind(target), let record = try reader.record(kind, id: id) else {
                return String(id)
            }
            let title = reading.title(of: record, kind: kind)
            return title == record.number ? title : "\(record.number) \(title)"
        }
        switch json {
        case .string(let text): return words(text, field)
        case .integer(let number): return words(String(number), field)
        case .bool(let flag): return coercion.display(.bool(flag), for: field, language: language)
        case .array(let items):
            if case .table = field.type {
                return language == .zh ? "\(items.count) 行" : "\(items.count) rows"
            }
            return language == .zh ? "\(items.count) 个文件" : "\(items.count) files"
        default: return json.canonicalText
        }
    }

    private func words(_ text: String, _ field: Field) -> String {
        if case .code = field.type { return coercion.display(.string(text), for: field, language: language) }
        guard case .success(let value) = coercion.value(of: text, for: field, on: nil), value != .null else {
            return text
        }
        return coercion.display(value, for: field, language: language)
    }
}
