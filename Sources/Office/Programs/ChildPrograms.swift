import Dispatch
import Foundation
import Rulebooks
import Synchronization

/// Runs other programs: a few at a time, each for a bounded time, in a folder of its own that is removed afterwards.
///
/// They get no environment of ours but where programs lie, no input but their files, and proxies that lead nowhere, so
/// that they do not ask the network.
public final class ChildPrograms: Sendable {
    private let places: DispatchSemaphore
    private let queue = DispatchQueue(label: "zhiheng.programs", attributes: .concurrent)
    private let waiting = Mutex(0)
    private let longestQueue: Int
    private let seconds: Double

    /// - Parameters:
    ///   - width: how many run at once.
    ///   - longestQueue: how many may run or wait; whoever comes then is told to come again.
    ///   - seconds: after which a program is ended.
    public init(width: Int = 2, longestQueue: Int = 12, seconds: Double = 120) {
        places = DispatchSemaphore(value: max(1, width))
        (self.longestQueue, self.seconds) = (longestQueue, seconds)
    }

    /// A run: the program, its files, and the file that it is to leave.
    public struct Job: Sendable {
        public var program: String
        public var arguments: [String]
        /// Files put into the folder that the program runs in, by their names.
        public var files: [String: [UInt8]]
        /// The name of the file that is wanted of it.
        public var result: String
        /// Seconds since 1970 that the program is to take for the present, so that the same input gives the same file.
        public var epoch: Int64

        public init(
            program: String, arguments: [String], files: [String: [UInt8]], result: String, epoch: Int64
        ) {
            (self.program, self.arguments, self.files) = (program, arguments, files)
            (self.result, self.epoch) = (result, epoch)
        }
    }

    /// The most bytes taken of a result.
    private static let resultLimit = 32 << 20

    /// Whether a program is installed.
    public static func isInstalled(_ program: String) -> Bool { location(of: program) != nil }

    /// Runs a job and answers the file it left.
    ///
    /// - Throws: `ProgramProblem`.
    public func run(_ job: Job) async throws -> [UInt8] {
        guard let program = Self.location(of: job.program) else {
            throw ProgramProblem.missing(program: job.program)
        }
        let hasRoom = waiting.withLock { waiting in
            guard waiting < longestQueue else { return false }
            waiting += 1
            return true
        }
        guard hasRoom else { throw ProgramProblem.busy }
        defer { waiting.withLock { $0 -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in
                places.wait()
                defer { places.signal() }
                continuation.resume(with: Result { try execute(job, program) })
            }
        }
    }

    private func execute(_ job: Job, _ program: URL) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "zhiheng-program-" + UUID().uuidString, isDirectory: true)
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw ProgramProblem.failed(program: job.program, status: -1) }
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, bytes) in job.files {
            try Data(bytes).write(to: folder.appendingPathComponent(name))
        }
        let process = Process()
        process.executableURL = program
        process.arguments = job.arguments
        process.currentDirectoryURL = folder
        process.environment = Self.environment(folder, epoch: job.epoch)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do { try process.run() } catch { throw ProgramProblem.missing(program: job.program) }
        if ended.wait(timeout: .now() + seconds) == .timedOut {
            // The process and what it may have started, which stays in its group.
            kill(-process.processIdentifier, SIGKILL)
            kill(process.processIdentifier, SIGKILL)
            _ = ended.wait(timeout: .now() + 5)
            throw ProgramProblem.timedOut(program: job.program)
        }
        let result = folder.appendingPathComponent(job.result)
        let size = try? FileManager.default.attributesOfItem(atPath: result.path)[.size] as? Int
        guard process.terminationStatus == 0, let size, size > 0, size <= Self.resultLimit,
            let data = try? Data(contentsOf: result)
        else { throw ProgramProblem.failed(program: job.program, status: process.terminationStatus) }
        return [UInt8](data)
    }

    private static func environment(_ folder: URL, epoch: Int64) -> [String: String] {
        // Port 9 of one's own machine discards: whatever a program would fetch, it does not get.
        let nowhere = "http://127.0.0.1:9"
        return [
            "PATH": searchPath, "HOME": folder.path, "TMPDIR": folder.path, "LANG": "C.UTF-8",
            "SOURCE_DATE_EPOCH": String(epoch), "http_proxy": nowhere, "https_proxy": nowhere,
            "ftp_proxy": nowhere, "all_proxy": nowhere,
        ]
    }

    private static var searchPath: String {
        ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    }

    private static func location(of program: String) -> URL? {
        for folder in searchPath.split(separator: ":") where folder.hasPrefix("/") {
            let file = URL(fileURLWithPath: String(folder)).appendingPathComponent(program)
            if FileManager.default.isExecutableFile(atPath: file.path) { return file }
        }
        return nil
    }
}

/// Why a program did not do what it was asked.
public enum ProgramProblem: Error, Hashable, Sendable {
    /// It is not installed.
    case missing(program: String)
    /// Too many wait already.
    case busy
    /// It took too long and was ended.
    case timedOut(program: String)
    /// It failed, or left no file.
    case failed(program: String, status: Int32)

    /// The stable code; `docs/errors.md` explains each.
    public var code: String {
        switch self {
        case .missing: "DOC-0101"
        case .busy: "DOC-0102"
        case .timedOut: "DOC-0103"
        case .failed: "DOC-0104"
        }
    }

    /// The problem in words, with what to do.
    public var message: Bilingual {
        switch self {
        case .missing(let program):
            Bilingual(
                zh: "本机没有安装 \(program)，不能生成这种文件。请安装软件包 \(program)（apt-get install \(program)）。",
                en: "\(program) is not installed here, so this file cannot be made. "
                    + "Install the package \(program) (apt-get install \(program)).")
        case .busy:
            Bilingual(zh: "正在生成的文件较多，请稍后再试。", en: "Many files are being made just now. Try again shortly.")
        case .timedOut(let program):
            Bilingual(
                zh: "\(program) 用时过长，已停止。请稍后再试，或改用打印页面。",
                en: "\(program) took too long and was stopped. Try again later, or print the page.")
        case .failed(let program, _):
            Bilingual(
                zh: "\(program) 未能生成文件。请改用打印页面，并告知系统管理员。",
                en:
                    "\(program) could not make the file. Print the page instead, and tell the system administrator."
            )
        }
    }
}
