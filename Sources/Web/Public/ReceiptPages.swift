import Hummingbird
import Office
import Records
import Rulebooks

/// Following by receipt what was filed without an account. The code goes by POST, so that it stands in no address,
/// no history and no log.
extension Site {
    func addReceipts(to pages: RouterGroup<SiteContext>) {
        pages.get("/receipt") { [self] _, context in response(receiptForm(context), context) }
        pages.post("/receipt") { [self] request, context in
            let fields = try await form(request, context)
            let limit = publicDesk.receiptLimiter.note(
                sender(of: request, context), at: publicDesk.second)
            if let wait = limit { throw PageProblem.tooMany(retryAfterSeconds: wait) }
            // A code that cannot be one is told apart from one that is unknown in nothing.
            guard let code = ReceiptCode(fields["code"] ?? ""),
                let found = try FilingService(office).follow(code)
            else {
                var page = receiptForm(context)
                page.values["unknown"] = true
                page.status = .notFound
                return response(page, context)
            }
            return response(followed(found, context), context)
        }
    }

    private func receiptForm(_ context: SiteContext) -> Page {
        Page(
            template: "receipt",
            values: [
                "title": text("receipt_follow", context), "heading": text("receipt_follow", context),
                "crumbs": [["href": "/", "label": text("public_site", context)]], "target": "/receipt",
                "csrf": context.visitor.formToken, "unknown": false,
            ])
    }

    private func followed(_ found: FollowedFiling, _ context: SiteContext) -> Page {
        let language = context.language
        let describing = Describing(self, language)
        let record = FoundRecord(kind: found.kind, record: found.record)
        let reading = RecordReading(office, language: language)
        let parts = RecordParts(
            site: self, found: record, sight: .everybody(in: rulebook), context: context)
        let facts = found.kind.fields.enumerated().compactMap { index, field -> [String: Any]? in
            guard let value = found.record.value(field.id, in: found.kind), value != .null else { return nil }
            let text = reading.text(of: value, field: field)
            return [
                "label": field.name.text(language), "wide": text.count > 40, "none": false, "text": text,
            ]
        }
        let documents = found.documents.map { document -> [String: Any] in
            let name = rulebook.documents[document.document]?.name.text(language) ?? document.document
            let text = language == .zh ? document.text : document.textEnglish
            let date = describing.day(office.time.day(of: document.issuedAt))
            let sheet = DocumentSheet(
                text, name: name, number: document.number, date: date, language: language)
            var values: [String: Any] = [
                "name": name, "number": document.number, "date": date, "blocks": sheet.blocks.map(\.values),
                "verifyHref": "/verify?code=" + FormFields.encoded(document.number),
            ]
            values["addressee"] = sheet.addressee
            values["signature"] = sheet.agency
            return values
        }
        let clocks = found.record.clocks.compactMap { clock -> [String: Any]? in
            guard let shown = describing.clock(clock, of: found.record, kind: found.kind) else { return nil }
            return [
                "name": found.kind.clock(clock.clock)?.name.text(language) ?? clock.clock, "clock": shown,
            ]
        }
        var values: [String: Any] = [
            "title": found.record.number, "heading": found.record.number,
            "kindName": found.kind.name.text(language), "number": found.record.number,
            "crumbs": [
                ["href": "/", "label": text("public_site", context)],
                ["href": "/receipt", "label": text("receipt_follow", context)],
            ],
            "state": describing.state(of: found.record, kind: found.kind), "lifecycle": parts.lifecycle(),
            "filedText": renderer.text("receipt_filed", ["moment": reading.moment(found.filedAt)], language),
            "hasClocks": !clocks.isEmpty, "clocks": clocks, "facts": facts, "hasFacts": !facts.isEmpty,
            "documents": documents, "hasDocuments": !documents.isEmpty,
            "privateText": text("receipt_private", context),
        ]
        values["under"] = rulebook.regions.fullName(found.record.region)?.text(language)
        return Page(template: "receipt-found", values: values)
    }
}
