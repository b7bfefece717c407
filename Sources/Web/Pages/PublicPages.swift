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
    }

    // MARK: Home

    private func home(_ context: SiteContext) throws -> Page {
        let language = context.language
        let sight = Sight.everybody(in: rulebook)
        let sections = try rulebook.kindOrder.compactMap(rulebook.kind).filter(sight.sees).compactMap {
            kind -> (kind: Kind, count: Int, section: [String: Any])? in
            var query = RecordQuery()
            query.sort = ("id", true)
            query.limit = 5
            guard let limited = sight.limit(query, of: kind) else { return nil }
            let records = try office.store.read { try $0.records(limited, of: kind) }
            guard !records.isEmpty else { return nil }
            let summary = try publicDesk.summary(of: kind.id) {
                try OpenData(office).summary(of: kind)
            }
            let table = try PublicTable(site: self, kind: kind, language: language).table(records)
            return (
                kind, summary.count,
                [
                    "heading": kind.name.text(language), "table": table,
                    "moreHref": "/public/\(kind.id)",
                ]
            )
        }
        // What happened comes before what is on file.
        let ordered =
            sections.filter { $0.kind.family == .matter } + sections.filter { $0.kind.family != .matter }
        let moment = RecordReading(office, language: language).moment(office.moment)
        let values: [String: Any] = [
            "title": text("public_site", context), "heading": text("public_site", context),
            "lead": renderer.text("public_as_of", ["moment": moment], language),
            "searchTarget": "/public/search",
            "query": "", "queryHint": text("public_search_hint", context), "verifyHref": "/verify",
            "dataHref": "/open-data", "receiptHref": "/receipt", "verifyFigureHref": "/verify/figure",
            "filings": FilingService(office).kinds.compactMap { kind -> [String: Any]? in
                guard let filing = kind.filing else { return nil }
                return ["href": "/file/\(kind.id)", "label": filing.name.text(language)]
            },
            "tiles": ordered.map { entry in
                [
                    "label": entry.kind.name.text(language), "value": Describing.grouped(entry.count),
                    "href": "/public/\(entry.kind.id)",
                ]
            },
            "sections": ordered.map(\.section), "hasSections": !ordered.isEmpty,
            "emptyText": text("public_none", context),
        ]
        return Page(template: "public-home", values: values)
    }

    private func publicRecord(_ found: FoundRecord, _ sight: Sight, _ context: SiteContext) throws -> Page {
        let language = context.language
        let title = RecordReading(office, language: language, sight: sight)
            .title(of: found.record, kind: found.kind)
        let facts = try publicFacts(found, sight, language)
        var values: [String: Any] = [
            "title": title,
            "crumbs": [
                ["href": "/", "label": text("public_site", context)],
                ["href": "/public/\(found.kind.id)", "label": found.kind.name.text(language)],
            ],
            "kindName": found.kind.name.text(language), "number": found.record.number, "heading": title,
            "state": Describing(self, language).state(of: found.record, kind: found.kind),
            "factGroups": [["facts": facts]],
        ]
        values["under"] = rulebook.regions.fullName(found.record.region)?.text(language)
        return Page(template: "public-record", values: values)
    }
}
