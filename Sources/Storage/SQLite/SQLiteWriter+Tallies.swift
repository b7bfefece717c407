import Figures

extension SQLiteWriter {
    func add(_ deltas: [TallyKey: Int64]) throws {
        let statement = try cached(
            """
            INSERT INTO zhiheng_tally (measure, month, region, dimensions, d1, d2, d3, d4, d5, d6, d7,
                d8, value)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
            ON CONFLICT DO UPDATE SET value = value + excluded.value RETURNING value
            """)
        for (key, delta) in deltas where delta != 0 {
            try bind(key, to: statement)
            statement.bind(13, delta)
            guard try statement.step() else { continue }
            let isZero = statement.integer(0) == 0
            try statement.run()
            if isZero { try remove(key) }
        }
    }

    func replaceTallies(_ cells: [TallyKey: Int64]) throws {
        try cached("DELETE FROM zhiheng_tally").run()
        try add(cells)
    }

    private func remove(_ key: TallyKey) throws {
        let statement = try cached(
            """
            DELETE FROM zhiheng_tally WHERE measure = ?1 AND month = ?2 AND region = ?3 AND dimensions = ?4
            AND d1 = ?5 AND d2 = ?6 AND d3 = ?7 AND d4 = ?8 AND d5 = ?9 AND d6 = ?10 AND d7 = ?11 AND d8 = ?12
            """)
        try bind(key, to: statement)
        try statement.run()
    }

    private func bind(_ key: TallyKey, to statement: PreparedStatement) throws {
        guard key.dimensions.count <= Self.dimensionLimit else {
            throw StoreProblem.unsuitable(kind: key.measure, column: "dimensions")
        }
        statement.bind(1, key.measure)
        statement.bind(2, Int64(key.month))
        statement.bind(3, key.region)
        statement.bind(4, Int64(key.dimensions.count))
        for position in 0..<Self.dimensionLimit {
            let dimension = position < key.dimensions.count ? key.dimensions[position] : ""
            statement.bind(5 + position, dimension)
        }
    }
}
