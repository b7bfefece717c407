import Figures

extension SQLiteReader {
    /// How many dimensions a cell can have.
    static let dimensionLimit = 8

    func cellSums(_ request: CellRequest) throws -> [CellSum] {
        let statement = TallySQL(request)
        guard let statement else { return [] }
        // Not from the cache: the months in the text make it another one every time.
        let rows = try PreparedStatement.fresh(statement.sql, in: db)
        for (position, text) in statement.texts.enumerated() { rows.bind(position + 1, text) }
        let grouping = request.grouping
        var sums: [CellSum] = []
        defer { rows.reset() }
        while try rows.step() {
            sums.append(
                CellSum(
                    measure: rows.text(0),
                    month: grouping.byMonth ? Int32(truncatingIfNeeded: rows.integer(1)) : Months.none,
                    region: rows.text(2), dimension: rows.text(3), value: rows.integer(4)))
        }
        return sums
    }

    func eachTallyCell(_ body: (TallyKey, Int64) throws -> Void) throws {
        let statement = try PreparedStatement.fresh(
            """
            SELECT measure, month, region, dimensions, d1, d2, d3, d4, d5, d6, d7, d8,
                value FROM zhiheng_tally
            ORDER BY measure, month, region, dimensions, d1, d2, d3, d4, d5, d6, d7, d8
            """, in: db)
        defer { statement.reset() }
        while try statement.step() {
            // A month that is none is told as the last there is, in which nothing is counted.
            let key = TallyKey(
                measure: statement.text(0), month: Int32(exactly: statement.integer(1)) ?? Int32.max,
                region: statement.text(2), dimensions: Self.dimensions(in: statement))
            try body(key, statement.integer(12))
        }
    }

    /// The dimensions of a cell; what stands beyond their number is told too, so that it is not overlooked.
    private static func dimensions(in row: PreparedStatement) -> [String] {
        let all = (0..<dimensionLimit).map { row.text(4 + $0) }
        let used = (all.lastIndex { !$0.isEmpty } ?? -1) + 1
        guard let count = Int(exactly: row.integer(3)), (0...dimensionLimit).contains(count) else {
            return all + ["\(row.integer(3))"]
        }
        return Array(all.prefix(max(count, used)))
    }
}

/// The statement that sums cells in the database.
private struct TallySQL {
    let sql: String
    private(set) var texts: [String] = []

    /// Nil when no cell can be meant.
    init?(_ request: CellRequest) {
        let dimensions = 0..<SQLiteReader.dimensionLimit
        let grouping = request.grouping
        guard request.restrictions.keys.allSatisfy(dimensions.contains),
            grouping.dimension.map(dimensions.contains) ?? true
        else { return nil }
        var texts: [String] = []
        func list(_ values: some Sequence<String>) -> String {
            values.map { value in
                texts.append(value)
                return "?\(texts.count)"
            }.joined(separator: ", ")
        }
        var conditions = ["measure IN (\(list(request.measures)))", Self.months(of: request)]
        let prefixes = request.regionPrefixes.map { prefix -> String in
            if prefix.isEmpty { return "1" }
            let start = "region >= \(list([prefix]))"
            return SQLText.end(ofPrefix: prefix).map { "\(start) AND region < \(list([$0]))" } ?? start
        }
        conditions.append(prefixes.isEmpty ? "0" : "(\(prefixes.joined(separator: " OR ")))")
        for (dimension, values) in request.restrictions.sorted(by: { $0.key < $1.key }) {
            conditions.append("dimensions > \(dimension) AND d\(dimension + 1) IN (\(list(values.sorted())))")
        }
        if let dimension = grouping.dimension { conditions.append("dimensions > \(dimension)") }
        let columns = [
            "measure", grouping.byMonth ? "month" : "''",
            grouping.regionDigits.map { "substr(region, 1, \(max(0, $0)))" } ?? "''",
            grouping.dimension.map { "d\($0 + 1)" } ?? "''",
        ]
        sql =
            "SELECT \(columns.joined(separator: ", ")), sum(value) FROM zhiheng_tally "
            + "WHERE \(conditions.joined(separator: " AND ")) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
        self.texts = texts
    }

    /// Names each month of a short range, so that the region's range is sought within every month.
    private static func months(of request: CellRequest) -> String {
        let undated = "month = \(Months.none)"
        guard let months = request.months else { return request.includesUndated ? undated : "0" }
        if months.count <= 60 {
            let named = (request.includesUndated ? [Months.none] : []) + Array(months)
            return "month IN (\(named.map { String($0) }.joined(separator: ", ")))"
        }
        let dated = "month BETWEEN \(months.lowerBound) AND \(months.upperBound)"
        return request.includesUndated ? "(\(dated) OR \(undated))" : dated
    }
}
