import Testing

@testable import Exchange

/// RFC 4180, and what files in practice make of it.
@Suite struct CSVFormTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        var text: String
        var rows: [[String]]
        var testDescription: String { text.debugDescription }
    }

    static let samples: [Sample] = [
        Sample(text: "", rows: []),
        Sample(text: "a", rows: [["a"]]),
        Sample(text: "a,b,c", rows: [["a", "b", "c"]]),
        Sample(text: "a,b\r\nc,d\r\n", rows: [["a", "b"], ["c", "d"]]),
        Sample(text: "a,b\nc,d", rows: [["a", "b"], ["c", "d"]]),
        Sample(text: "a,b\rc,d\r", rows: [["a", "b"], ["c", "d"]]),
        Sample(text: "\"a\",\"b\"\r\n\"c\",\"d\"", rows: [["a", "b"], ["c", "d"]]),
        Sample(text: "\"a,1\",b", rows: [["a,1", "b"]]),
        Sample(text: "\"a\r\nb\",\"c\nd\",\"e\rf\"\r\ng", rows: [["a\r\nb", "c\nd", "e\rf"], ["g"]]),
        Sample(text: "\"he said \"\"yes\"\"\",x", rows: [["he said \"yes\"", "x"]]),
        Sample(text: "\"\"\"\"\n", rows: [["\""]]),
        Sample(text: "\"\"\"\"\"\",\"\"", rows: [["\"\"", ""]]),
        Sample(text: "\"\"", rows: [[""]]),
        Sample(text: ",", rows: [["", ""]]),
        Sample(text: ",,\n,", rows: [["", "", ""], ["", ""]]),
        Sample(text: "a,\n", rows: [["a", ""]]),
        Sample(text: "a,\"\"\n", rows: [["a", ""]]),
        Sample(text: " a , b \n", rows: [[" a ", " b "]]),
        Sample(text: "5\" pipe,3\"\n", rows: [["5\" pipe", "3\""]]),
        Sample(text: "a\tb,c\u{B}d\n", rows: [["a\tb", "c\u{B}d"]]),
        Sample(text: "\n\n\na\r\n\r\nb\r\r", rows: [["a"], ["b"]]),
        Sample(text: "质量,安全\n“质衡”,，\n", rows: [["质量", "安全"], ["“质衡”", "，"]]),
        Sample(text: "12345678,1234567,123456789\n", rows: [["12345678", "1234567", "123456789"]]),
        Sample(text: "\"12345678\",\"1234567\"\n", rows: [["12345678", "1234567"]]),
    ]

    @Test(arguments: samples) func readsAsExpectedAtEveryBoundary(_ sample: Sample) {
        let whole = Reading(sample.text, options: .loose)
        #expect(whole.rows == sample.rows)
        #expect(whole.problems.isEmpty && whole.failure == nil)
        for pieceBytes in [1, 2, 3, 7] {
            for bufferBytes in [8, 9, 13, 64] {
                let pieces = Reading(
                    sample.text, pieceBytes: pieceBytes, bufferBytes: bufferBytes, options: .loose)
                #expect(pieces == whole, "pieces of \(pieceBytes), buffer of \(bufferBytes)")
            }
        }
    }

    @Test func linesOffsetsAndRowsArePhysical() {
        let text = "\u{FEFF}a,b\r\n\r\n1,\"x\ny\r\nz\"\r\n2,q\r\n"
        let reading = Reading(text)
        #expect(reading.header == ["a", "b"])
        #expect(reading.lines == [3, 6])
        #expect(reading.offsets == [10, 22])
        #expect(reading.blankLines == 1)
        let bytes = Array(text.utf8)
        #expect(bytes[22] == UInt8(ascii: "2"))
    }

    @Test(arguments: [
        (";", CSVDelimiter.semicolon), ("\t", .tab), (",", .comma), ("|", .verticalBar),
    ]) func findsTheDelimiterInTheHeader(_ text: String, _ delimiter: CSVDelimiter) throws {
        let source = "\n编号\(text)\"名称,;\t|,;\t|\"\(text)c\n1\(text)2\(text)3\n"
        let reader = try CSVReader(MemoryByteSource(source.utf8))
        #expect(reader.delimiter == delimiter)
        #expect(reader.header.names.count == 3)
        #expect(Reading(source).rows == [["1", "2", "3"]])
    }

    @Test func aSingleColumnNeedsNoDelimiter() {
        #expect(Reading("名称\n甲\n乙").rows == [["甲"], ["乙"]])
    }

    @Test func headerNamesAreTrimmedAndFound() throws {
        let reader = try CSVReader(MemoryByteSource(" 编号 ,名称,,名称,\n".utf8))
        #expect(reader.header.names == ["编号", "名称", "", "名称", ""])
        #expect(reader.header.index(of: "名称") == 1)
        #expect(reader.header.index(of: "") == nil)
        #expect(reader.header.repeatedNames == ["名称"])
    }

    @Test func anEmptyFileHasNoHeader() {
        #expect(Reading("").failure == .noHeader)
        #expect(Reading("\r\n\n").failure == .noHeader)
        #expect(Reading("", options: .headless).failure == nil)
    }

    @Test func aBrokenHeaderIsFatal() {
        guard case .badHeader(let problem) = Reading("a,\"b\n1,2").failure else {
            Issue.record("expected a bad header")
            return
        }
        #expect(problem.row == 0 && problem.line == 1 && problem.column == 2)
        #expect(problem.reason == .unterminatedQuote)
    }

    @Test func recordsOutliveTheReader() throws {
        var kept: [CSVRecord] = []
        do {
            var options = CSVOptions.loose
            options.bufferBytes = 16
            let text = (0..<200).map { "row \($0),\"say \"\"\($0)\"\"\"\n" }.joined()
            let reader = try CSVReader(MemoryByteSource(text.utf8, pieceBytes: 5), options: options)
            while case .row(let record) = try reader.next() { kept.append(record) }
        }
        #expect(kept.count == 200)
        for (index, record) in kept.enumerated() {
            #expect(record.strings == ["row \(index)", "say \"\(index)\""])
            #expect(record.row == Int64(index + 1))
        }
    }

    @Test func fieldsOutsideTheRowAreNil() throws {
        let reader = try CSVReader(MemoryByteSource("a,\"\"\n".utf8), options: .headless)
        guard case .row(let record) = try reader.next() else {
            Issue.record("expected a row")
            return
        }
        #expect(record.string(at: 2) == nil && record.string(at: -1) == nil)
        #expect(record.isEmpty(at: 1) && !record.isEmpty(at: 2))
        #expect(record.isQuoted(at: 1) && !record.isQuoted(at: 0) && !record.isQuoted(at: 9))
        #expect(record.withBytes(at: 0) { Array($0) } == [0x61])
    }

    @Test func theLastLineMayLackItsBreak() throws {
        for (text, isOpen) in [("a\nb", true), ("a\nb\n", false), ("a\nb\r", false), ("a\n\"b\"", true)] {
            let reader = try CSVReader(MemoryByteSource(text.utf8))
            while try reader.next() != nil {}
            #expect(reader.endsWithoutLineBreak == isOpen, "\(text.debugDescription)")
            #expect(reader.rowsRead == 1)
        }
    }
}
