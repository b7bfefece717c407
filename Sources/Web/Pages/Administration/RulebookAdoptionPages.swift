import Hummingbird
import NIOCore
import Office
import Records
import Rulebooks
import Storage

/// Bringing another rulebook into force, for the system administrator: a folder is proposed, checked, compared with
/// the rulebook in force, and adopted.
extension Site {
    func addRulebookAdoption(to pages: RouterGroup<SiteContext>) {
        pages.get("/administration/rulebook") { [self] request, context in
            let actor = try actor(context, anyOf: [.adopt])
            return response(try rulebookPage(actor, request.query(), context), context)
        }
        pages.post("/administration/rulebook") { [self] request, context in
            let actor = try actor(context, anyOf: [.adopt])
            return try await propose(actor, request, context)
        }
    }

    private func rulebookPage(_ actor: Actor, _ asked: FormFields, _ context: SiteContext) throws -> Page {
        let parts = AdministrationParts(self, context)
        let desk = RulebookDesk(office, workspace: workspace)
        let jobs = try JobDesk(office).jobs([.rulebookCheck, .adoption], as: actor, limit: 20)
        let layers = (try? desk.layers()) ?? []
        let isPending = try office.store.read { reader in
            try reader.setting("rulebook").map { $0 != Array(rulebook.digest.utf8) } ?? false
        }
        var values: [String: Any] = [
            "title": text("rulebook_adoption", context), "heading": text("rulebook_adoption", context),
            "lead": renderer.text(
                "rulebook_in_force",
                ["name": rulebook.name.text(context.language), "version": rulebook.version], context.language),
            "digest": rulebook.digest, "isPending": isPending, "canPropose": !layers.isEmpty,
            "layers": layers.indices.map { index in
                [
                    "value": String(index), "selected": index == 0,
                    "label": index == 0
                        ? text("layer_base", context)
                        : renderer.text(
                            "layer_overlay", ["number": String(index), "file": layers[index]],
                            context.language),
                ] as [String: Any]
            } + [
                [
                    "value": String(layers.count), "selected": false, "label": text("layer_new", context),
                ] as [String: Any]
            ],
            "shelf": desk.shelved().map { ["value": $0, "label": $0] },
            "hasShelf": !desk.shelved().isEmpty,
        ]
        if let id = asked["job"].flatMap({ Int64($0) }),
            let (job, sort) = try? JobDesk(office).job(id, as: actor), sort == .adoption
        {
            let done = job.outcome(AdoptionOutcome.self)
            values["message"] = [
                "tone": "done",
                "text": text(done?.isInEffect == true ? "adoption_done" : "adoption_pending", context),
            ]
        }
        if !jobs.isEmpty {
            values["table"] = parts.table(
                text("rulebook_adoption", context),
                ["column_moment", "column_person", "rule_action", "column_state"],
                jobs.map { job in
                    let sort = JobSort(rawValue: job.sort)?.name.text(context.language) ?? job.sort
                    return (
                        "/jobs/\(job.id)",
                        [
                            parts.cell(parts.moment(job.queuedAt)), parts.cell(job.login),
                            parts.cell(link: "/jobs/\(job.id)", sort, note: job.subject),
                            parts.jobState(job),
                        ]
                    )
                })
        }
        return Page(template: "rulebook-adoption", values: values)
    }

    // MARK: Proposing

    private func propose(
        _ actor: Actor, _ request: Hummingbird.Request, _ context: SiteContext
    ) async throws -> Response {
        let (fields, files) = try await rulebookForm(request, context)
        let desk = RulebookDesk(office, workspace: workspace)
        let proposal: RulebookDesk.Proposal
        let subject: String
        do {
            if let name = fields.given("shelved") {
                subject = name
                proposal = try desk.proposal(
                    try desk.files(shelved: name), layer: Int(fields["layer"] ?? "") ?? 0)
            } else {
                subject = String(files.first?.path.split(separator: "/").first ?? "rulebook")
                proposal = try desk.proposal(files, layer: Int(fields["layer"] ?? "") ?? 0)
            }
        } catch RulebookDesk.Fault.tooLarge {
            throw PageProblem.tooLarge
        } catch is RulebookDesk.Fault {
            throw PageProblem.rulebookNotTaken
        } catch is WorkspaceProblem {
            throw PageProblem.rulebookNotTaken
        }
        let job = try JobDesk(office).begin(
            .rulebookCheck, subject: subject, request: proposal, by: actor)
        let folder = workspace
        machine.jobs.begin(job) { office, _ in
            try Self.json(try RulebookDesk(office, workspace: folder).check(proposal))
        }
        return Self.redirect(to: "/jobs/\(job.id)")
    }

    /// A form with the files of a folder, as browsers send one: each file's name is its path.
    private func rulebookForm(
        _ request: Hummingbird.Request, _ context: SiteContext
    ) async throws -> (FormFields, [RulebookFile]) {
        guard let type = request.headers[.contentType], let boundary = MultipartBody.boundary(of: type) else {
            return (try await form(request, context), [])
        }
        try checkSender(request, context)
        try await waitForDoor()
        let buffer: ByteBuffer
        do {
            buffer = try await request.body.collect(upTo: RulebookDesk.mostBytes)
        } catch {
            throw PageProblem.tooLarge
        }
        guard let parts = MultipartBody.parts(of: Array(buffer.readableBytesView), boundary: boundary) else {
            throw PageProblem.malformed
        }
        var fields = FormFields()
        for part in parts where part.fileName == nil {
            guard let text = String(validating: part.bytes, as: UTF8.self), !text.utf8.contains(0) else {
                throw PageProblem.malformed
            }
            fields.append(part.name, text)
        }
        try checkToken(fields, context)
        let files = parts.compactMap { part -> RulebookFile? in
            guard let path = part.fileName, !path.isEmpty, !path.split(separator: "/").contains("..") else {
                return nil
            }
            return RulebookFile(path: path, bytes: Array(part.bytes))
        }
        return (fields, files)
    }

    // MARK: What was found

    func rulebookFindings(_ job: StoredJob, _ context: SiteContext) throws -> Page {
        guard let found = job.outcome(RulebookDesk.Findings.self) else { throw PageProblem.notFound }
        let parts = AdministrationParts(self, context)
        let next = try JobDesk(office).job(following: job.id)
        func text(_ line: RulebookDesk.Findings.Line) -> String {
            context.language == .zh ? line.zh : line.en
        }
        var values: [String: Any] = [
            "title": self.text("rulebook_check", context), "heading": self.text("rulebook_check", context),
            "crumbs": [
                ["href": "/administration/rulebook", "label": self.text("rulebook_adoption", context)]
            ],
            "name": found.id.isEmpty ? job.subject : "\(text(found.name)) \(found.version)",
            "digest": found.digest, "isGood": found.isGood && next == nil,
            "tone": found.isGood ? "done" : found.isInForce ? "soon" : "late",
            "verdict": self.text(
                found.isGood ? "rulebook_good" : found.isInForce ? "rulebook_same" : "rulebook_wrong",
                context),
            "target": "/jobs/\(job.id)/confirm", "discardTarget": "/jobs/\(job.id)/discard",
            "hasChanges": !found.changes.isEmpty,
            "changesText": renderer.text(
                "rulebook_changes", ["count": String(found.changeCount)], context.language),
            "changes": found.changes.map { change in
                [
                    "text": text(change), "hasDetails": !change.details.isEmpty,
                    "details": change.details.map(text),
                ] as [String: Any]
            },
            "plan": found.plan.map(text), "hasPlan": !found.plan.isEmpty,
            "overlays": found.overlays.map(text), "hasOverlays": !found.overlays.isEmpty,
        ]
        if found.unverified > 0 {
            values["unverified"] = renderer.text(
                "rulebook_unverified", ["count": String(found.unverified)], context.language)
        }
        if let next { values["nextHref"] = "/jobs/\(next.id)" }
        if !found.problems.isEmpty {
            values["problems"] = parts.table(
                self.text("rulebook_problems", context),
                ["rulebook_place", "column_code", "column_reason"],
                found.problems.map { problem in
                    (
                        nil,
                        [
                            parts.cell(code: problem.place), parts.cell(code: problem.code),
                            parts.cell(context.language == .zh ? problem.zh : problem.en),
                        ]
                    )
                })
        }
        return Page(template: "rulebook-findings", values: values)
    }

    // MARK: Adopting

    /// What came of an adoption.
    private struct AdoptionOutcome: Codable, Sendable {
        var version: String
        var digest: String
        /// Whether this process works by it already.
        var isInEffect: Bool
    }

    func beginAdoption(_ job: StoredJob, _ actor: Actor) throws -> StoredJob {
        guard let proposal = job.requested(RulebookDesk.Proposal.self),
            let found = job.outcome(RulebookDesk.Findings.self), found.isGood
        else { throw PageProblem.malformed }
        let inForce = rulebook.digest
        let next = try JobDesk(office).begin(
            .adoption, subject: "\(found.id) \(found.version)", request: proposal, by: actor,
            follows: job.id)
        let (folder, machine, login, door) = (workspace, machine, actor.login, door)
        machine.jobs.begin(next) { office, _ in
            // Nothing decided by the old rulebook may come after the entry of the new one.
            door.close()
            let adopted: Office
            do {
                adopted = try RulebookDesk(office, workspace: folder).adopt(
                    proposal, checkedAgainst: inForce, by: login)
            } catch {
                door.open()
                throw error
            }
            return try Self.json(
                AdoptionOutcome(
                    version: adopted.rulebook.version, digest: adopted.rulebook.digest,
                    isInEffect: try machine.adopted(adopted)))
        }
        return next
    }
}
