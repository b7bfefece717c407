import Foundation
import Testing

@testable import Exchange

@Suite struct CSVWriterTests {
    private func text(_ rows: [[String]], _ options: CSVWriterOptions = CSVWriterOptions()) throws -> String {
        let sink = MemoryByteSink()
        let writer = CSVWriter(sink, options: options)
        for row in rows { try writer.write(row) }
        try writer.finish()
        return String(decoding: sink.bytes, as: UTF8.self)
    }

    @Test func quotesOnlyWhenNeeded() throws {
        let row = ["plain", "a,b", "say \"hi\"", "two\nlines", " space", "质衡", ""]
        #expect(try text([row]) == "plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\" space\",质衡,\r\n")
        #expect(try text([[""], ["a"]]) == "\"\"\r\na\r\n")
    }

    @Test func excelGetsAMarkAndNoFormulas() throws {
        let row = ["=1+1", "+86 571", "-12.5", "+3", "-", "@cmd", "-1-2", "=a,b", "a=b"]
        #expect(
            try text([row], .excel) == "\u{FEFF}'=1+1,'+86 571,-12.5,+3,'-,'@cmd,'-1-2,\"'=a,b\",a=b\r\n")
        #expect(try text([[""]], .excel) == "\u{FEFF}\"\"\r\n")
    }

    @Test func lineFeedsAndOtherDelimiters() throws {
        var options = CSVWriterOptions()
        options.usesCarriageReturns = false
        options.delimiter = .tab
        #expect(try text([["a,b", "c\td"]], options) == "a,b\t\"c\td\"\n")
    }

    @Test func refusedRowsAreWrittenUnchanged() throws {
        let reader = try CSVReader(MemoryByteSource("a,b\n\"x\"y,\"z\"\n".utf8))
        guard case .refused(_, let record) = try reader.next() else {
            Issue.record("expected a refused row")
            return
        }
        let sink = MemoryByteSink()
        let writer = CSVWriter(sink)
        try writer.write(raw: record)
        try writer.finish()
        #expect(String(decoding: sink.bytes, as: UTF8.self) == "\"x\"y,\"z\"\r\n")
    }

    @Test func writesFilesAndReadsThemBack() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "rows.csv").path
        do {
            let writer = CSVWriter(try FileByteSink(path: path), options: .excel)
            for row in 0..<50_000 { try writer.write(["\(row)", "第 \(row) 行,\"引号\""]) }
            try writer.finish()
            #expect(writer.rowsWritten == 50_000)
        }
        #expect(throws: ExchangeProblem.alreadyExists(name: "rows.csv")) { try FileByteSink(path: path) }
        let source = try FileByteSource(path: path)
        var seen: Int64 = 0
        let observed = ObservedByteSource(source) { seen += Int64($0.count) }
        let reader = try CSVReader(observed, options: CSVOptions(hasHeader: false))
        var count = 0
        while case .row(let record) = try reader.next() {
            if record.string(at: 1) == "第 \(count) 行,\"引号\"" { count += 1 }
        }
        #expect(count == 50_000)
        #expect(seen == source.sizeBytes && reader.rawBytesRead == seen)
        #expect(throws: ExchangeProblem.cannotOpen(name: folder.lastPathComponent, reason: .isFolder)) {
            try FileByteSource(path: folder.path)
        }
        #expect(throws: ExchangeProblem.cannotOpen(name: "none.csv", reason: .absent)) {
            try FileByteSource(path: folder.appending(path: "none.csv").path)
        }
    }
}
