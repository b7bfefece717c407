import Crypto
import Exchange
import Expressions
import Figures
import Foundation
import Ledger
import Records
import Rulebooks
import Storage

/// Takes a file in as one action: every row checked as a creation is, then rows, tallies and one ledger
/// entry written together.
///
/// The file is read once and in order, in memory that does not grow with it. All or nothing, unless bad rows
/// are to be skipped.
public struct Importer: Sendable {
    let office: Office
    let archive: FileArchive

    public init(_ office: Office, archive: FileArchive) {
        self.office = office
        self.archive = archive
    }

    /// Imports a file.
    ///
    /// - Parameters:
    ///   - file: read twice when it is imported: once for its rows, once for the archive.
    ///   - refusedRows: receives the header and every refused row as it stands, to be mended and sent again.
    ///   - progress: called now and then with the bytes and rows read.
    /// - Returns: what was done. When rows were refused and not skipped, or in a dry run, nothing was.
    /// - Throws: `ImportProblem`, `ExchangeProblem`, `Refusal` or `StoreProblem`; nothing was changed.
    public func run(
        _ request: ImportRequest, file: URL, by identity: Request.Identity,
        refusedRows: ((_ bytes: UnsafeRawBufferPointer) -> Void)? = nil,
        progress: ((_ bytes: Int64, _ rows: Int64) -> Void)? = nil
    ) throws -> ImportReport {
        guard let kind = office.rulebook.kind(request.kind) else {
            throw ImportProblem.unknownKind(
                request.kind, suggestion: Suggestion.closest(to: request.kind, among: office.rulebook.kindOrder))
        }
        let map = try map(request, kind: kind)
        let digest = FileDigest()
        let source = ObservedByteSource(try FileByteSource(path: file.path)) { digest.update($0) }
        let reader = try CSVReader(source, options: options(map))
        var report = ImportReport(kind: kind.id, fileName: request.fileName)
        report.encoding = reader.encoding.encoding.name
        let plan = try map.map { (map) throws(ImportProblem) in
            try ColumnPlan(kind: kind, header: reader.header, map: map)
        } ?? ColumnPlan(kind: kind, header: reader.header)
        let bytesRead = { reader.rawBytesRead }
        do {
            try office.store.write { writer in
                let run = try ImportTransaction(
                    office: office, writer: writer, kind: kind, plan: plan, request: request, identity: identity)
                run.report = report
                run.refusedRows = refusedRows
                defer { report = run.report }
                if let refusedRows { Self.writeHeader(reader.header, refusedRows) }
                while let row = try reader.next() {
                    try run.take(row)
                    if let failure = run.failure { throw failure }
                    if run.report.rowsRead % 1_024 == 0 { progress?(bytesRead(), run.report.rowsRead) }
                }
                progress?(bytesRead(), run.report.rowsRead)
                run.report.fileDigest = digest.finish()
                if request.isDryRun { throw ImportProblem.dryRun }
                if run.report.refused > 0, !request.skipsBadRows { throw ImportProblem.refusedRows }
                // In the archive before the entry that names it is durable: a crash between leaves a file too
                // many, never one too few.
                try archive.keep(file: file, digest: run.report.fileDigest)
                try run.finish()
            }
        } catch ImportProblem.refusedRows {
            return report
        } catch ImportProblem.dryRun {
            return report
        }
        report.isDone = true
        return report
    }

    private func map(_ request: ImportRequest, kind: Kind) throws(ImportProblem) -> ImportMap? {
        guard let id = request.map else { return nil }
        guard let map = office.rulebook.maps[id] else {
            throw .unknownMap(id, known: office.rulebook.maps.keys.sorted())
        }
        guard map.kindID == kind.id else { throw .mapForOtherKind(map: id, kind: map.kindID) }
        return map
    }

    private func options(_ map: ImportMap?) -> CSVOptions {
        var options = CSVOptions()
        guard let map else { return options }
        switch map.encoding {
        case .auto: break
        case .utf8: options.encoding = .utf8
        case .gb18030: options.encoding = .gb18030
        }
        options.delimiter = CSVDelimiter(text: String(map.delimiter))
        return options
    }

    private static func writeHeader(_ header: CSVHeader, _ sink: (UnsafeRawBufferPointer) -> Void) {
        let line = header.names.map(quoted).joined(separator: ",") + "\n"
        Array(line.utf8).withUnsafeBytes(sink)
    }

    private static func quoted(_ text: String) -> String {
        text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline })
            ? "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : text
    }
}

/// The SHA-256 of a file, taken while it is read.
///
/// Confined to the import that reads the file.
private final class FileDigest {
    private var hasher = SHA256()

    func update(_ bytes: UnsafeRawBufferPointer) {
        hasher.update(bufferPointer: bytes)
    }

    func finish() -> String {
        Hexadecimal.encode(hasher.finalize())
    }
}

/// One import within its transaction.
final class ImportTransaction {
    let office: Office
    let writer: any StoreWriting
    let kind: Kind
    let plan: ColumnPlan
    let request: ImportRequest
    let actor: Actor
    let admission: Admission
    let id: Int64
    var report = ImportReport(kind: "", fileName: "")
    var refusedRows: ((UnsafeRawBufferPointer) -> Void)?

    private let inserter: any BulkInserting
    private var numbers: NumberSeries
    private var references: ReferenceFinder
    private var cells: [TallyKey: Int64] = [:]
    private var tree = RowTree()
    private var hashes: [UInt8] = []
    private var block: Int64 = 0
    private let hasPersonal: Bool
    private let rowOrder: [Int]
    private let commitments: Commitments

    init(
        office: Office, writer: any StoreWriting, kind: Kind, plan: ColumnPlan, request: ImportRequest,
        identity: Request.Identity
    ) throws {
        self.office = office
        self.writer = writer
        self.kind = kind
        self.plan = plan
        self.request = request
        actor = try Accounts(office.rulebook).actor(identity, reader: writer)
        admission = try Admission(office.decider, kind: kind, by: actor, at: office.moment, state: plan.state)
        id = try writer.next(counter: "import")
        inserter = try writer.bulkInserter(of: kind)
        numbers = try NumberSeries(office: office, kind: kind, writer: writer)
        references = ReferenceFinder(office: office, kind: kind, writer: writer)
        rowOrder = ImportedRow.order(of: kind)
        hasPersonal = kind.fields.contains { $0.personal }
        commitments = Commitments(office: office, writer: writer)
        hashes.reserveCapacity(Int(RowHashes.blockRows) * Hash.byteCount)
    }

    // MARK: Rows

    /// Takes one row: as a record, or as refused with all its errors.
    func take(_ row: CSVRow) throws {
        report.rowsRead += 1
        switch row {
        case .refused(let problem, let record):
            refuse(record, [error(problem)])
        case .row(let record):
            try take(record)
        }
    }

    private func take(_ record: CSVRecord) throws {
        var errors: [RowError] = []
        let slots = plan.usesExpressions ? plan.slots(of: record) : []
        if let skipWhen = plan.skipWhen, skipWhen.decide(slots) == .holds {
            report.left += 1
            return
        }
        var values = Array(repeating: Value.null, count: kind.fields.count)
        var facts = Facts()
        for entry in plan.entries {
            fill(&values, from: entry, record: record, slots: slots, errors: &errors)
        }
        try references.resolve(&values, facts: &facts) { field, text in
            errors.append(self.referenceError(record, field: field, text: text))
        }
        guard errors.isEmpty else {
            return refuse(record, errors + furtherErrors(values, facts: facts, known: errors, record: record))
        }
        let origin = ImportOrigin(importID: id, row: report.taken)
        do throws(Refusal) {
            let state = try state(of: values)
            let admitted = try admission.admit(values, origin: origin, state: state, given: facts)
            note(admitted.warnings, row: record.row)
            try store(admitted.record, row: record)
        } catch {
            refuse(record, error.reasons.map { self.error($0, record: record) })
        }
    }

    /// What else is wrong with a row that cannot be taken: rules that can be decided without its bad cells.
    private func furtherErrors(
        _ values: [Value], facts: Facts, known: [RowError], record: CSVRecord
    ) -> [RowError] {
        let origin = ImportOrigin(importID: id, row: report.taken)
        do throws(Refusal) {
            _ = try admission.admit(values, origin: origin, given: facts)
            return []
        } catch {
            let columns = Set(known.compactMap(\.column))
            return error.reasons.filter { $0.code == .ruleBroken || $0.code == .fieldMissing }
                .map { self.error($0, record: record) }
                .filter { further in further.column.map { !columns.contains($0) } ?? true }
        }
    }

    private func store(_ admitted: Record, row: CSVRecord) throws(Refusal) {
        var record = admitted
        do {
            record.id = numbers.nextID
            record.number = try numbers.number(for: record)
            try inserter.insert(record)
            try numbers.advance()
            try hash(record)
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            numbers.takeBack()
            if let refusal = office.refusal(for: error, action: Action(.create, kind: kind.id)) as? Refusal { throw refusal }
            failure = failure ?? error
            throw Refusal([])
        }
        report.taken += 1
        for (key, value) in office.cells(of: record, kind: kind) {
            cells[key, default: 0] &+= value
        }
    }

    /// What the store answered that is no refusal of a row: ends the import.
    private(set) var failure: (any Error)?

    private func hash(_ record: Record) throws {
        let cells = try ImportedRow.cells(of: record, kind: kind, order: rowOrder) { field, value in
            guard hasPersonal else { return "" }
            return try commitments.commit(field, value, record: record)["commitment"]?.text ?? ""
        }
        let hash = tree.append(cells: cells)
        hash.append(to: &hashes)
        if hashes.count >= Int(RowHashes.blockRows) * Hash.byteCount { try flushHashes() }
    }

    private func flushHashes() throws {
        try writer.save(importHashes: hashes, import: id, block: block)
        block += 1
        hashes.removeAll(keepingCapacity: true)
    }

    private func state(of values: [Value]) throws(Refusal) -> String? {
        guard let formula = plan.stateFormula else { return nil }
        let known = Set(kind.lifecycle.states.map(\.id))
        var slots = kind.layout.emptySlots
        for index in values.indices { slots[index] = values[index] }
        guard case .string(let state)? = try? formula.evaluate(slots), known.contains(state) else {
            throw Refusal(
                RefusalReason(
                    .expressionFailed, field: "state", "无法确定导入后的状态。", "The state of the imported record cannot be determined."))
        }
        return state
    }

    // MARK: The end

    /// Writes what the rows add up to: tallies, row hashes, the import itself and its ledger entry.
    func finish() throws {
        try inserter.finish()
        try numbers.finish()
        if !hashes.isEmpty { try flushHashes() }
        try writer.add(cells.filter { $0.value != 0 })
        let moment = office.moment
        let run = ImportRun(
            id: id, kind: kind.id, map: request.map, fileName: request.fileName, fileDigest: report.fileDigest,
            rows: report.taken, refused: report.refused, root: tree.root, importedAt: moment,
            firstRecord: numbers.firstID, lastRecord: numbers.nextID - 1)
        try writer.save(run)
        var envelope = EntryLeaf.Envelope(
            action: "import", actor: actor, at: moment, rulebook: office.rulebook.digest)
        envelope.members = [
            "import": .integer(id), "file": .string(request.fileName), "file_digest": .string(report.fileDigest),
            "rows": .integer(run.rows), "refused": .integer(run.refused), "root": .string(run.root.hexadecimal),
            "first_record": .integer(run.firstRecord), "last_record": .integer(run.lastRecord),
        ]
        if let map = request.map { envelope.members["map"] = .string(map) }
        try writer.append([EntryLeaf.entry(envelope, kind: kind.id)])
        report.importID = id
    }
}

// MARK: - Values and errors

extension ImportTransaction {
    private func fill(
        _ values: inout [Value], from entry: ColumnPlan.Entry, record: CSVRecord, slots: [Value],
        errors: inout [RowError]
    ) {
        let field = kind.fields[entry.field]
        let text: String
        switch entry.source {
        case .column(let index):
            if record.isEmpty(at: index) { return }
            text = record.string(at: index) ?? ""
        case .expression(let program, _):
            do throws(EvaluationError) {
                let value = try program.evaluate(slots)
                if value == .null { return }
                guard case .string(let result) = value else {
                    check(value, field: field, at: entry, record: record, into: &values, errors: &errors)
                    return
                }
                text = result
            } catch {
                if case .missing = error { return }
                errors.append(
                    rowError(
                        record, entry: entry, value: nil, code: "IM-0101", zh: "“\(field.name.zh)”：\(error.messageZh)",
                        en: "\(field.id): \(error.message)"))
                return
            }
        }
        let day = governingDay(values)
        switch office.decider.coercion.value(of: text, for: field, on: day) {
        case .success(let coerced):
            values[entry.field] = coerced
            if let warning = office.decider.coercion.warning(for: coerced, of: field) {
                note([Warning(warning)], row: record.row)
            }
        case .failure(let problem):
            errors.append(rowError(record, entry: entry, value: String(text.prefix(80)), problem))
        }
    }

    private func check(
        _ value: Value, field: Field, at entry: ColumnPlan.Entry, record: CSVRecord, into values: inout [Value],
        errors: inout [RowError]
    ) {
        let settled = value.fitted(to: field.type)
        let problems = office.decider.coercion.validate(settled, for: field, on: governingDay(values))
        if problems.isEmpty { values[entry.field] = settled.storedReference }
        for problem in problems {
            let shown = String(ImportedRow.text(settled).prefix(80))
            errors.append(rowError(record, entry: entry, value: shown, problem))
        }
    }

    /// The day by which code lists are read: the governing date, which is filled first; else today.
    private func governingDay(_ values: [Value]) -> CivilDate {
        guard let name = kind.governedBy, let index = kind.fieldIndex[name] else { return office.today }
        switch values[index] {
        case .date(let day): return day
        case .timestamp(let moment): return office.time.day(of: moment)
        default: return office.today
        }
    }

    private func note(_ warnings: [Warning], row: Int64) {
        report.warnings += Int64(warnings.count)
        for warning in warnings where report.listedWarnings.count < 100 {
            report.listedWarnings.append((row, warning.text, warning.textEnglish))
        }
    }

    private func refuse(_ record: CSVRecord, _ errors: [RowError]) {
        report.refused += 1
        for error in errors { report.note(error) }
        guard let refusedRows else { return }
        record.withRawBytes { bytes in refusedRows(UnsafeRawBufferPointer(bytes)) }
        [UInt8(ascii: "\n")].withUnsafeBytes(refusedRows)
    }

    private func rowError(
        _ record: CSVRecord, entry: ColumnPlan.Entry, value: String?, code: String, zh: String, en: String
    ) -> RowError {
        RowError(
            row: record.row, line: record.line, column: plan.columnName(of: entry), value: value, code: code,
            reason: zh, reasonEnglish: en)
    }

    private func rowError(
        _ record: CSVRecord, entry: ColumnPlan.Entry, value: String?, _ problem: FieldProblem
    ) -> RowError {
        rowError(
            record, entry: entry, value: value, code: problem.code.rawValue, zh: problem.message.zh,
            en: problem.message.en)
    }

    private func error(_ problem: RowProblem) -> RowError {
        let column = problem.column.flatMap { column -> String? in
            plan.header.names.indices.contains(column - 1) ? plan.header.names[column - 1] : nil
        }
        return RowError(
            row: problem.row, line: problem.line, column: column, value: nil, code: problem.code,
            reason: problem.chinese, reasonEnglish: problem.english)
    }

    private func error(_ reason: RefusalReason, record: CSVRecord) -> RowError {
        let entry = reason.field.flatMap { name in
            plan.entries.first { self.kind.fields[$0.field].id == name }
        }
        return RowError(
            row: record.row, line: record.line, column: entry.map(plan.columnName) ?? reason.field, value: nil,
            code: reason.rule.map { "\(reason.code.rawValue) \($0)" } ?? reason.code.rawValue,
            reason: reason.sentence, reasonEnglish: reason.sentenceEnglish)
    }

    private func referenceError(_ record: CSVRecord, field: Int, text: String) -> RowError {
        let target = kind.fields[field]
        let entry = plan.entries.first { $0.field == field }
        return RowError(
            row: record.row, line: record.line, column: entry.map(plan.columnName) ?? target.id,
            value: String(text.prefix(80)), code: RefusalCode.referenceNotFound.rawValue,
            reason: "“\(target.name.zh)”所指的记录不在册", reasonEnglish: "\(target.id) names a record that is not on file")
    }
}
