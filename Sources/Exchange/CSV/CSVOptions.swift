/// The byte between two fields.
public enum CSVDelimiter: UInt8, Hashable, Sendable, CaseIterable {
    /// `,`
    case comma = 0x2C
    /// The horizontal tab.
    case tab = 0x09
    /// `;`
    case semicolon = 0x3B
    /// `|`
    case verticalBar = 0x7C

    /// Reads a delimiter as written in a rulebook or on a command line: the character, `\t`, or its name.
    public init?(text: String) {
        switch text {
        case ",", "comma": self = .comma
        case "\t", "\\t", "tab": self = .tab
        case ";", "semicolon": self = .semicolon
        case "|", "bar": self = .verticalBar
        default: return nil
        }
    }

    /// The delimiter that stands most often outside quotes in the first line that is not blank.
    ///
    /// Equal counts are decided in the order comma, tab, semicolon, bar; a line without any is one column.
    static func detect(_ sample: UnsafeBufferPointer<UInt8>) -> CSVDelimiter {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        var hasBegun = false
        scan: for byte in sample {
            switch byte {
            case CSVByte.quote: isQuoted.toggle()
            case CSVByte.lineFeed where !isQuoted, CSVByte.carriageReturn where !isQuoted:
                if hasBegun { break scan }
            default: if !isQuoted { counts[byte, default: 0] += 1 }
            }
            if byte != CSVByte.lineFeed, byte != CSVByte.carriageReturn { hasBegun = true }
        }
        var best = CSVDelimiter.comma
        for candidate in allCases
        where counts[candidate.rawValue, default: 0] > counts[best.rawValue, default: 0] {
            best = candidate
        }
        return best
    }
}

/// How a file of comma-separated values is to be read.
public struct CSVOptions: Hashable, Sendable {
    /// The encoding, or nil to look at the file.
    public var encoding: TextEncoding?
    /// The delimiter, or nil to look at the first line.
    public var delimiter: CSVDelimiter?
    /// Whether the first row that is not blank holds the column names.
    public var hasHeader = true
    /// Whether a row must have as many fields as the header (or, without one, as the first row).
    public var requiresEqualFieldCounts = true
    /// The longest field in bytes of UTF-8, quotes included; at least 1, at most 256 MiB.
    public var maximumFieldBytes = 1 << 20
    /// The longest row in bytes of UTF-8; it bounds the reader's memory. At most 256 MiB.
    public var maximumRowBytes = 16 << 20
    /// The most fields in a row.
    public var maximumFields = 16_384
    /// The reader's first buffer in bytes of UTF-8.
    var bufferBytes = 1 << 20

    /// Looks at the file for whatever is not given.
    public init(encoding: TextEncoding? = nil, delimiter: CSVDelimiter? = nil, hasHeader: Bool = true) {
        self.encoding = encoding
        self.delimiter = delimiter
        self.hasHeader = hasHeader
    }
}

/// The bytes that mean something in RFC 4180.
enum CSVByte {
    static let quote: UInt8 = 0x22
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
}
