import Expressions
import Records
import Rulebooks
import Storage

/// Finds the actor behind an account.
///
/// Accounts are records of the kind `account`, so opening and closing one is an action like any other. A
/// rulebook without that kind is worked by one operator, who may do what any role may.
public struct Accounts: Sendable {
    /// The kind whose records are accounts.
    public static let kindID = "account"
    /// The login of the operator of a rulebook without accounts.
    public static let operatorLogin = "operator"

    let rulebook: Rulebook

    public init(_ rulebook: Rulebook) {
        self.rulebook = rulebook
    }

    /// Whether the rulebook declares accounts.
    public var hasAccounts: Bool { rulebook.kind(Self.kindID) != nil }

    /// The actor an identity stands for.
    ///
    /// - Throws: `Refusal` when the account is unknown or not active.
    public func actor(_ identity: Request.Identity, reader: any StoreReading) throws -> Actor {
        switch identity {
        case .system: return .system
        case .actor(let actor): return actor
        case .account(let login):
            guard let kind = rulebook.kind(Self.kindID) else { return Self.soleOperator(login) }
            guard let record = try reader.record(kind, key: [.string(login)]), !record.voided else {
                throw Refusal(
                    RefusalReason(
                        .accountUnknown, "没有登录名为“\(login)”的账号。可用 zhiheng account add 建立。",
                        "There is no account with the login `\(login)`. Open one with zhiheng account add."))
            }
            return try actor(record, kind: kind, login: login)
        }
    }

    /// The name of the person who has an account; nil when there is none.
    public func name(of login: String, reader: any StoreReading) throws -> String? {
        guard let kind = rulebook.kind(Self.kindID),
            let record = try reader.record(kind, key: [.string(login)])
        else { return nil }
        return text("name", record, kind)
    }

    private func actor(_ record: Record, kind: Kind, login: String) throws -> Actor {
        let roleID = text("role", record, kind) ?? ""
        guard !kind.lifecycle.closed.contains(record.state), record.state == kind.lifecycle.initial,
            record.value("disabled", in: kind) != .bool(true)
        else {
            throw Refusal(
                RefusalReason(
                    .accountDisabled, "账号“\(login)”已停用。", "The account `\(login)` is not active."))
        }
        return Actor(
            login: login, name: text("name", record, kind) ?? login, role: roleID, region: record.region,
            party: text("party", record, kind), permissions: rulebook.roles[roleID]?.permissions ?? [])
    }

    private func text(_ field: String, _ record: Record, _ kind: Kind) -> String? {
        if case .string(let text)? = record.value(field, in: kind) { return text }
        return nil
    }

    private static func soleOperator(_ login: String) -> Actor {
        Actor(
            login: login, name: login, role: Actor.anyRole, region: "", permissions: Set(Permission.allCases))
    }
}
