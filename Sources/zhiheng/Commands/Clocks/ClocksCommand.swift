import ArgumentParser
import Dispatch
import Expressions
import Foundation
import Office
import Presentation
import Records
import Rulebooks
import Storage

/// Deadlines.
struct ClocksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clocks", abstract: "运行和查看时限 · Run and look at deadlines",
        subcommands: [ClocksRun.self, ClocksList.self, ClocksWatch.self])
}

/// Runs the clocks once.
struct ClocksRun: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "运行一次：催办、督办、挂牌等到时即发 · Fire all that has fallen due",
        discussion: "--on 按该日终了时运行。· --on runs as of the end of that day.")

    @Option(help: ArgumentHelp("日期 · Day", valueName: "yyyy-mm-dd"))
    var on: String?
    @OptionGroup var form: FormatOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let office = try session.office()
        if let on { session.clock.stop(at: try Self.endOfDay(on, office)) }
        let report = try Scheduler(office).run().get()
        SweepText(session.console, office).show(report, as: form.format)
    }

    private static func endOfDay(_ text: String, _ office: Office) throws -> Timestamp {
        guard let day = CivilDate(text),
            let moment = Timestamp(
                date: day, secondOfDay: 86_399, offsetSeconds: office.rulebook.timeZoneOffsetSeconds)
        else {
            throw CommandFailure(
                .usage, "日期“\(text)”看不懂。请写成 2026-03-20。",
                "The day `\(text)` cannot be read. Write 2026-03-20.")
        }
        return moment
    }
}

/// Shows what is due next.
struct ClocksList: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "列出接下来要到的时限 · List what is due next")

    @Option(help: ArgumentHelp("条数 · How many", valueName: "n"))
    var limit: Int = 50
    @OptionGroup var form: FormatOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let office = try session.office()
        let reading = RecordReading(office, language: session.language)
        var table = TextTable(columns: [
            TableColumn(key: "next", title: console.text("下次处理", "Next")),
            TableColumn(key: "number", title: console.text("编号", "Number"), overflow: .keep),
            TableColumn(key: "kind", title: console.text("类别", "Kind")),
            TableColumn(key: "clock", title: console.text("时限", "Clock")),
            TableColumn(key: "due", title: console.text("到期", "Due")),
            TableColumn(key: "step", title: console.text("下一步", "Step")),
        ])
        try office.store.read { reader in
            let last = Timestamp(seconds: 253_402_300_799) ?? office.moment
            for reference in try reader.clocksWanting(before: last, limit: max(1, limit)) {
                guard let kind = office.rulebook.kind(reference.kind),
                    let record = try reader.record(kind, id: reference.record),
                    let clock = record.clocks.first(where: { $0.clock == reference.clock })
                else { continue }
                let definition = kind.clock(reference.clock)
                let steps = definition?.steps ?? []
                let step =
                    steps.indices.contains(clock.nextStep) ? reading.stepName(steps[clock.nextStep].step) : ""
                table.rows.append([
                    .text(reading.moment(reference.at), reference.at <= office.moment ? .danger : nil),
                    .text(record.number, .accent), .text(kind.name.text(console.language)),
                    .text(definition?.name.text(console.language) ?? reference.clock),
                    clock.due.map { .text(reading.due($0), clock.overdue ? .danger : nil) } ?? .missing,
                    .text(step),
                ])
            }
        }
        guard !table.rows.isEmpty || form.format != .table else {
            return console.line(console.text("没有在走的时限", "No clock is running"), .muted)
        }
        console.table(table, as: form.format)
    }
}

/// Runs the clocks again and again.
struct ClocksWatch: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "持续运行，按 Ctrl-C 停止 · Keep running until Ctrl-C")

    @Option(help: ArgumentHelp("间隔秒数 · Seconds between runs", valueName: "seconds"))
    var every: Int64 = 60
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...86_400).contains(every) else {
            throw ValidationError("--every 取 1 至 86400 秒 · --every takes 1 to 86400 seconds")
        }
    }

    func perform(in session: Session) async throws {
        let office = try session.office()
        let console = session.console
        let text = SweepText(console, office)
        console.aside(
            console.text("每 \(every) 秒运行一次，按 Ctrl-C 停止", "Running every \(every) seconds; Ctrl-C stops"),
            .muted)
        let running = Task {
            await Scheduler(office).run(every: every) { result in
                switch result {
                case .success(let report):
                    if !report.events.isEmpty || !report.failures.isEmpty { text.show(report, as: .table) }
                case .failure(let error):
                    CommandFailure(error).report(to: console)
                }
            }
        }
        let signals = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { running.cancel() }
            source.resume()
            return source
        }
        await running.value
        for source in signals { source.cancel() }
        console.aside(console.text("已停止", "Stopped"), .muted)
    }
}

/// Tells what a sweep did.
struct SweepText: Sendable {
    let console: Console
    let office: Office

    init(_ console: Console, _ office: Office) {
        (self.console, self.office) = (console, office)
    }

    func show(_ report: Sweep.Report, as format: OutputFormat) {
        let reading = RecordReading(office, language: console.language)
        var table = TextTable(columns: [
            TableColumn(key: "number", title: console.text("编号", "Number"), overflow: .keep),
            TableColumn(key: "kind", title: console.text("类别", "Kind")),
            TableColumn(key: "event", title: console.text("事项", "Event")),
            TableColumn(key: "documents", title: console.text("文书", "Documents"), overflow: .wrap),
        ])
        for event in report.events {
            let kind = office.rulebook.kind(event.kind)
            let documents = event.documents.map { document in
                let name = office.rulebook.documents[document.document]?.name.text(console.language)
                return [name, document.number].compactMap { $0 }.joined(separator: " ")
            }
            table.rows.append([
                .text(event.number, .accent), .text(kind?.name.text(console.language) ?? event.kind),
                .text(reading.actionName(event.action, kind: kind)), .text(documents.joined(separator: "\n")),
            ])
        }
        guard format == .table else { return console.table(table, as: format) }
        let moment = reading.moment(office.moment)
        guard !report.events.isEmpty || !report.failures.isEmpty else {
            return console.line(
                console.text("\(moment)  没有到时的事项", "\(moment)  nothing has fallen due"), .muted)
        }
        console.line(
            console.text("\(moment)  处理 \(report.events.count) 项", "\(moment)  \(report.events.count) fired"),
            .strong)
        console.table(table)
        for failure in report.failures {
            console.paragraph(
                "\(failure.number)  \(failure.reason.code.rawValue) "
                    + console.text(failure.reason.sentence, failure.reason.sentenceEnglish), .danger)
        }
    }
}
