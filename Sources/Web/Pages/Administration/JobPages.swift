import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Office
import Records
import Rulebooks
import Storage

/// Work that goes on while nobody waits: how far it is, what came of it, and what to do with that.
extension Site {
    func addJobs(to pages: RouterGroup<SiteContext>) {
        pages.get("/jobs/:id") { [self] _, context in
            let (job, sort, actor) = try job(context)
            return try jobPage(job, sort, actor, context)
        }
        pages.post("/jobs/:id/confirm") { [self] request, context in
            let (job, sort, actor) = try job(context)
            return try confirm(job, sort, actor, try await form(request, context), context)
        }
        pages.post("/jobs/:id/discard") { [self] request, context in
            let (job, sort, actor) = try job(context)
            _ = try await form(request, context)
            try JobDesk(office).discard(job.id, by: actor)
            if let order = job.requested(ImportDesk.Order.self), sort.isOwn {
                ImportDesk(office, workspace: workspace).remove(order.upload)
            }
            return Self.redirect(to: Self.home(of: sort))
        }
        pages.get("/jobs/:id/refused.csv") { [self] _, context in
            let (job, sort, _) = try job(context)
            return try refusedRows(job, sort)
        }
    }

    /// The job that an address names.
    private func job(_ context: SiteContext) throws -> (StoredJob, JobSort, Actor) {
        guard let actor = context.visitor.actor else { throw PageProblem.signInNeeded }
        guard let id = Int64(try context.parameters.require("id")) else { throw PageProblem.notFound }
        do {
            let (job, sort) = try JobDesk(office).job(id, as: actor)
            return (job, sort, actor)
        } catch is Refusal {
            throw PageProblem.notFound
        }
    }

    /// Where jobs of a sort are listed.
    static func home(of sort: JobSort) -> String {
        switch sort {
        case .importCheck, .import: "/imports"
        case .audit: "/administration/audit"
        case .backup, .backupCheck: "/administration/machine"
        case .rulebookCheck, .adoption: "/administration/rulebook"
        }
    }

    // MARK: The page

    private func jobPage(
        _ job: StoredJob, _ sort: JobSort, _ actor: Actor, _ context: SiteContext
    ) throws -> Response {
        guard job.state == .done else {
            return response(progress(job, sort, context), context)
        }
        switch sort {
        case .importCheck: return response(try importPreview(job, actor, context), context)
        case .import: return response(try importResult(job, context), context)
        case .rulebookCheck: return response(try rulebookFindings(job, context), context)
        case .audit, .backup, .backupCheck, .adoption:
            return Self.redirect(to: Self.home(of: sort) + "?job=\(job.id)")
        }
    }

    private func progress(_ job: StoredJob, _ sort: JobSort, _ context: SiteContext) -> Page {
        let parts = AdministrationParts(self, context)
        let step = machine.jobs.step(of: job.id)
        var values: [String: Any] = [
            "title": sort.name.text(context.language), "heading": sort.name.text(context.language),
            "subject": job.subject, "isUnderWay": !job.state.isOver,
            "stateText": text("job_" + job.state.rawValue, context),
            "tone": job.state == .failed || job.state == .interrupted ? "late" : "open",
            "queued": parts.moment(job.queuedAt), "began": parts.moment(job.beganAt),
            "ended": parts.moment(job.endedAt), "homeHref": Self.home(of: sort),
        ]
        if let share = step?.share { values["percent"] = String(Int(share * 100)) }
        if let count = step?.count, count > 0 {
            values["countText"] = renderer.text(
                "job_rows", ["count": Describing.grouped(Int(count))], context.language)
        }
        if let failure = job.outcome(JobFailure.self), job.state == .failed {
            values["failure"] = failure.text(context.language)
            if !failure.code.isEmpty { values["code"] = failure.code }
        }
        if job.state == .interrupted { values["failure"] = text("job_interrupted_why", context) }
        return Page(template: "job", values: values)
    }

    // MARK: Carrying on

    private func confirm(
        _ job: StoredJob, _ sort: JobSort, _ actor: Actor, _ fields: FormFields, _ context: SiteContext
    ) throws -> Response {
        guard job.state == .done else { throw PageProblem.notFound }
        do {
            let next: StoredJob
            switch sort {
            case .importCheck: next = try beginImport(job, actor, skipsBadRows: fields["mode"] == "skip")
            case .rulebookCheck: next = try beginAdoption(job, actor)
            default: throw PageProblem.notFound
            }
            return Self.redirect(to: "/jobs/\(next.id)")
        } catch let refusal as Refusal where refusal.has(.alreadyDone) {
            // Sent twice, or from two windows: both are led to the one that was begun.
            guard let next = try JobDesk(office).job(following: job.id) else { throw refusal }
            return Self.redirect(to: "/jobs/\(next.id)")
        }
    }

    private func beginImport(
        _ job: StoredJob, _ actor: Actor, skipsBadRows: Bool
    ) throws -> StoredJob {
        guard var order = job.requested(ImportDesk.Order.self), let found = job.outcome(ImportFindings.self),
            found.taken > 0, skipsBadRows || found.refused == 0
        else { throw PageProblem.malformed }
        order.skipsBadRows = skipsBadRows
        let next = try JobDesk(office).begin(
            .import, subject: job.subject, request: order, by: actor, follows: job.id)
        let (folder, login, ordered) = (workspace, actor.login, order)
        machine.jobs.begin(next) { office, steps in
            try Self.json(
                try ImportDesk(office, workspace: folder).perform(ordered, by: login, steps: steps))
        }
        return next
    }

    private func refusedRows(_ job: StoredJob, _ sort: JobSort) throws -> Response {
        guard sort.isOwn, job.state == .done, let order = job.requested(ImportDesk.Order.self),
            job.outcome(ImportFindings.self)?.hasRefusedRows == true
        else { throw PageProblem.notFound }
        let file = ImportDesk(office, workspace: workspace).refusedRows(of: order.upload)
        guard FileManager.default.isReadableFile(atPath: file.path) else { throw PageProblem.notFound }
        let body = ResponseBody { writer in
            let handle = try FileHandle(forReadingFrom: file)
            defer { try? handle.close() }
            while let piece = try handle.read(upToCount: 1 << 16), !piece.isEmpty {
                try await writer.write(ByteBuffer(bytes: Array(piece)))
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"refused-\(job.id).csv\"",
            ], body: body)
    }

    /// An outcome as its job keeps it.
    static func json(_ value: some Encodable & Sendable) throws -> String { try JobDesk.text(value) }
}
