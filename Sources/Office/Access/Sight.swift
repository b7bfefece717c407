import Expressions
import Records
import Rulebooks
import Storage

/// What an actor may see: which records, which of their fields, and of which regions figures.
///
/// Staff see the records of their region and what lies below it. Whoever stands for a party sees the records
/// that it is responsible for and its own record in a register, wherever they lie. The machine and the
/// operator of the folder see all. The public sees what the rulebook makes public, and of it the fields that
/// the kind lists. Nobody sees anything without the permission `read`, except that whoever may `administer`
/// sees accounts and what they refer to. Personal fields are masked for everybody; see `UnmaskService`.
///
/// One actor's sight is taken once for a request: it does not notice when the account changes.
public struct Sight: Sendable {
    /// How far an actor sees.
    enum Reach: Hashable, Sendable {
        case nothing
        case everything
        /// The records whose region begins with these digits.
        case region(prefix: String)
        /// The records of a party.
        case party(String)
        /// What is public.
        case everybody
    }

    /// Who looks.
    public let actor: Actor
    let rulebook: Rulebook
    let reach: Reach
    /// The kinds that may be seen; nil for all.
    let kinds: Set<String>?

    /// The sight of an actor, by its permissions, its party and its region.
    ///
    /// An actor of the role `enterprise` without a party, or of a region that is no code, sees nothing. What
    /// the public may do is for the rulebook to say, where it has a role `public`.
    public init(of actor: Actor, in rulebook: Rulebook) {
        var actor = actor
        if actor.isPublic, let role = rulebook.roles[Actor.publicRole] {
            actor.permissions = role.permissions
        }
        self.actor = actor
        self.rulebook = rulebook
        kinds = actor.permissions.contains(.read) ? nil : Self.administered(by: actor, in: rulebook)
        reach = kinds?.isEmpty == true ? .nothing : Self.reach(of: actor, in: rulebook)
    }

    /// The sight of whoever has not signed in.
    ///
    /// Nothing at all where the rulebook has a role `public` without the permission `read`.
    public static func everybody(in rulebook: Rulebook) -> Sight { Sight(of: .public, in: rulebook) }

    /// The role that stands for a party, by the convention of the base rulebook.
    static let enterpriseRole = "enterprise"

    private static func reach(of actor: Actor, in rulebook: Rulebook) -> Reach {
        if actor.isPublic { return .everybody }
        if let party = actor.party { return party.isEmpty ? .nothing : .party(party) }
        if actor.role == enterpriseRole { return .nothing }
        if actor.region.isEmpty { return .everything }
        let prefix = rulebook.regions.prefix(actor.region)
        return prefix.isEmpty ? .nothing : .region(prefix: prefix)
    }

    /// Accounts and the kinds they refer to, for whoever administers them without the permission to read.
    private static func administered(by actor: Actor, in rulebook: Rulebook) -> Set<String> {
        guard actor.permissions.contains(.administer), let accounts = rulebook.kind(Accounts.kindID) else {
            return []
        }
        return Set([accounts.id] + accounts.references.map(\.kind))
    }

    /// Whether every record may be seen.
    public var isUnlimited: Bool { reach == .everything && kinds == nil }

    /// Whether this is the sight of the public.
    public var isEverybody: Bool { reach == .everybody }

    /// Whether the actor may see masked fields in clear, by an act that is entered in the ledger.
    public var mayUnmask: Bool { !isEverybody && actor.permissions.contains(.unmask) }

    // MARK: Records

    /// Whether there can be records of a kind that may be seen.
    public func sees(_ kind: Kind) -> Bool {
        guard reach != .nothing, kinds?.contains(kind.id) ?? true else { return false }
        return reach != .everybody || kind.publicWhen != nil
    }

    /// Whether a record may be seen. The same answer as `limit(_:of:)` gives in the database.
    public func sees(_ record: Record, of kind: Kind) -> Bool {
        guard sees(kind), record.kind == kind.id else { return false }
        switch reach {
        case .nothing: return false
        case .everything: return true
        case .region(let prefix): return record.region.hasPrefix(prefix)
        case .everybody: return record.isPublic && !record.voided
        case .party(let party):
            if record.responsible == party { return true }
            return Self.ownField(of: kind).flatMap { record.value($0.id, in: kind) } == .string(party)
        }
    }

    /// A query narrowed to what may be seen, so that the database answers no more than that.
    ///
    /// - Returns: nil when nothing may be seen: of the kind, of the region asked for, or because the query
    ///   asks or sorts by a field that is hidden, which would tell what it holds.
    public func limit(_ query: RecordQuery, of kind: Kind) -> RecordQuery? {
        guard sees(kind), asksForVisible(query, kind) else { return nil }
        var query = query
        switch reach {
        case .nothing: return nil
        case .everything: break
        case .region(let prefix):
            let asked = query.regionPrefix ?? ""
            guard asked.hasPrefix(prefix) || prefix.hasPrefix(asked) else { return nil }
            query.regionPrefix = asked.hasPrefix(prefix) ? asked : prefix
        case .everybody:
            query.includesVoided = false
            query.conditions.append(.init(column: "public", comparison: .equal, value: .bool(true)))
        case .party(let party): limit(&query, of: kind, to: party)
        }
        return query
    }

    private func limit(_ query: inout RecordQuery, of kind: Kind, to party: String) {
        let responsible = RecordQuery.Condition(
            column: "responsible", comparison: .equal, value: .string(party))
        guard let own = Self.ownField(of: kind) else { return query.conditions.append(responsible) }
        query.alternatives.append([
            responsible, .init(column: "field." + own.id, comparison: .equal, value: .string(party)),
        ])
    }

    /// The field by which a party's own record in a register is known, when it is not the responsible one.
    private static func ownField(of kind: Kind) -> Field? {
        guard kind.family == .register else { return nil }
        return kind.key.lazy.compactMap(kind.field).first { field in
            guard case .party = field.type, !field.personal else { return false }
            return kind.responsible != FieldPath(field: field.id)
        }
    }

    /// Narrows a query, or says why nothing of it may be seen.
    ///
    /// - Throws: `Refusal` when the role may not see the kind, or the query asks for a region outside the
    ///   actor's own or for a hidden field.
    public func narrow(_ query: RecordQuery, of kind: Kind) throws(Refusal) -> RecordQuery {
        if let limited = limit(query, of: kind) { return limited }
        guard sees(kind) else { throw Refusal(Self.notPermitted(kind.name)) }
        if let hidden = hiddenColumn(query, kind) { throw Refusal(.unknownField(hidden, kind: kind)) }
        throw Refusal(Self.regionNotAllowed)
    }

    // MARK: Figures

    /// The region of figures, no wider than the actor's own: `asked`, or its own when that is empty.
    ///
    /// - Parameter asked: a padded or unpadded code; "" for as far as may be seen.
    /// - Throws: `Refusal` for the public and for parties, since figures are for staff, and for a region
    ///   outside the actor's own.
    public func figureRegion(_ asked: String) throws(Refusal) -> String {
        switch reach {
        case .everything where kinds == nil: return asked
        case .region(let prefix) where kinds == nil:
            guard !asked.isEmpty else { return actor.region }
            guard rulebook.regions.prefix(asked).hasPrefix(prefix) else {
                throw Refusal(Self.regionNotAllowed)
            }
            return asked
        default: throw Refusal(Self.notPermitted(Bilingual(zh: "统计数字", en: "figures")))
        }
    }

    // MARK: Refusals

    private static let regionNotAllowed = RefusalReason(
        .regionNotAllowed, "该区划不在您的辖区内。", "That region is outside your own.")

    private static func notPermitted(_ what: Bilingual) -> RefusalReason {
        RefusalReason(
            .notPermitted, "您的角色不能查看\(what.zh)。", "Your role may not see this: \(what.en).")
    }
}
