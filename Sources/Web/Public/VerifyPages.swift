import Expressions
import Figures
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Office
import Records
import Rulebooks
import Storage

/// Verification by everybody: a document by its number, a file against the ledger, a published figure.
extension Site {
    private static let fileLimit = 4 << 20

    func addVerification(to pages: RouterGroup<SiteContext>) {
        pages.get("/verify") { [self] request, context in
            try checkVerifier(request, context)
            let query = try request.query()
            if let proof = query["proof"] {
                return response(try verifyPaper(query["number"] ?? "", proof, context), context)
            }
            return response(try verify(query["code"] ?? query["number"] ?? "", context), context)
        }
        pages.post("/verify") { [self] request, context in
            try checkVerifier(request, context)
            let bytes = try await broughtFile(request, context)
            return response(try verify(bytes, context), context)
        }
        pages.get("/verify/figure") { [self] request, context in
            try checkVerifier(request, context)
            return response(try verifyFigure(request.query(), context), context)
        }
    }

    private func checkVerifier(_ request: Request, _ context: SiteContext) throws(PageProblem) {
        let wait = publicDesk.verifyLimiter.note(sender(of: request, context), at: publicDesk.second)
        if let wait { throw .tooMany(retryAfterSeconds: wait) }
    }

    /// The file of the form, which is looked at and not kept.
    private func broughtFile(_ request: Request, _ context: SiteContext) async throws -> [UInt8] {
        try checkSender(request, context)
        guard let type = request.headers[.contentType], let boundary = MultipartBody.boundary(of: type) else {
            throw PageProblem.unsupportedForm
        }
        let buffer: ByteBuffer
        do {
            buffer = try await request.body.collect(upTo: Self.fileLimit + 4_096)
        } catch {
            throw PageProblem.tooLarge
        }
        guard let parts = MultipartBody.parts(of: Array(buffer.readableBytesView), boundary: boundary) else {
            throw PageProblem.malformed
        }
        var fields = FormFields()
        for part in parts where part.fileName == nil {
            guard let text = String(validating: part.bytes, as: UTF8.self) else {
                throw PageProblem.malformed
            }
            fields.append(part.name, text)
        }
        try checkToken(fields, context)
        return Array(parts.first { $0.fileName != nil }?.bytes ?? [])
    }

    func verifyPage(_ context: SiteContext, code: String = "") -> [String: Any] {
        [
            "title": text("verify_document", context), "target": "/verify", "code": code,
            "csrf": context.visitor.formToken, "figureHref": "/verify/figure",
            "keys": settings.ledgerKeys.map { ["text": $0.description] as [String: Any] },
            "hasKeys": !settings.ledgerKeys.isEmpty,
        ]
    }

    // MARK: A document by its number

    /// Says whether a document was issued, and whether the ledger holds the digest of its text.
    func verify(_ asked: String, _ context: SiteContext) throws -> Page {
        let code = String(asked.prefix(200)).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        var values = verifyPage(context, code: code)
        guard !code.isEmpty else { return Page(template: "verify", values: values) }
        let found = try office.store.read {
            reader -> (document: StoredDocument, record: Record, isProven: Bool)? in
            guard let document = try reader.document(number: code), let kind = rulebook.kind(document.kind),
                let record = try reader.record(kind, id: document.record)
            else { return nil }
            return (document, record, try DocumentProof(office).holds(document, reader: reader))
        }
        guard let found else {
            values["result"] = plainResult("late", "verify_unknown", context)
            return Page(template: "verify", values: values)
        }
        let verdict =
            !found.isProven ? "verify_altered" : found.record.voided ? "verify_withdrawn" : "verify_genuine"
        let tone = !found.isProven ? "late" : found.record.voided ? "soon" : "done"
        var result = plainResult(tone, verdict, context)
        result["hasFacts"] = true
        result["facts"] = facts(found.document, found.record, context)
        values["result"] = result
        return Page(template: "verify", values: values)
    }

    private func plainResult(_ tone: String, _ verdict: String, _ context: SiteContext) -> [String: Any] {
        [
            "tone": tone, "verdict": text(verdict, context), "explanation": text(verdict + "_why", context),
            "hasFacts": false,
        ]
    }

    private func facts(
        _ document: StoredDocument, _ record: Record, _ context: SiteContext
    ) -> [[String: Any]] {
        let language = context.language
        let name = rulebook.documents[document.document]?.name.text(language) ?? document.document
        let day = Describing(self, language).day(office.time.day(of: document.issuedAt))
        return [
            fact("document_kind", name, context), fact("document_number", document.number, context),
            fact("document_date", day, context),
            fact("document_region", rulebook.regions.fullName(record.region)?.text(language) ?? "", context),
        ]
    }

    private func fact(_ key: String, _ value: String, _ context: SiteContext) -> [String: Any] {
        ["label": text(key, context), "wide": value.count > 40, "none": false, "text": value]
    }

    // MARK: A file

    private func verify(_ bytes: [UInt8], _ context: SiteContext) throws -> Page {
        var values = verifyPage(context)
        let proofStart = Array("c2sp.org/tlog-proof".utf8)
        if bytes.isEmpty {
            values["result"] = plainResult("soon", "verify_no_file", context)
        } else if bytes.starts(with: proofStart) {
            values["result"] = try proofResult(bytes, context)
        } else if let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) {
            values["result"] = try textResult(text, context)
        } else {
            values["result"] = plainResult("soon", "verify_not_readable", context)
        }
        return Page(template: "verify", values: values)
    }

    private func proofResult(_ bytes: [UInt8], _ context: SiteContext) throws -> [String: Any] {
        let isChinese = context.language == .zh
        let bundle: ProofBundle
        do {
            bundle = try ProofBundle(bytes: bytes)
        } catch {
            var result = plainResult("late", "verify_proof_broken", context)
            result["explanation"] = "\(error.code) \(isChinese ? error.chinese : error.english)"
            return result
        }
        let report = bundle.verify(trusting: settings.ledgerKeys)
        let live = try PublicProof(office).check(bundle, report.checkpoint)
        var steps = report.steps.map { step -> [String: Any] in
            let name = isChinese ? step.check.chinese : step.check.english
            switch step.outcome {
            case .passed: return ["tone": "done", "text": name]
            case .notReached: return ["tone": "draft", "text": name]
            case .failed(let problem):
                let why = (isChinese ? step.chinese : step.english) ?? problem.english
                return ["tone": "late", "text": "\(name): \(problem.code) \(why)"]
            }
        }
        steps.append([
            "tone": live.holdsEntry ? "done" : "late", "text": text("verify_step_entry", context),
        ])
        if let agrees = live.rootAgrees {
            steps.append(["tone": agrees ? "done" : "late", "text": text("verify_step_root", context)])
        }
        let holds = report.isValid && live.holdsEntry && live.rootAgrees == true
        let verdict =
            holds ? "verify_proof_holds" : report.isValid ? "verify_proof_elsewhere" : "verify_proof_fails"
        var result = plainResult(holds ? "done" : "late", verdict, context)
        result["steps"] = steps
        if report.isValid, let leaf = report.leaf {
            result["hasFacts"] = true
            result["facts"] = leafFacts(leaf, bundle, report.checkpoint, context)
        }
        return result
    }

    /// What an entry says that its holder showed us; who acted is for the office to know.
    private func leafFacts(
        _ leaf: CanonicalJSON, _ bundle: ProofBundle, _ checkpoint: Checkpoint?, _ context: SiteContext
    ) -> [[String: Any]] {
        let language = context.language
        var facts = [fact("verify_entry", String(bundle.index), context)]
        let kind = leaf["kind"]?.text.flatMap(rulebook.kind)
        if let kind { facts.append(fact("column_kind", kind.name.text(language), context)) }
        if let number = leaf["number"]?.text { facts.append(fact("column_number", number, context)) }
        if let action = leaf["action"]?.text {
            let name = RecordReading(office, language: language).actionName(action, kind: kind)
            facts.append(fact("rule_action", name, context))
        }
        if let moment = leaf["at"]?.text.flatMap({ Timestamp(rfc3339: $0) }) {
            let text = RecordReading(office, language: language).moment(moment)
            facts.append(fact("verify_moment", text, context))
        }
        if let checkpoint {
            facts.append(
                fact(
                    "verify_checkpoint",
                    renderer.text(
                        "verify_checkpoint_text",
                        ["size": String(checkpoint.size), "root": checkpoint.root.base64], language), context)
            )
        }
        return facts
    }

    private func textResult(_ text: String, _ context: SiteContext) throws -> [String: Any] {
        guard let check = try PublicProof(office).check(text: text) else {
            return plainResult("late", "verify_text_unknown", context)
        }
        let isGood = check.isSame && check.isProven
        let verdict =
            !isGood ? "verify_text_differs" : check.record.voided ? "verify_withdrawn" : "verify_text_same"
        var result = plainResult(!isGood ? "late" : check.record.voided ? "soon" : "done", verdict, context)
        result["hasFacts"] = true
        result["facts"] = facts(check.document, check.record, context)
        return result
    }

    // MARK: A published figure

    private func verifyFigure(_ asked: FormFields, _ context: SiteContext) throws -> Page {
        let language = context.language
        let definitions = PublicFigures(office).definitions
        let picker = RegionPicker(rulebook.regions, within: "", language)
        let region = picker.chosen("within", in: asked) ?? ""
        let chosen = asked["figure"] ?? ""
        let period = asked["period"].map { String($0.prefix(20)) } ?? ""
        let size = String((asked["checkpoint"] ?? "").prefix(20))
        let value = String((asked["value"] ?? "").prefix(60))
        var values: [String: Any] = [
            "title": text("verify_figure", context), "heading": text("verify_figure", context),
            "crumbs": [["href": "/verify", "label": text("verify_document", context)]],
            "target": "/verify/figure", "period": period, "value": value, "checkpoint": size,
            "figures": definitions.map {
                ["value": $0.id, "label": $0.name.text(language), "selected": $0.id == chosen]
                    as [String: Any]
            },
            "id": "figure-within", "name": "within", "label": text("column_region", context),
        ]
        values.merge(picker.values("within", id: "figure-within", chosen: region)) { $1 }
        guard !chosen.isEmpty, asked["refresh"] == nil else {
            return Page(template: "verify-figure", values: values)
        }
        var page = Page(template: "verify-figure", values: values)
        let definition = PublicFigures(office).definition(chosen)
        let reads = definition?.isStock == true || Period(period) != nil
        guard definition != nil, reads, size.isEmpty || UInt64(size) != nil else {
            page.values["result"] = plainResult("soon", "verify_figure_unclear", context)
            page.status = .unprocessableContent
            return page
        }
        do {
            guard
                let check = try PublicProof(office).check(
                    figure: chosen, region: region, period: Period(period), checkpoint: UInt64(size))
            else { throw PageProblem.notFound }
            values["result"] = figureResult(check, claimed: value, region, period, context)
            return Page(template: "verify-figure", values: values)
        } catch let problem as FigureProblem {
            var result = plainResult("soon", "verify_figure_unclear", context)
            result["explanation"] = "\(problem.code) \(problem.message.text(language))"
            page.values["result"] = result
            page.status = .unprocessableContent
            return page
        }
    }

    private func figureResult(
        _ check: PublicProof.FigureCheck, claimed: String, _ region: String, _ period: String,
        _ context: SiteContext
    ) -> [String: Any] {
        let language = context.language
        let isSame = check.value.map { Self.isSameNumber($0, claimed) } ?? false
        let isNewer =
            check.isKnownCheckpoint == true && check.checkpoint.map { $0.size < check.size } ?? false
        let verdict =
            claimed.isEmpty
            ? "verify_figure_now" : isSame ? "verify_figure_same" : "verify_figure_differs"
        var result = plainResult(claimed.isEmpty ? "done" : isSame ? "done" : "soon", verdict, context)
        let unit = check.definition.unit?.text(language) ?? ""
        let place =
            region.isEmpty ? text("all_regions", context) : rulebook.regions.fullName(region)?.text(language)
        var facts = [
            fact("figure", check.definition.name.text(language), context),
            fact("column_region", place ?? region, context),
            fact("figure_value", (check.value ?? "—") + (check.value == nil ? "" : unit), context),
            fact("figure_undetermined", String(check.undetermined), context),
            fact("verify_ledger_size", String(check.size), context),
        ]
        if !check.definition.isStock { facts.insert(fact("figure_period", period, context), at: 2) }
        if let checkpoint = check.checkpoint, let note = try? SignedNote(checkpoint.note),
            let opened = try? Checkpoint(text: note.text)
        {
            let words = ["size": String(opened.size), "root": opened.root.base64]
            facts.append(
                fact("verify_checkpoint", renderer.text("verify_checkpoint_text", words, language), context))
        }
        if check.isKnownCheckpoint == false {
            facts.append(fact("verify_checkpoint_asked", text("verify_checkpoint_unknown", context), context))
        } else if isNewer {
            facts.append(fact("verify_checkpoint_asked", text("verify_checkpoint_older", context), context))
        }
        result["hasFacts"] = true
        result["facts"] = facts
        return result
    }

    /// Whether two printed numbers are the same, whatever their thousands marks and unit.
    static func isSameNumber(_ value: String, _ claimed: String) -> Bool {
        func number(_ text: String) -> ExactDecimal? {
            ExactDecimal(String(text.filter { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }))
        }
        guard let left = number(value), let right = number(claimed) else { return false }
        return left == right
    }
}
