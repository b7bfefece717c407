import Foundation
import Testing

@testable import Exchange

@Suite struct ExchangeProblemTests {
    static let problems: [ExchangeProblem] = [
        .cannotOpen(name: "房屋.csv", reason: .absent), .cannotRead(name: "", reason: .failed(number: 5)),
        .cannotWrite(name: "a.csv", reason: .diskFull), .alreadyExists(name: "a.csv"),
        .damagedText(encoding: .gb18030, byteOffset: 77, line: 3), .encodingUnavailable(.utf16BigEndian),
        .noHeader,
        .badHeader(RowProblem(row: 0, line: 1, column: 2, reason: .nulByte)),
    ]

    @Test func codesAreUniqueAndTextsEndAsSentences() {
        #expect(Set(Self.problems.map(\.code)).count == Self.problems.count)
        for problem in Self.problems {
            #expect(problem.english.hasSuffix(".") && problem.chinese.hasSuffix("。"))
            #expect(problem.english.first?.isUppercase == true)
            #expect(problem.description.hasPrefix("EXCHANGE-0"))
        }
    }

    @Test func pathsDoNotLeak() {
        let secret = "/home/secret-folder/\(UUID().uuidString)/名单.csv"
        do throws(ExchangeProblem) {
            _ = try FileByteSource(path: secret)
            Issue.record("the file should be absent")
        } catch {
            #expect(
                error.english == "The file 名单.csv cannot be opened: there is no such file; check the name.")
            #expect(error.chinese == "无法打开文件 名单.csv：没有这个文件，请核对名称。")
        }
        #expect(throws: ExchangeProblem.self) { try FileByteSource(path: "a\u{0}b") }
        #expect(throws: ExchangeProblem.self) { try FileByteSink(path: secret) }
    }

    @Test func aFullDiskIsSaid() throws {
        guard FileManager.default.fileExists(atPath: "/dev/full") else {
            print("skipped: this system has no device that is always full")
            return
        }
        let writer = CSVWriter(try FileByteSink(path: "/dev/full", overwrites: true))
        try writer.write(["a"])
        #expect(throws: ExchangeProblem.cannotWrite(name: "full", reason: .diskFull)) { try writer.finish() }
    }
}
