import Foundation
import Office
import Records
import Rulebooks
import Storage

/// Round after round: a child works, is killed, and what it left is checked.
struct Rounds {
    let rulebook: URL
    let count: Int
    let seed: UInt64

    /// Rounds in which a database grows before the next begins with a new one.
    private static let roundsOfDatabase = 10

    /// - Returns: how many rounds lost something or left the audit with a finding.
    func run() throws -> Int {
        var chance = Chance(seed: seed)
        let book = try Deployment.load(rulebook)
        var failures = 0
        var total = 0
        var folder: URL?
        var acknowledged: [String] = []
        defer { if let folder { try? FileManager.default.removeItem(at: folder) } }
        for round in 0..<count {
            if round % Self.roundsOfDatabase == 0 {
                if let folder { try FileManager.default.removeItem(at: folder) }
                folder = try newFolder()
                acknowledged = []
            }
            guard let folder else { break }
            let lines = try work(in: folder, seed: chance.next(), chance: &chance)
            acknowledged += lines
            total += lines.count
            let problems = try Check(folder: folder, rulebook: book).problems(acknowledged)
            if !problems.isEmpty {
                failures += 1
                FaultDriver.say("round \(round + 1): \(problems.prefix(10).joined(separator: "; "))")
            }
        }
        FaultDriver.say(
            "\(count) rounds, \(total) acknowledged actions, "
                + "\(failures) rounds with a loss or finding (seed \(seed))"
        )
        return failures
    }

    private func newFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "zhiheng-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// Starts a child, kills it at a random moment, and gives the lines it had written by then.
    private func work(in folder: URL, seed: UInt64, chance: inout Chance) throws -> [String] {
        let child = Process()
        child.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).standardizedFileURL
        child.arguments = ["work", folder.path, rulebook.path, String(seed)]
        let pipe = Pipe()
        child.standardOutput = pipe
        try child.run()
        var output = Data()
        // One round in eight is killed while it is opening the database, the others while they write.
        if Int.random(in: 0..<8, using: &chance) != 0 {
            output += pipe.fileHandleForReading.availableData
        }
        let delay = UInt32.random(in: 0..<600_000, using: &chance)
        let end = Date(timeIntervalSinceNow: Double(delay) / 1_000_000)
        while Date() < end, child.isRunning { usleep(500) }
        kill(child.processIdentifier, SIGKILL)
        output += pipe.fileHandleForReading.readDataToEndOfFile()
        child.waitUntilExit()
        guard child.terminationReason == .uncaughtSignal else {
            throw Deployment.Unexpected.number(
                "the child ended by itself: \(String(decoding: output, as: UTF8.self).suffix(400))")
        }
        // Each line was written in one piece; what has no line break was not written to its end.
        return String(decoding: output, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false
        )
        .dropLast().map(String.init)
    }
}

/// Looks whether everything acknowledged is on file, and nothing half-done.
struct Check {
    let folder: URL
    let rulebook: Rulebook

    func problems(_ acknowledged: [String]) throws -> [String] {
        let deployment = try Deployment(folder: folder, rulebook: rulebook)
        defer { try? deployment.store.close() }
        let office = deployment.office
        var problems: [String] = []
        try office.store.read { reader in
            for line in acknowledged {
                let words = line.split(separator: " ").map(String.init)
                if words.first == "import", words.count == 3 {
                    let run = try Int64(words[1]).flatMap { try reader.importRun($0) }
                    if run?.rows != Int64(words[2]) { problems.append("lost: \(line)") }
                } else if words.count == 4, let kind = rulebook.kind(words[0]), let id = Int64(words[1]) {
                    let record = try reader.record(kind, id: id)
                    if record?.number != words[3] || (record?.version ?? 0) < Int64(words[2]) ?? .max {
                        problems.append("lost: \(line)")
                    }
                } else {
                    problems.append("not understood: \(line)")
                }
            }
            for kind in ["project", "hazard", "person", "incident"].compactMap(rulebook.kind) {
                problems += try gaps(kind, reader)
            }
        }
        let report = try Auditor(office, keys: [], archive: deployment.workspace.archive).run()
        problems += report.findings.map { "\($0.subject): \($0.textEnglish)" }
        let rebuilt = try FiguresService(office).rebuild(checkOnly: true)
        problems += rebuilt.differences.map {
            "tally \($0.cell.measure): \($0.stored) instead of \($0.counted)"
        }
        return problems
    }

    /// Numbers that are missing in their series.
    private func gaps(_ kind: Kind, _ reader: any StoreReading) throws -> [String] {
        var last: [Substring: (count: Int, greatest: Int)] = [:]
        try reader.eachRecord(of: kind, from: 0) { record in
            guard let dash = record.number.lastIndex(of: "-"),
                let sequence = Int(record.number[record.number.index(after: dash)...])
            else { return }
            let known = last[record.number[..<dash]] ?? (0, 0)
            last[record.number[..<dash]] = (known.count + 1, max(known.greatest, sequence))
        }
        return last.filter { $0.value.count != $0.value.greatest }.map { "gaps in \($0.key)" }
    }
}
