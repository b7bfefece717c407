import Hummingbird
import Office
import Records
import Rulebooks
import Storage

/// Importing: a file is chosen, checked row by row, and then taken in as it was checked.
extension Site {
    func addImports(to pages: RouterGroup<SiteContext>) {
        pages.get("/imports") { [self] _, context in
            let actor = try actor(context, anyOf: [.import])
            return response(try importList(actor, context), context)
        }
        pages.get("/records/:kind/import") { [self] _, context in
            let (kind, actor) = try importedKind(context)
            return response(try importForm(kind, actor, context), context)
        }
        pages.post("/records/:kind/import") { [self] request, context in
            let (kind, actor) = try importedKind(context)
            return try await receive(kind, actor, request, context)
        }
        pages.get("/records/:kind/import/template.csv") { [self] _, context in
            let (kind, _) = try importedKind(context)
            return Self.emptyTable(of: kind, context.language)
        }
    }

    /// A kind of which the visitor may import records.
    private func importedKind(_ context: SiteContext) throws -> (Kind, Actor) {
        let actor = try actor(context, anyOf: [.import])
        let id = try context.parameters.require("kind")
        guard let kind = rulebook.kind(id) else { throw PageProblem.notFound }
        let own = ImportDesk(office, workspace: workspace).kinds(for: actor)
        guard own.contains(where: { $0.id == kind.id }) else { throw PageProblem.forbidden }
        return (kind, actor)
    }

    // MARK: Choosing

    private func importList(_ actor: Actor, _ context: SiteContext) throws -> Page {
        let parts = AdministrationParts(self, context)
        let language = context.language
        let jobs = try JobDesk(office).jobs([.importCheck, .import], as: actor, limit: 100)
        let carriedOn = Set(jobs.compactMap(\.follows))
        let rows = jobs.filter { !carriedOn.contains($0.id) }.map { job -> (String?, [[String: Any]]) in
            let found = job.outcome(ImportFindings.self)
            let kind = job.requested(ImportDesk.Order.self).flatMap { rulebook.kind($0.kind) }
            let count = found.map { Describing.grouped(Int($0.taken)) } ?? "—"
            return (
                "/jobs/\(job.id)",
                [
                    parts.cell(parts.moment(job.queuedAt)),
                    parts.cell(link: "/jobs/\(job.id)", job.subject, note: kind?.name.text(language)),
                    parts.jobState(job), parts.cell(count),
                    parts.cell(found.map { Describing.grouped(Int($0.refused)) } ?? "—"),
                ]
            )
        }
        var values: [String: Any] = [
            "title": text("imports", context), "heading": text("imports", context),
            "lead": text("imports_lead", context),
            "kinds": ImportDesk(office, workspace: workspace).kinds(for: actor).map {
                ["href": "/records/\($0.id)/import", "label": $0.name.text(language)]
            },
        ]
        if !rows.isEmpty {
            values["table"] = parts.table(
                text("imports", context),
                ["column_moment", "file", "column_state", "import_accepted", "import_refused"],
                figures: ["import_accepted", "import_refused"], rows)
        }
        return Page(template: "imports", values: values)
    }

    private func importForm(_ kind: Kind, _ actor: Actor, _ context: SiteContext) throws -> Page {
        let language = context.language
        let name = kind.name.text(language)
        let maps = ImportDesk(office, workspace: workspace).maps(of: kind)
        let fields = kind.fields.filter { $0.derivation == nil }
        return Page(
            template: "import-form",
            values: [
                "title": renderer.text("import_kind", ["kind": name], language),
                "heading": renderer.text("import_kind", ["kind": name], language),
                "crumbs": [
                    ["href": "/imports", "label": text("imports", context)]
                ],
                "target": "/records/\(kind.id)/import", "accept": ".csv,.txt,text/csv",
                "limitText": renderer.text(
                    "import_limit", ["size": Self.size(settings.largestImport)], language),
                "templateHref": "/records/\(kind.id)/import/template.csv", "hasMaps": !maps.isEmpty,
                "maps": maps.map { ["value": $0.id, "label": $0.name.text(language)] },
                "columns": fields.map { field -> [String: Any] in
                    var column: [String: Any] = [
                        "label": field.name.text(language),
                        "required": field.required && field.defaultValue == nil,
                        "typeText": typeWord(of: field, language),
                    ]
                    column["help"] = field.help?.text(language)
                    return column
                },
            ])
    }

    private func typeWord(of field: Field, _ language: Language) -> String {
        func word(_ key: String) -> String { renderer.text(key, language) }
        switch field.type {
        case .text: return word("type_text")
        case .integer: return word("type_integer")
        case .decimal: return word("type_decimal")
        case .money: return word("type_money")
        case .boolean: return word("type_boolean")
        case .date: return word("type_date")
        case .moment: return word("type_moment")
        case .code: return word("type_code")
        case .region: return word("type_region")
        case .party: return word("type_party")
        case .person: return word("type_person")
        case .reference: return word("type_reference")
        case .geo: return word("type_geo")
        case .files: return word("type_files")
        case .table: return word("type_table")
        }
    }

    /// A file with the headings and nothing below them, as spreadsheets open it.
    private static func emptyTable(of kind: Kind, _ language: Language) -> Response {
        let names = kind.fields.filter { field in
            if case .files = field.type { return false }
            if case .table = field.type { return false }
            return field.derivation == nil
        }.map { $0.name.text(language) }
        // Names hold no quotation marks; a comma may stand in an English one.
        let line = names.map { $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: ",") + "\r\n"
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"\(kind.id).csv\"",
            ], body: .init(byteBuffer: .init(bytes: [0xEF, 0xBB, 0xBF] + Array(line.utf8))))
    }

    /// A size as people read it.
    static func size(_ bytes: Int64) -> String {
        let units = ["B", "KB", "MB", "GB", "TB"]
        var (value, unit) = (Double(bytes), 0)
        while value >= 1_024, unit < units.count - 1 {
            value /= 1_024
            unit += 1
        }
        let tenths = Int((value * 10).rounded())
        return (unit == 0 || tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)") + " "
            + units[unit]
    }

    // MARK: Receiving

    private func receive(
        _ kind: Kind, _ actor: Actor, _ request: Hummingbird.Request, _ context: SiteContext
    ) async throws -> Response {
        let sent = try await importUpload(request, context)
        let desk = ImportDesk(office, workspace: workspace)
        do {
            let map = sent.fields.given("map")
            if let map, !desk.maps(of: kind).contains(where: { $0.id == map }) {
                throw PageProblem.malformed
            }
            let order = ImportDesk.Order(
                kind: kind.id, map: map, fileName: sent.fileName, upload: sent.upload, digest: sent.digest,
                bytes: sent.bytes)
            let job = try JobDesk(office).begin(
                .importCheck, subject: sent.fileName, request: order, by: actor)
            let (folder, login) = (workspace, actor.login)
            machine.jobs.begin(job) { office, steps in
                try Self.json(
                    try ImportDesk(office, workspace: folder).check(order, by: login, steps: steps))
            }
            return Self.redirect(to: "/jobs/\(job.id)")
        } catch {
            desk.remove(sent.upload)
            throw error
        }
    }
}
