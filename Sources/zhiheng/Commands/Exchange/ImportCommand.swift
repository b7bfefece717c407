import ArgumentParser
import Exchange
import Foundation
import Office
import Presentation
import Records
import Rulebooks

/// Takes a file of records in.
struct ImportCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "导入 CSV 文件 · Import a CSV file",
        discussion: """
            默认要么全部导入，要么一条也不导入；--skip-bad 只导入好的行，并把坏行写入文件，改好后可再导入。
            All or nothing, unless --skip-bad takes the good rows and writes the others to a file to be mended.
            """)

    @Argument(help: ArgumentHelp("类别 · Kind", valueName: "kind"))
    var kind: String
    @Argument(help: ArgumentHelp("文件 · File", valueName: "file"), completion: .file(extensions: ["csv"]))
    var file: String
    @Option(help: ArgumentHelp("规则书中的导入映射 · Import map of the rulebook", valueName: "map"))
    var map: String?
    @Flag(help: "只检查，不导入 · Check only")
    var dryRun = false
    @Option(help: ArgumentHelp("坏行写入此文件 · Write refused rows to this file", valueName: "file"))
    var skipBad: String?
    @OptionGroup var actor: ActorOption
    @OptionGroup var form: FormatOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let office = try session.office()
        let kind = try KindArgument.kind(self.kind, in: office.rulebook)
        let url = URL(fileURLWithPath: file)
        var request = ImportRequest(kind: kind.id, map: map, fileName: url.lastPathComponent)
        request.isDryRun = dryRun
        request.skipsBadRows = skipBad != nil
        let refused = try skipBad.map { try FileByteSink(path: $0) }
        let progress = ImportProgress(file: url, console: console)
        var sinkProblem: ExchangeProblem?
        let report: ImportReport
        do {
            report = try Importer(office, archive: session.workspace.archive).run(
                request, file: url, by: session.identity(actor, in: office),
                refusedRows: refused.map { sink in
                    { bytes in
                        do throws(ExchangeProblem) { try sink.write(bytes) } catch {
                            sinkProblem = sinkProblem ?? error
                        }
                    }
                },
                progress: { bytes, rows in progress.show(bytes: bytes, rows: rows) })
            progress.finish()
        } catch {
            progress.finish()
            removeRefusedFile()
            throw error
        }
        if let sinkProblem { throw sinkProblem }
        if report.refused == 0 { removeRefusedFile() }
        ImportReportText(console, kind: kind).show(
            report, request: request, refusedFile: skipBad, as: form.format)
        if report.refused > 0 { throw ExitCode(CommandFailure.Exit.refused.rawValue) }
    }

    /// A file of refused rows that holds none would only puzzle.
    private func removeRefusedFile() {
        if let skipBad { try? FileManager.default.removeItem(atPath: skipBad) }
    }
}
