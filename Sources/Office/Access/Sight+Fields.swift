import Expressions
import Records
import Rulebooks
import Storage

/// What an actor is shown of one field.
public enum SeenValue: Hashable, Sendable {
    /// The value as it is on file; `.null` when nothing is.
    case clear(Value)
    /// A personal value, with most of it starred out.
    case masked(String)
    /// Nothing: the actor may not know whether anything is on file.
    case hidden
}

extension Sight {
    /// Whether a field of the records that may be seen is shown at all, be it masked.
    public func sees(_ field: Field, of kind: Kind) -> Bool {
        guard sees(kind) else { return false }
        return !isEverybody || kind.publicFields.contains(field.id)
    }

    /// What is shown of a field of a record.
    ///
    /// - Parameter unmasked: personal fields that were opened by `UnmaskService`, which entered that in the
    ///   ledger; of no effect without the permission.
    public func value(
        _ field: Field, of record: Record, kind: Kind, unmasked: Set<String> = []
    ) -> SeenValue {
        guard sees(record, of: kind), sees(field, of: kind) else { return .hidden }
        guard let value = record.value(field.id, in: kind), value != .null else { return .clear(.null) }
        if field.personal, !(mayUnmask && unmasked.contains(field.id)) {
            return .masked(PersonalMask.masked(value, of: field))
        }
        return .clear(value)
    }

    /// Whether the title of a record tells nothing that is hidden: it is called by its number otherwise.
    ///
    /// Of a record that is itself hidden, but to which one that may be seen refers, the title is told as well:
    /// to the public only as far as the record is public.
    public func seesTitle(of record: Record, kind: Kind) -> Bool {
        guard let title = kind.title else { return true }
        let fields = title.program.paths.compactMap(\.first).compactMap(kind.field)
        if fields.contains(where: \.personal) { return false }
        guard isEverybody else { return true }
        return sees(record, of: kind) && fields.allSatisfy { kind.publicFields.contains($0.id) }
    }

    /// Whether what happened to a record and the documents issued about it may be read.
    ///
    /// Whoever sees the record may; the public does not, since both name people.
    public func seesHistory(of record: Record, kind: Kind) -> Bool {
        !isEverybody && sees(record, of: kind)
    }

    // MARK: Columns of queries

    /// The system columns that the public may ask and sort by.
    private static let publicColumns: Set<String> = ["id", "number", "state", "region", "public"]

    /// System columns before which a field of the same name has to be marked.
    private static let systemColumns: Set<String> = [
        "id", "number", "region", "responsible", "state", "stage", "overdue", "voided", "public", "version",
        "entered_at", "created_at", "updated_at", "import_id", "next_due",
    ]

    /// Whether records may be found and sorted by a column of `RecordQuery`.
    func seesColumn(_ name: String, of kind: Kind) -> Bool {
        guard isEverybody else { return true }
        if Self.systemColumns.contains(name) { return Self.publicColumns.contains(name) }
        let id = name.hasPrefix("field.") ? String(name.dropFirst("field.".count)) : name
        // Asking whether a masked value equals another would tell what the mask hides.
        guard let field = kind.field(id), !field.personal else { return false }
        return sees(field, of: kind)
    }

    func asksForVisible(_ query: RecordQuery, _ kind: Kind) -> Bool { hiddenColumn(query, kind) == nil }

    /// A column of a query by which the actor may not ask.
    func hiddenColumn(_ query: RecordQuery, _ kind: Kind) -> String? {
        let conditions = query.conditions + query.alternatives.flatMap(\.self)
        let columns = conditions.map(\.column) + (query.sort.map { [$0.column] } ?? [])
        return columns.first { !seesColumn($0, of: kind) }
    }
}
