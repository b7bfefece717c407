import Foundation
import Testing

/// The program, serving data of its own on a free port, as it does for people.
final class ServedSite: Sendable {
    static let password = "correct horse battery"
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    /// The morning at which its clock begins.
    private static let morning = "2026-03-02T09:00:00+08:00"

    let port: UInt16
    let folder: URL
    private let process: Process

    /// Data with a few accounts, made once and copied for each site.
    private static let data = Result { () throws -> URL in
        let folder = try temporaryFolder()
        try command(["init", "--rulebook", root.appendingPathComponent("rulebook").path], folder)
        try command(
            ["account", "add", "wang.li", "--name", "王莉", "--role", "inspector", "--region", "330106"], folder
        )
        try command(["account", "password", "wang.li"], folder, input: password + "\n")
        return folder
    }

    /// The program, built with the tests.
    static var program: URL? {
        let start = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent()
        let above = sequence(first: start) { $0.path == "/" ? nil : $0.deletingLastPathComponent() }.prefix(4)
        return (Array(above) + [root.appendingPathComponent(".build/debug")])
            .map { (folder: URL) -> URL in folder.appendingPathComponent("zhiheng") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    static func temporaryFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "zhiheng-serving-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    private static func made(_ arguments: [String], _ folder: URL) throws -> Process {
        let process = Process()
        let program: URL = try #require(Self.program, "the program was not built beside the tests")
        process.executableURL = program
        process.arguments = arguments
        process.environment = [
            "PATH": "/usr/bin:/bin", "LANG": "en_GB.UTF-8", "NO_COLOR": "1", "ZHIHENG_NOW": morning,
            "ZHIHENG_DATA": folder.appendingPathComponent("data").path,
            "ZHIHENG_SITE": root.appendingPathComponent("site").path,
        ]
        return process
    }

    /// Runs a command to its end; gives what it said and its exit code.
    @discardableResult
    static func command(
        _ arguments: [String], _ folder: URL, input: String = "", mayFail: Bool = false
    ) throws -> (text: String, code: Int32) {
        let process = try made(arguments, folder)
        let (said, typed) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError, process.standardInput) = (said, said, typed)
        try process.run()
        typed.fileHandleForWriting.write(Data(input.utf8))
        try typed.fileHandleForWriting.close()
        let text = String(decoding: said.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        if !mayFail { #expect(process.terminationStatus == 0, "\(arguments): \(text)") }
        return (text, process.terminationStatus)
    }

    init(_ options: String...) throws {
        folder = try Self.temporaryFolder()
        try FileManager.default.copyItem(
            at: try Self.data.get().appendingPathComponent("data"), to: folder.appendingPathComponent("data"))
        process = try Self.made(
            [
                "serve", "--port", "0", "--clocks", "0", "--log-file",
                folder.appendingPathComponent("log").path,
            ]
                + options, folder)
        let said = Pipe()
        process.standardOutput = said
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = ""
        while let byte = try said.fileHandleForReading.read(upToCount: 1), byte != Data([0x0A]) {
            line += String(decoding: byte, as: UTF8.self)
        }
        let number = try #require(
            line.firstMatch(of: #/:(\d+)\//#)?.output.1, "the site did not start: \(line)")
        port = try #require(UInt16(number))
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(at: folder)
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    var isRunning: Bool { process.isRunning }

    /// Waits for the program to end; its exit code, or nil after so many seconds.
    func end(within seconds: Double) -> Int32? {
        let limit = Date().addingTimeInterval(seconds)
        while process.isRunning, Date() < limit { usleep(20_000) }
        return process.isRunning ? nil : process.terminationStatus
    }

    var log: String {
        (try? String(contentsOf: folder.appendingPathComponent("log"), encoding: .utf8)) ?? ""
    }

    /// The memory of the process in bytes.
    var memory: Int {
        let status =
            (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return (line.split(separator: " ").compactMap { Int($0) }.first ?? 0) * 1024
    }

    func connection(patience: Double = 10) throws -> RawConnection {
        try RawConnection(port, patience: patience)
    }

    /// Asks once and gives the whole answer.
    func ask(_ request: String) throws -> String {
        let connection = try connection()
        connection.send(request)
        return String(decoding: connection.readToEnd(), as: UTF8.self)
    }

    func get(_ path: String, _ fields: String...) throws -> String {
        let more = fields.map { $0 + "\r\n" }.joined()
        return try ask("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(more)\r\n")
    }
}
