/// The forms a table can be given out in.
public enum OutputFormat: String, Hashable, Sendable, CaseIterable {
    /// For people at a terminal.
    case table
    /// For documents.
    case markdown
    /// For programs.
    case json
    /// For spreadsheets and programs.
    case csv
}

extension TextTable {
    /// The table in a form; every form ends in a line feed.
    public func text(as format: OutputFormat, for terminal: Terminal = .plain) -> String {
        switch format {
        case .table: drawn(for: terminal)
        case .markdown: markdown()
        case .json: json()
        case .csv: csv()
        }
    }

    /// A GitHub Flavored Markdown table with titles, rows and footers, the footers in bold.
    public func markdown() -> String {
        func line(_ texts: [String]) -> String { "| " + texts.joined(separator: " | ") + " |\n" }
        func escaped(_ text: String) -> String {
            // By scalars: a combining mark behind a bar makes another character of it, but not for Markdown.
            var result = ""
            for scalar in text.unicodeScalars {
                switch scalar {
                case "|", "\\", "<", "*", "_", "`": result += "\\" + String(scalar)
                case "\n": result += "<br>"
                default: result.unicodeScalars.append(scalar)
                }
            }
            return result
        }
        var text = line(columns.map { escaped(SafeText.oneLine($0.title)) })
        text += line(
            columns.map { column in
                switch column.alignment {
                case .left: "---"
                case .right, .decimal: "--:"
                case .centre: ":-:"
                }
            })
        for row in rows {
            text += line(columns.indices.map { escaped(shown(cell(row, $0).value, wraps: true)) })
        }
        for row in footers {
            text += line(
                columns.indices.map {
                    let content = escaped(shown(cell(row, $0).value, wraps: true))
                    return content.isEmpty ? "" : "**\(content)**"
                })
        }
        return text
    }

    /// A JSON array (RFC 8259) with an object for each row, its members named by key in the order of the
    /// columns.
    ///
    /// Whole numbers are numbers, decimals strings, nothing is null. Footers are left out.
    public func json() -> String {
        guard !rows.isEmpty else { return "[]\n" }
        let keys = columns.map { JSONText.quoted($0.key) }
        let objects = rows.map { row in
            let members = columns.indices.map { keys[$0] + ": " + JSONText.value(cell(row, $0).value) }
            return "  {" + members.joined(separator: ", ") + "}"
        }
        return "[\n" + objects.joined(separator: ",\n") + "\n]\n"
    }

    /// Comma-separated values (RFC 4180) with the keys as header; numbers without thousands separators.
    public func csv() -> String {
        func field(_ text: String) -> String {
            guard text.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else {
                return text
            }
            var result = "\""
            for scalar in text.unicodeScalars {
                if scalar == "\"" { result += "\"" }
                result.unicodeScalars.append(scalar)
            }
            return result + "\""
        }
        func line(_ texts: [String]) -> String {
            (texts == [""] ? "\"\"" : texts.map(field).joined(separator: ",")) + "\r\n"
        }
        return ([columns.map(\.key)] + rows.map { row in columns.indices.map { plain(cell(row, $0).value) } })
            .map(line).joined()
    }

    private func plain(_ value: TableValue) -> String {
        switch value {
        case .text(let text): text
        case .integer(let number): String(number)
        case .decimal(let digits): digits
        case .truth(let isTrue): isTrue ? "true" : "false"
        case .missing: ""
        }
    }
}

/// JSON without a library, for the few types of a table.
enum JSONText {
    static func value(_ value: TableValue) -> String {
        switch value {
        case .text(let text), .decimal(let text): quoted(text)
        case .integer(let number): String(number)
        case .truth(let isTrue): isTrue ? "true" : "false"
        case .missing: "null"
        }
    }

    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _
            where scalar.value < 0x20 || scalar.value == 0x7F || (0x2028...0x2029).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
