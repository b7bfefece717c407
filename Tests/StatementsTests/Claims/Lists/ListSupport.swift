@testable import Statements

/// Short forms for what the tests of lists ask again and again.
enum Listed {
    /// The claims of lists in a text, each as `kind verdict stated recomputed`.
    static func claims(_ text: String) -> [String] {
        let read = TextReader().read(text, name: "-")
        return ListFinder().claims(in: read).map(line)
    }

    static func points(_ text: String) -> [String] {
        EnumerationFinder().claims(in: TextReader().read(text, name: "-")).map(line)
    }

    static func line(_ claim: Claim) -> String {
        "\(claim.kind.rawValue) \(claim.verdict.rawValue) \(claim.stated) \(claim.recomputedText ?? "-")"
    }

    /// What is called wrong.
    static func wrong(_ text: String) -> [String] {
        claims(text).filter { $0.contains(" wrong ") }
    }
}

/// Random numbers that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
