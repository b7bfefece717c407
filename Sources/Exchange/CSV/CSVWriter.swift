/// How comma-separated values are to be written.
public struct CSVWriterOptions: Hashable, Sendable {
    /// The byte between fields.
    public var delimiter = CSVDelimiter.comma
    /// Whether to begin with the UTF-8 byte order mark, without which Excel misreads Chinese.
    public var writesByteOrderMark = false
    /// Whether rows end in CRLF, as RFC 4180 asks and Excel expects, or in LF.
    public var usesCarriageReturns = true
    /// Whether cells that a spreadsheet would run as a formula get an apostrophe in front.
    ///
    /// That is text beginning with `=`, `+`, `-`, `@`, tab or carriage return (OWASP, CSV injection). A
    /// plain number such as `-12.5` is left alone.
    public var guardsFormulas = false

    /// Commas, CRLF, no byte order mark, formulas left as they are.
    public init() {}

    /// What opens well in Excel: byte order mark, CRLF, and formulas guarded.
    public static var excel: CSVWriterOptions {
        var options = CSVWriterOptions()
        options.writesByteOrderMark = true
        options.guardsFormulas = true
        return options
    }
}

/// Writes rows of comma-separated values (RFC 4180) through a buffer; call ``finish()`` at the end.
///
/// A field is quoted only when it must be: when it holds the delimiter, a quote or a line break, begins or
/// ends with a space, or is the only field of its row and empty.
public final class CSVWriter {
    /// How many rows were written, with the header.
    public private(set) var rowsWritten: Int64 = 0

    private var sink: any ByteSink
    private let options: CSVWriterOptions
    private var pending: [UInt8] = []
    private var fieldsInRow = 0
    private var rowStart = 0

    private static let bufferBytes = 256 * 1024

    /// Writes to a sink, which should be new.
    public init(_ sink: any ByteSink, options: CSVWriterOptions = CSVWriterOptions()) {
        self.sink = sink
        self.options = options
        if options.writesByteOrderMark { pending = [0xEF, 0xBB, 0xBF] }
        rowStart = pending.count
    }

    /// Writes one row of texts.
    public func write(_ fields: some Sequence<some StringProtocol>) throws(ExchangeProblem) {
        for field in fields { append(field) }
        try endRow()
    }

    /// Adds one field to the row that is being written.
    public func append(_ field: some StringProtocol) {
        let isAppended: Void? = field.utf8.withContiguousStorageIfAvailable { append(bytes: $0) }
        if isAppended == nil { Array(field.utf8).withUnsafeBufferPointer { append(bytes: $0) } }
    }

    /// Adds one field, given as UTF-8, to the row that is being written.
    public func append(bytes: UnsafeBufferPointer<UInt8>) {
        if fieldsInRow > 0 { pending.append(options.delimiter.rawValue) }
        fieldsInRow += 1
        let isGuarded = options.guardsFormulas && CellText.isFormula(bytes)
        guard CellText.needsQuotes(bytes, delimiter: options.delimiter.rawValue) else {
            if isGuarded { pending.append(CellText.apostrophe) }
            pending.append(contentsOf: bytes)
            return
        }
        pending.append(CSVByte.quote)
        if isGuarded { pending.append(CellText.apostrophe) }
        for byte in bytes {
            if byte == CSVByte.quote { pending.append(CSVByte.quote) }
            pending.append(byte)
        }
        pending.append(CSVByte.quote)
    }

    /// Writes a row as it stood in the file it was read from, so that a refused row can be mended and sent
    /// again.
    public func write(raw record: CSVRecord) throws(ExchangeProblem) {
        record.withRawBytes { pending.append(contentsOf: $0) }
        fieldsInRow = 2
        try endRow()
    }

    /// Ends the row that is being written; a row of no fields is a blank line.
    public func endRow() throws(ExchangeProblem) {
        // A row of one empty field would otherwise read back as a blank line.
        if fieldsInRow == 1, pending.count == rowStart { pending += [CSVByte.quote, CSVByte.quote] }
        if options.usesCarriageReturns { pending.append(CSVByte.carriageReturn) }
        pending.append(CSVByte.lineFeed)
        fieldsInRow = 0
        rowsWritten += 1
        if pending.count >= Self.bufferBytes { try finish() }
        rowStart = pending.count
    }

    /// Writes out what is still in the buffer; more rows may follow.
    public func finish() throws(ExchangeProblem) {
        guard !pending.isEmpty else { return }
        var sink = sink
        try pending.withUnsafeBufferPointer { bytes throws(ExchangeProblem) in
            try sink.write(UnsafeRawBufferPointer(bytes))
        }
        self.sink = sink
        pending.removeAll(keepingCapacity: true)
        rowStart = 0
    }
}

/// What the bytes of a cell mean to whoever reads the file.
enum CellText {
    static let apostrophe: UInt8 = 0x27

    static func needsQuotes(_ bytes: UnsafeBufferPointer<UInt8>, delimiter: UInt8) -> Bool {
        if bytes.first == CSVByte.space || bytes.last == CSVByte.space { return true }
        return bytes.contains {
            $0 == delimiter || $0 == CSVByte.quote || $0 == CSVByte.lineFeed || $0 == CSVByte.carriageReturn
        }
    }

    static func isFormula(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.first else { return false }
        switch first {
        case UInt8(ascii: "="), UInt8(ascii: "@"), 0x09, CSVByte.carriageReturn: return true
        case UInt8(ascii: "+"), UInt8(ascii: "-"): return !isPlainNumber(bytes.dropFirst())
        default: return false
        }
    }

    /// Digits with at most one decimal point, and at least one digit.
    private static func isPlainNumber(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var digits = 0
        var points = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            case UInt8(ascii: "."): points += 1
            default: return false
            }
        }
        return digits > 0 && points <= 1
    }
}
