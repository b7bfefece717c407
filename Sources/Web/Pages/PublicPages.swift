import Expressions
import HTTPTypes
import Hummingbird
import Ledger
import Office
import Records
import Rulebooks
import Storage

extension Site {
    func addPublic(to pages: RouterGroup<SiteContext>) {
        pages.get("/") { [self] _, context in
            if context.visitor.isSignedIn { return Self.redirect(to: "/desk") }
            return response(try home(context), context)
        }
        pages.get("/public/:kind/:number") { [self] _, context in
            let sight = Sight.everybody(in: rulebook)
            let kind = try self.kind(context.parameters.require("kind"), sight)
            let found = try find(kind, context.parameters.require("number"), sight)
            return response(try publicRecord(found, sight, context), context)
        }
        pages.get("/verify") { [self] request, context in
            if let wait = formLimiter.note(
                "verify " + sender(of: request, context), at: office.moment.seconds)
            {
                throw PageProblem.tooMany(retryAfterSeconds: wait)
            }
            return response(try verify(request.query()["code"] ?? "", context), context)
        }
    }

    // MARK: Home

    private func home(_ context: SiteContext) throws -> Page {
        let language = context.language
        let sight = Sight.everybody(in: rulebook)
        let sections = try rulebook.kindOrder.compactMap(rulebook.kind).filter(sight.sees).compactMap {
            kind -> (count: Int, section: [String: Any])? in
            var query = RecordQuery()
            query.sort = ("id", true)
            query.limit = 10
            guard let limited = sight.limit(query, of: kind) else { return nil }
            let (records, count) = try office.store.read {
                (try $0.records(limited, of: kind), try $0.count(limited, of: kind))
            }
            guard !records.isEmpty else { return nil }
            let list = RecordList(site: self, kind: kind, sight: sight, language: language)
            let table: [String: Any] = [
                "caption": kind.name.text(language),
                "columns": ["column_title", "column_kind", "column_state", "column_region"].map {
                    ["heading": text($0, context), "figure": false] as [String: Any]
                }, "rows": records.map { list.resultRow($0, isPublic: true) },
            ]
            return (count, ["heading": kind.name.text(language), "table": table])
        }
        let moment = RecordReading(office, language: language).moment(office.moment)
        var values: [String: Any] = [
            "title": text("public_site", context), "heading": text("public_site", context),
            "lead": renderer.text("public_as_of", ["moment": moment], language), "searchTarget": "/search",
            "query": "", "queryHint": text("search_hint", context), "verifyHref": "/verify",
            "tiles": sections.map { entry in
                ["label": entry.section["heading"] ?? "", "value": Describing.grouped(entry.count)]
            },
            "sections": sections.dropFirst().map(\.section), "listedEmptyText": text("public_none", context),
            "listedHeading": sections.first?.section["heading"] ?? text("published_results", context),
        ]
        values["listed"] = sections.first?.section["table"]
        return Page(template: "public-home", values: values)
    }

    private func publicRecord(_ found: FoundRecord, _ sight: Sight, _ context: SiteContext) throws -> Page {
        let language = context.language
        let reading = RecordReading(office, language: language, sight: sight)
        let fields = try office.store.read { try reading.fields(of: found, reader: $0) }
        let title = reading.title(of: found.record, kind: found.kind)
        let facts = fields.map { shown -> [String: Any] in
            [
                "label": shown.field.name.text(language), "wide": shown.text.count > 40, "none": false,
                "text": shown.text,
            ]
        }
        var values: [String: Any] = [
            "title": title, "crumbs": [["href": "/", "label": text("public_site", context)]],
            "kindName": found.kind.name.text(language), "number": found.record.number, "heading": title,
            "state": Describing(self, language).state(of: found.record, kind: found.kind),
            "factGroups": [["facts": facts]],
        ]
        values["under"] = rulebook.regions.fullName(found.record.region)?.text(language)
        return Page(template: "public-record", values: values)
    }

    // MARK: Verification

    /// Says whether a document was issued, and whether the ledger holds the digest of its text.
    private func verify(_ asked: String, _ context: SiteContext) throws -> Page {
        let language = context.language
        let code = String(asked.prefix(200)).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        var values: [String: Any] = [
            "title": text("verify_document", context), "target": "/verify", "code": code,
        ]
        guard !code.isEmpty else { return Page(template: "verify", values: values) }
        let found = try office.store.read {
            reader -> (document: StoredDocument, record: Record, isProven: Bool)? in
            guard let document = try reader.document(number: code), let kind = rulebook.kind(document.kind),
                let record = try reader.record(kind, id: document.record)
            else { return nil }
            return (document, record, try DocumentProof(office).holds(document, reader: reader))
        }
        guard let found else {
            values["result"] = [
                "tone": "late", "verdict": text("verify_unknown", context),
                "explanation": text("verify_unknown_why", context), "hasFacts": false,
            ]
            return Page(template: "verify", values: values)
        }
        let tone = !found.isProven ? "late" : found.record.voided ? "soon" : "done"
        let verdict =
            !found.isProven ? "verify_altered" : found.record.voided ? "verify_withdrawn" : "verify_genuine"
        let template = rulebook.documents[found.document.document]
        let day = Describing(self, language).day(office.time.day(of: found.document.issuedAt))
        values["result"] = [
            "tone": tone, "verdict": text(verdict, context), "explanation": text(verdict + "_why", context),
            "hasFacts": true,
            "facts": [
                fact("document_kind", template?.name.text(language) ?? found.document.document, context),
                fact("document_number", found.document.number, context), fact("document_date", day, context),
                fact(
                    "document_region", rulebook.regions.fullName(found.record.region)?.text(language) ?? "",
                    context),
            ],
        ]
        return Page(template: "verify", values: values)
    }

    private func fact(_ key: String, _ value: String, _ context: SiteContext) -> [String: Any] {
        ["label": text(key, context), "wide": false, "none": false, "text": value]
    }
}
