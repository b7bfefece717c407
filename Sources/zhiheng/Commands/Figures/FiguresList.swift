import ArgumentParser
import Figures
import Office
import Presentation
import Rulebooks

/// Lists the measures and indicators.
struct FiguresList: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "列出计量和指标 · List measures and indicators")

    @OptionGroup var form: FormatOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let rulebook = try session.office().rulebook
        var table = TextTable(columns: [
            TableColumn(key: "id", title: console.text("名", "Id")),
            TableColumn(key: "name", title: console.text("名称", "Name")),
            TableColumn(key: "unit", title: console.text("单位", "Unit")),
            TableColumn(key: "kind", title: console.text("类别", "Kind")),
            TableColumn(key: "by", title: console.text("维度", "Dimensions"), overflow: .wrap),
        ])
        for kind in rulebook.kindOrder.compactMap(rulebook.kind) {
            for measure in kind.measures {
                table.rows.append([
                    .text(measure.id, .accent), .text(measure.name.text(console.language)),
                    .text(measure.unit?.text(console.language) ?? ""),
                    .text(kind.name.text(console.language)),
                    .text(measure.dimensions.joined(separator: ", ")),
                ])
            }
        }
        for indicator in rulebook.indicators.values.sorted(by: { $0.id < $1.id }) {
            table.rows.append([
                .text(indicator.id, .accent), .text(indicator.name.text(console.language)),
                .text(indicator.unit ?? ""), .text(console.text("指标", "indicator"), .muted),
                .text(indicator.source, .muted),
            ])
        }
        console.table(table, as: form.format)
    }
}

/// Counts the tallies anew.
struct FiguresRebuild: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "重新计数并比较 · Count anew and compare",
        discussion: "加 --check 只比较不改动；有差异时退出码为 1。· With --check nothing is changed; differences exit with 1.")

    @Flag(help: "只比较 · Compare only")
    var check = false
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let report = try FiguresService(try session.office()).rebuild(checkOnly: check)
        let counted = console.text(
            "清点 \(NumberText.grouped(report.records)) 条记录，\(NumberText.grouped(report.cells)) 个计数",
            "Counted \(NumberText.grouped(report.records)) records in \(NumberText.grouped(report.cells)) cells"
        )
        guard !report.differences.isEmpty else {
            return console.line(counted + console.text("，与现有计数一致", ", the same as on file"), .good)
        }
        console.line(counted)
        var table = TextTable(columns: [
            TableColumn(key: "measure", title: console.text("计量", "Measure")),
            TableColumn(key: "month", title: console.text("月份", "Month")),
            TableColumn(key: "region", title: console.text("区划", "Region")),
            TableColumn(key: "dimensions", title: console.text("维度", "Dimensions")),
            TableColumn(key: "stored", title: console.text("原有", "Stored"), alignment: .right),
            TableColumn(key: "counted", title: console.text("清点", "Counted"), alignment: .right),
        ])
        for difference in report.differences.prefix(100) {
            let month = difference.cell.month == Months.none ? "" : Months.text(difference.cell.month)
            table.rows.append([
                .text(difference.cell.measure), .text(month), .text(difference.cell.region),
                .text(difference.cell.dimensions.joined(separator: ", ")),
                .integer(difference.stored, .danger),
                .integer(difference.counted),
            ])
        }
        console.table(table)
        let count = report.differences.count
        if report.isReplaced {
            return console.line(console.text("\(count) 处差异，已改正", "\(count) differences, put right"), .warning)
        }
        console.line(console.text("\(count) 处差异", "\(count) differences"), .danger)
        throw ExitCode(CommandFailure.Exit.refused.rawValue)
    }
}

/// Composes a report.
struct ReportCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "生成报告 · Compose a report",
        discussion: "例 · Example: zhiheng report half-year --region 330000 --period 2009H1")

    @Argument(help: ArgumentHelp("报告名 · Report", valueName: "report"))
    var report: String
    @Option(help: ArgumentHelp("行政区划 · Region", valueName: "region"))
    var region: String
    @Option(help: ArgumentHelp("期间 · Period", valueName: "period"))
    var period: String
    @Option(help: ArgumentHelp("写入文件 · Write to a file", valueName: "file"))
    var output: String?
    @OptionGroup var actor: ActorOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let office = try session.office()
        let sight = Sight(of: try session.actor(actor, in: office), in: office.rulebook)
        let code = office.rulebook.regions.resolve(region)?.code ?? region
        let statement = try ReportService(office, key: try session.workspace.keys.signingKey())
            .compose(
                report, region: code, period: try PeriodArgument.period(period), language: session.language,
                as: sight)
        let text = statement.text.hasSuffix("\n") ? statement.text : statement.text + "\n"
        guard let output else { return session.console.put(text) }
        try OutputFile.write(text, to: output)
        session.console.aside(session.console.text("已写入 \(output)", "Written to \(output)"), .good)
    }
}
