import Testing

@testable import Exchange

/// Each way a row can be wrong: where it is said to be, and how reading goes on.
@Suite struct RowProblemTests {
    private func problem(_ row: Int64, _ line: Int64, _ column: Int?, _ reason: RowProblem.Reason)
        -> RowProblem
    {
        RowProblem(row: row, line: line, column: column, reason: reason)
    }

    /// Reads in one piece and in small ones, which must agree.
    private func read(_ bytes: [UInt8], options: CSVOptions = CSVOptions()) -> Reading {
        let whole = Reading(bytes, options: options)
        for (pieceBytes, bufferBytes) in [(1, 8), (2, 9), (3, 16), (7, 11)] {
            let pieces = Reading(bytes, pieceBytes: pieceBytes, bufferBytes: bufferBytes, options: options)
            #expect(pieces == whole, "pieces of \(pieceBytes), buffer of \(bufferBytes)")
        }
        return whole
    }

    @Test func aQuoteNeverClosedNamesItsLineAndSparesTheRest() {
        let reading = read(Array("a,b\n1,2\n3,\"four\n5,6\n7,8\n".utf8))
        #expect(reading.rows == [["1", "2"], ["5", "6"], ["7", "8"]])
        #expect(reading.problems == [problem(2, 3, 2, .unterminatedQuote)])
        #expect(reading.refusedTexts == ["3,\"four"])
        #expect(reading.lines == [2, 4, 5])
    }

    @Test func aQuoteOpenedDeepInARowNamesThatLine() {
        let reading = read(Array("a,b\n\"x\ny\",\"open\n".utf8))
        #expect(reading.problems.first == problem(1, 3, 2, .unterminatedQuote))
    }

    @Test func textAfterAQuoteIsRefused() {
        let reading = read(Array("a,b\n\"x\"y,2\n\"say \"hi\" now\",2\r\n3,4\n".utf8))
        #expect(reading.rows == [["3", "4"]])
        #expect(reading.problems == [problem(1, 2, 1, .textAfterQuote), problem(2, 3, 1, .textAfterQuote)])
        #expect(reading.refusedTexts == ["\"x\"y,2", "\"say \"hi\" now\",2"])
    }

    @Test func raggedRowsSayBothNumbers() {
        let reading = read(Array("a,b,c\n1,2\n1,2,3\n1,2,3,4\n".utf8))
        #expect(reading.rows == [["1", "2", "3"]])
        #expect(
            reading.problems == [
                problem(1, 2, nil, .raggedRow(expected: 3, found: 2)),
                problem(3, 4, nil, .raggedRow(expected: 3, found: 4)),
            ])
    }

    @Test func nulBytesAreFoundInAndOutOfQuotes() {
        let reading = read(Array("a,b\n1,\u{0}\n\"x\n\u{0}\",2\n3,4\n".utf8))
        #expect(reading.rows == [["3", "4"]])
        #expect(reading.problems == [problem(1, 2, 2, .nulByte), problem(2, 4, 1, .nulByte)])
    }

    @Test func bytesThatAreNotUTF8NameTheirPlace() {
        let bytes =
            Array("名称,备注\n".utf8) + Array("甲,\"乙\n".utf8) + [0xC4, 0xE3, 0x22, 0x0A] + Array("丙,丁\n".utf8)
        var options = CSVOptions()
        options.encoding = .utf8
        let reading = read(bytes, options: options)
        #expect(reading.rows == [["丙", "丁"]])
        #expect(reading.problems == [problem(1, 3, 2, .invalidUTF8(byte: 0xC4, byteOffset: 23))])
        #expect(reading.problems.first?.english.contains("0xC4 at offset 23") == true)
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0xAF], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
            [0xF8, 0x88, 0x80, 0x80], [0xE4, 0xB8], [0xFF],
        ] as [[UInt8]]) func everyKindOfBrokenUTF8IsFound(_ bytes: [UInt8])
    {
        let options = CSVOptions(encoding: .utf8, hasHeader: false)
        for filler in 0..<10 {
            let text = Array(repeating: UInt8(ascii: "x"), count: filler) + bytes + [0x0A]
            #expect(Reading(text, options: options).problems.first?.code == "EXCHANGE-0208", "\(filler)")
        }
    }

    @Test func longFieldsAndRowsAreRefusedInConstantMemory() {
        var options = CSVOptions.headless
        options.maximumFieldBytes = 50
        options.maximumRowBytes = 120
        let long = String(repeating: "x", count: 400)
        let row = (0..<20).map { _ in "0123456789" }.joined(separator: ",")
        let text = "1,2\n\(long),2\n3,\"\(long)\"\n\(row)\n5,6\n"
        for (pieceBytes, bufferBytes) in [(1000, 8), (7, 32), (.max, 1 << 20)] {
            let reading = Reading(text, pieceBytes: pieceBytes, bufferBytes: bufferBytes, options: options)
            #expect(reading.rows == [["1", "2"], ["5", "6"]])
            #expect(
                reading.problems == [
                    problem(2, 2, 1, .fieldTooLong(limitBytes: 50)), problem(3, 3, 2, .unterminatedQuote),
                    problem(4, 4, nil, .rowTooLong(limitBytes: 120)),
                ])
            #expect(reading.lines == [1, 5])
        }
    }

    @Test func limitsCountTheFieldAndNotItsLineBreak() {
        var options = CSVOptions.headless
        options.maximumFieldBytes = 10
        options.maximumRowBytes = 21
        let text = "0123456789,0123456789\r\n0123456789,\"12345678\"\r\n0123456789,0123456789x\r\n"
        let reading = read(Array(text.utf8), options: options)
        #expect(reading.rows == [["0123456789", "0123456789"], ["0123456789", "12345678"]])
        #expect(reading.problems == [problem(3, 3, 2, .fieldTooLong(limitBytes: 10))])
    }

    @Test(arguments: [Int.min, -1, 0, .max]) func extremeLimitsDoNotTrap(_ limit: Int) {
        var options = CSVOptions.loose
        options.maximumFieldBytes = limit
        options.maximumRowBytes = limit
        options.maximumFields = limit
        let reading = Reading("a,\"b\nc\"\n\"d,e\n", pieceBytes: 2, bufferBytes: 8, options: options)
        #expect(reading.failure == nil && !reading.problems.isEmpty)
    }

    @Test func tooManyFieldsAreRefused() {
        var options = CSVOptions.loose
        options.maximumFields = 100
        let text = String(repeating: ",", count: 100) + "\n" + String(repeating: ",", count: 99) + "\n"
        let reading = read(Array(text.utf8), options: options)
        #expect(reading.rows.map(\.count) == [100])
        #expect(reading.problems == [problem(1, 1, 101, .tooManyFields(limit: 100))])
    }

    @Test func everyTextSaysWhereInBothLanguages() {
        let reasons: [RowProblem.Reason] = [
            .unterminatedQuote, .textAfterQuote, .raggedRow(expected: 9, found: 8),
            .fieldTooLong(limitBytes: 1),
            .rowTooLong(limitBytes: 1), .tooManyFields(limit: 1), .nulByte,
            .invalidUTF8(byte: 7, byteOffset: 1),
        ]
        let problems = reasons.map { problem(1, 4321, 5, $0) }
        #expect(Set(problems.map(\.code)).count == reasons.count)
        for each in problems {
            #expect(each.english.contains("Line 4321, column 5: "))
            #expect(each.chinese.hasPrefix("第 4321 行第 5 列："))
            #expect(each.english.hasSuffix(".") && each.chinese.hasSuffix("。"))
        }
    }

    @Test func randomBytesNeverCrashAndAgreeAtEveryBoundary() {
        var random = FixedRandom(state: 20_260_101)
        let alphabet: [UInt8] = [
            0x22, 0x22, 0x2C, 0x0A, 0x0D, 0x00, 0x61, 0x62, 0xE4, 0xB8, 0xAD, 0xFF, 0x81, 0x30, 0x20, 0x09,
        ]
        for round in 0..<1500 {
            let count = Int.random(in: 0...60, using: &random)
            let bytes = (0..<count).map { _ in
                round % 3 == 0
                    ? UInt8.random(in: 0...255, using: &random)
                    : alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            let encoding: TextEncoding? = [nil, .utf8, .gb18030, .utf16LittleEndian][round % 4]
            var options = CSVOptions(encoding: encoding, delimiter: .comma, hasHeader: round % 2 == 0)
            if round % 5 == 0 { options.maximumFieldBytes = 12 }
            if round % 7 == 0 { options.maximumRowBytes = 20 }
            let whole = Reading(bytes, options: options)
            let pieces = Reading(
                bytes, pieceBytes: 1 + round % 7, bufferBytes: 8 + round % 9, options: options)
            #expect(pieces == whole, "\(bytes)")
        }
    }

    @Test func intactTextSurvivesWritingAndReadingBack() throws {
        var random = FixedRandom(state: 7)
        let letters = Array("a,\"\n\r;质 \u{301}'=x")
        for _ in 0..<300 {
            let rows = (0..<4).map { _ in
                (0..<3).map { _ in
                    String(
                        (0..<Int.random(in: 0...6, using: &random)).map { _ in
                            letters.randomElement(using: &random) ?? "a"
                        })
                }
            }
            let sink = MemoryByteSink()
            let writer = CSVWriter(sink)
            for row in rows { try writer.write(row) }
            try writer.finish()
            #expect(
                Reading(sink.bytes, options: CSVOptions(encoding: .utf8, delimiter: .comma, hasHeader: false))
                    .rows == rows)
        }
    }
}
