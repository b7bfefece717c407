import Expressions
import Ledger
import Records
import Rulebooks
import Storage

/// An entry of the ledger in words.
public struct AuditLine: Sendable {
    public let position: UInt64
    /// What was done, when, by whom and why.
    public let step: HistoryStep
    public let kind: Kind?
    /// The number of the record it is about; nil for an entry about the whole.
    public let number: String?
    /// More, for an entry about the whole: the file of an import, the version of a rulebook.
    public let detail: String?
}

/// The ledger for those who audit: who did what, when and why.
public struct AuditLog: Sendable {
    let office: Office
    private let language: Language
    private let actor: Actor
    private let sight: Sight

    /// - Parameter actor: needs the permission `audit`, and is told of records that it may see.
    /// - Throws: `Refusal` without the permission.
    public init(_ office: Office, language: Language, as actor: Actor) throws(Refusal) {
        guard actor.permissions.contains(.audit), !actor.isPublic else {
            throw Refusal(
                RefusalReason(
                    .notPermitted, "您的角色不能查看操作日志。", "Your role may not read the log of actions."))
        }
        (self.office, self.language, self.actor) = (office, language, actor)
        sight = Sight(of: actor, in: office.rulebook)
    }

    /// Which entries are asked for.
    public struct Query: Sendable {
        public var person: String?
        public var kind: String?
        public var action: String?
        /// The days, both included.
        public var from: CivilDate?
        public var until: CivilDate?
        /// Only entries before this position.
        public var below: UInt64?
        /// The most entries, at most 1,000.
        public var limit = 50

        public init() {}
    }

    /// A part of the log, newest first.
    public struct Page: Sendable {
        public var lines: [AuditLine]
        /// Where the next page begins; nil at the end of what was asked for.
        public var next: UInt64?
    }

    /// A page of the log. At most 200,000 entries are looked at for one, so that rare ones may need another page.
    public func page(_ asked: Query) throws -> Page {
        let coding = HistoryService(office, language: language, sight: sight)
        let limit = min(max(1, asked.limit), 1_000)
        return try office.store.read { reader in
            var query = EntryQuery()
            (query.actor, query.kind, query.action) = (asked.person, asked.kind, asked.action)
            let offset = office.rulebook.timeZoneOffsetSeconds
            if let from = asked.from.flatMap({
                Timestamp(date: $0, secondOfDay: 0, offsetSeconds: offset)
            }) {
                query.from = try position(from: from, reader)
            }
            var below = asked.below ?? .max
            if let until = asked.until.flatMap({
                Timestamp(date: $0, secondOfDay: 86_399, offsetSeconds: offset)
            }) {
                below = min(below, try position(from: until.plus(1), reader))
            }
            (query.below, query.limit) = (below, limit)
            let (entries, lookedDownTo) = try reader.entries(query)
            var overseer = Overseer(office, actor, anyOf: [.audit])
            var lines: [AuditLine] = []
            for entry in entries {
                guard try isSeen(entry, &overseer, reader) else { continue }
                if let line = try line(entry, coding, reader) { lines.append(line) }
            }
            return Page(lines: lines, next: lookedDownTo > query.from ? lookedDownTo : nil)
        }
    }

    /// Entries about records that may be seen; of the others, those by people the actor answers for.
    private func isSeen(
        _ entry: StoredEntry, _ overseer: inout Overseer, _ reader: any StoreReading
    ) throws -> Bool {
        if let id = entry.kind, let record = entry.record {
            guard let kind = office.rulebook.kind(id), let found = try reader.record(kind, id: record) else {
                return sight.isUnlimited
            }
            return sight.sees(found, of: kind)
        }
        return try entry.actor == Accounts.operatorLogin || entry.actor == Actor.system.login
            || overseer.oversees(entry.actor, reader)
    }

    private func line(
        _ entry: StoredEntry, _ history: HistoryService, _ reader: any StoreReading
    ) throws -> AuditLine? {
        guard let leaf = try? CanonicalJSON(canonical: entry.leaf) else { return nil }
        let kind = entry.kind.flatMap(office.rulebook.kind)
        let step = try history.step(entry, leaf, kind, reader)
        let detail: String? =
            leaf["file"]?.text.map { file in
                let rows = leaf["rows"]?.number ?? 0
                return language == .zh ? "\(file)，\(rows) 条" : "\(file), \(rows) rows"
            } ?? leaf["rulebook_version"]?.text.map { "\(leaf["rulebook_id"]?.text ?? "") \($0)" }
        return AuditLine(
            position: entry.position, step: step, kind: kind, number: leaf["number"]?.text, detail: detail)
    }

    /// The first position at or after a moment, found by halving: entries stand in the order of time.
    private func position(from moment: Timestamp, _ reader: any StoreReading) throws -> UInt64 {
        var (low, high) = (UInt64(0), try reader.ledgerSize())
        while low < high {
            let middle = low + (high - low) / 2
            let leaf = try reader.entry(at: middle).flatMap { try? CanonicalJSON(canonical: $0.leaf) }
            let at = leaf?["at"]?.text.flatMap { Timestamp(rfc3339: $0) } ?? .epoch
            if at < moment { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
