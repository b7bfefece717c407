import Expressions

/// Reading what administering rests on.
public protocol AdministrationReading {
    func job(_ id: Int64) throws -> StoredJob?
    /// Jobs newest first: of some sorts, of one login or of all, with ids below `before`.
    func jobs(sorts: [String], login: String?, before: Int64?, limit: Int) throws -> [StoredJob]
    /// The job that carries another on.
    func job(following id: Int64) throws -> StoredJob?
    func signIns(_ query: LogQuery) throws -> [StoredSignIn]
    func denials(_ query: LogQuery) throws -> [StoredDenial]
    /// Entries of the ledger that match, newest first, and the position down to which was looked.
    func entries(_ query: EntryQuery) throws -> (entries: [StoredEntry], lookedDownTo: UInt64)
    func outboxStatus() throws -> OutboxStatus
    func engineStatus() throws -> EngineStatus
    /// How many recovery codes an account has left.
    func recoveryCodeCount(login: String) throws -> Int
}

/// Writing what administering rests on.
public protocol AdministrationWriting: AdministrationReading {
    /// Puts a new job on file and returns its id; nil when another follows the same one already.
    func insert(_ job: StoredJob) throws -> Int64?
    /// Replaces state, moments and result of a job.
    func save(_ job: StoredJob) throws
    /// Removes jobs of some sorts that ended before a moment.
    func removeJobs(sorts: [String], endedBefore moment: Timestamp) throws
    func append(_ denials: [StoredDenial]) throws
    /// Removes lines of the sign-in log, and of refusals, from before a moment; returns how many.
    func removeSignIns(before moment: Timestamp) throws -> Int
    func removeDenials(before moment: Timestamp) throws -> Int
    /// Replaces the recovery codes of an account by codes with these digests.
    func replaceRecoveryCodes(login: String, digests: [[UInt8]]) throws
    /// Removes a recovery code; true when there was one.
    func removeRecoveryCode(login: String, digest: [UInt8]) throws -> Bool
    /// Lifts the limit of a session that could do nothing but change the password.
    func markChanged(session id: Int64) throws
}
