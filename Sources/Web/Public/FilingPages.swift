import HTTPTypes
import Hummingbird
import Office
import Records
import Rulebooks

/// Filing by the public: `/file/KIND`, for every kind with a `filing`.
extension Site {
    /// The most that a form of the public may hold, photographs included.
    private static let filingLimit = 24 << 20

    func addFiling(to pages: RouterGroup<SiteContext>) {
        pages.get("/file/:kind") { [self] request, context in
            let (kind, filing) = try filedKind(context)
            let asked = try request.query()
            let sent =
                asked.pairs.contains { filing.fields.contains($0.name) } ? SentForm(fields: asked) : nil
            return try filingForm(kind, filing, sent, context)
        }
        pages.post("/file/:kind") { [self] request, context in
            let (kind, filing) = try filedKind(context)
            let sender = self.sender(of: request, context)
            let sent = try await sentForm(request, context, upTo: Self.filingLimit) { fields, files in
                try checkBeforeKeeping(fields, files, kind, filing, sender)
            }
            return try await take(sent, kind, filing, sender, context)
        }
    }

    private func filedKind(_ context: SiteContext) throws -> (Kind, Filing) {
        guard let kind = rulebook.kind(try context.parameters.require("kind")), let filing = kind.filing
        else {
            throw PageProblem.notFound
        }
        return (kind, filing)
    }

    /// Nothing of a form is kept before it is known that it may be filed at all.
    private func checkBeforeKeeping(
        _ fields: FormFields, _ files: Int, _ kind: Kind, _ filing: Filing, _ sender: String
    ) throws {
        if let wait = publicDesk.wait(kind.id, sender) {
            throw PageProblem.tooMany(retryAfterSeconds: wait)
        }
        let most = (filing.asks + filing.may).compactMap(kind.field).reduce(0) { sum, field in
            if case .files(_, let most) = field.type { sum + most } else { sum }
        }
        guard files <= most else { throw PageProblem.tooLarge }
        let verdict = publicDesk.stamp.verdict(
            fields["stamp"] ?? "", stampSubject(kind, fields), at: publicDesk.second)
        if files > 0, verdict == .unknown || isTrapped(fields) { throw PageProblem.formExpired }
    }

    private func isTrapped(_ fields: FormFields) -> Bool {
        !(fields["homepage"] ?? "").allSatisfy(\.isWhitespace)
    }

    private func stampSubject(_ kind: Kind, _ fields: FormFields) -> String {
        "\(kind.id) \(fields["csrf"] ?? "")"
    }

    // MARK: The form

    private func filingForm(
        _ kind: Kind, _ filing: Filing, _ sent: SentForm?, _ context: SiteContext,
        problem: FilingProblem? = nil, reasons: [RefusalReason] = []
    ) throws -> Response {
        let language = context.language
        let editors = FieldEditors(
            site: self, kind: kind, language: language, sight: .everybody(in: rulebook), prefix: "file")
        let wrong = Dictionary(
            reasons.compactMap { reason in reason.field.map { ($0, reason.words.text(language)) } },
            uniquingKeysWith: { first, _ in first })
        func group(_ names: [String], _ heading: String, required: Bool) throws -> [String: Any]? {
            let fields = try names.compactMap(kind.field).map { field in
                var editor = try editors.editor(of: field, required: required, sent: sent, errors: wrong)
                if case .files(_, let most) = field.type {
                    editor["help"] = renderer.text(
                        "filing_files_help", ["count": String(most), "size": "\(Self.filingLimit >> 20) MB"],
                        language)
                }
                // Files of the public are not shown to the public.
                editor["kept"] = (editor["kept"] as? [[String: Any]])?.map { $0.filter { $0.key != "href" } }
                return editor
            }
            return fields.isEmpty ? nil : ["heading": text(heading, context), "fields": fields]
        }
        var values: [String: Any] = [
            "title": filing.name.text(language), "heading": filing.name.text(language),
            "crumbs": [["href": "/", "label": text("public_site", context)]],
            "target": "/file/\(kind.id)", "csrf": context.visitor.formToken,
            "stamp": stamp(kind, sent, problem, context), "cancelHref": "/",
            "submitLabel": text("filing_send", context), "consented": sent?.fields["consent"] == "yes",
            "fieldGroups": [
                try group(filing.asks, "filing_asks", required: true),
                try group(filing.may, "filing_may", required: false),
            ].compactMap { $0 },
        ]
        values["advice"] = filing.advice?.text(language)
        values["consent"] = filing.consent?.text(language)
        values["consentWrong"] = problem == .noConsent
        values.merge(errorValues(reasons, prefix: "file", language)) { _, new in new }
        if let problem {
            var error: [String: Any] = ["text": text(problem.text, context), "code": problem.code]
            if problem == .noConsent { error["href"] = "#file-consent" }
            let others = values["errors"] as? [[String: Any]] ?? []
            values["errors"] = [error] + others
            values["errorsHeading"] = renderer.text(
                "errors_heading", ["count": String(others.count + 1)], language)
        }
        let isWrong = problem != nil || !reasons.isEmpty
        return response(
            Page(template: "file-form", values: values, status: isWrong ? .unprocessableContent : .ok),
            context)
    }

    /// The mark the form had, so that mending it takes no waiting; a new one when it had none that is good.
    private func stamp(
        _ kind: Kind, _ sent: SentForm?, _ problem: FilingProblem?, _ context: SiteContext
    ) -> String {
        let subject = "\(kind.id) \(context.visitor.formToken)"
        if let mark = sent?.fields["stamp"], problem != .expired,
            publicDesk.stamp.verdict(mark, subject, at: publicDesk.second) != .unknown
        {
            return mark
        }
        return publicDesk.stamp.mark(subject, at: publicDesk.second, nonce: office.randomBytes(8))
    }

    // MARK: What was sent

    private func take(
        _ sent: SentForm, _ kind: Kind, _ filing: Filing, _ sender: String, _ context: SiteContext
    ) async throws -> Response {
        if FieldEditors.isAskingForHelp(sent) { return try filingForm(kind, filing, sent, context) }
        let mark = sent.fields["stamp"] ?? ""
        if let answer = publicDesk.answer(for: mark) {
            return confirmation(answer.receipt, number: answer.number, kind, filing, context)
        }
        if let problem = problem(of: sent, kind, filing) {
            return try filingForm(kind, filing, sent, context, problem: problem)
        }
        do {
            let editors = FieldEditors(
                site: self, kind: kind, language: context.language, sight: .everybody(in: rulebook),
                prefix: "file")
            let entries = editors.entries((filing.asks + filing.may).compactMap(kind.field), sent)
            let values = try EnteredFields(office, kind: kind).values(entries).filter { $0.value != .null }
            let (request, receipt) = try FilingService(office).request(kind, values: values)
            let outcome = try await door.perform(request)
            publicDesk.noteFiling(kind.id, sender)
            publicDesk.keep(receipt, number: outcome.record.number, for: mark)
            return confirmation(receipt, number: outcome.record.number, kind, filing, context)
        } catch let refusal as Refusal {
            return try filingForm(kind, filing, sent, context, reasons: refusal.reasons)
        }
    }

    private func problem(of sent: SentForm, _ kind: Kind, _ filing: Filing) -> FilingProblem? {
        if isTrapped(sent.fields) { return .trap }
        let mark = sent.fields["stamp"] ?? ""
        switch publicDesk.stamp.verdict(mark, stampSubject(kind, sent.fields), at: publicDesk.second) {
        case .tooSoon: return .tooSoon
        case .unknown: return .expired
        case .good: break
        }
        return filing.consent != nil && sent.fields["consent"] != "yes" ? .noConsent : nil
    }

    /// The page with the receipt, which is shown this once and never again.
    private func confirmation(
        _ receipt: ReceiptCode, number: String, _ kind: Kind, _ filing: Filing, _ context: SiteContext
    ) -> Response {
        let language = context.language
        let moment = RecordReading(office, language: language).moment(office.moment)
        return response(
            Page(
                template: "filed",
                values: [
                    "title": text("filed_heading", context), "heading": text("filed_heading", context),
                    "kindName": kind.name.text(language), "number": number, "code": receipt.text,
                    "moment": moment, "receiptHref": "/receipt", "homeHref": "/",
                ]), context)
    }
}
