import Foundation

/// What the sources of the project must keep to, beside what the compiler sees.
struct Tidy {
    /// A place where a rule is broken.
    struct Finding: Hashable, CustomStringConvertible {
        let file: String
        let line: Int
        let rule: String

        var description: String { "\(file):\(line): \(rule)" }
    }

    /// Targets that know no database, network, clock or environment.
    static let pureTargets = ["Expressions", "Rulebooks", "Records", "Figures", "Ledger", "Statements"]

    /// What a pure target may not name, with what it would mean.
    private static let impurities: [(pattern: String, rule: String)] = [
        (#"\bDate\(\)"#, "reads the clock"),
        (#"\bDate\.now\b"#, "reads the clock"),
        (
            #"\b(ContinuousClock|SuspendingClock|DispatchTime|clock_gettime|gettimeofday)\b"#,
            "reads the clock"
        ),
        (#"\bProcessInfo\b"#, "reads the environment"),
        (#"\bgetenv\b"#, "reads the environment"),
        (#"\b(FileManager|FileHandle|URLSession|Process)\b"#, "reaches outside the process"),
        (
            #"^\s*(@\w+ )?import (GRDB|GRDBSQLite|Hummingbird|NIO\w*|CPostgreSQL|Storage|Office)\b"#,
            "imports what is above it"
        ),
        (#"\bSystemRandomNumberGenerator\b"#, "draws chance that is not given to it"),
    ]

    /// What data from outside could turn into a crash.
    private static let crashes: [(pattern: String, rule: String)] = [
        (#"\btry!"#, "try! crashes on bad input"),
        (#"\bas!"#, "as! crashes on bad input"),
        (#"\bfatalError\("#, "fatalError crashes on bad input"),
        (#"\bpreconditionFailure\("#, "preconditionFailure crashes on bad input"),
    ]

    /// Findings in the text of one file.
    static func findings(in text: String, file: String, isPure: Bool) throws -> [Finding] {
        let rules = try ((isPure ? impurities : []) + crashes).map {
            (try Regex($0.pattern).wordBoundaryKind(.simple), $0.rule)
        }
        var findings: [Finding] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let code = line.drop { $0 == " " }
            if code.hasPrefix("//") { continue }
            for (pattern, rule) in rules where line.firstMatch(of: pattern) != nil {
                findings.append(Finding(file: file, line: index + 1, rule: rule))
            }
        }
        return findings
    }
}
