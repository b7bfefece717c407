extension SQLiteWriter {
    func set(counter name: String, to value: Int64) throws {
        let statement = try cached(
            """
            INSERT INTO zhiheng_counter (name, value) VALUES (?1, ?2)
            ON CONFLICT DO UPDATE SET value = excluded.value
            """)
        statement.bind(1, name)
        statement.bind(2, value)
        try statement.run()
    }
}
