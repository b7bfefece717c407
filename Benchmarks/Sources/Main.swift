import Foundation

/// Measures Zhiheng against its peers: see README.md beside it.
@main
enum Main {
    static let names = ["expression", "door", "import", "questions", "statements"]

    static func main() async throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let rows = number("--rows", in: &arguments)
        let repetitions = number("--repetitions", in: &arguments)
        let folder = URL(fileURLWithPath: option("--folder", in: &arguments) ?? NSTemporaryDirectory())
        let importedFile = option("--import", in: &arguments)
        let told = option("--told", in: &arguments)
        let unknown = arguments.filter { !names.contains($0) }
        guard unknown.isEmpty else {
            print(
                "usage: Benchmarks [\(names.joined(separator: "|"))…] [--rows N] [--repetitions N] [--folder DIR]"
            )
            exit(64)
        }
        let ground = try Ground(folder: folder)
        defer { ground.clear() }
        if let importedFile {
            try ImportBenchmark.importAlone(
                URL(fileURLWithPath: importedFile), told: told.map(URL.init(fileURLWithPath:)), ground: ground
            )
            return
        }
        for name in arguments.isEmpty ? names : arguments {
            switch name {
            case "expression": try ExpressionBenchmark(ground: ground, repetitions: repetitions ?? 9).run()
            case "door":
                try await DoorBenchmark(ground: ground, actions: rows ?? 2_048, repetitions: repetitions ?? 3)
                    .run()
            case "import":
                try ImportBenchmark(ground: ground, rows: rows ?? 1_000_000, repetitions: repetitions ?? 3)
                    .run()
            case "statements": try StatementBenchmark(repetitions: repetitions ?? 5).run()
            default: try QuestionBenchmark(ground: ground, records: rows ?? 100_000).run()
            }
        }
    }

    /// Takes an option and its value out of the arguments.
    private static func option(_ name: String, in arguments: inout [String]) -> String? {
        guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else { return nil }
        let value = arguments[index + 1]
        arguments.removeSubrange(index...index + 1)
        return value
    }

    private static func number(_ name: String, in arguments: inout [String]) -> Int? {
        option(name, in: &arguments).flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil }
    }
}
