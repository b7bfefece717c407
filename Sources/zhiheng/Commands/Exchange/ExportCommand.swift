import ArgumentParser
import Exchange
import Foundation
import Office
import Presentation
import Records
import Rulebooks

/// Gives the records of a kind out as CSV.
struct ExportCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "导出为 CSV · Export as CSV",
        discussion: "个人信息默认遮盖；--unmask 须有权限，并记入日志。· "
            + "Personal data is masked; --unmask needs the permission and is entered in the ledger.")

    @Argument(help: ArgumentHelp("类别 · Kind", valueName: "kind"))
    var kind: String
    @Option(help: ArgumentHelp("写入文件，默认标准输出 · Write to a file (default: standard output)", valueName: "file"))
    var output: String?
    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("筛选，可多次给出 · Filter, may be repeated", valueName: "filter"))
    var filters: [String] = []
    @Option(help: ArgumentHelp("行政区划 · Region", valueName: "region"))
    var region: String?
    @Flag(help: "包括已作废的 · Include voided records")
    var voided = false
    @Flag(help: "供 Excel 打开：带字节顺序标记 · For Excel: with a byte order mark")
    var excel = false
    @Flag(help: "不遮盖个人信息，记入日志 · Personal data in clear; entered in the ledger")
    var unmask = false
    @Option(help: ArgumentHelp("查看个人信息的理由 · Why personal data is looked at", valueName: "text"))
    var reason: String?
    @Flag(help: "覆盖已有文件 · Overwrite the file")
    var overwrite = false
    @OptionGroup var actor: ActorOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let office = try session.office()
        let kind = try KindArgument.kind(self.kind, in: office.rulebook)
        let actor = try session.actor(actor, in: office)
        let sight = Sight(of: actor, in: office.rulebook)
        var query = try ListFilter(office, kind: kind, sight: sight).query(filters: filters, region: region)
        query.includesVoided = voided
        let sink =
            try output.map { try FileByteSink(path: $0, overwrites: overwrite) }
            ?? FileByteSink(descriptor: STDOUT_FILENO)
        let conditions = filters + (region.map { ["region=\($0)"] } ?? [])
        let report = try RecordExporter(office).export(
            kind, query, to: sink, options: excel ? .excel : CSVWriterOptions(),
            by: actor, unmasks: unmask, conditions: conditions, reason: reason)
        guard output != nil || console.errorTerminal.columns != nil else { return }
        console.aside(
            console.text(
                "已导出 \(NumberText.grouped(report.records)) 条\(kind.name.zh)",
                "Exported \(NumberText.grouped(report.records)) of the kind \(kind.name.en)"), .good)
        if !report.maskedFields.isEmpty {
            let names = report.maskedFields.compactMap { kind.field($0)?.name.text(console.language) }
            console.aside(
                console.text("  已遮盖：\(console.list(names))", "  Masked: \(console.list(names))"), .muted)
        }
    }
}
