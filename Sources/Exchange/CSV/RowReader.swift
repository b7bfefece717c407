/// The state of reading: the block of text at hand, the place in it, and the counts.
///
/// It is one value inside ``CSVReader`` so that the runtime checks exclusive access once a row and not at
/// every field of it.
struct RowReader {
    private(set) var header = CSVHeader([])
    private(set) var rowsRead: Int64 = 0
    private(set) var rowsRefused: Int64 = 0
    private(set) var blankLinesSkipped: Int64 = 0
    private(set) var endsWithoutLineBreak = false
    let delimiter: CSVDelimiter
    let decoder: TextDecoder

    private let options: CSVOptions
    private let maximumRowBytes: Int
    private let checksUTF8: Bool
    private var scanner: CSVScanner
    private var buffer: TextBuffer
    /// Where the next row begins in the buffer.
    private var start = 0
    /// The offset in the text of the buffer's first byte.
    private var bufferOffset: Int64
    private var line: Int64 = 1
    private var expectedFields: Int?
    private var textIsExhausted = false
    private var failure: ExchangeProblem?
    private var skipsToLineBreak = false

    init(_ decoder: TextDecoder, _ options: CSVOptions) {
        let buffer = TextBuffer(capacity: max(8, options.bufferBytes))
        let outcome = Self.fill(buffer, from: decoder)
        self.decoder = decoder
        self.buffer = buffer
        self.options = options
        (textIsExhausted, failure) = (outcome.isExhausted, outcome.failure)
        maximumRowBytes = min(max(1, options.maximumRowBytes), 1 << 28)
        checksUTF8 = decoder.detected.encoding == .utf8
        bufferOffset = checksUTF8 ? Int64(decoder.detected.byteOrderMarkBytes) : 0
        delimiter =
            options.delimiter
            ?? CSVDelimiter.detect(UnsafeBufferPointer(start: buffer.base, count: buffer.count))
        scanner = CSVScanner(
            delimiter: delimiter.rawValue, maximumFields: options.maximumFields,
            maximumFieldBytes: options.maximumFieldBytes)
    }

    mutating func next() throws(ExchangeProblem) -> CSVRow? {
        while true {
            if skipsToLineBreak { try skipToLineBreak() }
            guard start < buffer.count || !textIsExhausted else { return nil }
            let outcome = scanner.scan(buffer.base, from: start, to: buffer.count, isLast: textIsExhausted)
            guard case .row(let next, let breakBytes) = outcome else {
                if case .fieldOutgrown = outcome { return refuseOutgrown() }
                if let refused = refuseIfTooLong() { return refused }
                if textIsExhausted { return refuseUnterminated() }
                try refill()
                continue
            }
            let byteCount = next - breakBytes - start
            if byteCount == 0 {
                start = next
                line += 1
                blankLinesSkipped += 1
                continue
            }
            if byteCount > maximumRowBytes { return refuseRow() }
            return finishRow(byteCount: byteCount, next: next, breakBytes: breakBytes)
        }
    }

    mutating func readHeader() throws(ExchangeProblem) {
        switch try next() {
        case nil: throw .noHeader
        case .refused(let problem, _):
            throw .badHeader(
                RowProblem(row: 0, line: problem.line, column: problem.column, reason: problem.reason))
        case .row(let record):
            header = CSVHeader(record.strings.map(\.trimmed))
            rowsRead = 0
        }
    }

    private mutating func finishRow(byteCount: Int, next: Int, breakBytes: Int) -> CSVRow {
        let record = makeRecord(byteCount: byteCount, count: scanner.fieldCount)
        let problem = problemOfRow(byteCount: byteCount)
        start = next
        line += Int64(scanner.innerLineBreaks) + (breakBytes == 0 ? 0 : 1)
        if breakBytes == 0 { endsWithoutLineBreak = true }
        if let problem {
            rowsRefused += 1
            return .refused(problem, record)
        }
        rowsRead += 1
        return .row(record)
    }

    private func makeRecord(byteCount: Int, count: Int) -> CSVRecord {
        CSVRecord(
            row: currentRow, line: line, byteOffset: bufferOffset + Int64(start), byteCount: byteCount,
            count: min(count, scanner.maximumFields), buffer: buffer, start: start, spans: scanner.spans)
    }

    /// The number of the row being read; the header, once read, is not counted.
    private var currentRow: Int64 { rowsRead + rowsRefused + 1 }
}

extension RowReader {
    /// What is wrong with the row just scanned: its form, then its encoding, then its number of fields.
    fileprivate mutating func problemOfRow(byteCount: Int) -> RowProblem? {
        if let fault = scanner.fault {
            return problem(fault.reason, column: fault.fieldIndex + 1, linesDown: fault.lineBreaksBefore)
        }
        if checksUTF8, scanner.mayHoldNonASCII,
            let offset = UTF8Sequence.firstFault(buffer.base + start, count: byteCount)
        {
            return encodingProblem(at: offset)
        }
        let expected = expectedFields ?? scanner.fieldCount
        expectedFields = expected
        guard options.requiresEqualFieldCounts, scanner.fieldCount != expected else { return nil }
        return problem(.raggedRow(expected: expected, found: scanner.fieldCount), column: nil, linesDown: 0)
    }

    private func problem(_ reason: RowProblem.Reason, column: Int?, linesDown: Int) -> RowProblem {
        RowProblem(row: currentRow, line: line + Int64(linesDown), column: column, reason: reason)
    }

    private func encodingProblem(at offset: Int) -> RowProblem {
        let before = UnsafeBufferPointer(start: buffer.base + start, count: offset)
        let index = scanner.spans.prefix(scanner.fieldCount).lastIndex { Int($0.start) <= offset }
        let reason = RowProblem.Reason.invalidUTF8(
            byte: buffer.base[start + offset], byteOffset: bufferOffset + Int64(start + offset))
        return problem(reason, column: (index ?? 0) + 1, linesDown: LineBreaks.count(before))
    }

    /// Refuses the open row when it, or its open field, has outgrown its limit.
    ///
    /// Of what is there, up to two bytes may be a line break that belongs to neither.
    fileprivate mutating func refuseIfTooLong() -> CSVRow? {
        if buffer.count - scanner.open.start > scanner.maximumFieldBytes + 2 { return refuseOutgrown() }
        return buffer.count - start > maximumRowBytes + 2 ? refuseRow() : nil
    }

    /// Refuses the row whose open field is too long; reading goes on behind the line in which the field began
    /// or, when the field is in quotes, in which the row began.
    fileprivate mutating func refuseOutgrown() -> CSVRow {
        let open = scanner.open
        if open.isQuoted { return refuseUnterminated() }
        let reason = RowProblem.Reason.fieldTooLong(limitBytes: scanner.maximumFieldBytes)
        let found = problem(reason, column: open.index + 1, linesDown: open.lineBreaksBefore)
        let record = makeRecord(byteCount: open.start - start, count: open.index)
        start = open.start
        line += Int64(open.lineBreaksBefore)
        return refuse(found, record)
    }

    /// Refuses a row longer than the limit; reading goes on behind the line in which it began.
    fileprivate mutating func refuseRow() -> CSVRow {
        let found = problem(.rowTooLong(limitBytes: maximumRowBytes), column: nil, linesDown: 0)
        return refuse(found, makeRecord(byteCount: firstLineBytes(upTo: maximumRowBytes), count: 0))
    }

    private mutating func refuse(_ problem: RowProblem, _ record: CSVRecord) -> CSVRow {
        rowsRefused += 1
        skipsToLineBreak = true
        return .refused(problem, record)
    }

    /// The length of the line in which the row began, as far as it was read and at most the limit.
    private func firstLineBytes(upTo limit: Int) -> Int {
        let rest = UnsafeBufferPointer(start: buffer.base + start, count: min(limit, buffer.count - start))
        return rest.firstIndex { $0 == CSVByte.lineFeed || $0 == CSVByte.carriageReturn } ?? rest.count
    }

    /// Refuses the line in which the open row began; reading goes on with the next line.
    fileprivate mutating func refuseUnterminated() -> CSVRow {
        let open = scanner.open
        let found = problem(
            scanner.fault?.reason ?? .unterminatedQuote,
            column: (scanner.fault?.fieldIndex ?? open.index) + 1,
            linesDown: scanner.fault?.lineBreaksBefore ?? open.lineBreaksBefore)
        let limit = open.start - start + scanner.maximumFieldBytes
        return refuse(found, makeRecord(byteCount: firstLineBytes(upTo: limit), count: 0))
    }

    /// Drops text up to and with the next line break, or all of it.
    fileprivate mutating func skipToLineBreak() throws(ExchangeProblem) {
        while true {
            let rest = UnsafeBufferPointer(start: buffer.base + start, count: buffer.count - start)
            if let place = rest.firstIndex(where: { $0 == CSVByte.lineFeed || $0 == CSVByte.carriageReturn })
            {
                if rest[place] == CSVByte.carriageReturn, place + 1 == rest.count, !textIsExhausted {
                    start += place
                    try refill()
                    continue
                }
                let isPair =
                    rest[place] == CSVByte.carriageReturn && place + 1 < rest.count
                    && rest[place + 1] == CSVByte.lineFeed
                start += place + (isPair ? 2 : 1)
                line += 1
                break
            }
            start = buffer.count
            if textIsExhausted {
                endsWithoutLineBreak = true
                break
            }
            try refill()
        }
        skipsToLineBreak = false
    }

    /// Moves the open row to the front of a buffer large enough and reads on behind it.
    fileprivate mutating func refill() throws(ExchangeProblem) {
        if let failure { throw located(failure) }
        let rest = buffer.count - start
        let capacity = rest > buffer.capacity / 2 ? buffer.capacity * 2 : buffer.capacity
        // A record that is still alive keeps the old block as it was.
        if capacity == buffer.capacity, isKnownUniquelyReferenced(&buffer) {
            buffer.base.update(from: buffer.base + start, count: rest)
        } else {
            let larger = TextBuffer(capacity: capacity)
            larger.base.update(from: buffer.base + start, count: rest)
            buffer = larger
        }
        buffer.count = rest
        bufferOffset += Int64(start)
        start = 0
        let outcome = Self.fill(buffer, from: decoder)
        (textIsExhausted, failure) = (outcome.isExhausted, outcome.failure)
    }

    /// Fills a buffer to its end unless the text ends or breaks before.
    fileprivate static func fill(
        _ buffer: TextBuffer, from decoder: TextDecoder
    ) -> (isExhausted: Bool, failure: ExchangeProblem?) {
        while buffer.count < buffer.capacity {
            let space = UnsafeMutableRawBufferPointer(
                start: buffer.base + buffer.count, count: buffer.capacity - buffer.count)
            do throws(ExchangeProblem) {
                let count = try decoder.read(into: space)
                if count == 0 { return (true, nil) }
                buffer.count += count
            } catch {
                return (false, error)
            }
        }
        return (false, nil)
    }

    /// Adds to damage in the text the line it lies in: behind everything that was read.
    private func located(_ problem: ExchangeProblem) -> ExchangeProblem {
        guard case .damagedText(let encoding, let offset, _) = problem else { return problem }
        let rest = UnsafeBufferPointer(start: buffer.base + start, count: buffer.count - start)
        return .damagedText(
            encoding: encoding, byteOffset: offset, line: Int(line) + LineBreaks.count(rest))
    }
}

extension String {
    fileprivate var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
