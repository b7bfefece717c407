import Hummingbird
import Ledger
import Office
import Records
import Rulebooks
import Storage

/// The comparison of ledger and records: the last one, those before, and a button for another.
extension Site {
    func addAudit(to pages: RouterGroup<SiteContext>) {
        pages.get("/administration/audit") { [self] _, context in
            let actor = try actor(context, anyOf: [.audit])
            return response(try audit(actor, context), context)
        }
        pages.post("/administration/audit") { [self] request, context in
            let actor = try actor(context, anyOf: [.audit])
            _ = try await form(request, context)
            let job = try JobDesk(office).begin(
                .audit, subject: text("audit", context), request: "", by: actor)
            let folder = workspace
            machine.jobs.begin(job) { office, _ in
                let key = try? folder.keys.verifierKey()
                let report = try Auditor(
                    office, keys: [key].compactMap(\.self), archive: folder.archive
                ).run()
                return try Self.json(AuditFindings(report))
            }
            return Self.redirect(to: "/jobs/\(job.id)")
        }
    }

    private func audit(_ actor: Actor, _ context: SiteContext) throws -> Page {
        let parts = AdministrationParts(self, context)
        let jobs = try JobDesk(office).jobs([.audit], as: actor, limit: 20)
        let (size, checkpoint) = try office.store.read { (try $0.ledgerSize(), try $0.checkpoints().last) }
        var tiles: [[String: Any]] = [
            ["label": text("ledger_entries", context), "value": Describing.grouped(Int(clamping: size))]
        ]
        if let checkpoint {
            tiles.append([
                "label": text("ledger_checkpoint", context),
                "value": Describing.grouped(Int(clamping: checkpoint.size)),
                "detail": parts.moment(checkpoint.signedAt),
            ])
        }
        var values: [String: Any] = [
            "title": text("audit", context), "heading": text("audit", context), "tiles": tiles,
            "checks": [[String: Any]](), "runAction": "/administration/audit",
            "runLabel": text("audit_run", context),
        ]
        if let last = jobs.first(where: { $0.state == .done }), let found = last.outcome(AuditFindings.self) {
            values.merge(auditValues(found, last, parts)) { _, new in new }
        } else {
            values["result"] = [
                "tone": "soon", "verdict": text("audit_never", context),
                "explanation": text("audit_never_why", context),
            ]
        }
        if !jobs.isEmpty {
            values["history"] = parts.table(
                text("audit_history", context),
                ["column_moment", "column_person", "column_state", "differences"],
                figures: ["differences"],
                jobs.map { job in
                    let found = job.outcome(AuditFindings.self)
                    return (
                        job.state == .done ? nil : "/jobs/\(job.id)",
                        [
                            parts.cell(parts.moment(job.queuedAt)), parts.cell(job.login),
                            parts.jobState(job),
                            parts.cell(found.map { Describing.grouped($0.count) } ?? "—"),
                        ]
                    )
                })
        }
        return Page(template: "audit", values: values)
    }

    private func auditValues(
        _ found: AuditFindings, _ job: StoredJob, _ parts: AdministrationParts
    ) -> [String: Any] {
        let language = parts.language
        var values: [String: Any] = [
            "result": [
                "tone": found.count == 0 ? "done" : "late",
                "verdict": parts.text(found.count == 0 ? "audit_agrees" : "audit_differs"),
                "explanation": parts.text(
                    "audit_when", ["moment": parts.moment(job.endedAt), "person": job.login]),
            ],
            "checks": [
                ("ledger_entries", Int(clamping: found.entries)),
                ("ledger_checkpoints", found.checkpoints), ("audit_records", Int(found.records)),
                ("audit_rows", Int(found.importedRows)), ("documents", found.documents),
                ("audit_cells", found.cells),
            ].map { key, count in
                [
                    "label": parts.text(key), "detail": Describing.grouped(count),
                    "state": ["tone": "done", "label": parts.text("audit_compared")],
                ] as [String: Any]
            },
        ]
        if !found.findings.isEmpty {
            values["differences"] = parts.table(
                parts.text("differences"), ["audit_subject", "audit_finding"],
                found.findings.map { finding in
                    (
                        nil,
                        [parts.cell(finding.subject), parts.cell(language == .zh ? finding.zh : finding.en)]
                    )
                })
        }
        if let root = found.root { values["root"] = root }
        return values
    }
}

/// What an audit found, as it is kept with its job.
struct AuditFindings: Codable, Sendable {
    struct Finding: Codable, Hashable, Sendable {
        var subject: String
        var zh: String
        var en: String
    }

    var entries: UInt64
    var records: Int64
    var importedRows: Int64
    var cells: Int
    var checkpoints: Int
    var documents: Int
    /// The first thousand, and how many there are.
    var findings: [Finding]
    var count: Int
    var root: String?

    init(_ report: Auditor.Report) {
        (entries, records, importedRows) = (report.entries, report.records, report.importedRows)
        (cells, checkpoints, documents) = (report.cells, report.checkpoints, report.documents)
        findings = report.findings.map {
            Finding(subject: $0.subject, zh: $0.text, en: $0.textEnglish)
        }
        count = report.findings.count + report.further
        root = report.root?.hexadecimal
    }
}
