import Expressions
import HTTPTypes
import Hummingbird
import Office
import Records
import Rulebooks

/// Setting right what is on file: amending a record, and voiding one that should not be there.
extension Site {
    func addCorrections(to pages: RouterGroup<SiteContext>) {
        pages.get("/records/:kind/:number/amend") { [self] _, context in
            let sight = try context.staffSight()
            let kind = try self.kind(context.parameters.require("kind"), sight)
            let found = try find(kind, context.parameters.require("number"), sight)
            return try amendment(of: found, sight, context)
        }
        pages.post("/records/:kind/:number/amend") { [self] request, context in
            let sight = try context.staffSight()
            let kind = try self.kind(context.parameters.require("kind"), sight)
            let found = try find(kind, context.parameters.require("number"), sight)
            return try await amend(found, try await sentForm(request, context), sight, context)
        }
        pages.post("/records/:kind/:number/void") { [self] request, context in
            let sight = try context.staffSight()
            let kind = try self.kind(context.parameters.require("kind"), sight)
            let found = try find(kind, context.parameters.require("number"), sight)
            return try await void(found, try await form(request, context), sight, context)
        }
    }

    // MARK: Amending

    /// The form with what is on file, or with what was sent and why it was refused.
    private func amendment(
        of found: FoundRecord, _ sight: Sight, _ context: SiteContext, sent: SentForm? = nil,
        refusal: Refusal? = nil
    ) throws -> Response {
        let (kind, language) = (found.kind, context.language)
        let fields = kind.fieldsAmended.filter { sight.sees($0, of: kind) }
        let form = RecordForm(office: office, kind: kind, sight: sight)
        let onFile = try office.store.read { reader in
            guard try ActionGuide(office).corrections(of: found, as: sight, reader: reader).amend else {
                throw PageProblem.forbidden
            }
            return try form.filled(with: found.record, fields, reader: reader)
        }
        let editors = FieldEditors(site: self, kind: kind, language: language, sight: sight, prefix: "amend")
        let errors = refusal.map { Self.errors($0, language) } ?? [:]
        let shown = try fields.map { field in
            var editor = try editors.editor(
                of: field, required: field.required, sent: sent ?? onFile, errors: errors)
            if form.isWithheld(field, of: found.record) { editor["help"] = text("amend_withheld", context) }
            return editor
        }
        let href = Self.href(of: found)
        let heading = renderer.text("amend_heading", ["kind": kind.name.text(language)], language)
        var values: [String: Any] = [
            "title": "\(heading) \(found.record.number)", "heading": "\(heading) \(found.record.number)",
            "crumbs": [
                ["href": "/records/\(kind.id)", "label": kind.name.text(language)],
                ["href": href, "label": found.record.number],
            ],
            "lead": text("amend_lead", context), "target": href + "/amend", "returnTo": href,
            "recordVersion": sent?.fields["recordVersion"] ?? String(found.record.version),
            "hasFiles": fields.contains { if case .files = $0.type { true } else { false } },
            "fieldGroups": [["fields": shown]], "submitLabel": text("amend_record", context),
            "cancelHref": href,
        ]
        values.merge(errorValues(refusal?.reasons ?? [], prefix: "amend", language)) { _, new in new }
        let status = refusal?.reasons.first.map { HTTPResponse.Status(code: $0.code.httpStatus) } ?? .ok
        return response(Page(template: "create-form", values: values, status: status), context)
    }

    private func amend(
        _ found: FoundRecord, _ sent: SentForm, _ sight: Sight, _ context: SiteContext
    ) async throws -> Response {
        guard let actor = context.visitor.actor else { throw PageProblem.signInNeeded }
        if FieldEditors.isAskingForHelp(sent) {
            return try amendment(of: found, sight, context, sent: sent)
        }
        let kind = found.kind
        let form = RecordForm(office: office, kind: kind, sight: sight)
        let editors = FieldEditors(
            site: self, kind: kind, language: context.language, sight: sight, prefix: "amend")
        do {
            let fields = kind.fieldsAmended.filter { sight.sees($0, of: kind) }
            let entered = try EnteredFields(office, kind: kind, sight: sight).values(
                editors.entries(fields, sent), for: found.record)
            // Only what differs is amended, and what is not shown is not taken away.
            let values = entered.filter { id, value in
                guard let field = kind.field(id) else { return true }
                if value == .null, form.isWithheld(field, of: found.record) { return false }
                return found.record.value(id, in: kind) ?? .null != value
            }
            var action = Action(.amend, kind: kind.id, record: found.record.id, values: values)
            action.expectedVersion = sent.fields["recordVersion"].flatMap { Int64($0) }
            let outcome = try await door.perform(DoorRequest(action, by: .actor(actor)))
            return Self.redirect(
                to: Self.href(of: FoundRecord(kind: kind, record: outcome.record)) + "?done=amend")
        } catch let refusal as Refusal {
            note(refusal, context)
            return try amendment(of: found, sight, context, sent: sent, refusal: refusal)
        }
    }

    // MARK: Voiding

    private func void(
        _ found: FoundRecord, _ fields: FormFields, _ sight: Sight, _ context: SiteContext
    ) async throws -> Response {
        guard let actor = context.visitor.actor else { throw PageProblem.signInNeeded }
        do {
            var action = Action(
                .void, kind: found.kind.id, record: found.record.id,
                reason: String((fields["reason"] ?? "").prefix(500)))
            action.expectedVersion = fields["recordVersion"].flatMap { Int64($0) }
            let outcome = try await door.perform(DoorRequest(action, by: .actor(actor)))
            return Self.redirect(
                to: Self.href(of: FoundRecord(kind: found.kind, record: outcome.record)) + "?done=void")
        } catch let refusal as Refusal {
            note(refusal, context)
            return try recordPage(
                found, sight, context, sent: ("void", SentForm(fields: fields), [:]),
                reasons: refusal.reasons,
                status: .init(code: refusal.reasons.first?.code.httpStatus ?? 422))
        }
    }
}
