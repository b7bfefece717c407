import Exchange

/// Reads a table attached to a text.
enum TableFile {
    /// The cells of a CSV file, its first row with the others; rows may have different lengths.
    ///
    /// - Throws: `ExchangeProblem`; `CommandFailure` that names the row that cannot be read.
    static func cells(_ path: String) throws -> [[String]] {
        let source: FileByteSource = path == "-" ? .standardInput() : try FileByteSource(path: path)
        var options = CSVOptions(hasHeader: false)
        options.requiresEqualFieldCounts = false
        let reader = try CSVReader(source, options: options)
        var rows: [[String]] = []
        while let row = try reader.next() {
            switch row {
            case .row(let record): rows.append(record.strings)
            case .refused(let problem, _):
                throw CommandFailure(
                    .folder, code: problem.code, "附表无法读取：\(problem.chinese)",
                    "The table cannot be read: \(problem.english)")
            }
        }
        return rows
    }
}
