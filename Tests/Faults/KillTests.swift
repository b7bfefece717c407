import Foundation
import Testing

@Suite("A process killed while it writes")
struct KillTests {
    /// How many rounds to run: `ZHIHENG_FAULT_ROUNDS`, else 8.
    private static let rounds = ProcessInfo.processInfo.environment["ZHIHENG_FAULT_ROUNDS"] ?? "8"

    @Test("loses no acknowledged action, and leaves the audit without a finding")
    func kills() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let driver = try #require(Self.driver(root), "the driver was not built beside the tests")
        let process = Process()
        process.executableURL = driver
        process.arguments = ["rounds", root.appendingPathComponent("rulebook").path, Self.rounds]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(output)")
        #expect(output.contains("\(Self.rounds) rounds"))
    }

    /// The driver, built into the same folder as the tests.
    private static func driver(_ root: URL) -> URL? {
        let beside = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
        let folders = [beside, root.appendingPathComponent(".build/debug")].compactMap { $0 }
        return folders.map { $0.appendingPathComponent("FaultDriver") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }
}
