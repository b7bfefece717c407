import Exchange
import Expressions
import Figures
import Ledger
import Records
import Rulebooks
import Storage

/// One import within its transaction.
///
/// Three threads share the work: one reads and decides rows, this one writes them, one hashes them. Rows pass
/// from one to the next in order, a bounded number at a time.
final class ImportTransaction {
    let office: Office
    let writer: any StoreWriting
    let kind: Kind
    let plan: ColumnPlan
    let request: ImportRequest
    let actor: Actor
    let admission: Admission
    let id: Int64
    /// The one moment of the import: of its rows and of its entry.
    let moment: Timestamp
    var report = ImportReport(kind: "", fileName: "")
    var refusedRows: ((UnsafeRawBufferPointer) -> Void)?

    private let inserter: any BulkInserting
    private let sealer: RowSealer
    private let errors: RowErrors
    private var numbers: NumberSeries
    private var references: ReferenceFinder
    /// Decides the rows of a kind that refers to other records: only here can those be found.
    private var admitter: RowAdmitter
    private let countsAtOnce: Bool
    /// The cells by number and what the rows taken so far add to them.
    private var cellKeys: [TallyKey] = []
    private var cellSums: [Int64] = []
    /// What was counted by record instead.
    private var otherCells: [TallyKey: Int64] = [:]
    private var block: Int64 = 0
    private let personalFields: [Int]
    private let commitments: Commitments
    private let separation: AccountSeparation?

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
        moment = office.moment
        admission = try Admission(office.decider, kind: kind, by: actor, at: moment, state: plan.state)
        id = try writer.next(counter: "import")
        inserter = try writer.bulkInserter(of: kind)
        numbers = try NumberSeries(office: office, kind: kind, writer: writer)
        references = ReferenceFinder(office: office, kind: kind, writer: writer)
        personalFields = kind.fields.indices.filter { kind.fields[$0].personal }
        commitments = Commitments(office: office, writer: writer)
        separation = AccountSeparation(office, kind)
        errors = RowErrors(kind: kind, plan: plan)
        admitter = RowAdmitter(office: office, kind: kind, plan: plan, admission: admission)
        countsAtOnce = RowAdmitter.countsAtOnce(
            office.contributionPlans[kind.id] ?? ContributionPlan(kind: kind), kind: kind)
        sealer = RowSealer(kind)
    }

    deinit {
        // Ends the thread of an import that failed; after `finish` it has ended already.
        _ = sealer.finish()
    }

    // MARK: Rows

    /// Takes every row: as a record, or as refused with all its errors.
    func takeAll(
        from reader: CSVReader, progress: ((_ bytes: Int64, _ rows: Int64) -> Void)?
    ) throws {
        let source = RowSource(
            reader,
            RowPreparer(office: office, kind: kind, plan: plan, admission: admission, counts: countsAtOnce))
        // The reader and its source belong to this thread again when reading is over, however it ends.
        defer { source.join() }
        while let batch = try source.next() {
            try take(batch)
            progress?(batch.bytesRead, report.rowsRead)
        }
    }

    private func take(_ batch: RowBatch) throws {
        number(batch.newCells)
        var sealed: [RowSealer.Row] = []
        sealed.reserveCapacity(batch.rows.count)
        for row in batch.rows {
            report.rowsRead += 1
            note(row.warnings, row: row.source.row)
            switch row.fate {
            case .read(let values, let found): try decide(values, found, row.source, into: &sealed)
            case .admitted(let record, let amounts):
                guard let record = try store(record, row.source, into: &sealed) else { continue }
                try count(record, batch.amounts[amounts])
            case .refused(let errors): refuse(row.source, errors)
            case .left: report.left += 1
            }
        }
        sealer.append(sealed)
        try saveBlocks()
    }

    /// Decides a row whose cells were read, with the records it refers to.
    private func decide(
        _ read: [Value], _ found: [RowError], _ row: CSVRecord, into sealed: inout [RowSealer.Row]
    ) throws {
        var (values, found, facts) = (read, found, Facts())
        try references.resolve(&values, facts: &facts) { field, text in
            found.append(self.errors.missingReference(row, field: field, text: text))
        }
        var warnings: [Warning] = []
        let fate = admitter.decide(
            values, errors: found, facts: facts, row: row, warnings: &warnings, counts: countsAtOnce)
        note(warnings, row: row.row)
        let counted = admitter.takeCounts()
        number(counted.newCells)
        switch fate {
        case .admitted(let record, let amounts):
            guard let record = try store(record, row, into: &sealed) else { return }
            try count(record, counted.amounts[amounts])
        case .refused(let errors): refuse(row, errors)
        case .left, .read: report.left += 1
        }
    }

    /// Puts a record on file; nil when the store would not have it, which is told as an error of the row.
    private func store(
        _ admitted: Record, _ row: CSVRecord, into sealed: inout [RowSealer.Row]
    ) throws -> Record? {
        var record = admitted
        record.origin = ImportOrigin(importID: id, row: report.taken)
        record.id = numbers.nextID
        record.number = try numbers.number(for: record)
        do {
            let decision = Decision(action: "import", before: nil, after: record, reason: nil)
            try separation?.check(decision, writer)
            try inserter.insert(record)
        } catch {
            numbers.takeBack()
            guard let refusal = office.refusal(for: error, action: Action(.create, kind: kind.id)) as? Refusal
            else { throw error }
            refuse(row, refusal.reasons.map { errors.error($0, row) })
            return nil
        }
        numbers.advance()
        report.taken += 1
        var committed: [Int: String] = [:]
        for index in personalFields where record.values[index] != .null {
            let commitment = try commitments.commit(kind.fields[index], record.values[index], record: record)
            committed[index] = commitment["commitment"]?.text ?? ""
        }
        sealed.append(RowSealer.Row(record: record, commitments: committed))
        return record
    }

    private func number(_ cells: [TallyKey]) {
        guard !cells.isEmpty else { return }
        cellKeys += cells
        cellSums += repeatElement(0, count: cells.count)
    }

    private func count(_ record: Record, _ amounts: ArraySlice<CellAmount>) throws {
        for amount in amounts {
            let (sum, overflow) = cellSums[amount.cell].addingReportingOverflow(amount.value)
            guard !overflow else { throw FigureProblem.overflow(measure: cellKeys[amount.cell].measure) }
            cellSums[amount.cell] = sum
        }
        guard !countsAtOnce else { return }
        for (key, value) in office.cells(of: record, kind: kind) {
            let (sum, overflow) = otherCells[key, default: 0].addingReportingOverflow(value)
            guard !overflow else { throw FigureProblem.overflow(measure: key.measure) }
            otherCells[key] = sum
        }
    }

    private func note(_ warnings: [Warning], row: Int64) {
        guard !warnings.isEmpty else { return }
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

    // MARK: The end

    private func saveBlocks() throws {
        for hashes in sealer.takeBlocks() {
            try writer.save(importHashes: hashes, import: id, block: block)
            block += 1
        }
    }

    /// Writes what the rows add up to: tallies, row hashes, the import itself and its ledger entry.
    func finish() throws {
        try inserter.finish()
        try numbers.finish()
        let root = sealer.finish()
        try saveBlocks()
        try writer.add(try sums())
        let run = ImportRun(
            id: id, kind: kind.id, map: request.map, fileName: request.fileName,
            fileDigest: report.fileDigest,
            rows: report.taken, refused: report.refused, root: root, importedAt: moment,
            firstRecord: numbers.firstID, lastRecord: numbers.nextID - 1)
        try writer.save(run)
        var envelope = EntryLeaf.Envelope(
            action: "import", actor: actor, at: moment, rulebook: office.rulebook.digest)
        envelope.members = [
            "import": .integer(id), "file": .string(request.fileName),
            "file_digest": .string(report.fileDigest),
            "rows": .integer(run.rows), "refused": .integer(run.refused),
            "root": .string(run.root.hexadecimal),
            "first_record": .integer(run.firstRecord), "last_record": .integer(run.lastRecord),
        ]
        if let map = request.map { envelope.members["map"] = .string(map) }
        report.position = try writer.ledgerSize()
        try writer.append([EntryLeaf.entry(envelope, kind: kind.id)])
        report.importID = id
    }

    private func sums() throws -> [TallyKey: Int64] {
        var cells = otherCells
        for (key, value) in zip(cellKeys, cellSums) {
            let (sum, overflow) = cells[key, default: 0].addingReportingOverflow(value)
            guard !overflow else { throw FigureProblem.overflow(measure: key.measure) }
            cells[key] = sum
        }
        return cells.filter { $0.value != 0 }
    }
}
