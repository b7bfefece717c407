import Figures

/// A bulletin's attached table, its columns understood from their headers alone.
///
/// The table's first rows are headers, in one line or several with the upper ones spanning columns; one column
/// names regions, and one row may be the total (合计, 总计, 全国). A column whose header does not say which unit it
/// counts and which period it is of is left out.
struct AttachedTable {
    /// What a column counts.
    struct Column: Hashable {
        /// 起 or 人.
        let unit: String
        /// Whether it counts 较大 or graver accidents only.
        let isMajor: Bool
        let index: Int
    }

    /// The columns of the period reported on.
    let columns: [Column]
    private let rows: [(name: String, cells: [String])]
    private let totalCells: [String]?

    /// Reads the shape of a table; `nil` when no header says what is counted or no column names regions.
    init?(_ table: [[String]]) {
        let table = table.prefix(20_000).filter { row in row.contains { !Self.trim($0).isEmpty } }
        guard let first = table.firstIndex(where: Self.isData), first > 0, first < 6 else { return nil }
        let width = table.prefix(first + 50).map(\.count).max() ?? 0
        let headers = Self.headers(table[..<first], width: min(width, 200))
        let data = table[first...].filter { Self.isData($0) }
        guard let names = Self.nameColumn(data, headers: headers) else { return nil }
        let named = data.compactMap { row -> (name: String, cells: [String])? in
            guard row.indices.contains(names) else { return nil }
            return (RegionName.normal(row[names]), row)
        }
        totalCells = named.first { Self.totals.contains($0.name) }?.cells
        rows = named.filter { !Self.totals.contains($0.name) && !$0.name.isEmpty }
        columns = Self.columns(headers)
        guard !columns.isEmpty, !rows.isEmpty else { return nil }
    }

    /// The columns that count a unit.
    func columns(unit: String, isMajor: Bool) -> [Column] {
        columns.filter { $0.unit == unit && $0.isMajor == isMajor }
    }

    /// The figure of the total's row.
    func total(_ column: Column) -> Rational? {
        guard let cells = totalCells, cells.indices.contains(column.index) else { return nil }
        return Self.number(cells[column.index])
    }

    /// The figure of a region's row; `nil` when no row or more than one has the name.
    func cell(_ name: String, _ column: Column) -> Rational? {
        let name = RegionName.normal(name)
        guard name.unicodeScalars.count > 1 else { return nil }
        var found = rows.filter { $0.name == name }
        if found.isEmpty { found = rows.filter { RegionName.nearlyEqual($0.name, name) } }
        guard found.count == 1, let cells = found.first?.cells, cells.indices.contains(column.index) else {
            return nil
        }
        return Self.number(cells[column.index])
    }

    /// The sum of a column over all rows but the total's; `nil` when a cell is not a number.
    func sum(_ column: Column) -> Rational? {
        var sum = Rational.zero
        for row in rows {
            guard row.cells.indices.contains(column.index) else { return nil }
            let text = Self.trim(row.cells[column.index])
            if text.isEmpty || text == "/" || text == "-" { continue }
            guard let number = Self.number(text), let next = try? sum.adding(number) else { return nil }
            sum = next
        }
        return sum
    }

    /// The tables of several periods written one below the other, by the period that a column names; one table
    /// under an empty name when no column does.
    static func byPeriod(_ table: [[String]]) -> [String: AttachedTable] {
        guard let header = table.first,
            let column = header.prefix(200).firstIndex(where: { cell in
                periodHeaders.contains(trim(cell).lowercased())
            })
        else { return AttachedTable(table).map { ["": $0] } ?? [:] }
        var rows: [String: [[String]]] = [:]
        for row in table.dropFirst() where row.indices.contains(column) {
            rows[trim(row[column]), default: [header]].append(row)
        }
        return rows.compactMapValues { AttachedTable($0) }
    }

    private static let periodHeaders: Set<String> = ["period", "时期", "期间", "月份", "统计期", "报告期", "时间"]

    private static let totals: Set<String> = ["合计", "总计", "全国", "全省", "全市", "总数", "共计", "小计"]

    // MARK: the shape

    private static func trim(_ text: String) -> String {
        var view = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace { view.append(scalar) }
        return String(view)
    }

    static func number(_ text: String) -> Rational? {
        PrintedNumber.parsed(trim(text))
    }

    /// Whether a row holds figures: at least two cells are numbers besides a name.
    private static func isData(_ row: [String]) -> Bool {
        let cells = row.prefix(200).map(trim)
        let numbers = cells.count { number($0) != nil }
        return numbers >= 2 && cells.contains { !$0.isEmpty && number($0) == nil && $0 != "/" }
    }

    /// The headers' words above each column, the upper lines carried to the right over empty cells.
    private static func headers(_ lines: ArraySlice<[String]>, width: Int) -> [String] {
        var headers = [String](repeating: "", count: width)
        for (order, line) in lines.enumerated() {
            // A line with one cell is the table's title: it says nothing of one column.
            guard line.count(where: { !trim($0).isEmpty }) > 1 else { continue }
            var carried = ""
            for column in 0..<width {
                let cell = column < line.count ? trim(line[column]) : ""
                if !cell.isEmpty { carried = cell }
                headers[column] += " " + (order < lines.count - 1 ? carried : cell)
            }
        }
        return headers
    }

    private static func nameColumn(_ data: [[String]], headers: [String]) -> Int? {
        if let named = headers.firstIndex(where: { header in
            ["地区", "省", "单位", "region", "市州", "区域"].contains { header.contains($0) }
        }) {
            return named
        }
        guard let first = data.first else { return nil }
        return first.indices.first { column in
            data.prefix(20).allSatisfy { $0.indices.contains(column) && number($0[column]) == nil }
        }
    }

    private static func columns(_ headers: [String]) -> [Column] {
        let years = headers.compactMap(year)
        let latest = years.max()
        var found: [Column] = []
        for (index, header) in headers.enumerated() {
            let header = header.lowercased()
            if ["同比", "同期比", "增减", "比较", "diff", "pct", "%", "％", "升降", "幅度", "占比", "比例"]
                .contains(where: header.contains)
            {
                continue
            }
            if ["同期", "上年", "去年", "last", "前一年"].contains(where: header.contains) { continue }
            if let year = year(header), let latest, year != latest { continue }
            guard let unit = unit(header) else { continue }
            let isMajor = ["较大", "重大", "major"].contains(where: header.contains)
            found.append(Column(unit: unit, isMajor: isMajor, index: index))
        }
        // Two columns of one kind without a word that tells them apart: neither is sure.
        return found.filter { column in
            found.count { $0.unit == column.unit && $0.isMajor == column.isMajor } == 1
        }
    }

    private static func unit(_ header: String) -> String? {
        let people = ["死亡", "人数", "（人）", "(人)", "deaths"].contains(where: header.contains)
        let accidents = ["起数", "（起）", "(起)", "accidents"].contains(where: header.contains)
        if people == accidents { return nil }
        return people ? "人" : "起"
    }

    private static func year(_ header: String) -> Int? {
        var digits = ""
        for scalar in header.unicodeScalars {
            if ("0"..."9").contains(scalar) {
                digits.unicodeScalars.append(scalar)
            } else if scalar == "年", digits.count == 4 {
                return Int(digits)
            } else {
                digits = ""
            }
        }
        return nil
    }
}

/// How names of regions are compared.
enum RegionName {
    private static let endings = ["维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "特别行政区", "自治州", "省", "市", "区", "县"]

    /// A name without spaces and without the word for what sort of region it is.
    static func normal(_ name: String) -> String {
        var view = String.UnicodeScalarView()
        for scalar in name.unicodeScalars where !scalar.properties.isWhitespace { view.append(scalar) }
        let name = String(view)
        for ending in endings where name.hasSuffix(ending) {
            let short = String(name.dropLast(ending.count))
            if short.unicodeScalars.count > 1 { return short }
        }
        return name
    }

    /// Whether one name is the other with one scalar left out at its end.
    static func nearlyEqual(_ first: String, _ second: String) -> Bool {
        let (long, short) = first.count > second.count ? (first, second) : (second, first)
        return short.count > 1 && long.count == short.count + 1 && long.hasPrefix(short)
    }
}
