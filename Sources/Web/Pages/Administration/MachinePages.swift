import Hummingbird
import Office
import Records
import Rulebooks
import Storage

/// What the machine is doing, and its backups, for the system administrator.
extension Site {
    func addMachine(to pages: RouterGroup<SiteContext>) {
        pages.get("/administration/machine") { [self] request, context in
            let actor = try actor(context, anyOf: [.operate])
            return response(try machine(actor, context), context)
        }
        pages.post("/administration/backups") { [self] request, context in
            let actor = try actor(context, anyOf: [.operate])
            _ = try await form(request, context)
            let job = try JobDesk(office).begin(
                .backup, subject: text("backup", context), request: "", by: actor)
            let folder = workspace
            machine.jobs.begin(job) { office, steps in
                let copy = try BackupDesk(office, workspace: folder).make {
                    steps.note(share: $0)
                }
                return try Self.json(copy)
            }
            return Self.redirect(to: "/jobs/\(job.id)")
        }
        pages.post("/administration/backups/:id/check") { [self] request, context in
            let actor = try actor(context, anyOf: [.operate])
            _ = try await form(request, context)
            guard let id = Int64(try context.parameters.require("id")),
                let (made, sort) = try? JobDesk(office).job(id, as: actor), sort == .backup,
                let copy = made.outcome(BackupDesk.Copy.self)
            else { throw PageProblem.notFound }
            let job = try JobDesk(office).begin(
                .backupCheck, subject: copy.fileName, request: copy, by: actor)
            let folder = workspace
            machine.jobs.begin(job) { office, _ in
                try Self.json(try BackupDesk(office, workspace: folder).check(copy))
            }
            return Self.redirect(to: "/jobs/\(job.id)")
        }
    }

    private func machine(_ actor: Actor, _ context: SiteContext) throws -> Page {
        let parts = AdministrationParts(self, context)
        let status = try MachineStatus(office, workspace: workspace, as: actor)
        let failures = status.clocks?.failures.map {
            "\($0.record)：\(context.language == .zh ? $0.zh : $0.en)"
        }
        var values: [String: Any] = [
            "title": text("machine", context), "heading": text("machine", context),
            "lead": renderer.text(
                "machine_since",
                ["moment": parts.moment(machine.startedAt), "length": uptime(context.language)],
                context.language),
            "tiles": machineTiles(status, parts), "facts": machineFacts(status, parts),
            "clockFacts": clockFacts(status, parts), "hasClockFailures": !(failures ?? []).isEmpty,
            "clockFailures": failures ?? [], "isPending": status.rulebookPending,
            "sizes": parts.table(
                text("machine_storage", context), ["machine_part", "machine_size", "machine_files"],
                figures: ["machine_size", "machine_files"],
                status.sizes.map { size in
                    let mark = size.isAtLeast ? "≥ " : ""
                    return (
                        nil,
                        [
                            parts.cell(text("size_" + size.part.rawValue, context)),
                            parts.cell(mark + Self.size(size.bytes)),
                            parts.cell(mark + Describing.grouped(size.files)),
                        ]
                    )
                }),
        ]
        if let backups = try backupTable(actor, parts) { values["backups"] = backups }
        return Page(template: "machine", values: values)
    }

    private func uptime(_ language: Language) -> String {
        let seconds = max(0, office.moment.seconds - machine.startedAt.seconds)
        let (days, hours, minutes) = (seconds / 86_400, seconds % 86_400 / 3_600, seconds % 3_600 / 60)
        return language == .zh
            ? "\(days) 天 \(hours) 小时 \(minutes) 分" : "\(days) days, \(hours) hours, \(minutes) minutes"
    }

    private func machineTiles(_ status: MachineStatus, _ parts: AdministrationParts) -> [[String: Any]] {
        var waiting: [String: Any] = [
            "label": parts.text("outbox_waiting"),
            "value": Describing.grouped(Int(status.outbox.waiting)),
        ]
        if let oldest = status.outbox.oldest {
            waiting["detail"] = parts.text("outbox_oldest", ["moment": parts.moment(oldest)])
        }
        var clocks: [String: Any] = [
            "label": parts.text("clocks_failed"),
            "value": Describing.grouped(status.clocks?.failureCount ?? 0),
        ]
        if (status.clocks?.failureCount ?? 0) > 0 { clocks["tone"] = "late" }
        return [
            [
                "label": parts.text("ledger_entries"),
                "value": Describing.grouped(Int(clamping: status.ledgerSize)),
            ],
            waiting,
            [
                "label": parts.text("outbox_delivered"),
                "value": Describing.grouped(Int(status.outbox.delivered)),
            ], clocks,
        ]
    }

    private func clockFacts(_ status: MachineStatus, _ parts: AdministrationParts) -> [[String: Any]] {
        var facts = [
            Self.fact(
                parts.text("clocks_last"),
                status.clocks.map { parts.moment($0.moment) } ?? parts.text("clocks_never")),
            Self.fact(parts.text("clocks_next"), parts.moment(status.nextClock)),
        ]
        if let line = status.clocks {
            facts.append(Self.fact(parts.text("clocks_fired"), Describing.grouped(line.fired)))
            if line.isBroken {
                facts.append(Self.fact(parts.text("clocks_result"), parts.text("clocks_broken")))
            }
        }
        return facts
    }

    private func machineFacts(_ status: MachineStatus, _ parts: AdministrationParts) -> [[String: Any]] {
        [
            Self.fact(
                parts.text("rulebook"), "\(rulebook.name.text(parts.language)) \(rulebook.version)"),
            Self.fact(parts.text("rulebook_digest"), String(rulebook.digest.prefix(16)) + "…"),
            Self.fact(parts.text("machine_engine"), status.engine.engine),
            Self.fact(parts.text("machine_schema"), String(status.engine.schemaVersion)),
            Self.fact(
                parts.text("machine_free"),
                "\(Self.size(status.engine.freeBytes)) / \(Self.size(status.engine.bytes))"),
            Self.fact(
                parts.text("ledger_checkpoint"),
                status.checkpoint.map { "\($0.size) · \(parts.moment($0.signedAt))" } ?? "—"),
        ]
    }

    static func fact(_ label: String, _ text: String) -> [String: Any] {
        ["label": label, "text": text, "wide": false, "none": false]
    }

    /// The copies made from here, each with what the last check of it found.
    private func backupTable(_ actor: Actor, _ parts: AdministrationParts) throws -> [String: Any]? {
        let jobs = try JobDesk(office).jobs([.backup, .backupCheck], as: actor, limit: 200)
        let checks = jobs.filter { $0.sort == JobSort.backupCheck.rawValue && $0.state == .done }
            .compactMap { job in job.outcome(BackupDesk.Check.self).map { (job, $0) } }
        let made = jobs.filter { $0.sort == JobSort.backup.rawValue }.prefix(50)
        guard !made.isEmpty else { return nil }
        return parts.table(
            parts.text("backups"),
            ["column_moment", "column_person", "file", "machine_size", "column_state", ""],
            figures: ["machine_size"],
            made.map { job in
                guard job.state == .done, let copy = job.outcome(BackupDesk.Copy.self) else {
                    return (
                        "/jobs/\(job.id)",
                        [
                            parts.cell(parts.moment(job.queuedAt)), parts.cell(job.login),
                            parts.cell(link: "/jobs/\(job.id)", "—"), parts.cell("—"), parts.jobState(job),
                            parts.cell(""),
                        ]
                    )
                }
                let check = checks.first { $0.1.fileName == copy.fileName }
                return (
                    nil,
                    [
                        parts.cell(parts.moment(job.queuedAt)), parts.cell(job.login),
                        parts.cell(copy.fileName, note: "SHA-256 " + copy.digest.prefix(16) + "…"),
                        parts.cell(Self.size(copy.bytes)), parts.checkCell(check),
                        parts.cell(actions: [
                            (parts.text("backup_check"), "/administration/backups/\(job.id)/check")
                        ]),
                    ]
                )
            })
    }
}

extension AdministrationParts {
    fileprivate func checkCell(_ check: (job: StoredJob, found: BackupDesk.Check)?) -> [String: Any] {
        guard let (job, found) = check else { return cell(state: "draft", text("backup_unchecked")) }
        if found.isGood { return cell(state: "done", text("backup_good"), note: moment(job.endedAt)) }
        let key =
            !found.isIntact ? "backup_altered" : !found.isSound ? "backup_damaged" : "backup_foreign"
        return cell(state: "late", text(key), note: moment(job.endedAt))
    }
}
