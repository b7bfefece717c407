import Expressions

/// A regular expression in RE2 syntax that a whole text is matched against.
struct TextPattern: Sendable {
    private let program: Program

    private static let environment: Environment = {
        var environment = Environment()
        environment.declare("text", .string)
        return environment
    }()

    /// Compiles a pattern; nil when it is none.
    init?(_ pattern: String) {
        let anchored = "^(?:\(pattern))$"
        var literal = ""
        for scalar in anchored.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { literal.unicodeScalars.append("\\") }
            switch scalar {
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            default: literal.unicodeScalars.append(scalar)
            }
        }
        guard let program = try? Self.environment.compile("text.matches(\"\(literal)\")", expecting: .bool),
            (try? program.evaluate([.string("")])) != nil
        else { return nil }
        self.program = program
    }

    func matches(_ text: String) -> Bool {
        program.decide([.string(text)]) == .holds
    }
}
