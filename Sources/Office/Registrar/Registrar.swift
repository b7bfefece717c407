import Expressions
import Figures
import Ledger
import Records
import Rulebooks
import Storage

/// Performs actions: the one door through which anything changes.
///
/// Each action is decided purely; then its ledger entry, row, tallies, documents and messages are written
/// together. Several actions share one transaction, each in a savepoint of its own, so that one slow disk
/// flush serves many and one refusal touches nobody else.
public struct Registrar: Sendable {
    let office: Office

    public init(_ office: Office) {
        self.office = office
    }

    /// Performs actions in order, in one durable transaction.
    ///
    /// - Returns: for each request its outcome, or the `Refusal` or `StoreProblem` that kept it from being done.
    /// - Throws: what keeps the whole transaction from being written; then nothing was done.
    public func perform(_ requests: [Request]) throws -> [Result<Outcome, any Error>] {
        try office.store.write { writer in
            let transaction = Transaction(office: office, writer: writer, base: try writer.ledgerSize())
            let attempts = requests.map { transaction.attempt($0, among: requests.count) }
            try transaction.finish()
            return attempts.map { $0.map(\.finished) }
        }
    }

    /// Performs one action.
    @discardableResult
    public func perform(_ action: Action, by identity: Request.Identity) throws -> Outcome {
        guard let result = try perform([Request(action, by: identity)]).first else {
            throw StoreProblem.unavailable(reason: .failed)
        }
        return try result.get()
    }
}

/// One transaction at the door: what has been done in it and not yet been flushed.
final class Transaction {
    let office: Office
    let writer: any StoreWriting
    private let base: UInt64
    /// What the actions performed so far left to be written, and what the one under way adds to it.
    private var done = Pending()
    private var underWay = Pending()
    private var actors: [Request.Identity: Actor] = [:]
    /// Records as they are on file as of now: actions of one transaction often concern the same.
    private var records: [Facts.Key: Record] = [:]
    /// Whether one request is all there is to do.
    private var isAlone = true

    /// What became of an action, as far as it can be told before its papers are written.
    struct Performed {
        var outcome: Outcome
        var papers: [Paperwork]

        /// The outcome with its documents, once the transaction is finished.
        var finished: Outcome {
            var outcome = outcome
            outcome.documents = papers.flatMap { $0.sheets().documents }
            return outcome
        }
    }

    /// What waits to be written at the end of the transaction.
    private struct Pending {
        var papers: [Paperwork] = []
        /// The numbers given to documents that are not filed yet.
        var documentNumbers: Set<String> = []
        var deltas: [TallyKey: Int64] = [:]
        var notices: [StoredNotice] = []
        var performers: [Facts.Key: [String: String]] = [:]

        /// Adds what one action left.
        mutating func take(_ other: Pending) {
            papers += other.papers
            documentNumbers.formUnion(other.documentNumbers)
            notices += other.notices
            // Sums were checked for overflow against what was there before.
            deltas.merge(other.deltas) { $0 &+ $1 }
            performers.merge(other.performers) { $0.merging($1) { _, later in later } }
        }
    }

    init(office: Office, writer: any StoreWriting, base: UInt64) {
        self.office = office
        self.writer = writer
        self.base = base
    }

    /// Performs one request in a savepoint; a failure leaves no trace of it.
    ///
    /// - Parameter count: how many requests the transaction performs.
    func attempt(_ request: Request, among count: Int) -> Result<Performed, any Error> {
        underWay = Pending()
        isAlone = count == 1
        do {
            let performed = try writer.savepoint {
                let actor = try self.actor(request.by)
                let moment = office.moment
                if let key = request.requestKey { try RequestKeys.check(key, writer, at: moment) }
                let performed = try perform(request.action, actor: actor)
                let record = performed.outcome.record
                if let digest = request.receiptDigest { try hand(digest, for: record) }
                if let key = request.requestKey {
                    try RequestKeys.enter(key, kind: record.kind, record: record, writer, at: moment)
                }
                return performed
            }
            done.take(underWay)
            return .success(performed)
        } catch {
            actors.removeAll()
            records.removeAll()
            return .failure(office.refusal(for: error, action: request.action))
        }
    }

    /// Writes what the actions left to be written together.
    func finish() throws {
        try writer.add(done.deltas.filter { $0.value != 0 })
        try writer.enqueue(done.notices)
        let sheets = done.papers.map { $0.sheets() }
        for document in sheets.lazy.flatMap(\.documents) { try writer.save(document) }
        try writer.append(sheets.map(\.entry))
    }

    // MARK: One action

    private func perform(_ action: Action, actor: Actor) throws -> Performed {
        guard let kind = office.rulebook.kind(action.kind) else {
            throw Refusal(office.unknownKind(action.kind))
        }
        let record = try action.record.flatMap { try self.record(kind, id: $0) }
        let facts = try self.facts(action, record: record, kind: kind)
        let moment = office.moment
        var decision = try office.decider.decide(action, on: record, by: actor, at: moment, given: facts)
        try AccountSeparation(office, kind)?.check(decision, writer)
        if record == nil { try identify(&decision, kind: kind, on: office.time.day(of: moment)) }
        let orders = try order(decision, kind: kind, at: moment)
        let position = base + UInt64(done.papers.count + underWay.papers.count)
        let paperwork = try paperwork(
            decision, orders: orders, kind: kind, related: facts.related, actor: actor, at: moment)
        try write(decision, kind: kind)
        try tally(decision, kind: kind)
        notify(decision, orders: orders, at: moment)
        let key = Facts.Key(kind: kind.id, id: decision.after.id)
        underWay.performers[key, default: [:]][decision.action] = actor.login
        if kind.id == Accounts.kindID { actors.removeAll() }
        var performed = Performed(
            outcome: Outcome(
                action: decision.action, record: decision.after, documents: [], spawned: [],
                warnings: decision.warnings, position: position),
            papers: [paperwork])
        for spawn in decision.spawns {
            let created = try perform(spawnAction(spawn, from: decision.after), actor: actor)
            performed.outcome.spawned.append(created.outcome.record)
            performed.outcome.warnings += created.outcome.warnings
            performed.papers += created.papers
        }
        return performed
    }

    /// Keeps by what whoever filed a record follows it.
    private func hand(_ digest: [UInt8], for record: Record) throws {
        try writer.insert(
            StoredReceipt(digest: digest, kind: record.kind, record: record.id, filedAt: record.createdAt))
    }

    private func spawnAction(_ spawn: Spawn, from record: Record) -> Action {
        var values = spawn.values
        if let link = spawn.link { values[link] = .int(record.id) }
        return Action(.create, kind: spawn.kind, values: values)
    }

    private func actor(_ identity: Request.Identity) throws -> Actor {
        if let known = actors[identity] { return known }
        let actor = try Accounts(office.rulebook).actor(identity, reader: writer)
        actors[identity] = actor
        return actor
    }

    /// The facts a decision depends on: the records referred to, and who performed what before.
    private func facts(_ action: Action, record: Record?, kind: Kind) throws -> Facts {
        var facts = Facts(
            related: try office.related(to: record, values: action.values, kind: kind, reading: self.record))
        guard case .move(let id) = action.verb, let rule = kind.lifecycle.action(id),
            !rule.separateFrom.isEmpty,
            let record
        else { return facts }
        for entry in try writer.entries(kind: kind.id, record: record.id) {
            facts.lastPerformers[entry.action] = entry.actor
        }
        let key = Facts.Key(kind: kind.id, id: record.id)
        for pending in [done, underWay] {
            facts.lastPerformers.merge(pending.performers[key] ?? [:]) { _, later in later }
        }
        return facts
    }

    /// Gives a new record its identity and its number; both are part of the transaction, so numbers have no gaps.
    private func identify(_ decision: inout Decision, kind: Kind, on day: CivilDate) throws {
        decision.after.id = try writer.nextRecordID(kind)
        decision.after.number = try number(
            kind.numbering, owner: kind.id, of: decision.after, kind: kind, on: day)
    }

    private func number(
        _ pattern: NumberPattern, owner: String, of record: Record, kind: Kind, on day: CivilDate
    ) throws -> String {
        let numbering = Numbering(office.rulebook)
        var sequence: Int64 = 0
        if pattern.hasSequence {
            sequence = try writer.next(
                counter: numbering.counter(pattern, owner: owner, of: record, kind: kind, on: day))
        }
        let number = numbering.number(pattern, sequence: sequence, of: record, kind: kind, on: day)
        guard !number.isEmpty else { throw Refusal(office.numberNotRendered(kind)) }
        return number
    }

    private func write(_ decision: Decision, kind: Kind) throws {
        if decision.before == nil {
            try writer.insert(decision.after, of: kind)
        } else {
            try writer.update(decision.after, of: kind)
        }
        records[Facts.Key(kind: kind.id, id: decision.after.id)] = decision.after
        try SearchIndex(office).note(
            before: decision.before, after: decision.after, kind: kind, writer: writer)
        try writer.forgetUploads(Uploads.digests(in: decision.after, kind, unlessIn: decision.before))
    }

    private func record(_ kind: Kind, id: Int64) throws -> Record? {
        let key = Facts.Key(kind: kind.id, id: id)
        if let known = records[key] { return known }
        let record = try writer.record(kind, id: id)
        records[key] = record
        return record
    }

    /// The documents an action issues, with their numbers.
    private func order(_ decision: Decision, kind: Kind, at moment: Timestamp) throws -> [Paperwork.Order] {
        try decision.documents.compactMap { order in
            guard let template = office.rulebook.documents[order.document] else { return nil }
            guard let numbering = template.numbering else {
                let number = "\(decision.after.number)/\(template.id)/\(decision.after.version)"
                return Paperwork.Order(template: template, number: number)
            }
            let number = try self.number(
                numbering, owner: "document/" + template.id, of: decision.after, kind: kind,
                on: office.time.day(of: moment))
            // Found out here, it concerns this action alone; when the papers are filed it would concern all.
            guard !done.documentNumbers.contains(number),
                underWay.documentNumbers.insert(number).inserted, try writer.document(number: number) == nil
            else {
                throw StoreProblem.duplicate(kind: template.id, fields: ["number"])
            }
            return Paperwork.Order(template: template, number: number)
        }
    }

    private func tally(_ decision: Decision, kind: Kind) throws {
        let new = office.cells(of: decision.after, kind: kind)
        let old = decision.before.map { office.cells(of: $0, kind: kind) } ?? [:]
        for (key, delta) in Contribution.delta(old: old, new: new) {
            let (sum, overflow) = underWay.deltas[key, default: 0].addingReportingOverflow(delta)
            let whole = done.deltas[key, default: 0].addingReportingOverflow(sum)
            guard !overflow, !whole.overflow else { throw FigureProblem.overflow(measure: key.measure) }
            underWay.deltas[key] = sum
        }
    }

    private func notify(_ decision: Decision, orders: [Paperwork.Order], at moment: Timestamp) {
        for notice in decision.notices {
            guard let addressee = office.addressee(notice.addressee, of: decision.after) else { continue }
            underWay.notices.append(
                StoredNotice(
                    addressee: addressee, topic: notice.topic, kind: decision.after.kind,
                    record: decision.after.id,
                    document: orders.first { $0.template.id == notice.document }?.number,
                    text: "\(decision.after.number) \(notice.text)",
                    textEnglish: "\(decision.after.number) \(notice.textEnglish)", createdAt: moment))
        }
    }

    /// Has the documents and the ledger's entry written, beside the door where that is worth it.
    private func paperwork(
        _ decision: Decision, orders: [Paperwork.Order], kind: Kind, related: [Facts.Key: Record],
        actor: Actor, at moment: Timestamp
    ) throws -> Paperwork {
        let (now, was) = try Commitments(office: office, writer: writer).changes(decision, kind: kind)
        let paperwork = Paperwork { [office] in
            let documents = orders.map { order in
                office.documents.write(
                    order.template, number: order.number, about: decision.after, kind: kind, related: related,
                    actor: actor, at: moment)
            }
            var envelope = EntryLeaf.Envelope(
                action: decision.action, actor: actor, at: moment, rulebook: office.rulebook.digest,
                reason: decision.reason)
            if !documents.isEmpty {
                envelope.members["documents"] = .array(documents.map(EntryLeaf.document))
            }
            if !decision.warnings.isEmpty {
                envelope.members["warnings"] = .array(
                    decision.warnings.map {
                        .object(.init(["field": .string($0.field ?? ""), "text": .string($0.textEnglish)]))
                    })
            }
            let entry = EntryLeaf.entry(envelope, record: decision.after, now: now, was: was)
            return Paperwork.Sheets(documents: documents, entry: entry)
        }
        underWay.papers.append(paperwork)
        if !orders.isEmpty || !isAlone { paperwork.begin() }
        return paperwork
    }
}
