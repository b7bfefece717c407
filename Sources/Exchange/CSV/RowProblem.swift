/// Why one row of a file cannot be taken.
public struct RowProblem: Error, Hashable, Sendable {
    /// The row, from 1, without the header and blank lines; 0 is the header.
    public let row: Int64
    /// The physical line in which the problem lies, from 1.
    public let line: Int64
    /// The field within the row, from 1; nil when the row as a whole is wrong.
    public let column: Int?
    /// What is wrong.
    public let reason: Reason

    /// A problem at a place.
    public init(row: Int64, line: Int64, column: Int?, reason: Reason) {
        self.row = row
        self.line = line
        self.column = column
        self.reason = reason
    }

    /// What can be wrong with a row before anyone looks at what it says.
    public enum Reason: Hashable, Sendable {
        /// A quote was opened in this line and never closed, or not within the longest field.
        case unterminatedQuote
        /// Text follows a closing quote directly.
        case textAfterQuote
        /// The row has not as many fields as the header.
        case raggedRow(expected: Int, found: Int)
        /// A field is longer than the limit.
        case fieldTooLong(limitBytes: Int)
        /// The row is longer than the limit.
        case rowTooLong(limitBytes: Int)
        /// The row has more fields than the limit.
        case tooManyFields(limit: Int)
        /// A NUL byte, which text never holds.
        case nulByte
        /// A byte that is not UTF-8, with its offset in the file from 0.
        case invalidUTF8(byte: UInt8, byteOffset: Int64)
    }
}

extension RowProblem: CustomStringConvertible {
    /// A stable code, unique among the problems of exchange; codes are never given a second meaning.
    public var code: String {
        switch reason {
        case .unterminatedQuote: "EXCHANGE-0201"
        case .textAfterQuote: "EXCHANGE-0202"
        case .raggedRow: "EXCHANGE-0203"
        case .fieldTooLong: "EXCHANGE-0204"
        case .rowTooLong: "EXCHANGE-0205"
        case .tooManyFields: "EXCHANGE-0206"
        case .nulByte: "EXCHANGE-0207"
        case .invalidUTF8: "EXCHANGE-0208"
        }
    }

    /// The problem in English: where, what, and what to do.
    public var english: String {
        let field = column.map { ", column \($0)" } ?? ""
        return "Line \(line)\(field): \(reason.english)."
    }

    /// The problem in Simplified Chinese: where, what, and what to do.
    public var chinese: String {
        let field = column.map { "第 \($0) 列" } ?? ""
        return "第 \(line) 行\(field)：\(reason.chinese)。"
    }

    /// The code with the English sentence, for logs.
    public var description: String { "\(code) \(english)" }
}

extension RowProblem.Reason {
    var english: String {
        switch self {
        case .unterminatedQuote: "a quotation mark is opened here and never closed; close it or remove it"
        case .textAfterQuote:
            "text follows a closing quotation mark; double the quotation marks inside the field"
        case .raggedRow(let expected, let found):
            "expected \(expected) fields, found \(found); "
                + "put quotation marks round fields that hold the delimiter"
        case .fieldTooLong(let limit): "the field is longer than \(limit) bytes; send long content as a file"
        case .rowTooLong(let limit): "the row is longer than \(limit) bytes; check the line breaks"
        case .tooManyFields(let limit): "the row has more than \(limit) fields; check the delimiter"
        case .nulByte: "a NUL byte stands in the text; export the file again as text"
        case .invalidUTF8(let byte, let offset):
            "byte \(Self.hexadecimal(byte)) at offset \(offset) is not UTF-8; mend the character, "
                + "or name the file's real encoding, for instance gb18030"
        }
    }

    var chinese: String {
        switch self {
        case .unterminatedQuote: "引号从这里打开后没有关闭，请补上或删去引号"
        case .textAfterQuote: "关闭的引号后面还有文字，字段内的引号请写成两个"
        case .raggedRow(let expected, let found): "应有 \(expected) 个字段，实有 \(found) 个，含分隔符的字段请加引号"
        case .fieldTooLong(let limit): "字段超过 \(limit) 字节，过长内容请作为附件提交"
        case .rowTooLong(let limit): "整行超过 \(limit) 字节，请检查换行"
        case .tooManyFields(let limit): "字段超过 \(limit) 个，请检查分隔符"
        case .nulByte: "文字中有空字节（NUL），请重新导出为文本"
        case .invalidUTF8(let byte, let offset):
            "偏移 \(offset) 处的字节 \(Self.hexadecimal(byte)) 不是 UTF-8，请改正该字，或指明实际编码（如 gb18030）"
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return "0x" + (digits.count == 1 ? "0" : "") + digits
    }
}
