import Expressions

/// Reading what signing in rests on.
public protocol SignInReading {
    func credential(login: String) throws -> StoredCredential?
    func session(tokenDigest: [UInt8]) throws -> StoredSession?
    /// Sessions, of one login or of all, the one used last first.
    func sessions(login: String?) throws -> [StoredSession]
    /// Lines of the sign-in log, newest first: of one login or of all, with ids below `before`.
    func signIns(login: String?, before: Int64?, limit: Int) throws -> [StoredSignIn]
    func signInGuard(subject: String) throws -> StoredSignInGuard?
}

/// Writing what signing in rests on.
public protocol SignInWriting: SignInReading {
    /// Replaces the credential of a login.
    func save(_ credential: StoredCredential) throws
    func removeCredential(login: String) throws
    /// Puts a new session on file and returns its id. Ids are never reused.
    func insert(_ session: StoredSession) throws -> Int64
    func markSeen(session id: Int64, at moment: Timestamp) throws
    /// Removes a session; true when there was one.
    func removeSession(_ id: Int64) throws -> Bool
    /// Removes the sessions of a login but one, and returns how many there were.
    func removeSessions(login: String, except id: Int64?) throws -> Int
    /// Removes sessions that were not used since a moment or began before one.
    func removeSessions(seenBefore: Timestamp, beganBefore: Timestamp) throws
    func append(_ signIn: StoredSignIn) throws
    /// Replaces what is known of a subject.
    func save(_ signInGuard: StoredSignInGuard) throws
    func removeSignInGuard(subject: String) throws
    /// Removes the guards of subjects that last failed before a moment.
    func removeSignInGuards(failedBefore moment: Timestamp) throws
}
