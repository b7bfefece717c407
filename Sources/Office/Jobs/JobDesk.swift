import Expressions
import Foundation
import Records
import Storage

/// Keeps jobs: who asked for what, where it stands, and what came of it.
///
/// Jobs are operational state beside the records. What a job changes goes through the door and has an entry in the
/// ledger like everything else.
public struct JobDesk: Sendable {
    let office: Office

    public init(_ office: Office) { self.office = office }

    /// So many jobs of one person may wait or run at a time.
    static let mostAtOnce = 5

    /// Puts a job on file, to be begun by a `JobRunner`.
    ///
    /// - Parameters:
    ///   - subject: what it concerns, as people call it.
    ///   - request: what is asked; encoded as JSON.
    ///   - follows: a job whose outcome it carries on.
    /// - Throws: `Refusal`: not permitted, too many at once, or `alreadyDone` when another follows the same job.
    public func begin(
        _ sort: JobSort, subject: String, request: some Encodable, by actor: Actor, follows: Int64? = nil
    ) throws -> StoredJob {
        try require(sort, actor)
        var job = StoredJob(
            sort: sort.rawValue, login: actor.login, subject: String(subject.prefix(200)),
            request: try JobJSON.text(request), queuedAt: office.moment, follows: follows)
        return try office.store.write { writer in
            let own = try writer.jobs(
                sorts: JobSort.allCases.map(\.rawValue), login: actor.login, before: nil, limit: 50)
            guard own.count(where: { !$0.state.isOver }) < Self.mostAtOnce else {
                throw Refusal(
                    RefusalReason(
                        .alreadyDone, "您已有 \(Self.mostAtOnce) 项后台工作在进行，请等其中一项结束。",
                        "\(Self.mostAtOnce) jobs of yours are under way; wait until one has ended."))
            }
            guard let id = try writer.insert(job) else {
                throw Refusal(
                    RefusalReason(
                        .alreadyDone, "该结果已被办理过，没有重复办理。",
                        "The outcome was carried on already; nothing was done twice."))
            }
            job.id = id
            return job
        }
    }

    /// A job that the actor may see.
    ///
    /// - Throws: `Refusal` with `recordNotFound`, also for one that the actor may not know of.
    public func job(_ id: Int64, as actor: Actor) throws -> (job: StoredJob, sort: JobSort) {
        guard let job = try office.store.read({ try $0.job(id) }), let sort = JobSort(rawValue: job.sort),
            actor.permissions.contains(sort.permission), !sort.isOwn || job.login == actor.login
        else { throw Refusal(Self.notFound) }
        return (job, sort)
    }

    /// Jobs of some sorts that the actor may see, newest first.
    public func jobs(
        _ sorts: Set<JobSort>, as actor: Actor, before: Int64? = nil, limit: Int = 50
    ) throws -> [StoredJob] {
        let seen = sorts.filter { actor.permissions.contains($0.permission) }
        let login = seen.contains { $0.isOwn } ? actor.login : nil
        return try office.store.read {
            try $0.jobs(
                sorts: seen.map(\.rawValue).sorted(), login: login, before: before,
                limit: min(max(0, limit), 1_000))
        }
    }

    /// The job that carries one on.
    public func job(following id: Int64) throws -> StoredJob? {
        try office.store.read { try $0.job(following: id) }
    }

    /// Gives up what a job found, so that nothing more can come of it.
    public func discard(_ id: Int64, by actor: Actor) throws {
        var (job, _) = try job(id, as: actor)
        guard job.state.isOver else {
            throw Refusal(
                RefusalReason(.alreadyDone, "这项工作还在进行，不能放弃。", "The job is still under way."))
        }
        job.state = .discarded
        try office.store.write { [job] in try $0.save(job) }
    }

    /// Marks what was under way when the process ended; to be called before any job is begun.
    public func recover() throws {
        try office.store.write { writer in
            let jobs = try writer.jobs(
                sorts: JobSort.allCases.map(\.rawValue), login: nil, before: nil, limit: 1_000)
            for var job in jobs where !job.state.isOver {
                job.state = .interrupted
                job.endedAt = office.moment
                try writer.save(job)
            }
        }
    }

    private func require(_ sort: JobSort, _ actor: Actor) throws(Refusal) {
        guard actor.permissions.contains(sort.permission), !actor.isPublic else {
            throw Refusal(
                RefusalReason(
                    .notPermitted, "您的角色不能办理：\(sort.name.zh)。", "Your role may not do this: \(sort.name.en).")
            )
        }
    }

    private static let notFound = RefusalReason(
        .recordNotFound, "没有这项后台工作，或者它不属于您。", "There is no such job, or it is not yours.")
}

extension JobDesk {
    /// A request or an outcome as it is kept.
    public static func text(_ value: some Encodable) throws -> String { try JobJSON.text(value) }
}

/// Requests and outcomes of jobs as texts.
enum JobJSON {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

extension StoredJob {
    /// What was asked, or what came of it; nil when it cannot be read as such.
    public func requested<Value: Decodable>(_ type: Value.Type) -> Value? { Self.decoded(request) }
    public func outcome<Value: Decodable>(_ type: Value.Type) -> Value? { Self.decoded(result) }

    private static func decoded<Value: Decodable>(_ text: String) -> Value? {
        try? JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }
}
