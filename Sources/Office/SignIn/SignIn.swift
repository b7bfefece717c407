import Expressions
import Records
import Rulebooks
import Storage

/// Lets people in: passwords, one-time codes, sessions and the log of both.
///
/// All of it is operational state beside the records; nothing here enters the ledger. Hashing a password takes
/// a good part of a second and 32 MiB: callers keep it off threads that others wait for, and bound how many
/// they run at once. Every call is told the moment.
public struct SignIn: Sendable {
    let office: Office
    let hashing: PasswordHashing

    /// - Parameter hashing: the parameters of new hashes; tests take cheaper ones.
    public init(_ office: Office, hashing: PasswordHashing = .standard) {
        self.office = office
        self.hashing = hashing
    }

    /// What somebody gives to be let in.
    public struct Attempt: Sendable {
        public var login: String
        public var password: String
        /// The one-time code, when there is one.
        public var code: String?
        /// The network address it came from; empty when it came from none.
        public var address: String
        /// What the browser calls itself.
        public var userAgent: String

        public init(
            login: String, password: String, code: String? = nil, address: String, userAgent: String = ""
        ) {
            self.login = login
            self.password = password
            self.code = code
            self.address = address
            self.userAgent = userAgent
        }
    }

    /// What came of an attempt that was not refused.
    public enum Outcome: Sendable {
        /// Let in. The token goes to the browser and is kept nowhere else.
        case signedIn(token: String, ActiveSession)
        /// The password is right, and the account wants a one-time code with it.
        case codeNeeded
    }

    /// The thresholds in force at a moment.
    public func policy(at moment: Timestamp) -> SignInPolicy {
        SignInPolicy(office.rulebook, on: office.time.day(of: moment))
    }

    /// Lets somebody in, or not.
    ///
    /// An unknown login, an account that is not active, one without a password, a wrong password and a wrong
    /// code get the same answer after the same work. Every attempt is counted before the password is looked
    /// at, so that guesses made at once are counted as well.
    ///
    /// - Parameter token: of the session that the browser had before; it ends.
    /// - Throws: `Refusal` with `signInRefused` or `signInLocked`; `StoreProblem`.
    public func signIn(
        _ attempt: Attempt, replacing token: String? = nil, at moment: Timestamp
    ) throws -> Outcome {
        let visitor = Visitor(attempt)
        let throttle = SignInThrottle(policy(at: moment), at: moment)
        switch try office.store.write({ try admit(visitor, throttle, $0, at: moment) }) {
        case .locked(let until): throw Refusal(Self.locked(until, at: moment))
        case .admitted(let credential):
            let isRight = hashing.verifies(attempt.password, credential)
            let renewed = isRight ? renewed(credential, attempt.password) : nil
            let decision = try office.store.write { writer in
                try decide(
                    visitor, isRight ? credential : nil, renewed: renewed, replacing: token, throttle, writer,
                    at: moment)
            }
            guard let decision else { throw Refusal(Self.refused) }
            return decision
        }
    }

    // MARK: Before the password is looked at

    private enum Admission {
        case locked(until: Timestamp)
        case admitted(StoredCredential?)
    }

    private func admit(
        _ visitor: Visitor, _ throttle: SignInThrottle, _ writer: any StoreWriting, at moment: Timestamp
    ) throws -> Admission {
        if let until = try throttle.lock(of: visitor.subjects, writer) {
            try log(.locked, of: visitor, writer, at: moment)
            return .locked(until: until)
        }
        try throttle.count(visitor.subjects, writer)
        let holder = try holder(visitor.login, reader: writer)
        let credential = try writer.credential(login: visitor.login)
        // A password of an account whose login somebody else has by now is nobody's.
        return .admitted(credential?.account == holder?.account ? credential : nil)
    }

    /// A credential with a hash by the present parameters, when its own is by weaker ones.
    private func renewed(_ credential: StoredCredential?, _ password: String) -> StoredCredential? {
        guard var credential, credential.hashing != hashing.parameters else { return nil }
        func cost(_ hashing: StoredCredential.Hashing) -> Int64 {
            hashing.rounds * hashing.blockSize * hashing.parallelism
        }
        guard cost(credential.hashing) < cost(hashing.parameters) else { return nil }
        let salt = office.randomBytes(PasswordHashing.saltBytes)
        guard let hash = hashing.hash(password, salt: salt) else { return nil }
        (credential.salt, credential.hash, credential.hashing) = (salt, hash, hashing.parameters)
        return credential
    }

    // MARK: After the password was looked at

    /// - Parameter proven: the credential whose password was given; nil when it was not.
    /// - Returns: nil when the attempt is refused.
    private func decide(
        _ visitor: Visitor, _ proven: StoredCredential?, renewed: StoredCredential?, replacing token: String?,
        _ throttle: SignInThrottle, _ writer: any StoreWriting, at moment: Timestamp
    ) throws -> Outcome? {
        guard let proven, let holder = try holder(visitor.login, reader: writer),
            var credential = try writer.credential(login: visitor.login), credential.hash == proven.hash,
            credential.account == holder.account
        else {
            try log(.refused, of: visitor, writer, at: moment)
            return nil
        }
        if let secret = credential.codeSecret, credential.codeConfirmedAt != nil {
            guard let code = visitor.code else {
                try throttle.takeBack(visitor.subjects, writer)
                try log(.codeNeeded, of: visitor, writer, at: moment)
                return .codeNeeded
            }
            let last = credential.lastCodeStep
            if let step = OneTimeCode(secret: secret).step(of: code, at: moment, after: last) {
                credential.lastCodeStep = step
                try writer.save(credential)
            } else if try RecoveryCode.take(code, of: visitor.login, writer) {
                try log(.recoveryCodeUsed, of: visitor, writer, at: moment)
            } else {
                try log(.refused, of: visitor, writer, at: moment)
                return nil
            }
        }
        if let renewed {
            (credential.salt, credential.hash) = (renewed.salt, renewed.hash)
            credential.hashing = renewed.hashing
            try writer.save(credential)
        }
        try throttle.clear(visitor.loginSubject, takingBack: visitor.addressSubject, writer)
        if let token { _ = try remove(token, writer) }
        return try begin(visitor, holder, mustChange: credential.mustChange, writer, at: moment)
    }

    private func begin(
        _ visitor: Visitor, _ holder: Holder, mustChange: Bool, _ writer: any StoreWriting,
        at moment: Timestamp
    ) throws -> Outcome {
        let policy = policy(at: moment)
        try writer.removeSessions(
            seenBefore: moment.plus(-policy.idleMinutes * 60),
            beganBefore: moment.plus(-policy.absoluteHours * 3_600))
        let token = office.randomBytes(ActiveSession.tokenBytes)
        var stored = StoredSession(
            tokenDigest: Secrets.digest(token), login: holder.actor.login, account: holder.account,
            beganAt: moment, seenAt: moment, address: visitor.address, userAgent: visitor.userAgent,
            mustChange: mustChange)
        stored.id = try writer.insert(stored)
        try log(.signedIn, of: visitor, writer, at: moment)
        return .signedIn(
            token: Secrets.text(token),
            ActiveSession(stored, token: token, actor: holder.actor, policy: policy))
    }

    // MARK: Who

    /// An account that may sign in.
    struct Holder {
        /// The id of the account's record; 0 where the rulebook has no accounts.
        let account: Int64
        let actor: Actor
    }

    /// Who a login stands for; nil when it is unknown or not active.
    func holder(_ login: String, reader: any StoreReading) throws -> Holder? {
        guard let kind = office.rulebook.kind(Accounts.kindID) else {
            guard login == Accounts.operatorLogin else { return nil }
            let actor = try Accounts(office.rulebook).actor(.account(login), reader: reader)
            return Holder(account: 0, actor: actor)
        }
        guard let record = try reader.record(kind, key: [.string(login)]) else { return nil }
        do {
            let actor = try Accounts(office.rulebook).actor(.account(login), reader: reader)
            return Holder(account: record.id, actor: actor)
        } catch is Refusal {
            return nil
        }
    }

    // MARK: Refusals

    static let refused = RefusalReason(
        .signInRefused, "登录名、口令或动态码不正确。", "The login, the password or the one-time code is not right.")

    static func locked(_ until: Timestamp, at moment: Timestamp) -> RefusalReason {
        let minutes = max(1, (until.seconds - moment.seconds + 59) / 60)
        return RefusalReason(
            .signInLocked, "失败次数过多，请 \(minutes) 分钟后再试。",
            "Too many failures; try again in \(minutes) minute\(minutes == 1 ? "" : "s").")
    }
}
