import ArgumentParser
import Expressions
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

    @Argument(help: ArgumentHelp("表达式 · Expression", valueName: "expression"))
    var expression: String
    @Option(help: ArgumentHelp("变量，JSON 对象 · Variables, a JSON object", valueName: "json"))
    var bindings: String?
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let variables = try bindings.map { text throws in try ConformanceNotation.decodeBindings(text) } ?? [:]
        let (environment, slots) = ConformanceNotation.environment(for: variables)
        session.console.line(ConformanceNotation.encode(try value(in: environment, slots)))
    }

    /// What the checker turns away may still have a value; the checker's words are the better ones when it has none.
    private func value(in environment: Environment, _ slots: [Value]) throws -> Value {
        let program: Program
        do {
            program = try environment.compile(expression)
        } catch {
            guard let lenient = try? environment.compileUnchecked(expression), let value = try? lenient.evaluate(slots)
            else { throw error }
            return value
        }
        return try program.evaluate(slots)
    }
}
