import ArgumentParser
import Office
import Presentation
import Records
import Rulebooks

/// Replays the ledger and compares it with everything on file.
struct LedgerAudit: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "重放日志，与全部资料核对 · Replay the ledger and compare everything with it",
        discussion: "有不符之处时退出码为 1。· Exits with 1 when something differs.")

    @OptionGroup var form: FormatOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let office = try session.office()
        let report = try Auditor(
            office, keys: [try session.workspace.keys.verifierKey()], archive: session.workspace.archive
        ).run()
        if form.format == .table {
            show(report, console)
        } else {
            console.table(findings(report, console), as: form.format)
        }
        if !report.isClean { throw ExitCode(CommandFailure.Exit.refused.rawValue) }
    }

    private func show(_ report: Auditor.Report, _ console: Console) {
        let count = report.findings.count + report.further
        console.line(
            report.isClean
                ? console.text("审计无误", "The audit is clean")
                : console.text(
                    "审计发现 \(count) 处不符", "The audit found \(count) difference\(count == 1 ? "" : "s")"),
            report.isClean ? .good : .danger)
        var facts = FactBlock()
        facts.add(console.text("日志条目", "Entries"), NumberText.grouped(report.entries))
        facts.add(console.text("记录", "Records"), NumberText.grouped(report.records))
        facts.add(console.text("其中导入", "Imported rows"), NumberText.grouped(report.importedRows))
        facts.add(console.text("计数", "Tally cells"), NumberText.grouped(report.cells))
        facts.add(console.text("文书", "Documents"), NumberText.grouped(report.documents))
        facts.add(console.text("检查点", "Checkpoints"), NumberText.grouped(report.checkpoints))
        if let root = report.root { facts.add(console.text("根哈希", "Root"), root.base64, .muted) }
        console.facts(facts)
        guard !report.isClean else { return }
        console.line()
        console.table(findings(report, console))
        if report.further > 0 {
            console.line(
                console.text("另有 \(report.further) 处未列出", "\(report.further) more not listed"), .muted)
        }
    }

    private func findings(_ report: Auditor.Report, _ console: Console) -> TextTable {
        var table = TextTable(columns: [
            TableColumn(key: "subject", title: console.text("对象", "Subject")),
            TableColumn(key: "finding", title: console.text("不符之处", "Finding"), overflow: .wrap),
        ])
        for finding in report.findings {
            table.rows.append([
                .text(finding.subject, .danger), .text(console.text(finding.text, finding.textEnglish)),
            ])
        }
        return table
    }
}
