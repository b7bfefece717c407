import Figures
import Presentation
import Rulebooks

/// Puts figures into tables.
struct FigureText {
    let console: Console
    let query: FigureQuery
    let rulebook: Rulebook
    /// Whether to show rows that are all zero.
    let showsAll: Bool

    init(_ console: Console, query: FigureQuery, rulebook: Rulebook, showsAll: Bool) {
        (self.console, self.query, self.rulebook) = (console, query, rulebook)
        self.showsAll = showsAll
    }

    private var language: Language { console.language }
    private var isBrokenDown: Bool { query.breakdown != .none }
    private var compares: Bool { query.comparison != .none }

    // MARK: Measures

    func show(_ result: FigureResult, as format: OutputFormat) {
        let rows = format == .table && !showsAll ? result.rows.filter { !isIdle($0) } : result.rows
        let table =
            !isBrokenDown && result.measures.count > 1
            ? measuresDown(result) : rowsDown(result.replacing(rows: rows))
        if format == .table { console.line(heading(result.total.label), .strong) }
        console.table(table, as: format)
        guard format == .table else { return }
        note(left: result.rows.count - rows.count)
        note(undetermined: result.total.figures.map { $0.undetermined + $0.previousUndetermined }.max() ?? 0)
    }

    /// Values of a dimension with nothing to tell; regions and months are always shown, where a zero is news.
    private func isIdle(_ row: FigureRow) -> Bool {
        guard case .dimension = query.breakdown else { return false }
        return row.figures.allSatisfy(\.isEmpty)
    }

    private func note(left count: Int) {
        guard count > 0 else { return }
        console.paragraph(
            console.text("另有 \(count) 项为零，--all 全部列出", "\(count) more are zero; --all lists them"), .muted)
    }

    /// One row for each measure, when nothing is broken down.
    private func measuresDown(_ result: FigureResult) -> TextTable {
        var table = TextTable(
            columns: [
                TableColumn(key: "measure", title: console.text("计量", "Measure")),
                TableColumn(key: "unit", title: console.text("单位", "Unit")),
            ] + figureColumns(prefix: "", title: nil, single: false))
        for (measure, figure) in zip(result.measures, result.total.figures) {
            table.rows.append(
                [.text(measure.name.text(language)), .text(measure.unit?.text(language) ?? "")]
                    + cells(figure, measure, single: false))
        }
        return table
    }

    /// One row for each key, the measures beside each other.
    private func rowsDown(_ result: FigureResult) -> TextTable {
        let single = result.measures.count == 1
        var table = TextTable(columns: isBrokenDown ? keyColumns(result.measures.first?.id) : [])
        for measure in result.measures {
            let unit = measure.unit.map { console.text("（\($0.zh)）", " (\($0.en))") } ?? ""
            table.columns += figureColumns(
                prefix: single ? "" : measure.id + ".", title: measure.name.text(language) + unit,
                single: single)
        }
        for row in result.rows {
            let values = zip(result.measures, row.figures).flatMap { cells($1, $0, single: single) }
            table.rows.append((isBrokenDown ? keyCells(row.key, row.label) : []) + values)
        }
        if isBrokenDown {
            let values = zip(result.measures, result.total.figures).flatMap {
                cells($1, $0, single: single, isTotal: true)
            }
            table.footers = [[.missing, .text(console.text("合计", "Total"))] + values]
            if keyIsPlain { table.footers = [[.text(console.text("合计", "Total"))] + values] }
        }
        return table
    }

    private var showsShare: Bool { isBrokenDown && query.breakdown != .month }

    private func figureColumns(prefix: String, title: String?, single: Bool) -> [TableColumn] {
        var columns = [
            TableColumn(
                key: prefix + "value", title: title ?? console.text("数值", "Value"), alignment: .decimal)
        ]
        if compares {
            let before =
                query.comparison == .year ? console.text("上年同期", "Year before") : console.text("上期", "Before")
            columns.append(TableColumn(key: prefix + "previous", title: before, alignment: .decimal))
            columns.append(
                TableColumn(
                    key: prefix + "difference", title: console.text("增减", "Change"), alignment: .decimal))
            let rate = query.comparison == .year ? console.text("同比", "Rate") : console.text("环比", "Rate")
            columns.append(TableColumn(key: prefix + "rate", title: rate, alignment: .right))
        }
        if single, showsShare {
            columns.append(
                TableColumn(key: prefix + "share", title: console.text("占比", "Share"), alignment: .right))
            columns.append(
                TableColumn(key: prefix + "rank", title: console.text("位次", "Rank"), alignment: .right))
        }
        return columns
    }

    private func cells(
        _ figure: MeasuredFigure, _ measure: MeasureDescription, single: Bool, isTotal: Bool = false
    ) -> [TableCell] {
        var cells = [number(figure.value, measure)]
        if compares {
            cells.append(figure.previous.map { number($0, measure) } ?? .missing)
            cells.append(figure.difference.map { number($0, measure) } ?? .missing)
            cells.append(figure.change.map { .text($0.tableText(language)) } ?? .missing)
        }
        if single, showsShare {
            cells.append(figure.share.map { .text($0.percentText()) } ?? .missing)
            cells.append(isTotal ? .missing : .integer(figure.rank))
        }
        return cells
    }

    private func number(_ value: Int64, _ measure: MeasureDescription) -> TableCell {
        measure.places == 0
            ? .integer(value)
            : .decimal(Rational(unscaled: value, places: measure.places).text(places: measure.places))
    }

    // MARK: Keys

    private var keyIsPlain: Bool {
        switch query.breakdown {
        case .month: true
        default: false
        }
    }

    private func keyColumns(_ measure: String?) -> [TableColumn] {
        switch query.breakdown {
        case .none: return []
        case .month: return [TableColumn(key: "month", title: console.text("月份", "Month"))]
        case .regionLevel:
            return [
                TableColumn(key: "region", title: console.text("代码", "Code")),
                TableColumn(key: "name", title: console.text("区划", "Region")),
            ]
        case .dimension(let name):
            let title = measure.flatMap { rulebook.dimensionName(name, of: $0) }?.text(language) ?? name
            return [
                TableColumn(key: name, title: console.text("代码", "Code")),
                TableColumn(key: "name", title: title),
            ]
        }
    }

    private func keyCells(_ key: FigureKey, _ label: Bilingual) -> [TableCell] {
        if case .month(let month) = key {
            return [month < 12 ? .text(label.text(language)) : .text(Months.text(month))]
        }
        if case .region(let code) = key {
            return [.text(rulebook.regions.prefix(code), .muted), .text(label.text(language))]
        }
        return [.text(key.text, .muted), .text(label.text(language))]
    }

    // MARK: Indicators

    func show(_ result: IndicatorResult, _ indicator: Indicator, as format: OutputFormat) {
        var table = TextTable(
            columns: isBrokenDown ? keyColumns(indicator.terms.values.map(\.measure).sorted().first) : [])
        let unit = indicator.unit.map { console.text("（\($0)）", " (\($0))") } ?? ""
        table.columns.append(
            TableColumn(key: "value", title: indicator.name.text(language) + unit, alignment: .decimal))
        if compares {
            let before =
                query.comparison == .year ? console.text("上年同期", "Year before") : console.text("上期", "Before")
            table.columns.append(TableColumn(key: "previous", title: before, alignment: .decimal))
            table.columns.append(TableColumn(key: "change", title: console.text("变化", "Change")))
        }
        if isBrokenDown {
            table.columns.append(
                TableColumn(key: "rank", title: console.text("位次", "Rank"), alignment: .right))
        }
        for row in result.rows {
            table.rows.append(
                (isBrokenDown ? keyCells(row.key, row.label) : []) + cells(row.figure)
                    + (isBrokenDown ? [row.rank.map { .integer($0) } ?? .missing] : []))
        }
        if isBrokenDown {
            let total = TableCell.text(console.text("总体", "Overall"))
            table.footers = [(keyIsPlain ? [total] : [.missing, total]) + cells(result.total)]
        }
        if format == .table {
            let name =
                query.region.isEmpty
                ? console.text("全部", "All")
                : rulebook.regions.name(query.region, on: query.period?.lastDay)?.text(language)
                    ?? query.region
            console.line(heading(Bilingual(zh: name, en: name)), .strong)
        }
        console.table(table, as: format)
        guard format == .table else { return }
        if case .undefined(let gap) = result.total.value {
            console.line(console.text("没有数值：", "No value: ") + gap.reason.text(language), .warning)
        }
        note(undetermined: result.total.undetermined)
    }

    private func cells(_ figure: IndicatorFigure) -> [TableCell] {
        var cells = [value(figure.value, places: figure.places)]
        if compares {
            cells.append(figure.previous.map { value($0, places: figure.places) } ?? .missing)
            cells.append(figure.changeText(language).map { .text($0) } ?? .missing)
        }
        return cells
    }

    private func value(_ value: IndicatorValue, places: Int) -> TableCell {
        value.rational.map { .decimal($0.text(places: places)) } ?? .text("—", .muted)
    }

    // MARK: Around the table

    private func heading(_ label: Bilingual) -> String {
        let period = query.period?.name.text(language)
        return [label.text(language), period].compactMap { $0 }.joined(separator: "  ")
    }

    private func note(undetermined: Int64) {
        guard undetermined > 0 else { return }
        console.paragraph(
            console.text(
                "另有 \(undetermined) 条记录因缺少内容而不能判断是否计入",
                "\(undetermined) more cannot be told whether they count: a fact is missing"),
            indent: 2, .warning)
    }
}
