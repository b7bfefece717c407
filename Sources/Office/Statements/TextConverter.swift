import Foundation

/// A program of the machine that makes plain text of a document.
struct TextConverter: Sendable {
    /// The program's name, as it is looked for on the path.
    let program: String
    /// The Debian package that holds it.
    let package: String
    /// What it is told; the document's path is put in the place of ``place``.
    let arguments: [String]

    private static let place = "\u{0}"
    /// How long a document may take.
    static let limitSeconds = 120

    /// Word documents. A sandboxed pandoc reads nothing but the document.
    static let pandoc = TextConverter(
        program: "pandoc", package: "pandoc",
        arguments: ["--sandbox", "--from=docx", "--to=plain", "--wrap=none", place])

    /// PDF documents.
    static let pdftotext = TextConverter(
        program: "pdftotext", package: "poppler-utils",
        arguments: ["-q", "-enc", "UTF-8", "-nopgbrk", place, "-"])

    /// The text of a document.
    ///
    /// - Parameters:
    ///   - bytes: the document, written to a file of its own when there is no path.
    ///   - path: where the document lies, if it lies anywhere.
    /// - Throws: ``TextDocumentProblem``; `CocoaError` when there is no room for a temporary file.
    func text(of bytes: [UInt8], path: String?, name: String) throws -> String {
        guard let executable = Self.executable(program) else {
            throw TextDocumentProblem.converterMissing(program: program, package: package, name: name)
        }
        if let path {
            return try run(executable, on: URL(fileURLWithPath: path), name: name)
        }
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("zhiheng-document-\(UUID().uuidString)")
        guard
            FileManager.default.createFile(
                atPath: file.path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
        defer { try? FileManager.default.removeItem(at: file) }
        return try run(executable, on: file, name: name)
    }

    private func run(_ executable: URL, on file: URL, name: String) throws -> String {
        let process = Process()
        process.executableURL = executable
        // An absolute path begins with a slash: a name that begins with a dash is no option.
        process.arguments = arguments.map { $0 == Self.place ? file.standardizedFileURL.path : $0 }
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let deadline = Deadline(process, seconds: Self.limitSeconds)
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        if deadline.isOver() {
            throw TextDocumentProblem.converterTooSlow(
                program: program, name: name, seconds: Self.limitSeconds)
        }
        guard process.terminationStatus == 0, let text = String(data: data, encoding: .utf8) else {
            throw TextDocumentProblem.notConverted(program: program, name: name)
        }
        return text
    }

    /// The program on the path, as a shell would find it.
    private static func executable(_ name: String) -> URL? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        return path.split(separator: ":").lazy.map { URL(fileURLWithPath: "\($0)/\(name)") }.first {
            FileManager.default.isExecutableFile(atPath: $0.path)
        }
    }
}

/// Ends a process that takes too long.
private final class Deadline {
    private let item: DispatchWorkItem
    private let clock = ContinuousClock.now
    private let seconds: Int

    init(_ process: Process, seconds: Int) {
        self.seconds = seconds
        let identifier = process.processIdentifier
        item = DispatchWorkItem { kill(identifier, SIGTERM) }
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds), execute: item)
    }

    /// Whether the time was over before the process ended; from now on the process is left alone.
    func isOver() -> Bool {
        item.cancel()
        return ContinuousClock.now - clock >= .seconds(seconds)
    }
}
