import ArgumentParser
import Office
import Presentation
import Records
import Rulebooks

/// Tells what happened to a record.
struct HistoryCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "查看一条记录的经过 · Tell what happened to a record")

    @Argument(help: ArgumentHelp("编号 · Number", valueName: "number"))
    var number: String
    @OptionGroup var actor: ActorOption
    @OptionGroup var form: FormatOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let office = try session.office()
        let sight = Sight(of: try session.actor(actor, in: office), in: office.rulebook)
        let found = try RecordFinder(office).find(number, as: sight)
        let steps = try office.store.read {
            try HistoryService(office, language: session.language, sight: sight).steps(of: found, reader: $0)
        }
        let reading = RecordReading(office, language: session.language)
        guard form.format == .table else {
            return session.console.table(table(steps, reading, session.console), as: form.format)
        }
        let console = session.console
        console.heading("\(found.kind.name.text(console.language)) \(found.record.number)")
        for step in steps { show(step, reading, console) }
    }

    private func show(_ step: HistoryStep, _ reading: RecordReading, _ console: Console) {
        let moment = step.performedAt.map(reading.moment) ?? "—"
        let who = [step.actor, step.role].filter { !$0.isEmpty }
        let person = who.isEmpty ? "" : "  " + who.joined(separator: " · ")
        let position = step.position.map { "#\($0)" } ?? ""
        console.line(
            console.terminal.painted(moment, .muted) + "  "
                + console.terminal.painted(step.actionName, .strong)
                + person + "  " + console.terminal.painted(position, .muted))
        var facts = FactBlock()
        if let note = step.note { facts.add(console.text("来源", "From"), note) }
        if let reason = step.reason { facts.add(console.text("理由", "Reason"), reason) }
        for change in step.changes { facts.add(change.name, Self.words(change)) }
        for document in step.documents { facts.add(console.text("文书", "Document"), document, .accent) }
        if !facts.facts.isEmpty { console.facts(facts, indent: 18) }
        console.line()
    }

    private static func words(_ change: HistoryStep.Change) -> String {
        if change.before.isEmpty { return change.after.isEmpty ? "—" : change.after }
        return "\(change.before) → \(change.after.isEmpty ? "—" : change.after)"
    }

    private func table(_ steps: [HistoryStep], _ reading: RecordReading, _ console: Console) -> TextTable {
        var table = TextTable(
            columns: ["entry", "version", "at", "action", "name", "actor", "reason", "changes", "documents"]
                .map {
                    TableColumn(key: $0, title: $0)
                })
        for step in steps {
            let changes = step.changes.map { "\($0.name): \(Self.words($0))" }.joined(separator: "; ")
            table.rows.append([
                step.position.map { .integer($0) } ?? .missing, .integer(step.version),
                step.performedAt.map { .text($0.description) } ?? .missing, .text(step.action),
                .text(step.actionName),
                .text(step.actor), step.reason.map { .text($0) } ?? .missing, .text(changes),
                .text(step.documents.joined(separator: "; ")),
            ])
        }
        return table
    }
}
