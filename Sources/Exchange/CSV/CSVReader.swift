/// Reads rows of comma-separated values (RFC 4180) one after the other, in constant memory.
///
/// Line breaks may be LF, CRLF or CR; fields in quotes may hold line breaks, delimiters and doubled quotes.
/// A quote inside a field that does not begin with one stands for itself. Lines of nothing at all are skipped
/// and counted. A row that breaks the form is given as refused with its ``RowProblem``, and reading goes on:
/// after a quote that is never closed, with the line after the one in which the row began.
///
/// A reader belongs to one task; the records it gives may go anywhere.
public final class CSVReader {
    private var rows: RowReader

    /// Settles encoding and delimiter, and reads the header.
    ///
    /// - Throws: ``ExchangeProblem/noHeader``, ``ExchangeProblem/badHeader(_:)``, or what the source throws.
    public init(_ source: any ByteSource, options: CSVOptions = CSVOptions()) throws(ExchangeProblem) {
        rows = RowReader(try TextDecoder(source, encoding: options.encoding), options)
        if options.hasHeader { try rows.readHeader() }
    }

    /// The next row, or nil at the end.
    ///
    /// - Throws: ``ExchangeProblem`` when the source fails or its encoding breaks; every whole row before
    ///   that was given first, and the same problem is thrown again on the next call.
    public func next() throws(ExchangeProblem) -> CSVRow? { try rows.next() }

    /// The names of the columns; without a header, no names.
    public var header: CSVHeader { rows.header }
    /// The delimiter in use.
    public var delimiter: CSVDelimiter { rows.delimiter }
    /// The encoding in use and why.
    public var encoding: DetectedEncoding { rows.decoder.detected }
    /// Rows that were given whole.
    public var rowsRead: Int64 { rows.rowsRead }
    /// Rows that were given as refused.
    public var rowsRefused: Int64 { rows.rowsRefused }
    /// Lines of nothing that were skipped.
    public var blankLinesSkipped: Int64 { rows.blankLinesSkipped }
    /// Whether the last row was followed by the end of the file instead of a line break.
    public var endsWithoutLineBreak: Bool { rows.endsWithoutLineBreak }
    /// How many bytes of the source were taken so far, for showing progress.
    public var rawBytesRead: Int64 { rows.decoder.rawBytesRead }
}

/// What the reader gives for one row.
public enum CSVRow: Sendable {
    /// A row of good form.
    case row(CSVRecord)
    /// A row that cannot be taken, with its text unchanged in ``CSVRecord/withRawBytes(_:)``
    /// (only its first line after a quote that is never closed, and at most as much as the limits allow).
    case refused(RowProblem, CSVRecord)
}
