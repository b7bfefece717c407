import Storage

extension Auditor {
    /// Lets the engine look over its own files: damage there can hide what a look-up would find.
    func checkEngine(_ reader: any StoreReading, _ report: inout Report) throws {
        for table in try reader.damagedTables() {
            report.add(
                table.isEmpty ? "database" : "table \(table)", "数据库文件有损坏：表或索引的内容前后不符",
                "the database file is damaged: a table or index is not as it should be")
        }
    }
}
