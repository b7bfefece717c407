import Expressions
import Records
import Rulebooks
import Storage

extension SignIn {
    /// Gives an account a password and ends its sessions: how the first one comes to be, and a forgotten one
    /// is replaced.
    ///
    /// - Parameters:
    ///   - actor: needs the permission `administer` and to see the account.
    ///   - mustChange: whether its holder must choose another before doing anything else.
    /// - Throws: `Refusal`: no such active account, not permitted, or `passwordUnsuitable`.
    public func setPassword(
        _ password: String, for login: String, mustChange: Bool = false, by actor: Actor,
        at moment: Timestamp
    ) throws {
        let holder: Holder = try office.store.read { reader in
            try requireAdministrator(actor, of: login, reader)
            // Says that the account is not active.
            _ = try Accounts(office.rulebook).actor(.account(login), reader: reader)
            guard let holder = try self.holder(login, reader: reader) else {
                throw Refusal(Self.unknown(login))
            }
            return holder
        }
        var credential = try credential(password, of: holder, at: moment)
        credential.mustChange = mustChange
        try office.store.write { [credential] writer in
            try save(credential, writer)
            _ = try writer.removeSessions(login: login, except: nil)
            try writer.removeSignInGuard(subject: "login:" + login)
            try log(.passwordSet, of: login, by: actor, writer, at: moment)
        }
    }

    /// Replaces one's own password and ends one's other sessions.
    ///
    /// - Throws: `Refusal`: the old password is not right, which counts as a failure to sign in, too many of
    ///   those, or `passwordUnsuitable`.
    public func changePassword(
        of session: ActiveSession, from old: String, to new: String, at moment: Timestamp
    ) throws {
        let holder = Holder(account: session.account, actor: session.actor)
        if let objection = PasswordRules.objection(
            to: new, login: session.login, name: session.actor.name)
        {
            throw Refusal(objection)
        }
        try proving(session, old, at: moment)
        if session.mustChangePassword, old == new { throw Refusal(Self.samePassword) }
        let credential = try credential(new, of: holder, at: moment)
        try office.store.write { writer in
            try save(credential, writer)
            try writer.markChanged(session: session.id)
            _ = try writer.removeSessions(login: session.login, except: session.id)
            try log(.passwordChanged, of: session.login, by: session.actor, writer, at: moment)
        }
    }

    /// Whether an account has a password, and whether it wants one-time codes.
    public func credentialState(of login: String) throws -> (hasPassword: Bool, wantsCodes: Bool) {
        let credential = try office.store.read { try $0.credential(login: login) }
        return (credential != nil, credential?.codeConfirmedAt != nil)
    }

    // MARK: One-time codes

    /// Makes a secret for one-time codes; they are asked for once the first was given to `confirmCodes`.
    ///
    /// - Throws: `Refusal` when the account has codes already, or no password.
    public func prepareCodes(for session: ActiveSession, at moment: Timestamp) throws -> CodeEnrolment {
        let secret = office.randomBytes(OneTimeCode.secretBytes)
        try office.store.write { writer in
            var credential = try own(session, writer)
            guard credential.codeConfirmedAt == nil else {
                throw Refusal(
                    RefusalReason(
                        .nothingChanged, "该账号已启用动态码。", "The account has one-time codes already."))
            }
            credential.codeSecret = secret
            credential.lastCodeStep = nil
            try writer.save(credential)
        }
        return enrolment(secret, session)
    }

    /// The secret that was made and not confirmed yet; nil when there is none.
    public func pendingCodes(for session: ActiveSession) throws -> CodeEnrolment? {
        let credential = try office.store.read { try own(session, $0) }
        guard credential.codeConfirmedAt == nil, let secret = credential.codeSecret else { return nil }
        return enrolment(secret, session)
    }

    private func enrolment(_ secret: [UInt8], _ session: ActiveSession) -> CodeEnrolment {
        let issuer = office.rulebook.name.zh.isEmpty ? "质衡" : "质衡 " + office.rulebook.name.zh
        return CodeEnrolment(secret: secret, login: session.login, issuer: issuer)
    }

    /// Turns one-time codes on, when somebody gives a right one.
    ///
    /// - Throws: `Refusal` with `signInRefused` for a wrong one.
    /// - Returns: recovery codes, each of which stands once for a one-time code; they are kept nowhere else.
    @discardableResult
    public func confirmCodes(
        for session: ActiveSession, code: String, at moment: Timestamp
    ) throws -> [String] {
        let recovery = RecoveryCode.fresh(office.randomBytes)
        return try office.store.write { writer in
            var credential = try own(session, writer)
            guard credential.codeConfirmedAt == nil, let secret = credential.codeSecret,
                let step = OneTimeCode(secret: secret).step(of: code, at: moment, after: nil)
            else { throw Refusal(Self.refused) }
            credential.codeConfirmedAt = moment
            credential.lastCodeStep = step
            try writer.save(credential)
            try writer.replaceRecoveryCodes(
                login: session.login, digests: recovery.compactMap(RecoveryCode.digest))
            try log(.codeAdded, of: session.login, by: session.actor, writer, at: moment)
            return recovery
        }
    }

    /// Turns one's own codes off; asks for the password, since a session alone may be somebody else's by now.
    ///
    /// - Throws: `Refusal` when the password is not right, or after too many failures.
    public func removeCodes(of session: ActiveSession, password: String, at moment: Timestamp) throws {
        try proving(session, password, at: moment)
        try removeCodes(of: session.login, by: session.actor, at: moment)
    }

    /// Turns the codes of an account off, for somebody who lost the device.
    ///
    /// - Parameter actor: needs the permission `administer` and to see the account.
    /// - Throws: `Refusal` when it may not, or there are none.
    public func removeCodes(for login: String, by actor: Actor, at moment: Timestamp) throws {
        try office.store.read { try requireAdministrator(actor, of: login, $0) }
        try removeCodes(of: login, by: actor, at: moment)
    }

    private func removeCodes(of login: String, by actor: Actor, at moment: Timestamp) throws {
        try office.store.write { writer in
            guard var credential = try writer.credential(login: login), credential.codeSecret != nil else {
                throw Refusal(
                    RefusalReason(
                        .nothingChanged, "该账号没有启用动态码。", "The account has no one-time codes."))
            }
            credential.codeSecret = nil
            credential.codeConfirmedAt = nil
            credential.lastCodeStep = nil
            try writer.save(credential)
            try writer.replaceRecoveryCodes(login: login, digests: [])
            try log(.codeRemoved, of: login, by: actor, writer, at: moment)
        }
    }

    /// Makes new recovery codes; those of before are void. Asks for the password.
    ///
    /// - Throws: `Refusal` when the password is not right, or the account has no one-time codes.
    public func renewRecoveryCodes(
        of session: ActiveSession, password: String, at moment: Timestamp
    ) throws -> [String] {
        try proving(session, password, at: moment)
        let codes = RecoveryCode.fresh(office.randomBytes)
        return try office.store.write { writer in
            guard try own(session, writer).codeConfirmedAt != nil else {
                throw Refusal(
                    RefusalReason(
                        .nothingChanged, "该账号没有启用动态码。", "The account has no one-time codes."))
            }
            try writer.replaceRecoveryCodes(
                login: session.login, digests: codes.compactMap(RecoveryCode.digest))
            try log(.recoveryCodesMade, of: session.login, by: session.actor, writer, at: moment)
            return codes
        }
    }

    /// Forgets the failures of an account, so that it may sign in at once.
    ///
    /// - Parameter actor: needs the permission `administer` and to see the account.
    public func unlock(_ login: String, by actor: Actor, at moment: Timestamp) throws {
        try office.store.write { writer in
            try requireAdministrator(actor, of: login, writer)
            try writer.removeSignInGuard(subject: "login:" + login)
            try log(.unlocked, of: login, by: actor, writer, at: moment)
        }
    }

    // MARK: Common steps

    private func credential(
        _ password: String, of holder: Holder, at moment: Timestamp
    ) throws -> StoredCredential {
        let login = holder.actor.login
        if let objection = PasswordRules.objection(to: password, login: login, name: holder.actor.name) {
            throw Refusal(objection)
        }
        let salt = office.randomBytes(PasswordHashing.saltBytes)
        guard let hash = hashing.hash(password, salt: salt) else {
            throw StoreProblem.unavailable(reason: .failed)
        }
        return StoredCredential(
            login: login, account: holder.account, hashing: hashing.parameters, salt: salt, hash: hash,
            passwordSetAt: moment)
    }

    /// Writes a credential with a new password; codes stay as they are while the account is the same.
    private func save(_ credential: StoredCredential, _ writer: any StoreWriting) throws {
        var credential = credential
        if let old = try writer.credential(login: credential.login), old.account == credential.account {
            credential.codeSecret = old.codeSecret
            credential.codeConfirmedAt = old.codeConfirmedAt
            credential.lastCodeStep = old.lastCodeStep
        }
        try writer.save(credential)
    }

    private func own(_ session: ActiveSession, _ reader: any StoreReading) throws -> StoredCredential {
        guard let credential = try reader.credential(login: session.login),
            credential.account == session.account
        else { throw Refusal(Self.refused) }
        return credential
    }

    /// Asks whoever has a session for the password once more; failures count as those of signing in do.
    private func proving(_ session: ActiveSession, _ password: String, at moment: Timestamp) throws {
        let throttle = SignInThrottle(policy(at: moment), at: moment)
        let visitor = Visitor(
            Attempt(
                login: session.login, password: "", address: session.address, userAgent: session.userAgent))
        let (until, credential) = try office.store.write { writer in
            let until = try throttle.lock(of: visitor.subjects, writer)
            if until == nil { try throttle.count(visitor.subjects, writer) }
            return (until, try writer.credential(login: session.login))
        }
        if let until { throw Refusal(Self.locked(until, at: moment)) }
        let isRight =
            hashing.verifies(password, credential) && credential?.account == session.account
        try office.store.write { writer in
            if isRight {
                try throttle.clear(visitor.loginSubject, takingBack: visitor.addressSubject, writer)
            } else {
                try log(.refused, of: visitor, writer, at: moment)
            }
        }
        guard isRight else { throw Refusal(Self.refused) }
    }

    private func requireAdministrator(
        _ actor: Actor, of login: String, _ reader: any StoreReading
    ) throws {
        guard actor.permissions.contains(.administer), !actor.isPublic else {
            throw Refusal(
                RefusalReason(.notPermitted, "您的角色不能管理账号。", "Your role may not administer accounts."))
        }
        // Where there are no accounts, the one operator has nobody else to set its password.
        guard login != actor.login || !Accounts(office.rulebook).hasAccounts else {
            throw Refusal(
                RefusalReason(
                    .separatePersonNeeded, "任何人不得管理自己的账号；修改自己的口令和动态码请到“我的账号”。",
                    "Nobody administers the own account; change your own password and codes on the page of your account."
                ))
        }
        var overseer = Overseer(office, actor, anyOf: [.administer])
        guard try account(login, reader) != nil, try overseer.oversees(login, reader) else {
            throw Refusal(Self.unknown(login))
        }
    }

    private static let samePassword = RefusalReason(
        .passwordUnsuitable, field: "password", "新口令须与原来的不同。", "The new password must be another one.")

    private static func unknown(_ login: String) -> RefusalReason {
        RefusalReason(
            .accountUnknown, "没有登录名为“\(login)”的账号。", "There is no account with the login `\(login)`.")
    }
}
