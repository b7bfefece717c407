extension TextTable {
    /// The table for people: titles, a light rule, rows, and footers under another rule.
    ///
    /// Columns of words give way first when the terminal is too narrow, the widest first; numbers are never
    /// cut. Every line ends in a line feed, without spaces before it.
    public func drawn(for terminal: Terminal = .plain) -> String {
        guard !columns.isEmpty else { return "" }
        let layout = Layout(self, terminal)
        var text = layout.line(
            columns.map { SafeText.oneLine($0.title) }, meanings: columns.map { _ in .strong })
        text += layout.rule()
        for row in layout.rows { text += layout.draw(row) }
        if !layout.footers.isEmpty {
            text += layout.rule()
            for row in layout.footers { text += layout.draw(row) }
        }
        return text
    }

    /// A row ready to be drawn: the text of each cell, decimal points already below each other.
    struct ReadyRow {
        var texts: [String]
        var meanings: [Meaning?]
    }

    /// The width of each column and the rows fitted to them.
    struct Layout {
        static let gap = "  "
        /// A column of words is not made narrower than this.
        static let narrowest = 6

        let columns: [TableColumn]
        let terminal: Terminal
        private(set) var widths: [Int]
        private(set) var rows: [ReadyRow]
        private(set) var footers: [ReadyRow]

        init(_ table: TextTable, _ terminal: Terminal) {
            columns = table.columns
            self.terminal = terminal
            var all = (table.rows + table.footers).map { row in
                ReadyRow(
                    texts: table.columns.indices.map {
                        table.shown(table.cell(row, $0).value, wraps: table.columns[$0].overflow == .wrap)
                    },
                    meanings: table.columns.indices.map { table.cell(row, $0).meaning })
            }
            for index in table.columns.indices where table.columns[index].alignment == .decimal {
                Self.alignPoints(&all, index)
            }
            let ready = all
            widths = table.columns.enumerated().map { index, column in
                let title = DisplayWidth.columns(of: SafeText.oneLine(column.title))
                let widest = ready.reduce(0) { max($0, Self.widestLine($1.texts[index])) }
                return max(title, min(widest, max(1, column.maximumWidth ?? .max)))
            }
            rows = Array(all.prefix(table.rows.count))
            footers = Array(all.dropFirst(table.rows.count))
            narrow()
        }

        private static func widestLine(_ text: String) -> Int {
            guard text.contains("\n") else { return DisplayWidth.columns(of: text) }
            return text.split(separator: "\n").reduce(0) { max($0, DisplayWidth.columns(of: $1)) }
        }

        /// Adds spaces behind shorter fractions, so that aligning right aligns the points.
        private static func alignPoints(_ rows: inout [ReadyRow], _ index: Int) {
            func fraction(_ text: String) -> Int { text.firstIndex(of: ".").map { text[$0...].count } ?? 0 }
            let longest = rows.reduce(0) { max($0, fraction($1.texts[index])) }
            for row in rows.indices where !rows[row].texts[index].isEmpty {
                let missing = longest - fraction(rows[row].texts[index])
                rows[row].texts[index] += String(repeating: " ", count: missing)
            }
        }

        /// Takes columns from the widest column of words until the table fits or none can give more.
        private mutating func narrow() {
            guard let limit = terminal.columns else { return }
            let gaps = Self.gap.count * (columns.count - 1)
            while widths.reduce(gaps, +) > limit {
                let giving = columns.indices.filter {
                    columns[$0].alignment != .right && columns[$0].alignment != .decimal
                        && columns[$0].overflow != .keep && widths[$0] > Self.narrowest
                }
                guard let widest = giving.max(by: { widths[$0] < widths[$1] }) else { return }
                widths[widest] -= 1
            }
        }

        /// One line: each text fitted to its column, painted after it was padded.
        func line(_ texts: [String], meanings: [Meaning?]) -> String {
            var line = ""
            for (index, text) in texts.enumerated() {
                let fitted = text.truncated(to: widths[index])
                let padding = max(0, widths[index] - DisplayWidth.columns(of: fitted))
                let before: Int
                switch columns[index].alignment {
                case .left: before = 0
                case .right, .decimal: before = padding
                case .centre: before = padding / 2
                }
                line += String(repeating: " ", count: before) + terminal.painted(fitted, meanings[index])
                line += String(repeating: " ", count: padding - before) + Self.gap
            }
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }

        func rule() -> String {
            let text = widths.map { String(repeating: "─", count: $0) }.joined(separator: Self.gap)
            return terminal.painted(text, .muted) + "\n"
        }

        /// A row in as many lines as its longest wrapped cell needs.
        func draw(_ row: ReadyRow) -> String {
            let cells = columns.indices.map { index in
                columns[index].overflow == .wrap
                    ? TextWrap.lines(of: row.texts[index], columns: widths[index]) : [row.texts[index]]
            }
            let height = cells.reduce(1) { max($0, $1.count) }
            return (0..<height).map { number in
                line(cells.map { number < $0.count ? $0[number] : "" }, meanings: row.meanings)
            }.joined()
        }
    }
}
