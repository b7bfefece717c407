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

    /// Holds when records fall due, by which desks and lists find them, against their clocks.
    func checkDue(_ reader: any StoreReading, _ report: inout Report) throws {
        for kind in office.rulebook.kindOrder.compactMap(office.rulebook.kind) {
            for number in try reader.misdue(kind, limit: 100) {
                report.add(
                    number, "记录上的到期时间与其时限不符", "the record does not fall due when its clocks say")
            }
        }
    }
}
