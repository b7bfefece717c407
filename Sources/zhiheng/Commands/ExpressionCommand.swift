import ArgumentParser
import Expressions
import Foundation
import Rulebooks

/// The rule language.
struct ExpressionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expression", abstract: "试算规则表达式（CEL） · Try expressions of the rule language (CEL)",
        subcommands: [ExpressionEval.self])
}

/// Evaluates an expression.
struct ExpressionEval: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval", abstract: "计算一个表达式 · Evaluate an expression",
        discussion: """
            例 · Examples:
              zhiheng expression eval '1 + 2'
              zhiheng expression eval 'deaths >= 3' --bindings '{"deaths": {"int64": "3"}}'

            值以一致性记法输出；出错时退出码为 2。
            The value is printed in the notation of the conformance vectors; an error exits with 2.
            """)

    @Argument(help: ArgumentHelp("表达式，- 为标准输入 · Expression, - for standard input", valueName: "expression"))
    var expression: String
    @Option(help: ArgumentHelp("变量，JSON 对象 · Variables, a JSON object", valueName: "json"))
    var bindings: String?
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let variables =
            try bindings.map { text throws in try ConformanceNotation.decodeBindings(text) } ?? [:]
        let (environment, slots) = ConformanceNotation.environment(for: variables)
        session.console.line(ConformanceNotation.encode(try value(in: environment, slots)))
    }

    /// Arguments with an expression that begins with a minus sign put where it is not taken for an option.
    static func guarded(_ arguments: [String]) -> [String] {
        guard arguments.count > 2, arguments.starts(with: ["expression", "eval"]), !arguments.contains("--"),
            isExpression(arguments[2])
        else { return arguments }
        return arguments.prefix(2) + arguments.dropFirst(3) + ["--", arguments[2]]
    }

    /// Whether a text that begins with a dash is no option of this command.
    private static func isExpression(_ text: String) -> Bool {
        let options = [
            "--bindings", "--data", "--language", "--no-colour", "--at", "--help", "--version", "-h",
        ]
        return text.hasPrefix("-") && text != "-"
            && !options.contains { text == $0 || text.hasPrefix($0 + "=") }
    }

    /// The expression, or what standard input holds when it is `-`.
    private var source: String {
        guard expression == "-" else { return expression }
        return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
    }

    /// What the checker turns away may still have a value; the checker's words are the better ones when it has none.
    private func value(in environment: Environment, _ slots: [Value]) throws -> Value {
        let source = source
        let program: Program
        do {
            program = try environment.compile(source)
        } catch {
            guard let lenient = try? environment.compileUnchecked(source),
                let value = try? lenient.evaluate(slots)
            else { throw error }
            return value
        }
        return try program.evaluate(slots)
    }
}
