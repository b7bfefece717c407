import Expressions
import Records
import Rulebooks
import Storage

/// What waits for somebody, as questions to the database.
public enum DeskGroup: String, Sendable, CaseIterable {
    /// The next step is this person's.
    case todo
    /// A clock has run out.
    case overdue
    /// A clock runs out today or within the next two days.
    case soon
    /// A clock has gone beyond its reminder: somebody was urged or is supervised.
    case urged
    /// Listed publicly.
    case listed
    /// The next step is another's.
    case waiting
}

/// The open matters of a kind that belong on somebody's desk, by group.
///
/// Whose turn it is, the rulebook tells: a clock that runs in a state addresses its first step to whoever has to act,
/// the responsible party or the office. Where no clock runs, it is the turn of whoever can move the record on. Of several
/// levels of office that may, it is the turn of the one nearest to the record.
public struct DeskQueries: Sendable {
    let office: Office
    let sight: Sight

    public init(_ office: Office, _ sight: Sight) {
        (self.office, self.sight) = (office, sight)
    }

    /// Matters due within so many days count as due soon.
    static let soonDays = 2

    /// The kinds of which there can be something on the desk.
    public var kinds: [Kind] {
        office.rulebook.kindOrder.compactMap(office.rulebook.kind).filter {
            $0.family == .matter && sight.sees($0)
        }
    }

    /// The question for a group of a kind, those due first coming first; nil when there can be nothing in it.
    public func query(_ group: DeskGroup, of kind: Kind) -> RecordQuery? {
        guard let narrowed = narrow(RecordQuery(), to: group, of: kind) else { return nil }
        var query = sight.limit(narrowed, of: kind)
        query?.sort = ("next_due", false)
        return query
    }

    /// A query narrowed to a group; nil when there can be nothing in it. What may be seen is for `Sight` to narrow.
    public func narrow(_ query: RecordQuery, to group: DeskGroup, of kind: Kind) -> RecordQuery? {
        guard kind.family == .matter else { return nil }
        var query = query
        query.onlyOpen = true
        func isTrue(_ column: String, _ value: Bool) -> RecordQuery.Condition {
            .init(column: column, comparison: .equal, value: .bool(value))
        }
        switch group {
        case .todo: return among(turnStates(of: kind), "state", query)
        case .waiting:
            let own = Set(turnStates(of: kind))
            return among(openStates(of: kind).filter { !own.contains($0) }, "state", query)
        case .overdue: query.conditions.append(isTrue("overdue", true))
        case .soon:
            guard let end = soonEnd else { return nil }
            query.conditions += [
                isTrue("overdue", false),
                .init(column: "next_due", comparison: .greater, value: .timestamp(office.moment)),
                .init(column: "next_due", comparison: .lessOrEqual, value: .timestamp(end)),
            ]
        case .urged: return among(urgingSteps(of: kind), "stage", query)
        case .listed:
            guard kind.clocks.contains(where: { $0.steps.contains(where: \.isPublic) }) else { return nil }
            query.conditions.append(isTrue("public", true))
        }
        return query
    }

    /// The moment from which what is due within the days that count as soon is too late.
    private var soonEnd: Timestamp? {
        office.today.adding(days: Self.soonDays).flatMap { office.time.passes(.day($0)) }
    }

    private func among(_ values: [String], _ column: String, _ query: RecordQuery) -> RecordQuery? {
        guard !values.isEmpty else { return nil }
        var query = query
        let conditions = values.map {
            RecordQuery.Condition(column: column, comparison: .equal, value: .string($0))
        }
        if conditions.count == 1 {
            query.conditions += conditions
        } else {
            query.alternatives.append(conditions)
        }
        return query
    }

    // MARK: Whose turn it is

    private func openStates(of kind: Kind) -> [String] {
        kind.lifecycle.states.map(\.id).filter { !kind.lifecycle.closed.contains($0) }
    }

    /// The open states in which the next step is the actor's.
    func turnStates(of kind: Kind) -> [String] {
        openStates(of: kind).filter { isTurn(in: $0, of: kind) }
    }

    private func isTurn(in state: String, of kind: Kind) -> Bool {
        let actor = sight.actor
        guard actor.permissions.contains(.act) else { return false }
        let moves = kind.lifecycle.actions.filter { $0.to != nil && $0.from.contains(state) }
        guard moves.contains(where: { office.decider.mayPerform($0.by, actor) }) else { return false }
        let addressees = Set(
            kind.clocks.filter { $0.runsIn.contains(state) }.compactMap { $0.steps.first?.addressee })
        let isOffice = actor.party == nil
        if !addressees.isEmpty {
            guard isOffice ? addressees != [.responsible] : addressees.contains(.responsible) else {
                return false
            }
        }
        return !isOffice || isNearest(actor, among: moves)
    }

    /// Whether no level of office nearer to the records than the actor's may move them on.
    private func isNearest(_ actor: Actor, among moves: [ActionRule]) -> Bool {
        guard let own = depth(ofRole: actor.role) else { return true }
        let others = moves.flatMap(\.by).compactMap { performer -> Int? in
            if case .role(let id) = performer { depth(ofRole: id) } else { nil }
        }
        return own >= others.max() ?? own
    }

    /// How far down the level of a role lies, 0 for the coarsest; nil for a role of any level.
    private func depth(ofRole id: String) -> Int? {
        let level = office.rulebook.roles[id]?.level
        return level.flatMap { level in office.rulebook.regions.levels.firstIndex { $0.id == level } }
    }

    /// The steps by which somebody was urged: those after a clock's first, and any that issues a document.
    func urgingSteps(of kind: Kind) -> [String] {
        var steps: [String] = []
        for clock in kind.clocks {
            for (index, step) in clock.steps.enumerated() where index > 0 || step.issues != nil {
                if !steps.contains(step.step) { steps.append(step.step) }
            }
        }
        return steps
    }

    /// The document by which a record was urged last; nil when that was done without one.
    public func urgingOrder(of found: FoundRecord, reader: any StoreReading) throws -> StoredDocument? {
        guard urgingSteps(of: found.kind).contains(found.record.stage) else { return nil }
        let orders = Set(
            found.kind.clocks.flatMap(\.steps).filter { $0.step == found.record.stage }.compactMap(\.issues))
        guard !orders.isEmpty else { return nil }
        return try reader.documents(kind: found.kind.id, record: found.record.id).last {
            orders.contains($0.document)
        }
    }
}
