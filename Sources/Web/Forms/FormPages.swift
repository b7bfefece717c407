import HTTPTypes
import Hummingbird
import Office
import Records
import Rulebooks
import Storage

/// What a form needs while it is filled in: looking over it, and keeping it until another time.
extension Site {
    func addForms(to pages: RouterGroup<SiteContext>) {
        pages.post("/records/:kind/new/check") { [self] request, context in
            let (fields, actor, sight) = try await typed(request, context)
            let kind = try self.kind(context.parameters.require("kind"), sight)
            guard office.decider.mayCreate(kind, by: actor) else { throw PageProblem.forbidden }
            return try checked(.create(kind), fields, sight, context)
        }
        pages.post("/records/:kind/:number/actions/:action/check") { [self] request, context in
            let (fields, _, sight) = try await typed(request, context)
            let kind = try self.kind(context.parameters.require("kind"), sight)
            let found = try find(kind, context.parameters.require("number"), sight)
            guard let rule = try kind.lifecycle.action(context.parameters.require("action")) else {
                throw PageProblem.notFound
            }
            return try checked(.action(rule, found), fields, sight, context)
        }
        pages.post("/drafts") { [self] request, context in
            let (fields, actor, sight) = try await typed(request, context)
            guard let address = fields["form"], try formName(address, sight, context) != nil else {
                throw PageProblem.notFound
            }
            let entries = Self.entries(of: SentForm(fields: try own(fields, context)))
            guard try Drafts(office, of: actor.login).save(entries, for: address) else {
                throw PageProblem.tooLarge
            }
            return Response(status: .noContent, headers: [.cacheControl: "no-store"])
        }
        pages.post("/drafts/discard") { [self] request, context in
            guard let actor = context.visitor.actor else { throw PageProblem.signInNeeded }
            let fields = try await form(request, context)
            try Drafts(office, of: actor.login).remove(fields["form"] ?? "")
            return Self.redirect(to: Self.safeAddress(fields["returnTo"] ?? "/desk"))
        }
    }

    /// What a script sends while somebody fills in a form: it comes often, and has a limit of its own.
    private func typed(
        _ request: Request, _ context: SiteContext
    ) async throws -> (FormFields, Actor, Sight) {
        guard let actor = context.visitor.actor, let sight = context.visitor.sight else {
            throw PageProblem.forbidden
        }
        if let wait = typingLimiter.note(actor.login, at: office.moment.seconds) {
            throw PageProblem.tooMany(retryAfterSeconds: wait)
        }
        try checkSite(request)
        let fields = try await request.form()
        try checkToken(fields, context)
        return (fields, actor, sight)
    }

    // MARK: Looking over

    /// A form that can be looked over.
    enum CheckedForm {
        case create(Kind)
        case action(ActionRule, FoundRecord)
    }

    private struct Checked: Encodable {
        struct Problem: Encodable {
            var field: String?
            var text: String
            var code: String
        }
        var problems: [Problem]
    }

    /// Everything that stands against what was entered so far; nothing is done.
    private func checked(
        _ form: CheckedForm, _ fields: FormFields, _ sight: Sight, _ context: SiteContext
    ) throws -> Response {
        let sent = SentForm(fields: try own(fields, context))
        let reasons: [RefusalReason]
        switch form {
        case .create(let kind):
            let editors = FieldEditors(
                site: self, kind: kind, language: context.language, sight: sight, prefix: "new")
            reasons = try ActionCheck(office, sight).creation(
                of: kind, editors.entries(kind.fieldsEnteredAtCreation, sent))
        case .action(let rule, let found):
            let editors = FieldEditors(
                site: self, kind: found.kind, language: context.language, sight: sight, prefix: rule.id)
            let asked = (rule.asks + rule.may).compactMap(found.kind.field)
            reasons = try ActionCheck(office, sight).action(rule, on: found, editors.entries(asked, sent))
        }
        return try Self.json(
            Checked(
                problems: reasons.map {
                    .init(field: $0.field, text: $0.words.text(context.language), code: $0.code.rawValue)
                }))
    }

    // MARK: Drafts

    /// What the form of an address is called, where the visitor may have it; nil otherwise.
    func formName(_ address: String, _ sight: Sight, _ context: SiteContext) throws -> String? {
        let parts = address.split(separator: "/").map(String.init)
        guard address.utf8.count <= 500, parts.count >= 3, parts[0] == "records",
            let kind = rulebook.kind(parts[1]),
            sight.sees(kind)
        else { return nil }
        let language = context.language
        if parts.count == 3, parts[2] == "new" {
            return office.decider.mayCreate(kind, by: sight.actor) ? createLabel(kind, language) : nil
        }
        guard parts.count == 5, parts[3] == "actions", let rule = kind.lifecycle.action(parts[4]),
            let found = try? find(kind, parts[2], sight)
        else { return nil }
        return "\(kind.name.text(language)) \(found.record.number) · \(rule.name.text(language))"
    }

    /// What a draft keeps of a form. Files stand in it by their digests.
    static func entries(of sent: SentForm) -> [FormDraft.Entry] {
        let passing: Set<String> = [
            "csrf", "returnTo", "recordVersion", "draft", "form", "search", "add", "remove", "refresh",
        ]
        var entries = sent.fields.pairs.filter { !passing.contains($0.name) && !$0.value.isEmpty }.map {
            FormDraft.Entry(name: $0.name, value: $0.value)
        }
        for (field, files) in sent.files.sorted(by: { $0.key < $1.key }) {
            entries += files.map { FormDraft.Entry(name: field + ".kept", value: $0.digest) }
        }
        return entries
    }

    /// A draft as the form it was.
    static func sent(of draft: FormDraft) -> SentForm {
        var fields = FormFields()
        for entry in draft.entries { fields.append(entry.name, entry.value) }
        return SentForm(fields: fields)
    }

    /// Keeps a form for another time; the address to go on to.
    func keepDraft(_ sent: SentForm, of form: String, _ context: SiteContext) throws -> Response {
        guard let actor = context.visitor.actor else { throw PageProblem.signInNeeded }
        guard try Drafts(office, of: actor.login).save(Self.entries(of: sent), for: form) else {
            throw PageProblem.tooLarge
        }
        return Self.redirect(to: "/desk?done=draft")
    }

    func removeDraft(of form: String, _ context: SiteContext) throws {
        guard let actor = context.visitor.actor else { return }
        try Drafts(office, of: actor.login).remove(form)
    }

    /// What a form names of the draft it was filled in from.
    func draftValues(_ draft: FormDraft, returnTo: String, _ language: Language) -> [String: Any] {
        let moment = RecordReading(office, language: language).moment(draft.savedAt)
        return [
            "text": renderer.text("draft_restored", ["moment": moment], language), "form": draft.form,
            "returnTo": returnTo,
        ]
    }

    /// The drafts as the desk shows them.
    func draftRows(_ sight: Sight, _ context: SiteContext) throws -> [[String: Any]] {
        guard let actor = context.visitor.actor else { return [] }
        let reading = RecordReading(office, language: context.language)
        return try Drafts(office, of: actor.login).all().compactMap { draft in
            guard let name = try formName(draft.form, sight, context) else { return nil }
            let href = draft.form.hasSuffix("/new") ? draft.form : Self.recordAddress(ofAction: draft.form)
            return [
                "label": name, "href": href, "form": draft.form,
                "savedAt": renderer.text(
                    "draft_saved_at", ["moment": reading.moment(draft.savedAt)], context.language),
            ]
        }
    }

    /// Where on which page the form of an action stands.
    private static func recordAddress(ofAction address: String) -> String {
        let parts = address.components(separatedBy: "/actions/")
        return parts.count == 2 ? parts[0] + "#action-" + parts[1] : address
    }
}
