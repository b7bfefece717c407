import Office
import Presentation
import Rulebooks

/// Tells what an import did, and why rows were refused.
struct ImportReportText {
    let console: Console
    let kind: Kind

    /// How many errors are listed on the screen; JSON and CSV list all that the report holds.
    private static let shownErrors = 20

    init(_ console: Console, kind: Kind) {
        (self.console, self.kind) = (console, kind)
    }

    func show(_ report: ImportReport, request: ImportRequest, refusedFile: String?, as format: OutputFormat) {
        guard format == .table else { return console.table(errors(report.errors), as: format) }
        console.line(heading(report, request), report.refused == 0 || report.isDone ? .good : .danger)
        var facts = FactBlock()
        facts.add(console.text("文件", "File"), "\(report.fileName)  \(report.encoding)")
        facts.add(console.text("读取", "Read"), rows(report.rowsRead))
        if request.isDryRun || !report.isDone {
            facts.add(console.text("可导入", "Would be taken"), rows(report.taken))
        } else {
            facts.add(console.text("导入", "Taken"), rows(report.taken))
        }
        if report.refused > 0 { facts.add(console.text("拒绝", "Refused"), rows(report.refused), .danger) }
        if report.left > 0 { facts.add(console.text("按映射略过", "Left out by the map"), rows(report.left)) }
        if report.warnings > 0 { facts.add(console.text("提醒", "Warnings"), "\(report.warnings)", .warning) }
        if let id = report.importID { facts.add(console.text("导入号", "Import"), "\(id)") }
        if !report.fileDigest.isEmpty { facts.add("SHA-256", report.fileDigest, .muted) }
        console.facts(facts)
        showErrors(report)
        for warning in report.listedWarnings.prefix(5) {
            console.paragraph(
                console.text(
                    "第 \(warning.row) 行：\(warning.text)", "row \(warning.row): \(warning.textEnglish)"),
                .warning)
        }
        if report.refused > 0, report.isDone, let refusedFile {
            console.line()
            console.paragraph(
                console.text(
                    "坏行已写入 \(refusedFile)，改好后可再次导入",
                    "Refused rows are in \(refusedFile), to be mended and sent again"))
        } else if report.refused > 0, !request.isDryRun {
            console.line()
            console.paragraph(
                console.text(
                    "没有导入任何记录。改好文件再导入，或用 --skip-bad 文件 只导入好的行。",
                    "Nothing was imported. Mend the file, or take the good rows with --skip-bad FILE."))
        }
    }

    private func heading(_ report: ImportReport, _ request: ImportRequest) -> String {
        let name = kind.name.text(console.language)
        if request.isDryRun {
            return console.text("\(name)：仅作检查，没有改动", "\(name): checked only, nothing changed")
        }
        if report.isDone {
            return console.text(
                "已导入 \(NumberText.grouped(report.taken)) 条\(name)",
                "Imported \(NumberText.grouped(report.taken)) of the kind \(name)")
        }
        return console.text("\(name)：未导入", "\(name): not imported")
    }

    private func rows(_ count: Int64) -> String {
        console.text(
            "\(NumberText.grouped(count)) 行", "\(NumberText.grouped(count)) row\(count == 1 ? "" : "s")")
    }

    private func showErrors(_ report: ImportReport) {
        guard report.errorCount > 0 else { return }
        console.line()
        console.line(console.text("原因", "Reasons"), .strong)
        var reasons = TextTable(columns: [
            TableColumn(key: "count", title: console.text("次数", "Times"), alignment: .right),
            TableColumn(key: "code", title: console.text("代码", "Code")),
            TableColumn(key: "column", title: console.text("列", "Column")),
        ])
        let ordered = report.reasons.sorted {
            ($1.value, $0.key.code, $0.key.column ?? "") < ($0.value, $1.key.code, $1.key.column ?? "")
        }
        for (reason, count) in ordered {
            reasons.rows.append([.integer(count), .text(reason.code), .text(reason.column ?? "")])
        }
        console.table(reasons)
        console.line()
        console.table(errors(Array(report.errors.prefix(Self.shownErrors))))
        let listed = ImportReport.listedErrors
        if report.errorCount > Int64(Self.shownErrors) {
            console.line(
                console.text(
                    "共 \(NumberText.grouped(report.errorCount)) 处错误，这里列出前 \(Self.shownErrors) 处；"
                        + "--format csv 列出前 \(NumberText.grouped(listed)) 处",
                    "\(NumberText.grouped(report.errorCount)) errors, the first \(Self.shownErrors) listed here; "
                        + "--format csv lists the first \(NumberText.grouped(listed))"), .muted)
        }
    }

    private func errors(_ errors: [RowError]) -> TextTable {
        var table = TextTable(columns: [
            TableColumn(key: "row", title: console.text("行", "Row"), alignment: .right),
            TableColumn(key: "line", title: console.text("文件行", "Line"), alignment: .right),
            TableColumn(key: "column", title: console.text("列", "Column")),
            TableColumn(key: "value", title: console.text("值", "Value"), maximumWidth: 24),
            TableColumn(key: "code", title: console.text("代码", "Code")),
            TableColumn(key: "reason", title: console.text("原因", "Reason"), overflow: .wrap),
        ])
        for error in errors {
            table.rows.append([
                .integer(error.row), .integer(error.line), .text(error.column ?? ""),
                .text(error.value ?? ""),
                .text(error.code), .text(console.text(error.reason, error.reasonEnglish)),
            ])
        }
        return table
    }
}
