import Expressions
import Foundation
import Records
import Rulebooks
import Storage

/// Holds accounts to what the rulebook says of roles: which no one person may hold together, and of which so many
/// holders must stay.
///
/// Accounts are taken for one person's when both give the same telephone number, or the same name and not two
/// different numbers: who cannot be told apart is not taken for two.
struct AccountSeparation {
    let office: Office
    let kind: Kind

    /// Nil for a kind that holds no accounts.
    init?(_ office: Office, _ kind: Kind) {
        guard kind.id == Accounts.kindID else { return nil }
        (self.office, self.kind) = (office, kind)
    }

    /// Throws a `Refusal` with every reason why an account may not become what a decision makes of it.
    ///
    /// - Parameter reader: the transaction in which it would be written, before it is.
    func check(_ decision: Decision, _ reader: any StoreReading) throws {
        var reasons: [RefusalReason] = []
        if isLiving(decision.after) { reasons += try separation(of: decision.after, reader) }
        if let before = decision.before { reasons += try shortage(before, decision.after, reader) }
        if !reasons.isEmpty { throw Refusal(reasons) }
    }

    // MARK: One person, one of the roles

    private func separation(of account: Record, _ reader: any StoreReading) throws -> [RefusalReason] {
        guard let role = office.rulebook.roles[text("role", account)] else { return [] }
        var reasons: [RefusalReason] = []
        for other in role.separateFrom.sorted() {
            for record in try accounts(of: other, reader)
            where record.id != account.id && isLiving(record) && isSamePerson(record, account) {
                reasons.append(separationReason(role, other, record))
            }
        }
        return reasons
    }

    private func isSamePerson(_ left: Record, _ right: Record) -> Bool {
        let phones = [left, right].map { Self.digits(text("phone", $0)) }
        if !phones[0].isEmpty, !phones[1].isEmpty { return phones[0] == phones[1] }
        return Self.folded(text("name", left)) == Self.folded(text("name", right))
    }

    private func separationReason(_ role: Role, _ other: String, _ record: Record) -> RefusalReason {
        let name = office.rulebook.roles[other]?.name ?? Bilingual(zh: other, en: other)
        let login = text("login", record)
        return RefusalReason(
            .rolesSeparate, field: "role",
            "同一人不得兼任\(role.name.zh)和\(name.zh)：账号“\(login)”似为同一人。如确系两人，请为两个账号填写各自的手机号码。",
            "One person may not be both \(role.name.en) and \(name.en): the account `\(login)` seems to be the "
                + "same person's. If they are two people, give each account its own mobile number.")
    }

    // MARK: The last one stays

    private func shortage(
        _ before: Record, _ after: Record, _ reader: any StoreReading
    ) throws -> [RefusalReason] {
        guard let role = office.rulebook.roles[text("role", before)], role.atLeast > 0, isActive(before),
            !isActive(after) || text("role", after) != role.id
        else { return [] }
        let others = try accounts(of: role.id, reader).count { $0.id != before.id && isActive($0) }
        guard others < role.atLeast else { return [] }
        return [
            RefusalReason(
                .lastHolder, field: "role",
                "至少须有 \(role.atLeast) 名可用的\(role.name.zh)。请先为他人开立这一角色的账号。",
                "There must always be \(role.atLeast) active \(role.name.en). Open another such account first."
            )
        ]
    }

    // MARK: Accounts

    /// At most a thousand: the roles that are kept apart are held by few.
    private func accounts(of role: String, _ reader: any StoreReading) throws -> [Record] {
        var query = RecordQuery()
        query.conditions = [.init(column: "field.role", comparison: .equal, value: .string(role))]
        query.limit = 1_000
        return try reader.records(query, of: kind)
    }

    private func isLiving(_ record: Record) -> Bool {
        !record.voided && !kind.lifecycle.closed.contains(record.state)
    }

    private func isActive(_ record: Record) -> Bool {
        !record.voided && record.state == kind.lifecycle.initial
    }

    private func text(_ field: String, _ record: Record) -> String {
        if case .string(let text)? = record.value(field, in: kind) { return text }
        return ""
    }

    /// The last eleven digits: a number with and without +86 is one.
    private static func digits(_ text: String) -> String {
        String(text.filter { ("0"..."9").contains($0) }.suffix(11))
    }

    private static func folded(_ text: String) -> String {
        text.precomposedStringWithCompatibilityMapping.lowercased().filter { !$0.isWhitespace }
    }
}
