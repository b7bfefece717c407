extension Overload {
    /// `matches`, `extract` and `extractAll`; a constant pattern is compiled once, with the expression.
    static let patterns: [Overload] = [
        pattern("matches", isMethod: true, .bool) { pattern, text in .bool(pattern.matches(text)) },
        pattern("matches", isMethod: false, .bool) { pattern, text in .bool(pattern.matches(text)) },
        pattern("extract", isMethod: false, .string, extract),
        pattern("extract", isMethod: true, .string, extract),
        pattern("extractAll", isMethod: false, .list(.string), extractAll),
        pattern("extractAll", isMethod: true, .list(.string), extractAll),
    ]

    private typealias Search = @Sendable (Pattern, String) -> Value?

    private static let extract: Search = { pattern, text in pattern.first(in: text).map(Value.string) }
    private static let extractAll: Search = { pattern, text in .list(pattern.all(in: text).map(Value.string))
    }

    /// A text in which nothing is found has no value: the expression is undetermined.
    private static func pattern(
        _ name: String, isMethod: Bool, _ result: ValueType, _ search: @escaping Search
    ) -> Overload {
        var overload = Overload(name, isMethod: isMethod, [.string, .string], result) {
            arguments throws(EvaluationError) in
            let source = try arguments.text(1)
            guard let found = search(try Pattern(source), try arguments.text(0)) else {
                throw .missing(["\(name)(\(Notation.short(.string(source))))"])
            }
            return found
        }
        overload.specialize = { constant throws(EvaluationError) in
            guard case .string(let source) = constant else {
                throw .noSuchOverload("\(name)(\(constant.type.name))")
            }
            let compiled = try Pattern(source)
            return { arguments throws(EvaluationError) in
                guard let found = search(compiled, try arguments.text(0)) else {
                    throw .missing(["\(name)(\(Notation.short(.string(source))))"])
                }
                return found
            }
        }
        return overload
    }
}
