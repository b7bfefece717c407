/// Finds the fields of one row in a block of text, eight bytes at a time.
///
/// Inside a word the marker of a byte below the lowest true one is exact; markers above it may be false, so
/// only the lowest is ever used.
struct CSVScanner {
    /// The fields found; only the first `fieldCount` are of this row.
    private(set) var spans: [FieldSpan]
    /// How many fields the row has; at most the limit are kept in `spans`.
    private(set) var fieldCount = 0
    /// Line breaks inside quoted fields of the row.
    private(set) var innerLineBreaks = 0
    /// Whether a byte above 0x7F may stand in the row.
    private(set) var mayHoldNonASCII = false
    /// The first thing found wrong.
    private(set) var fault: Fault?
    /// The field that was open when the text ended.
    private(set) var open = OpenField()

    let delimiter: UInt8
    let maximumFields: Int
    let maximumFieldBytes: Int

    struct Fault {
        var reason: RowProblem.Reason
        var fieldIndex: Int
        var lineBreaksBefore: Int
    }

    struct OpenField {
        var index = 0
        var start = 0
        var isQuoted = false
        var lineBreaksBefore = 0
    }

    enum Outcome {
        /// The row ends before `next`, where its line break began `breakBytes` earlier (0 at the end of
        /// text).
        case row(next: Int, breakBytes: Int)
        /// The text ends inside the row.
        case textEnded
        /// The open field is longer than the limit.
        case fieldOutgrown
    }

    private let delimiterWord: UInt64
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080
    private static let quoteWord = ones &* UInt64(CSVByte.quote)
    /// NUL, tab, line feed and carriage return all lie below this.
    private static let controlsWord = ones &* 0x0E

    init(delimiter: UInt8, maximumFields: Int, maximumFieldBytes: Int) {
        self.delimiter = delimiter
        self.maximumFields = max(1, maximumFields)
        self.maximumFieldBytes = min(max(1, maximumFieldBytes), 1 << 28)
        delimiterWord = Self.ones &* UInt64(delimiter)
        spans = Array(repeating: FieldSpan(start: 0, length: 0), count: min(64, self.maximumFields))
    }

    /// Scans the row that begins at `start`; `isLast` says that nothing follows the text's end.
    mutating func scan(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int, isLast: Bool) -> Outcome {
        innerLineBreaks = 0
        fault = nil
        var position = start
        var index = 0
        var nonASCII: UInt64 = 0
        defer { mayHoldNonASCII = nonASCII & Self.highs != 0 }
        while true {
            let fieldStart = position
            open = OpenField(
                index: index, start: fieldStart, isQuoted: false, lineBreaksBefore: innerLineBreaks)
            if position < end, base[position] == CSVByte.quote {
                open.isQuoted = true
                guard
                    let span = scanQuoted(base, &position, to: end, row: start, isLast: isLast, &nonASCII)
                else { return .textEnded }
                store(span, at: index)
            } else {
                position = endOfPlain(base, from: position, to: end, index: index, &nonASCII)
                if position >= end, !isLast { return .textEnded }
                store(FieldSpan(start: fieldStart - start, length: position - fieldStart), at: index)
            }
            if position - fieldStart > maximumFieldBytes { return .fieldOutgrown }
            index += 1
            fieldCount = index
            guard position < end else { return .row(next: end, breakBytes: 0) }
            if base[position] == delimiter {
                position += 1
                continue
            }
            guard base[position] == CSVByte.carriageReturn else {
                return .row(next: position + 1, breakBytes: 1)
            }
            guard position + 1 < end || isLast else { return .textEnded }
            let isPair = position + 1 < end && base[position + 1] == CSVByte.lineFeed
            return .row(next: position + (isPair ? 2 : 1), breakBytes: isPair ? 2 : 1)
        }
    }

    /// The place of the delimiter or line break that ends a field without quotes, or `end`.
    @inline(__always)
    private mutating func endOfPlain(
        _ base: UnsafePointer<UInt8>, from start: Int, to end: Int, index: Int, _ nonASCII: inout UInt64
    ) -> Int {
        let raw = UnsafeRawPointer(base)
        var position = start
        while position < end {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            nonASCII |= word
            let mismatch = word ^ delimiterWord
            let delimiters = (mismatch &- Self.ones) & ~mismatch
            let controls = (word &- Self.controlsWord) & ~word
            let marks = (delimiters | controls) & Self.highs
            guard marks != 0 else {
                position += 8
                continue
            }
            position += marks.trailingZeroBitCount >> 3
            guard position < end else { return end }
            let byte = base[position]
            if byte == delimiter || byte == CSVByte.lineFeed || byte == CSVByte.carriageReturn {
                return position
            }
            if byte == 0 { note(.nulByte, index) }
            position += 1
        }
        return end
    }

    /// Scans a field that begins with a quote and leaves `position` at what ends it; nil when the text ends
    /// first.
    private mutating func scanQuoted(
        _ base: UnsafePointer<UInt8>, _ position: inout Int, to end: Int, row: Int, isLast: Bool,
        _ nonASCII: inout UInt64
    ) -> FieldSpan? {
        let raw = UnsafeRawPointer(base)
        let contentStart = position + 1
        var place = contentStart
        var hasDoubledQuotes = false
        while place < end {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            nonASCII |= word
            let mismatch = word ^ Self.quoteWord
            let quotes = (mismatch &- Self.ones) & ~mismatch
            let controls = (word &- Self.controlsWord) & ~word
            let marks = (quotes | controls) & Self.highs
            guard marks != 0 else {
                place += 8
                continue
            }
            place += marks.trailingZeroBitCount >> 3
            guard place < end else { return nil }
            let isAtEnd = place + 1 == end
            switch base[place] {
            case CSVByte.quote:
                if isAtEnd, !isLast { return nil }
                if !isAtEnd, base[place + 1] == CSVByte.quote {
                    hasDoubledQuotes = true
                    place += 2
                    continue
                }
                position = place + 1
                let span = FieldSpan(
                    start: contentStart - row, length: place - contentStart, isQuoted: true,
                    hasDoubledQuotes: hasDoubledQuotes)
                return finishQuoted(span, base, &position, to: end, isLast: isLast, &nonASCII)
            case CSVByte.lineFeed: innerLineBreaks += 1
            case CSVByte.carriageReturn:
                if isAtEnd, !isLast { return nil }
                if isAtEnd || base[place + 1] != CSVByte.lineFeed { innerLineBreaks += 1 }
            case 0: note(.nulByte, open.index)
            default: break
            }
            place += 1
        }
        return nil
    }

    /// Looks at what follows a closing quote: a delimiter, a line break or the end; anything else is a fault.
    private mutating func finishQuoted(
        _ span: FieldSpan, _ base: UnsafePointer<UInt8>, _ position: inout Int, to end: Int, isLast: Bool,
        _ nonASCII: inout UInt64
    ) -> FieldSpan? {
        guard position < end else { return isLast ? span : nil }
        let byte = base[position]
        if byte == delimiter || byte == CSVByte.lineFeed || byte == CSVByte.carriageReturn { return span }
        note(.textAfterQuote, open.index)
        position = endOfPlain(base, from: position, to: end, index: open.index, &nonASCII)
        return position < end || isLast ? span : nil
    }

    private mutating func note(_ reason: RowProblem.Reason, _ index: Int) {
        guard fault == nil else { return }
        fault = Fault(reason: reason, fieldIndex: index, lineBreaksBefore: innerLineBreaks)
    }

    @inline(__always)
    private mutating func store(_ span: FieldSpan, at index: Int) {
        if index < spans.count {
            spans[index] = span
        } else if index < maximumFields {
            let added = min(spans.count, maximumFields - spans.count)
            spans.append(contentsOf: repeatElement(span, count: added))
        } else if index == maximumFields {
            note(.tooManyFields(limit: maximumFields), index)
        }
    }
}
