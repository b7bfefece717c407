import ArgumentParser
import Office
import Presentation
import Records
import Rulebooks
import Storage

/// Shows a record and what can be done with it.
struct ShowCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "查看一条记录及可办理的动作 · Show a record and what can be done with it")

    @Argument(help: ArgumentHelp("编号 · Number", valueName: "number"))
    var number: String
    @Option(help: ArgumentHelp("显示一份已发文书 · Print a document that was issued", valueName: "number"))
    var document: String?
    @Flag(help: "显示个人信息，记入日志 · Show personal data; entered in the ledger")
    var unmask = false
    @Option(help: ArgumentHelp("查看个人信息的理由 · Why personal data is looked at", valueName: "text"))
    var reason: String?
    @OptionGroup var actor: ActorOption
    @OptionGroup var form: FormatOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let office = try session.office()
        let actor = try session.actor(actor, in: office)
        let sight = Sight(of: actor, in: office.rulebook)
        let found = try RecordFinder(office).find(number, as: sight)
        if let document {
            let reading = RecordReading(office, language: session.language, sight: sight)
            return try show(document: document, of: found, reading, office, session.console)
        }
        var unmasked: Set<String> = []
        if unmask {
            unmasked = Set(found.kind.fields.filter(\.personal).map(\.id))
            var scope = UnmaskService.Scope(
                kind: found.kind.id, number: found.record.number, fields: unmasked.sorted())
            scope.reason = reason
            try UnmaskService(office).enter(scope, by: actor)
        }
        try office.store.read { reader in
            let view = RecordView(
                office: office, found: found, actor: actor, console: session.console, reader: reader)
            if form.format == .table {
                try view.show(unmasked: unmasked)
            } else {
                session.console.table(try view.table(unmasked: unmasked), as: form.format)
            }
        }
    }

    private func show(
        document: String, of found: FoundRecord, _ reading: RecordReading, _ office: Office,
        _ console: Console
    ) throws {
        let documents = try office.store.read { try reading.documents(of: found, reader: $0) }
        guard let issued = documents.last(where: { $0.number == document || $0.document == document }) else {
            let known = documents.map(\.number)
            throw CommandFailure(
                .refused,
                "\(found.record.number) 没有文书“\(document)”。"
                    + (known.isEmpty ? "尚未发出文书。" : "已发：\(console.list(known))。"),
                "\(found.record.number) has no document `\(document)`. "
                    + (known.isEmpty ? "None was issued yet." : "Issued: \(console.list(known))."))
        }
        let text = console.text(issued.text, issued.textEnglish)
        console.put(text.hasSuffix("\n") ? text : text + "\n")
    }
}
