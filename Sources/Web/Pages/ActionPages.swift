import HTTPTypes
import Hummingbird
import Office
import Records
import Rulebooks

extension Site {
    func addActions(to pages: RouterGroup<SiteContext>) {
        pages.post("/records/:kind/:number/actions/:action") { [self] request, context in
            let sight = try context.staffSight()
            let kind = try self.kind(context.parameters.require("kind"), sight)
            let found = try find(kind, context.parameters.require("number"), sight)
            guard let rule = try kind.lifecycle.action(context.parameters.require("action")) else {
                throw PageProblem.notFound
            }
            return try await perform(rule, on: found, try await sentForm(request, context), sight, context)
        }
        pages.post("/records/:kind/new") { [self] request, context in
            let sight = try context.staffSight()
            let kind = try self.kind(context.parameters.require("kind"), sight)
            return try await create(kind, try await sentForm(request, context), sight, context)
        }
    }

    // MARK: An action on a record

    private func perform(
        _ rule: ActionRule, on found: FoundRecord, _ sent: SentForm, _ sight: Sight, _ context: SiteContext
    ) async throws -> Response {
        guard let actor = context.visitor.actor else { throw PageProblem.signInNeeded }
        if FieldEditors.isAskingForHelp(sent) {
            return try recordPage(found, sight, context, sent: (rule.id, sent, [:]))
        }
        let form = Self.href(of: found) + "/actions/" + rule.id
        if sent.fields["draft"] != nil { return try keepDraft(sent, of: form, context) }
        let editors = FieldEditors(
            site: self, kind: found.kind, language: context.language, sight: sight, prefix: rule.id)
        do {
            let fields = (rule.asks + rule.may).compactMap(found.kind.field)
            var values = try EnteredFields(office, kind: found.kind, sight: sight).values(
                editors.entries(fields, sent), for: found.record)
            // What was left empty and need not be given stays as it is.
            values = values.filter { $0.value != .null || rule.asks.contains($0.key) }
            var action = Action(.move(rule.id), kind: found.kind.id, record: found.record.id, values: values)
            action.expectedVersion = sent.fields["recordVersion"].flatMap { Int64($0) }
            let outcome = try await door.perform(DoorRequest(action, by: .actor(actor)))
            try removeDraft(of: form, context)
            return Self.redirect(to: Self.back(sent, to: found.kind, outcome.record, done: rule.id))
        } catch let refusal as Refusal {
            note(refusal, context)
            let now = try find(found.kind, FormFields.encoded(found.record.number), sight)
            return try recordPage(
                now, sight, context, sent: (rule.id, sent, Self.errors(refusal, context.language)),
                reasons: refusal.reasons, status: .init(code: refusal.reasons.first?.code.httpStatus ?? 422))
        }
    }

    /// Back to where one came from; a record's page says what was done.
    private static func back(_ sent: SentForm, to kind: Kind, _ record: Record, done: String) -> String {
        let own = href(of: FoundRecord(kind: kind, record: record)) + "?done=" + FormFields.encoded(done)
        guard let wanted = sent.fields["returnTo"],
            wanted == "/desk" || wanted.hasPrefix("/records/\(kind.id)?"),
            safeAddress(wanted) == wanted
        else { return own }
        return wanted + (wanted == "/desk" ? "?kind=\(kind.id)&done=" : "&done=") + FormFields.encoded(done)
    }

    static func errors(_ refusal: Refusal, _ language: Language) -> [String: String] {
        Dictionary(
            refusal.reasons.compactMap { reason in
                reason.field.map { ($0, reason.words.text(language)) }
            }, uniquingKeysWith: { first, _ in first })
    }

    // MARK: A new record

    private func create(
        _ kind: Kind, _ sent: SentForm, _ sight: Sight, _ context: SiteContext
    ) async throws -> Response {
        guard let actor = context.visitor.actor else { throw PageProblem.signInNeeded }
        if FieldEditors.isAskingForHelp(sent) { return try newRecord(kind, sight, sent, [:], [], context) }
        let form = "/records/\(kind.id)/new"
        if sent.fields["draft"] != nil {
            guard mayCreate(kind, context) else { throw PageProblem.forbidden }
            return try keepDraft(sent, of: form, context)
        }
        let editors = FieldEditors(
            site: self, kind: kind, language: context.language, sight: sight, prefix: "new")
        do {
            let entries = editors.entries(kind.fieldsEnteredAtCreation, sent)
            let values = try EnteredFields(office, kind: kind, sight: sight).values(entries)
                .filter { $0.value != .null }
            let outcome = try await door.perform(
                DoorRequest(Action(.create, kind: kind.id, values: values), by: .actor(actor)))
            try removeDraft(of: form, context)
            return Self.redirect(
                to: Self.href(of: FoundRecord(kind: kind, record: outcome.record)) + "?done=create")
        } catch let refusal as Refusal {
            note(refusal, context)
            return try newRecord(
                kind, sight, sent, Self.errors(refusal, context.language), refusal.reasons, context)
        }
    }

    /// The form for a new record.
    func newRecord(
        _ kind: Kind, _ sight: Sight, _ sent: SentForm?, _ errors: [String: String],
        _ reasons: [RefusalReason], _ context: SiteContext
    ) throws -> Response {
        guard mayCreate(kind, context) else { throw PageProblem.forbidden }
        let language = context.language
        let form = "/records/\(kind.id)/new"
        let draft = try sent == nil ? Drafts(office, of: sight.actor.login).draft(of: form) : nil
        let sent = sent ?? draft.map(Self.sent)
        let editors = FieldEditors(site: self, kind: kind, language: language, sight: sight, prefix: "new")
        let fields = kind.fieldsEnteredAtCreation
        let needed = Set(kind.lifecycle.create.asks)
        let shown = try fields.map { field in
            try editors.editor(
                of: field, required: field.required || needed.contains(field.id), sent: sent, errors: errors)
        }
        var values: [String: Any] = [
            "title": createLabel(kind, language),
            "heading": createLabel(kind, language),
            "crumbs": [["href": "/records/\(kind.id)", "label": kind.name.text(language)]],
            "target": form, "live": true, "saveDraftLabel": text("save_draft", context),
            "returnTo": "/records/\(kind.id)",
            "hasFiles": fields.contains { if case .files = $0.type { true } else { false } },
            "fieldGroups": [["fields": shown]], "submitLabel": createLabel(kind, language),
            "cancelHref": "/records/\(kind.id)",
        ]
        if let draft { values["draft"] = draftValues(draft, returnTo: form, language) }
        values.merge(errorValues(reasons, prefix: "new", language)) { _, new in new }
        let status: HTTPResponse.Status = reasons.isEmpty ? .ok : .unprocessableContent
        return response(Page(template: "create-form", values: values, status: status), context)
    }
}
