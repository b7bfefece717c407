import Expressions
import Records
import Storage

/// The log of refusals: who wanted what was not allowed.
///
/// Operational state like the log of who signed in, kept as long as the rulebook says.
public struct DenialLog: Sendable {
    let office: Office

    public init(_ office: Office) { self.office = office }

    /// Enters refusals; texts are cut to what is kept of them.
    public func enter(_ denials: [StoredDenial]) throws {
        let kept = denials.map { denial in
            var denial = denial
            denial.login = Visitor.cleaned(denial.login, longest: 64)
            denial.role = Visitor.cleaned(denial.role, longest: 64)
            denial.address = Visitor.cleaned(denial.address, longest: 64)
            denial.method = Visitor.cleaned(denial.method, longest: 16)
            denial.target = Visitor.cleaned(denial.target, longest: 200)
            return denial
        }
        guard !kept.isEmpty else { return }
        try office.store.write { try $0.append(kept) }
    }

    /// A page of the log, newest first.
    ///
    /// - Parameter actor: sees what concerns accounts that it may see, with the permission `audit` or
    ///   `administer`; lines of whoever had not signed in too where the actor answers for the whole.
    /// - Throws: `Refusal` when the actor may not know of it.
    public func denials(_ query: LogQuery, as actor: Actor) throws -> [StoredDenial] {
        try office.store.read { reader in
            var overseer = Overseer(office, actor, anyOf: [.audit, .administer])
            try overseer.require(query.login, reader)
            return try overseer.overseen(
                query, id: \.id, reading: { try reader.denials($0).map { ($0.login, $0) } }, reader)
        }
    }
}

/// Removes what logs need no longer keep.
public struct LogKeeping: Sendable {
    let office: Office

    public init(_ office: Office) { self.office = office }

    /// Removes lines older than the rulebook's policies say.
    ///
    /// - Returns: how many lines of either log there were.
    @discardableResult
    public func prune() throws -> (signIns: Int, denials: Int) {
        let moment = office.moment
        let policy = SignInPolicy(office.rulebook, on: office.time.day(of: moment))
        return try office.store.write { writer in
            (
                try writer.removeSignIns(before: moment.plus(-policy.signInLogDays * 86_400)),
                try writer.removeDenials(before: moment.plus(-policy.denialLogDays * 86_400))
            )
        }
    }
}
