@testable import Exchange

/// Everything a reader gives for some bytes.
struct Reading: Equatable {
    var header: [String] = []
    var rows: [[String]] = []
    var lines: [Int64] = []
    var offsets: [Int64] = []
    var problems: [RowProblem] = []
    var refusedTexts: [String] = []
    var blankLines: Int64 = 0
    var failure: ExchangeProblem?

    init(
        _ bytes: some Sequence<UInt8>, pieceBytes: Int = .max, bufferBytes: Int = 1 << 20,
        options: CSVOptions = CSVOptions()
    ) {
        var options = options
        options.bufferBytes = bufferBytes
        do {
            let reader = try CSVReader(MemoryByteSource(bytes, pieceBytes: pieceBytes), options: options)
            header = reader.header.names
            try collect(reader)
            blankLines = reader.blankLinesSkipped
        } catch let problem as ExchangeProblem {
            failure = problem
        } catch {}
    }

    init(
        _ text: String, pieceBytes: Int = .max, bufferBytes: Int = 1 << 20, options: CSVOptions = CSVOptions()
    ) {
        self.init(Array(text.utf8), pieceBytes: pieceBytes, bufferBytes: bufferBytes, options: options)
    }

    private mutating func collect(_ reader: CSVReader) throws {
        defer { blankLines = reader.blankLinesSkipped }
        while let row = try reader.next() {
            switch row {
            case .row(let record):
                rows.append(record.strings)
                lines.append(record.line)
                offsets.append(record.byteOffset)
            case .refused(let problem, let record):
                problems.append(problem)
                refusedTexts.append(record.withRawBytes { String(decoding: $0, as: UTF8.self) })
            }
        }
    }
}

extension CSVOptions {
    static var headless: CSVOptions { CSVOptions(hasHeader: false) }

    /// No header, and rows of any length.
    static var loose: CSVOptions {
        var options = CSVOptions(delimiter: .comma, hasHeader: false)
        options.requiresEqualFieldCounts = false
        return options
    }
}

/// A small generator whose numbers are the same in every run (SplitMix64, Steele et al. 2014).
struct FixedRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
