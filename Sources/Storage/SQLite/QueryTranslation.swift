import Expressions
import Rulebooks

/// Turns a record query into SQL: only known columns by name, every value a parameter.
struct QueryTranslation {
    /// A column as queries see it.
    private enum Target {
        case system(String, ColumnForm)
        case field(KindTable.Column, FieldType)
    }

    enum Parameter {
        case integer(Int64)
        case text(String)
        case blob([UInt8])
    }

    /// System columns that queries may name, with what they hold.
    private static let systemForms: [String: ColumnForm] = [
        "id": .integer, "number": .text, "region": .text, "responsible": .text, "state": .text,
        "stage": .text,
        "overdue": .boolean, "voided": .boolean, "public": .boolean, "version": .integer,
        "entered_at": .moment,
        "created_at": .moment, "updated_at": .moment, "import_id": .integer, KindTable.dueColumn: .moment,
    ]

    let kind: Kind
    private let table: KindTable
    private let cipher: PersonalCipher
    private var parameters: [Parameter] = []

    init(kind: Kind, table: KindTable, cipher: PersonalCipher) {
        (self.kind, self.table, self.cipher) = (kind, table, cipher)
    }

    /// A run of the records behind a cursor, along which an index leads.
    enum Stretch {
        /// Those with a value in the column of the order, or all when that is the id.
        case present
        /// Those without one, which come last.
        case missing
    }

    /// What no record fulfils. A constant would make the engine refuse an index it is told to take.
    private static let never = "\"id\" < 0"

    /// The runs of the order, those behind the cursor where there is one.
    func stretches(_ query: RecordQuery) throws -> [Stretch] {
        guard let column = try orderColumn(query), !Self.neverMissing.contains(column.name) else {
            return [.present]
        }
        return query.after?.value.isNull == true ? [.missing] : [.present, .missing]
    }

    /// Columns in which every record has something.
    private static let neverMissing: Set<String> = [
        "number", "region", "state", "stage", "overdue", "voided", "public", "version", "entered_at",
        "created_at", "updated_at",
    ]

    /// ` WHERE …`, or nothing. Throws ``StoreProblem/unsuitable(kind:column:)``.
    mutating func filter(_ query: RecordQuery, only stretch: Stretch? = nil) throws -> String {
        let all = try (place(stretch, query).map { [$0] } ?? []) + conditions(query)
        return all.isEmpty ? "" : " WHERE " + all.joined(separator: " AND ")
    }

    /// What keeps a run of the order behind the cursor, and one of records with a value from those without.
    mutating func place(_ stretch: Stretch?, _ query: RecordQuery) throws -> String? {
        guard let stretch else { return nil }
        if let cursor = query.after { return try place(behind: cursor, stretch, query) }
        guard let column = try orderColumn(query) else { return nil }
        return SQLText.name(column.name) + (stretch == .missing ? " IS NULL" : " IS NOT NULL")
    }

    /// What a record must fulfil, wherever it stands in the order.
    mutating func conditions(_ query: RecordQuery) throws -> [String] {
        var conditions: [String] = []
        if query.onlyOpen {
            // The very words of the index, or it would not be used.
            conditions.append(OpenMatters.condition(of: kind))
        } else if !query.includesVoided {
            conditions.append("\(operand("voided")) = 0")
        }
        if let prefix = query.regionPrefix, !prefix.isEmpty {
            conditions.append(range(of: operand("region"), prefix: prefix))
        }
        for condition in query.conditions { conditions.append(try self.condition(condition)) }
        for group in query.alternatives {
            let parts = try group.map { "(" + (try self.condition($0)) + ")" }
            conditions.append(parts.isEmpty ? Self.never : "(" + parts.joined(separator: " OR ") + ")")
        }
        return conditions
    }

    /// ` ORDER BY …`.
    func order(_ query: RecordQuery, only stretch: Stretch? = nil) throws -> String {
        let direction = query.sort?.descending == true ? "DESC" : "ASC"
        guard let column = try orderColumn(query)?.name, stretch != .missing else {
            return " ORDER BY \"id\" \(direction)"
        }
        return " ORDER BY \(SQLText.name(column)) \(direction), \"id\" \(direction)"
    }

    /// The column that a query is sorted by, nil for the id.
    private func orderColumn(_ query: RecordQuery) throws -> (
        name: String, form: ColumnForm, type: FieldType
    )? {
        guard let sort = query.sort else { return nil }
        switch try target(sort.column) {
        case .system("id", _): return nil
        case .system(let column, let form): return (column, form, .text(TextLimits()))
        case .field(let column, let type):
            switch column.form {
            case .files, .table, .sealed: throw unsuitable(sort.column)
            default: return (column.name, column.form, type)
            }
        }
    }

    /// What keeps a run of the order behind its cursor.
    private mutating func place(
        behind cursor: RecordCursor, _ stretch: Stretch, _ query: RecordQuery
    ) throws -> String {
        let sign = query.sort?.descending == true ? "<" : ">"
        guard let column = try orderColumn(query) else {
            return "\"id\" \(sign) \(parameter(.integer(cursor.id)))"
        }
        let name = SQLText.name(column.name)
        if cursor.value.isNull {
            return "\(name) IS NULL AND \"id\" \(sign) \(parameter(.integer(cursor.id)))"
        }
        if stretch == .missing { return "\(name) IS NULL" }
        guard let plain = ValueCoding.plain(cursor.value, as: column.form, type: column.type) else {
            throw unsuitable(query.sort?.column ?? "id")
        }
        let value =
            switch plain {
            case .integer(let number): parameter(.integer(number))
            case .text(let bytes): parameter(.text(String(decoding: bytes, as: UTF8.self)))
            }
        let id = parameter(.integer(cursor.id))
        return "\(name) \(sign)= \(value) AND (\(name) \(sign) \(value) OR \"id\" \(sign) \(id))"
    }

    /// Whether there is an index along which the order can be walked.
    func hasIndexedOrder(_ query: RecordQuery) -> Bool {
        guard let sort = query.sort, let target = try? target(sort.column) else { return query.sort == nil }
        switch target {
        case .system(let name, _):
            return ["id", "number", "state"].contains(name)
                || name == KindTable.dueColumn && !kind.clocks.isEmpty
        case .field(let column, _):
            if case .reference = column.form { return true }
            return kind.measures.contains { $0.at == column.field }
        }
    }

    /// Binds what the filter's parameters stand for.
    func bind(to statement: PreparedStatement) {
        for (position, parameter) in parameters.enumerated() {
            switch parameter {
            case .integer(let value): statement.bind(position + 1, value)
            case .text(let value): statement.bind(position + 1, value)
            case .blob(let value): statement.bind(position + 1, value)
            }
        }
    }

    private func operand(_ name: String) -> String { SQLText.name(name) }

    private func target(_ name: String) throws -> Target {
        if let form = Self.systemForms[name] { return .system(name, form) }
        let id = name.hasPrefix("field.") ? String(name.dropFirst("field.".count)) : name
        guard let column = table.column(ofField: id), let field = kind.field(id) else {
            throw unsuitable(name)
        }
        return .field(column, field.type)
    }

    private func unsuitable(_ column: String) -> StoreProblem { .unsuitable(kind: kind.id, column: column) }

    private mutating func condition(_ condition: RecordQuery.Condition) throws -> String {
        let column: String
        let form: ColumnForm
        var type = FieldType.text(TextLimits())
        switch try target(condition.column) {
        case .system(let name, let systemForm): (column, form) = (operand(name), systemForm)
        case .field(let target, let fieldType):
            (column, form, type) = (operand(target.name), target.form, fieldType)
        }
        switch (condition.comparison, condition.value) {
        case (.isMissing, _), (.equal, .null): return "\(column) IS NULL"
        case (.isPresent, _), (.notEqual, .null): return "\(column) IS NOT NULL"
        case (_, .null): return Self.never
        default: break
        }
        switch form {
        case .files, .table: throw unsuitable(condition.column)
        case .sealed: return try sealedCondition(condition, type)
        case .text: return try textCondition(condition, column)
        case .decimal(let places): return try decimalCondition(condition, column, places: places)
        case .money: return try decimalCondition(condition, column, places: 2)
        default:
            guard let symbol = Self.symbol(condition.comparison),
                let plain = ValueCoding.plain(condition.value, as: form, type: type)
            else { throw unsuitable(condition.column) }
            switch plain {
            // As a parameter a flag would hide that an index over the flagged rows has them all.
            case .integer(let number) where form == .boolean: return "\(column) \(symbol) \(number)"
            case .integer(let number): return "\(column) \(symbol) \(parameter(.integer(number)))"
            case .text(let bytes):
                return "\(column) \(symbol) \(parameter(.text(String(decoding: bytes, as: UTF8.self))))"
            }
        }
    }

    private mutating func sealedCondition(_ condition: RecordQuery.Condition, _ type: FieldType) throws
        -> String
    {
        guard case .field(let column, _) = try target(condition.column), let index = column.blindIndexName,
            condition.comparison == .equal || condition.comparison == .notEqual,
            let plain = ValueCoding.plain(condition.value, as: column.form, type: type)
        else { throw unsuitable(condition.column) }
        let hash = cipher.blindIndex(ValueCoding.bytes(of: plain), kind: kind.id, field: column.field)
        let symbol = condition.comparison == .equal ? "=" : "<>"
        return "\(operand(index)) \(symbol) \(parameter(.blob(hash)))"
    }

    private mutating func textCondition(_ condition: RecordQuery.Condition, _ column: String) throws -> String
    {
        guard case .string(let text) = condition.value else { throw unsuitable(condition.column) }
        switch condition.comparison {
        case .startsWith: return text.isEmpty ? "\(column) IS NOT NULL" : range(of: column, prefix: text)
        // Unlike LIKE, takes every character for itself and tells capitals from small letters.
        case .contains:
            return text.isEmpty ? "\(column) IS NOT NULL" : "instr(\(column), \(parameter(.text(text)))) > 0"
        default:
            guard let symbol = Self.symbol(condition.comparison) else { throw unsuitable(condition.column) }
            return "\(column) \(symbol) \(parameter(.text(text)))"
        }
    }

    /// Compares with a number that may have more places than the column.
    private mutating func decimalCondition(
        _ condition: RecordQuery.Condition, _ column: String, places: Int
    ) throws -> String {
        let number: ExactDecimal
        switch condition.value {
        case .decimal(let decimal): number = decimal
        case .int(let whole): number = ExactDecimal(unscaled: whole, scale: 0)
        default: throw unsuitable(condition.column)
        }
        guard let scale = UInt8(exactly: places), let symbol = Self.symbol(condition.comparison) else {
            throw unsuitable(condition.column)
        }
        if let exact = number.rescaled(to: scale) {
            return "\(column) \(symbol) \(parameter(.integer(exact.unscaled)))"
        }
        guard number.scale > scale else {
            return beyondRange(condition.comparison, column, isAbove: number.unscaled > 0)
        }
        // Between two numbers of the column's places: compare with the lower.
        var divisor: Int64 = 1
        for _ in 0..<(number.scale - scale) { divisor *= 10 }
        let quotient = number.unscaled / divisor
        let floor = number.unscaled < 0 ? quotient - 1 : quotient
        switch condition.comparison {
        case .equal: return Self.never
        case .notEqual: return "\(column) IS NOT NULL"
        case .less, .lessOrEqual: return "\(column) <= \(parameter(.integer(floor)))"
        default: return "\(column) > \(parameter(.integer(floor)))"
        }
    }

    /// Compares with a number larger in magnitude than any that the column can hold.
    private func beyondRange(
        _ comparison: RecordQuery.Condition.Comparison, _ column: String, isAbove: Bool
    ) -> String {
        switch comparison {
        case .notEqual: "\(column) IS NOT NULL"
        case .less, .lessOrEqual: isAbove ? "\(column) IS NOT NULL" : Self.never
        case .greater, .greaterOrEqual: isAbove ? Self.never : "\(column) IS NOT NULL"
        default: Self.never
        }
    }

    private mutating func range(of column: String, prefix: String) -> String {
        let start = "\(column) >= \(parameter(.text(prefix)))"
        guard let end = SQLText.end(ofPrefix: prefix) else { return start }
        return "\(start) AND \(column) < \(parameter(.text(end)))"
    }

    mutating func parameter(_ value: Parameter) -> String {
        parameters.append(value)
        return "?\(parameters.count)"
    }

    private static func symbol(_ comparison: RecordQuery.Condition.Comparison) -> String? {
        switch comparison {
        case .equal: "="
        case .notEqual: "<>"
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        case .startsWith, .contains, .isMissing, .isPresent: nil
        }
    }
}
