import Exchange
import Expressions
import Records
import Rulebooks

/// How the columns of one file become the fields of one kind.
struct ColumnPlan: Sendable {
    /// Where a field's value comes from.
    enum Source: Sendable {
        /// The text of a column.
        case column(Int)
        /// An expression over the row.
        case expression(Program, source: String)
    }

    /// One field to be filled.
    struct Entry: Sendable {
        let field: Int
        let source: Source
    }

    let kind: Kind
    let header: CSVHeader
    let entries: [Entry]
    /// Rows for which this holds are left out.
    let skipWhen: Program?
    /// The state in which a row arrives, over the fields of the kind.
    let stateFormula: Program?
    let state: String?
    /// How many slots an expression over the row has: the columns, then `row`.
    let usesExpressions: Bool

    // MARK: By names

    /// Matches columns to fields by id, Chinese name or English name.
    init(kind: Kind, header: CSVHeader) throws(ImportProblem) {
        if let name = header.repeatedNames.first { throw .repeatedColumn(name) }
        var entries: [Entry] = []
        for (index, name) in header.names.enumerated() {
            guard let field = Self.field(named: name, of: kind) else {
                let names = kind.fields.filter { $0.derivation == nil }.map(\.id)
                throw .unknownColumn(
                    name, suggestion: Suggestion.closest(to: name, among: names), known: names)
            }
            entries.append(Entry(field: field, source: .column(index)))
        }
        // The governing date goes first: it decides which entries of a code list are in force.
        let governing = kind.governedBy.flatMap { kind.fieldIndex[$0] }
        entries.sort { ($0.field == governing ? 0 : 1, $0.field) < ($1.field == governing ? 0 : 1, $1.field) }
        self.kind = kind
        self.header = header
        self.entries = entries
        skipWhen = nil
        stateFormula = nil
        state = nil
        usesExpressions = false
        try requireColumns()
    }

    private static func field(named name: String, of kind: Kind) -> Int? {
        if let index = kind.fieldIndex[name], kind.fields[index].derivation == nil { return index }
        return kind.fields.firstIndex {
            $0.derivation == nil && ($0.name.zh == name || $0.name.en.lowercased() == name.lowercased())
        }
    }

    private func requireColumns() throws(ImportProblem) {
        let given = Set(entries.map(\.field))
        let missing = kind.fields.indices.filter {
            kind.fields[$0].required && kind.fields[$0].derivation == nil
                && kind.fields[$0].defaultValue == nil
                && !given.contains($0)
        }
        if !missing.isEmpty { throw .missingColumns(missing.map { kind.fields[$0].id }) }
    }

    // MARK: By a map

    /// Compiles a map's expressions against the columns of a file.
    ///
    /// Every column whose name is an identifier is a text variable, missing where the cell is empty; any
    /// column is `row['its name']`.
    init(kind: Kind, header: CSVHeader, map: ImportMap) throws(ImportProblem) {
        if let name = header.repeatedNames.first { throw .repeatedColumn(name) }
        let environment = Self.environment(header: header, map: map)
        var entries: [Entry] = []
        for field in map.fields {
            guard let index = kind.fieldIndex[field.field] else { continue }
            let program = try Self.compile(field, in: environment)
            entries.append(Entry(field: index, source: .expression(program, source: field.source)))
        }
        let governing = kind.governedBy.flatMap { kind.fieldIndex[$0] }
        entries.sort { ($0.field == governing ? 0 : 1, $0.field) < ($1.field == governing ? 0 : 1, $1.field) }
        self.kind = kind
        self.header = header
        self.entries = entries
        skipWhen = try map.skipWhen.map { (field) throws(ImportProblem) in
            try Self.compile(field, in: environment, expecting: .bool)
        }
        if let text = map.state, text.hasPrefix("=") {
            stateFormula = try Self.compile(
                String(text.dropFirst()), field: "state", at: map.position, in: kind.layout.environment,
                expecting: .string)
            state = nil
        } else {
            stateFormula = nil
            state = map.state
        }
        usesExpressions = true
        try requireColumns()
    }

    private static func environment(header: CSVHeader, map: ImportMap) -> Environment {
        var environment = Environment()
        for name in header.names {
            environment.declare(map.columns[name] ?? name, .string, optional: true)
        }
        environment.declare("row", .map(.string, .string))
        return environment
    }

    private static func compile(
        _ field: ImportField, in environment: Environment, expecting: ValueType? = nil
    ) throws(ImportProblem) -> Program {
        try compile(
            field.source, field: field.field, at: field.position, in: environment, expecting: expecting)
    }

    private static func compile(
        _ source: String, field: String, at position: SourcePosition, in environment: Environment,
        expecting: ValueType? = nil
    ) throws(ImportProblem) -> Program {
        do throws(ExpressionProblems) {
            return try environment.compile(source, expecting: expecting)
        } catch {
            let problem = error.problems.first
            throw .mapDoesNotFit(
                field: field, position: position.description, zh: problem?.messageZh ?? source,
                en: problem?.message ?? source)
        }
    }

    /// A row in the slots of the map's expressions.
    func slots(of record: CSVRecord) -> [Value] {
        var slots: [Value] = []
        slots.reserveCapacity(header.names.count + 1)
        var map = ValueMap()
        for (index, name) in header.names.enumerated() {
            let text = record.string(at: index) ?? ""
            slots.append(text.isEmpty ? .null : .string(text))
            _ = map.insert(.string(name), .string(text))
        }
        slots.append(.map(map))
        return slots
    }

    /// The columns of the file that a field is made of.
    func columns(of entry: Entry) -> [String] {
        switch entry.source {
        case .column(let index): return [header.names[index]]
        case .expression(let program, let source):
            let names = Set(program.paths.compactMap(\.first))
            return header.names.filter { names.contains($0) || source.contains("['\($0)']") }
        }
    }

    /// The column a field comes from, for messages: its name, or the expression that fills it.
    func columnName(of entry: Entry) -> String {
        switch entry.source {
        case .column(let index): header.names[index]
        case .expression(let program, let source):
            program.paths.first?.first.flatMap { $0 == "row" ? nil : $0 } ?? source
        }
    }
}
