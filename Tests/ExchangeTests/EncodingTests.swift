import Testing

@testable import Exchange

@Suite struct EncodingTests {
    private func utf16(_ text: String, isLittleEndian: Bool, mark: Bool = true) -> [UInt8] {
        ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
            isLittleEndian
                ? [UInt8(unit & 0xFF), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        }
    }

    @Test func gb18030ReadsLikeUTF8() {
        let expected = Reading(EncodingSamples.text)
        #expect(expected.rows == EncodingSamples.rows)
        for pieceBytes in [1, 2, 3, 7, 1000] {
            for bufferBytes in [8, 17, 4096] {
                let reading = Reading(
                    EncodingSamples.gb18030, pieceBytes: pieceBytes, bufferBytes: bufferBytes)
                #expect(reading == expected, "pieces of \(pieceBytes), buffer of \(bufferBytes)")
            }
        }
    }

    @Test func utf16ReadsLikeUTF8() {
        for isLittleEndian in [true, false] {
            let bytes = utf16(EncodingSamples.text, isLittleEndian: isLittleEndian)
            for pieceBytes in [1, 3, 1000] {
                let reading = Reading(bytes, pieceBytes: pieceBytes, bufferBytes: 32)
                #expect(reading.rows == EncodingSamples.rows)
                #expect(reading.header == ["编号", "名称", "备注"])
            }
        }
    }

    @Test func largeTextKeepsSequencesWholeAcrossPieces() {
        let count = 60_000
        let line = EncodingSamples.gb18030.split(separator: 0x0A, omittingEmptySubsequences: false)
        let row = Array(line[3]) + [0x0A]
        let bytes = Array(line[0]) + [0x0A] + Array(repeatElement(row, count: count).joined())
        let reading = Reading(bytes, pieceBytes: 65_537)
        #expect(reading.failure == nil && reading.problems.isEmpty)
        #expect(reading.rows.count == count)
        #expect(reading.rows.allSatisfy { $0 == EncodingSamples.rows[1] })
    }

    @Test func damagedGB18030NamesTheByteAndLineAfterTheRowsBefore() {
        let line = EncodingSamples.gb18030.split(separator: 0x0A, omittingEmptySubsequences: false)
        let head = Array(line[0]) + [0x0A] + Array(line[3]) + [0x0A]
        let options = CSVOptions(encoding: .gb18030)
        for pieceBytes in [1, 5, 1000] {
            let reading = Reading(
                head + [0x34, 0x2C, 0xFF, 0xFF, 0x0A], pieceBytes: pieceBytes, options: options)
            #expect(reading.rows == [EncodingSamples.rows[1]])
            #expect(
                reading.failure
                    == .damagedText(encoding: .gb18030, byteOffset: Int64(head.count + 2), line: 3))
        }
        let cutOff = Reading(head + [0x34, 0x2C, 0xBA], options: options)
        #expect(
            cutOff.failure == .damagedText(encoding: .gb18030, byteOffset: Int64(head.count + 2), line: 3))
        #expect(cutOff.failure?.chinese.contains("第 3 行") == true)
    }

    @Test func detectsByMarkContentAndRemainder() {
        func detect(_ bytes: [UInt8], isWhole: Bool = true) -> DetectedEncoding {
            bytes.withUnsafeBytes { DetectedEncoding.detect($0, isWhole: isWhole) }
        }
        #expect(detect(Array("\u{FEFF}a".utf8)).basis == .byteOrderMark)
        #expect(detect(Array("\u{FEFF}a".utf8)).byteOrderMarkBytes == 3)
        #expect(detect(utf16("a", isLittleEndian: true)).encoding == .utf16LittleEndian)
        #expect(detect(utf16("a", isLittleEndian: false)).encoding == .utf16BigEndian)
        #expect(detect([]).basis == .plainASCII)
        #expect(detect(Array("abc".utf8)).basis == .plainASCII)
        #expect(detect(Array("质衡".utf8)).basis == .validUTF8)
        #expect(detect(EncodingSamples.gb18030).encoding == .gb18030)
        let cutOff = Array("质衡".utf8.dropLast())
        #expect(detect(cutOff, isWhole: false).basis == .validUTF8)
        #expect(detect(cutOff, isWhole: true).encoding == .gb18030)
        let damaged = Array(String(repeating: "质量安全", count: 20).utf8) + [0xFF, 0x0A]
        #expect(detect(damaged).basis == .mostlyUTF8)
    }

    @Test func damageBehindTheSampleIsARowProblem() {
        let row = Array("甲,乙\n".utf8)
        let count = DetectedEncoding.sampleBytes / row.count + 10
        let bytes = Array(repeatElement(row, count: count).joined()) + [0xC4, 0xE3, 0x2C, 0x31, 0x0A]
        let reading = Reading(bytes, options: .headless)
        #expect(reading.rows.count == count)
        let offset = Int64(count * row.count)
        #expect(reading.problems.map(\.reason) == [.invalidUTF8(byte: 0xC4, byteOffset: offset)])
    }

    @Test func aStatedEncodingSkipsItsOwnMarkOnly() {
        let stated = CSVOptions(encoding: .utf8)
        #expect(Reading("\u{FEFF}甲\n1\n", options: stated).header == ["甲"])
        #expect(TextEncoding(named: "GBK") == .gb18030)
        #expect(TextEncoding(named: "utf8") == .utf8)
        #expect(TextEncoding(named: "latin-9") == nil)
    }

    @Test func tinyBuffersGetWholeScalars() throws {
        let decoder = try TextDecoder(MemoryByteSource(EncodingSamples.gb18030), encoding: .gb18030)
        var text: [UInt8] = []
        var byte: UInt8 = 0
        while try withUnsafeMutableBytes(of: &byte, { try decoder.read(into: $0) }) == 1 { text.append(byte) }
        #expect(String(decoding: text, as: UTF8.self) == EncodingSamples.text)
    }
}
