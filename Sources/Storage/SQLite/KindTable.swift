import Rulebooks

/// The table of a kind: its names and the statements on it.
final class KindTable: Sendable {
    /// A field's column.
    struct Column: Hashable, Sendable {
        let field: String
        let name: String
        let form: ColumnForm
        /// The column of the blind index, when the field has one.
        let blindIndexName: String?
    }

    /// The columns that every kind's table begins with, in the order in which records are read and written.
    static let systemColumns = [
        "id", "number", "region", "responsible", "state", "stage", "overdue", "voided", "public", "version",
        "entered_at", "created_at", "updated_at", "import_id", "import_row",
    ]

    /// When the first running clock is too late, in seconds: written beside the record for questions to ask by, and
    /// never read back, since the clocks themselves say it.
    static let dueColumn = "next_due"

    /// What a column holds, as far as writing it quickly needs to know.
    enum PlainForm: Sendable {
        case text, date, integer
        /// Any other form that takes one column.
        case other
        /// A form with a blind index beside it.
        case withBlindIndex
    }

    let kind: String
    let name: String
    let columns: [Column]
    /// The plain form of each column.
    let plainForms: [PlainForm]
    let insertSQL: String
    let updateSQL: String
    /// `SELECT` with all system columns, then the fields, `FROM` the table.
    let selectSQL: String
    /// The place of the parameter in `updateSQL` for the version on file.
    let versionParameter: Int

    init(_ kind: Kind) {
        self.kind = kind.id
        name = Self.tableName(of: kind.id)
        columns = Self.columns(of: kind)
        plainForms = columns.map { column in
            switch column.form {
            case _ where column.blindIndexName != nil: .withBlindIndex
            case .text: .text
            case .date: .date
            case .integer: .integer
            default: .other
            }
        }
        let written =
            Self.systemColumns + [Self.dueColumn]
            + columns.flatMap { [$0.name, $0.blindIndexName].compactMap(\.self) }
        let table = SQLText.name(name)
        let names = written.map(SQLText.name)
        let parameters = names.indices.map { "?\($0 + 1)" }
        insertSQL =
            "INSERT INTO \(table) (\(names.joined(separator: ", "))) VALUES (\(parameters.joined(separator: ", ")))"
        let assignments = zip(names, parameters).dropFirst().map { "\($0) = \($1)" }
        versionParameter = names.count + 1
        updateSQL =
            "UPDATE \(table) SET \(assignments.joined(separator: ", ")) "
            + "WHERE \"id\" = ?1 AND \"version\" = ?\(versionParameter)"
        let selected = (Self.systemColumns + columns.map(\.name)).map(SQLText.name)
        selectSQL = "SELECT \(selected.joined(separator: ", ")) FROM \(table)"
    }

    /// Whether this is still the table of the kind, whose fields a new rulebook may have changed.
    func fits(_ kind: Kind) -> Bool {
        columns.count == kind.fields.count
            && zip(columns, kind.fields).allSatisfy { $0.field == $1.id && $0.form == ColumnForm($1) }
    }

    /// The column of a field, or nil.
    func column(ofField field: String) -> Column? { columns.first { $0.field == field } }

    /// The field, or the system column, that a column of the table belongs to.
    func field(ofColumn name: String) -> String {
        columns.first { $0.name == name || $0.blindIndexName == name }?.field ?? name
    }

    /// The column by which a field's values are compared: the blind index of a personal field.
    func comparedColumn(ofField field: String) -> String? {
        column(ofField: field).map { $0.blindIndexName ?? $0.name }
    }

    static func tableName(of kind: String) -> String {
        String(kind.map { $0 == "-" ? "_" : $0 })
    }

    private static func columns(of kind: Kind) -> [Column] {
        // A field may be called like a system column (`region`), or like another's blind index.
        var taken = Set(systemColumns + [dueColumn])
        func free(_ wanted: String) -> String {
            var name = wanted
            while !taken.insert(name).inserted { name += "_" }
            return name
        }
        let names = kind.fields.map { free($0.id) }
        return zip(kind.fields, names).map { field, name in
            let form = ColumnForm(field)
            let index = form.hasBlindIndex ? free(name + "_index") : nil
            return Column(field: field.id, name: name, form: form, blindIndexName: index)
        }
    }
}
