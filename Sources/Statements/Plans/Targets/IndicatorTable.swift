import Figures

/// A table of indicators with the values to reach: 序号 指标 单位 2020年 2025年 属性.
struct IndicatorTable {
    private enum Column: Equatable {
        case name
        case unit
        /// A value to reach, and for which year where the head says so.
        case target(year: Int?)
        case other
    }

    private let columns: [Column]
    private let mark: ColumnLines.Mark

    private static let names = PlanWordList(
        """
        指标 指标名称 主要指标 指标内容 具体指标 指标项目 考核指标 目标指标 核心指标 目标名称 项目 考核内容 三级指标 二级指标
        """)
    private static let units = PlanWordList("单位 计量单位")
    private static let targets = PlanWordList("目标值 目标 规划目标 规划值 年度目标 年度目标值 指标值 控制指标 目标数 计划 计划值 计划目标")
    private static let presents = PlanWordList("现状 基期 实际 基数 完成 完成值 基准 现值 基础值")

    /// Reads the head of a table; `nil` when the line is none.
    init?(head line: Range<Int>, in lines: ColumnLines) {
        guard line.count <= 80 else { return nil }
        for mark in ColumnLines.Mark.allCases {
            let cells = lines.cells(of: line, at: mark)
            guard cells.count >= 2, cells.count <= 10, cells.allSatisfy({ $0.count <= 14 }) else { continue }
            let columns = Self.withLastYear(cells.map { Self.column($0, in: lines.scalars) })
            let hasTarget = columns.contains { if case .target = $0 { true } else { false } }
            if columns.contains(.name), hasTarget {
                (self.columns, self.mark) = (columns, mark)
                return
            }
        }
        return nil
    }

    private static func column(_ cell: Range<Int>, in scalars: [Unicode.Scalar]) -> Column {
        func isOne(_ list: PlanWordList) -> Bool {
            list.length(at: cell.lowerBound, in: scalars, until: cell.upperBound) == cell.count
        }
        if isOne(names) { return .name }
        if isOne(units) { return .unit }
        if presents.occurs(in: cell, of: scalars) { return .other }
        var (offset, year) = (cell.lowerBound, 0)
        while offset < cell.upperBound, offset - cell.lowerBound < 4, PlanScalar.isDigit(scalars[offset]) {
            year = year * 10 + Int(scalars[offset].value - 0x30)
            offset += 1
        }
        if offset - cell.lowerBound == 4, (1949...2100).contains(year) { return .target(year: year) }
        if targets.length(before: cell.upperBound, in: scalars, from: cell.lowerBound) != nil {
            return .target(year: nil)
        }
        return .other
    }

    /// Of several years only the last is to be reached; the others say where things stand.
    private static func withLastYear(_ columns: [Column]) -> [Column] {
        let years = columns.compactMap { column in
            if case .target(let year) = column { return year } else { return nil }
        }
        guard let last = years.max() else { return columns }
        return columns.map { column in
            guard case .target(let year) = column else { return column }
            return year == last || (year == nil && years.isEmpty) ? column : .other
        }
    }

    /// One row: its name, its figure and how the result is to stand to it.
    struct Row {
        let name: Range<Int>
        let value: Range<Int>
        let unit: Range<Int>?
        let year: Int?
    }

    /// The row in a line, `nil` when the line is no row of this table.
    func row(_ line: Range<Int>, in lines: ColumnLines) -> Row? {
        var cells = lines.cells(of: line, at: mark)
        if cells.count != columns.count { cells = lines.cells(of: line, at: .space) }
        guard cells.count == columns.count else { return nil }
        var name: Range<Int>?
        var value: Range<Int>?
        var unit: Range<Int>?
        var year: Int?
        for (cell, column) in zip(cells, columns) {
            switch column {
            case .name: name = cell
            case .unit: unit = cell
            case .target(let named): (value, year) = (cell, named)
            case .other: break
            }
        }
        guard let name, let value, !name.isEmpty, !value.isEmpty else { return nil }
        return Row(name: name, value: value, unit: unit, year: year)
    }
}

extension TargetReading {
    /// The target of a row of a table of indicators.
    func target(of row: IndicatorTable.Row, quantities: Range<Int>) -> FoundTarget? {
        let inside = quantities.first {
            text.quantities.indices.contains($0)
                && row.value.contains(text.quantities[$0].range.lowerBound)
        }
        guard let inside else { return nil }
        let quantity = text.quantities[inside]
        let head = FigureHead(before: quantity.digits.lowerBound, in: scalars, from: row.value.lowerBound)
        let tail = FigureTail(behind: quantity.range.upperBound, in: scalars, until: row.value.upperBound)
        var amount = TargetAmount(quantity, in: scalars)
        var (name, unit) = nameAndUnit(row.name)
        if let cell = row.unit, unit.isEmpty { unit = scalars.compactText(cell) }
        if amount.unit.isEmpty, unit != "-", unit != "—" { amount.unit = unit == "％" ? "%" : unit }
        if head.verb == .falling || head.verb == .rising, let verb = head.verbRange {
            name += scalars.compactText(verb)
        }
        guard name.unicodeScalars.count >= 2 else { return nil }
        var comparison = tail.comparison ?? head.comparison ?? .atLeast
        if head.verb == .limiting, tail.comparison == nil, head.comparison == nil { comparison = .atMost }
        return FoundTarget(
            name: name, comparison: comparison, amount: amount, scope: nil,
            deadline: row.year.map { "\($0)年" }, range: quantity.range)
    }

    /// 合格率（%）: the name without its unit, and the unit.
    private func nameAndUnit(_ cell: Range<Int>) -> (name: String, unit: String) {
        guard let last = cell.last, PlanScalar.isClosing(scalars[last]),
            let opening = cell.last(where: { PlanScalar.isOpening(scalars[$0]) })
        else { return (scalars.compactText(cell), "") }
        let unit = scalars.compactText((opening + 1)..<max(opening + 1, last))
        guard unit.unicodeScalars.count <= 6 else { return (scalars.compactText(cell), "") }
        return (scalars.compactText(cell.lowerBound..<opening), unit)
    }
}
