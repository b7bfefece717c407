import Exchange
import Expressions
import Figures
import Records
import Rulebooks

/// A row with what becomes of it.
struct PreparedRow: Sendable {
    let source: CSVRecord
    var fate: RowFate
    /// What deserves a second look though it is accepted.
    var warnings: [Warning]
}

/// Rows that go from one thread to the next together.
struct RowBatch: Sendable {
    static let rows = 512

    var rows: [PreparedRow] = []
    /// The tally cells that no batch before has numbered.
    var newCells: [TallyKey] = []
    /// What the admitted rows add to cells.
    var amounts: [CellAmount] = []
    /// The bytes of the file read when the batch was full.
    var bytesRead: Int64 = 0
}

/// Reads cells into values, and decides rows that refer to no other record; belongs to one thread.
struct RowPreparer {
    private let office: Office
    private let kind: Kind
    private let plan: ColumnPlan
    private let errors: RowErrors
    private let governingIndex: Int?
    private let today: CivilDate
    private let decides: Bool
    private let counts: Bool
    private var reader: CellReader
    private var admitter: RowAdmitter

    init(office: Office, kind: Kind, plan: ColumnPlan, admission: Admission, counts: Bool) {
        (self.office, self.kind, self.plan, self.counts) = (office, kind, plan, counts)
        errors = RowErrors(kind: kind, plan: plan)
        governingIndex = kind.governedBy.flatMap { kind.fieldIndex[$0] }
        today = office.today
        decides = kind.references.isEmpty
        reader = CellReader(kind, rulebook: office.rulebook)
        admitter = RowAdmitter(office: office, kind: kind, plan: plan, admission: admission)
    }

    /// Decides a row, or reads its cells when the records it refers to are needed first.
    mutating func prepare(_ row: CSVRow) -> PreparedRow {
        switch row {
        case .refused(let problem, let record):
            return PreparedRow(source: record, fate: .refused([errors.error(problem)]), warnings: [])
        case .row(let record):
            var warnings: [Warning] = []
            let fate = fate(of: record, warnings: &warnings)
            return PreparedRow(source: record, fate: fate, warnings: warnings)
        }
    }

    /// Hands over the cells numbered and the amounts since the last time.
    mutating func takeCounts() -> (newCells: [TallyKey], amounts: [CellAmount]) { admitter.takeCounts() }

    private mutating func fate(of record: CSVRecord, warnings: inout [Warning]) -> RowFate {
        let slots = plan.usesExpressions ? plan.slots(of: record) : []
        if let skipWhen = plan.skipWhen, skipWhen.decide(slots) == .holds { return .left }
        var values = Array(repeating: Value.null, count: kind.fields.count)
        var found: [RowError] = []
        var day = today
        for position in plan.entries.indices {
            let field = plan.entries[position].field
            fill(
                &values, at: position, record: record, slots: slots, on: day, errors: &found,
                warnings: &warnings)
            if field == governingIndex { day = governingDay(values[field]) }
        }
        guard decides else { return .read(values, errors: found) }
        return admitter.decide(
            values, errors: found, facts: Facts(), row: record, warnings: &warnings, counts: counts)
    }

    /// The day by which code lists are read: the governing date, which is filled first; else today.
    private func governingDay(_ value: Value) -> CivilDate {
        switch value {
        case .date(let day): day
        case .timestamp(let moment): office.time.day(of: moment)
        default: today
        }
    }

    private mutating func fill(
        _ values: inout [Value], at position: Int, record: CSVRecord, slots: [Value], on day: CivilDate,
        errors found: inout [RowError], warnings: inout [Warning]
    ) {
        let field = plan.entries[position].field
        switch plan.entries[position].source {
        case .column(let index):
            let isDone: Bool? = record.withBytes(at: index) { bytes in
                if bytes.isEmpty { return true }
                guard let value = reader.read(bytes, field: field, on: day) else { return false }
                values[field] = value
                return true
            }
            if isDone ?? true { return }
            let text = record.string(at: index) ?? ""
            guard let value = coerce(text, at: position, record, day, &found, &warnings) else { return }
            values[field] = value
            _ = record.withBytes(at: index) { reader.remember(value, of: $0, field: field, on: day) }
        case .expression(let program, _):
            evaluate(program, at: position, record, slots, day, into: &values, &found, &warnings)
        }
    }

    /// The value of a text by the rulebook's own reading of it; nil when there is something wrong with it.
    private func coerce(
        _ text: String, at position: Int, _ record: CSVRecord, _ day: CivilDate, _ found: inout [RowError],
        _ warnings: inout [Warning]
    ) -> Value? {
        let entry = plan.entries[position]
        let field = kind.fields[entry.field]
        switch office.decider.coercion.value(of: text, for: field, on: day) {
        case .success(let value):
            if let warning = office.decider.coercion.warning(for: value, of: field) {
                warnings.append(Warning(warning))
            }
            return value
        case .failure(let problem):
            found.append(errors.error(record, entry: entry, value: String(text.prefix(80)), problem))
            return nil
        }
    }

    private func evaluate(
        _ program: Program, at position: Int, _ record: CSVRecord, _ slots: [Value], _ day: CivilDate,
        into values: inout [Value], _ found: inout [RowError], _ warnings: inout [Warning]
    ) {
        let entry = plan.entries[position]
        let field = kind.fields[entry.field]
        do throws(EvaluationError) {
            let value = try program.evaluate(slots)
            if value == .null { return }
            if case .string(let text) = value {
                if let value = coerce(text, at: position, record, day, &found, &warnings) {
                    values[entry.field] = value
                }
                return
            }
            check(value, field, entry, record, day, into: &values, &found)
        } catch {
            if case .missing = error { return }
            found.append(
                errors.error(
                    record, entry: entry, value: nil, code: "IM-0101",
                    zh: "“\(field.name.zh)”：\(error.messageZh)",
                    en: "\(field.id): \(error.message)"))
        }
    }

    private func check(
        _ value: Value, _ field: Field, _ entry: ColumnPlan.Entry, _ record: CSVRecord, _ day: CivilDate,
        into values: inout [Value], _ found: inout [RowError]
    ) {
        let settled = value.fitted(to: field.type)
        let problems = office.decider.coercion.validate(settled, for: field, on: day)
        if problems.isEmpty { values[entry.field] = settled.storedReference }
        for problem in problems {
            let shown = String(ImportedRow.text(settled).prefix(80))
            found.append(errors.error(record, entry: entry, value: shown, problem))
        }
    }
}
