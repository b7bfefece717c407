import Exchange
import Foundation
import Statements

/// Figures in texts: how fast they are checked, and how well against the gold files.
struct StatementBenchmark {
    let repetitions: Int

    private static let textBytes = 20_000_000
    static let documents = [
        "quality-city-speeches.txt", "yixing-quality-plan-2013.txt", "zhejiang-construction-2009h1.txt",
    ]
    static let communiques = "data/mohurd/communiques"

    func run() throws {
        Printing.heading("statements: figures in texts, by the processor's time of one thread")
        guard let shared = SharedFiles() else {
            return Printing.line("skipped", "the folder shared is not beside the project")
        }
        let simplified = (try? SimplifiedCharacters.table()) ?? [:]
        if simplified.isEmpty { Printing.line("without OpenCC", "traditional characters are not read") }
        let reader = TextReader(simplified: simplified)
        try measureSpeed(reader, shared)
        try measureSorts(reader, shared)
        try StatementGold(reader: reader, shared: shared).run()
    }

    private func measureSpeed(_ reader: TextReader, _ shared: SharedFiles) throws {
        let text = try Self.text(of: shared)
        let megabytes = Double(text.utf8.count) / 1e6
        let checker = StatementChecker(table: nil)
        var (reading, checking, telling): ([Double], [Double], [Double]) = ([], [], [])
        var counted = ClaimTally()
        for _ in 0..<max(1, repetitions) {
            var read = reader.read("", name: "")
            var claims: [Claim] = []
            var bytes = 0
            reading.append(Measuring.processorSeconds { read = reader.read(text, name: "long.txt") })
            checking.append(Measuring.processorSeconds { claims = checker.check(read) })
            telling.append(
                Measuring.processorSeconds {
                    var lines = ClaimLines(read)
                    bytes = lines.lines(claims).count
                })
            counted = ClaimTally(claims)
            guard bytes > 0 || claims.isEmpty else { return }
        }
        func rate(_ seconds: Double) -> String {
            String(format: "%.1f MB/s", megabytes / max(seconds, 1e-9))
        }
        let (read, check) = (Measuring.median(reading), Measuring.median(checking))
        Printing.line("text", String(format: "%.1f MB, ", megabytes) + counted.summary.english)
        Printing.line("reading", rate(read))
        Printing.line("checking what was read", rate(check))
        Printing.line("reading and checking", rate(read + check))
        Printing.line("and writing JSON lines", rate(read + check + Measuring.median(telling)))
    }

    /// How fast texts of one sort are read and checked: the more figures, the more there is to do.
    private func measureSorts(_ reader: TextReader, _ shared: SharedFiles) throws {
        let communiques = try shared.texts(in: Self.communiques).map { "\(Self.communiques)/\($0)" }
        for sort in Self.documents.map({ ["documents/" + $0] }) + [communiques] {
            let text = try Self.text(sort, of: shared)
            var claims = 0
            let seconds = (0..<max(1, repetitions)).map { _ in
                Measuring.processorSeconds {
                    claims = StatementChecker(table: nil).check(reader.read(text, name: "long.txt")).count
                }
            }
            let rate = Double(text.utf8.count) / 1e6 / max(Measuring.median(seconds), 1e-9)
            Printing.line(
                sort.count > 1 ? Self.communiques : sort.joined(),
                String(format: "%.1f MB/s, a claim in %d bytes", rate, text.utf8.count / max(1, claims)))
        }
    }

    /// All shared documents, one after the other, again and again.
    private static func text(of shared: SharedFiles) throws -> String {
        try text(
            documents.map { "documents/" + $0 }
                + shared.texts(in: communiques).map { "\(communiques)/\($0)" }, of: shared)
    }

    /// Some shared files, one after the other, again and again.
    private static func text(_ files: [String], of shared: SharedFiles) throws -> String {
        var round = ""
        for file in files { round += try shared.text(file) + "\n" }
        var text = ""
        text.reserveCapacity(textBytes + round.utf8.count)
        while text.utf8.count < textBytes { text += round }
        return text
    }
}
