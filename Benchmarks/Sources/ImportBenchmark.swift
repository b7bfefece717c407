import Foundation
import Office
import Records
import Storage

/// Taking a file in, against the shell of SQLite doing the same to the same file.
///
/// Each runs in a process of its own, so that its memory can be told. The shell fills a table of the file's
/// columns with the same unique key and an index by region, and checks, tallies and proves nothing.
struct ImportBenchmark {
    let ground: Ground
    let rows: Int
    let repetitions: Int

    private static let peers: [(name: String, sql: String)] = [
        (
            "a table with the key and an index",
            """
            CREATE TABLE enterprise (credit_code TEXT NOT NULL UNIQUE, name TEXT, type TEXT, region TEXT,
                qualification TEXT, qualification_number TEXT, address TEXT, legal_representative TEXT,
                licence_number TEXT, licence_issued_on TEXT);
            CREATE INDEX enterprise_region ON enterprise (region);
            """
        ),
        (
            "a table of text without key or index",
            "CREATE TABLE enterprise (\(Enterprises.columns.joined(separator: ", ")));"
        ),
    ]

    func run() throws {
        Printing.heading("import: \(Printing.grouped(Double(rows))) enterprises of ten columns")
        let file = ground.file("enterprises.csv")
        try Enterprises(ground.rulebook).write(rows, to: file)
        var own: [ChildProcess.Usage] = []
        var theirs: [[ChildProcess.Usage]] = Self.peers.map { _ in [] }
        for _ in 0..<repetitions {
            own.append(try importHere(file))
            for (index, peer) in Self.peers.enumerated() {
                theirs[index].append(try importByShell(file, into: peer.sql))
            }
        }
        let rate = rate(own)
        for (peer, usages) in zip(Self.peers, theirs) {
            Printing.compared(
                "rows a second; peer: \(peer.name)", own: rate, peer: self.rate(usages), unit: "/s")
        }
        let peak = own.map(\.peakBytes).max() ?? 0
        Printing.line("most memory, with the rulebook loaded", Printing.mebibytes(peak))
        Printing.line(
            "most memory of the shell", Printing.mebibytes(theirs.joined().map(\.peakBytes).max() ?? 0))
    }

    private func rate(_ usages: [ChildProcess.Usage]) -> Double {
        Double(rows) / max(1e-9, Measuring.median(usages.map(\.seconds)))
    }

    /// Runs this very program again, for the import alone; the time it tells leaves the rulebook's loading out.
    private func importHere(_ file: URL) throws -> ChildProcess.Usage {
        let told = ground.file("seconds")
        let usage = try ChildProcess(
            path: CommandLine.arguments[0],
            arguments: ["--import", file.path, "--told", told.path, "--folder", ground.folder.path]
        ).run()
        let text = try String(contentsOf: told, encoding: .utf8)
        return ChildProcess.Usage(seconds: Double(text) ?? usage.seconds, peakBytes: usage.peakBytes)
    }

    private func importByShell(_ file: URL, into sql: String) throws -> ChildProcess.Usage {
        let database = ground.file("shell.db")
        try? FileManager.default.removeItem(at: database)
        return try ChildProcess(
            path: "sqlite3",
            arguments: [database.path, sql, ".import --csv --skip 1 '\(file.path)' enterprise"]
        ).run()
    }

    /// The import alone, in a process of its own.
    static func importAlone(_ file: URL, told: URL?, ground: Ground) throws {
        let office = try ground.office("own.db")
        let importer = Importer(office, archive: FileArchive(folder: ground.file("archive")))
        let request = ImportRequest(kind: "enterprise", fileName: file.lastPathComponent)
        var report: ImportReport?
        let seconds = try Measuring.seconds {
            report = try importer.run(request, file: file, by: .actor(.operatorOfFolder))
        }
        guard let report, report.isDone else {
            for error in report?.errors.prefix(5) ?? [] { print(error) }
            throw ChildProcess.Problem.failed("import", status: 1)
        }
        if let told {
            try Data(String(seconds).utf8).write(to: told)
        } else {
            print("\(report.taken) rows in \(seconds) s, root of \(report.importID ?? 0)")
        }
    }
}
