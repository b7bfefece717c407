import Office
import Presentation
import Records
import Rulebooks

/// An action on a record that is named by its number.
struct RecordAction {
    let session: Session
    let number: String
    let actor: ActorOption

    init(_ session: Session, number: String, actor: ActorOption) {
        (self.session, self.number, self.actor) = (session, number, actor)
    }

    /// Finds the record, reads the values, performs the action and tells what came of it.
    func perform(values: [String], reason: String?, verb: (Kind) -> Action.Verb) throws {
        let office = try session.office()
        let found = try RecordFinder(office).find(number, as: try session.actor(actor, in: office))
        let arguments = FieldArguments(office, kind: found.kind, archive: session.workspace.archive)
        let action = Action(
            verb(found.kind), kind: found.kind.id, record: found.record.id,
            values: try arguments.values(values, for: found.record), reason: reason)
        let outcome = try Registrar(office).perform(action, by: session.identity(actor, in: office))
        OutcomeText(session, office).show(outcome, before: found.record)
    }
}

/// Tells what came of an action.
struct OutcomeText {
    let session: Session
    let office: Office

    init(_ session: Session, _ office: Office) {
        (self.session, self.office) = (session, office)
    }

    func show(_ outcome: Outcome, before: Record?) {
        let console = session.console
        let reading = RecordReading(office, language: console.language)
        let kind = office.rulebook.kind(outcome.record.kind)
        let name = kind?.name.text(console.language) ?? outcome.record.kind
        console.line(
            "\(reading.actionName(outcome.action, kind: kind))  "
                + console.terminal.painted(outcome.record.number, .accent), .good)
        var facts = FactBlock()
        facts.add(console.text("类别", "Kind"), name)
        facts.add(console.text("状态", "State"), state(outcome.record, before: before, kind: kind))
        for document in outcome.documents {
            let template = office.rulebook.documents[document.document]?.name.text(console.language)
            facts.add(template ?? console.text("文书", "Document"), document.number)
        }
        for record in outcome.spawned {
            let spawned = office.rulebook.kind(record.kind)?.name.text(console.language) ?? record.kind
            facts.add(console.text("同时登记\(spawned)", "Also registered, \(spawned)"), record.number)
        }
        for warning in outcome.warnings {
            facts.add(
                console.text("请注意", "Please note"), console.text(warning.text, warning.textEnglish), .warning)
        }
        facts.add(console.text("日志条目", "Ledger entry"), "\(outcome.position)", .muted)
        console.facts(facts)
    }

    private func state(_ record: Record, before: Record?, kind: Kind?) -> String {
        func name(_ record: Record) -> String {
            if record.voided { return session.console.text("已作废", "Voided") }
            return kind?.lifecycle.state(record.state)?.name.text(session.language) ?? record.state
        }
        guard let before, name(before) != name(record) else { return name(record) }
        return "\(name(before)) → \(name(record))"
    }
}
