import Foundation

/// Does what a page tells its reader to do, in a folder of its own, and says where the page is wrong.
///
/// - A block with `file=PATH` is written to that path.
/// - A block `sh` is run, one command a line; a line that ends in a backslash goes on in the next. Each
///   command must end with 0, or with N when the block says `exit=N`. `export NAME=VALUE` holds for all that
///   follow.
/// - A block `text` after it shows output: its lines must appear in that order, with `…` for anything.
struct PageRunner {
    let folder: URL
    private var environment: [String: String]
    private var output: [Substring] = []
    private(set) var failures: [String] = []
    private(set) var commandsRun = 0

    /// The folder that holds the command, built with the tests.
    static var commandFolder: URL? {
        let given = ProcessInfo.processInfo.environment["ZHIHENG_COMMAND_FOLDER"].map {
            [URL(fileURLWithPath: $0)]
        }
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        let above = sequence(first: program.deletingLastPathComponent()) { folder in
            folder.path == "/" ? nil : folder.deletingLastPathComponent()
        }
        return (given ?? Array(above.prefix(4))).first {
            FileManager.default.isExecutableFile(atPath: $0.appendingPathComponent("zhiheng").path)
        }
    }

    init(commandFolder: URL, language: String) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "zhiheng-page-\(UUID().uuidString)", isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        environment = [
            "PATH": commandFolder.path + ":/usr/local/bin:/usr/bin:/bin", "HOME": folder.path,
            "LANG": language,
            "NO_COLOR": "1", "ZHIHENG_RULEBOOK": Repository.place("rulebook").path,
        ]
    }

    /// Runs the blocks that are to be run; with a mark, only the shell blocks that bear it.
    mutating func run(_ page: Page, onlyMarked mark: String? = nil) throws {
        var isShown = false
        for block in page.blocks {
            if let path = block.attributes["file"] {
                try write(block.lines, to: path)
            } else if block.language == "sh" {
                isShown = mark.map { block.attributes[$0] != nil } ?? true
                if isShown { try runCommands(block) }
            } else if block.language == "text", isShown {
                compare(block)
            }
        }
    }

    func clean() { try? FileManager.default.removeItem(at: folder) }

    private func write(_ lines: [String], to path: String) throws {
        let file = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    }

    private mutating func runCommands(_ block: Page.Block) throws {
        output = []
        let expected = Int32(block.attributes["exit"] ?? "0") ?? 0
        for command in Self.commands(block.lines) {
            if command.hasPrefix("export "), let (name, value) = Self.assignment(command.dropFirst(7)) {
                environment[name] = value
                continue
            }
            let (code, text) = try shell(command)
            commandsRun += 1
            output += text.split(separator: "\n")
            if code != expected {
                failures.append(
                    "line \(block.line): `\(command)` ended with \(code), not \(expected):\n\(text)")
            }
        }
    }

    private static func commands(_ lines: [String]) -> [String] {
        var commands: [String] = []
        var pending = ""
        for line in lines {
            let trimmed = line.trimmingCharacters(in: .whitespaces)
            if trimmed.hasSuffix("\\") {
                pending += trimmed.dropLast() + " "
                continue
            }
            let command = pending + trimmed
            pending = ""
            if !command.isEmpty, !command.hasPrefix("#") { commands.append(command) }
        }
        return commands
    }

    private static func assignment(_ text: Substring) -> (String, String)? {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        return parts.count == 2 ? (parts[0], parts[1]) : nil
    }

    private func shell(_ command: String) throws -> (Int32, String) {
        let captured = folder.appendingPathComponent(".output")
        try Data().write(to: captured)
        let handle = try FileHandle(forWritingTo: captured)
        defer { try? handle.close() }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = folder
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: try Data(contentsOf: captured), as: UTF8.self))
    }

    private mutating func compare(_ block: Page.Block) {
        var rest = output[...]
        for shown in block.lines where !shown.allSatisfy(\.isWhitespace) {
            guard let found = rest.firstIndex(where: { Self.matches(String($0), shown) }) else {
                let actual = output.joined(separator: "\n")
                failures.append("line \(block.line): not shown: `\(shown)`; the output is:\n\(actual)")
                return
            }
            rest = rest[(found + 1)...]
        }
    }

    /// Whether a line of output is what a page shows; runs of blanks count as one, `…` stands for anything.
    static func matches(_ line: String, _ shown: String) -> Bool {
        let pieces = squeezed(shown).components(separatedBy: "…")
        var rest = squeezed(line)[...]
        for (index, piece) in pieces.enumerated() where !piece.isEmpty {
            guard let range = rest.range(of: piece), index > 0 || range.lowerBound == rest.startIndex else {
                return false
            }
            rest = rest[range.upperBound...]
        }
        return rest.isEmpty || pieces.last?.isEmpty == true
            || (pieces.last.map { squeezed(line).hasSuffix($0) } ?? false) && pieces.count > 1
    }

    private static func squeezed(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
