/// Turns a checked tree into closures over the slots.
struct Compiler {
    let environment: Environment
    private(set) var findings: [Finding] = []

    init(environment: Environment) { self.environment = environment }

    mutating func compile(_ node: Node) -> Code {
        switch node.kind {
        case .literal(let value): return Code(constant: value)
        case .identifier: return name(node)
        case .select(let base, let field): return select(node, base, field)
        case .presence(let field): return presence(field)
        case .index(let base, let key):
            return binary(compile(base), compile(key)) { left, right throws(EvaluationError) in
                try Comparison.element(left, right)
            }
        case .call: return call(node)
        case .unary(let operation, let operand): return unary(operation, compile(operand))
        case .binary(let operation, let left, let right): return operate(operation, left, right)
        case .and(let parts): return Code(truth: Logic.conjunction(parts.map { compile($0).asTruth }))
        case .or(let parts): return Code(truth: Logic.disjunction(parts.map { compile($0).asTruth }))
        case .conditional(let condition, let yes, let no): return conditional(node, condition, yes, no)
        case .list(let elements): return list(elements.map { compile($0) })
        case .map(let entries): return map(entries.map { (compile($0.key), compile($0.value)) })
        case .comprehension(let macro): return comprehension(macro)
        }
    }

    // MARK: Operators

    private func binary(
        _ left: Code, _ right: Code,
        _ body: @escaping @Sendable (Value, Value) throws(EvaluationError) -> Value
    ) -> Code {
        if let first = left.constant, let second = right.constant, let result = try? body(first, second) {
            return Code(constant: result)
        }
        let (left, right) = (left.value, right.value)
        return Code { frame throws(EvaluationError) in
            let first: Value
            do throws(EvaluationError) { first = try left(frame) } catch {
                throw gathered(error, right, frame)
            }
            return try body(first, try right(frame))
        }
    }

    private func unary(_ operation: Operator, _ operand: Code) -> Code {
        if operation == .not { return Code(truth: Logic.negation(operand.asTruth)) }
        if let constant = operand.constant, let result = try? Arithmetic.negated(constant) {
            return Code(constant: result)
        }
        let value = operand.value
        return Code { frame throws(EvaluationError) in try Arithmetic.negated(try value(frame)) }
    }

    private mutating func operate(_ operation: Operator, _ left: Node, _ right: Node) -> Code {
        if operation == .equal || operation == .notEqual {
            if let absence = absence(left, right) ?? absence(right, left) {
                return Code(truth: operation == .equal ? absence : Logic.negation(absence))
            }
        }
        let first = compile(left).exact(beside: right.type)
        let second = compile(right).exact(beside: left.type)
        let areIntegers = left.type == .int && right.type == .int
        if operation.isPredicate {
            if areIntegers, operation != .in {
                return Code(truth: Logic.integerComparison(operation, first, second))
            }
            return Code(truth: Logic.comparison(operation, first, second))
        }
        guard areIntegers, first.constant == nil || second.constant == nil else {
            return binary(first, second) { left, right throws(EvaluationError) in
                try Arithmetic.apply(operation, left, right)
            }
        }
        let (leftInteger, rightInteger) = (first.asInteger, second.asInteger)
        return Code(integer: { frame throws(EvaluationError) in
            let number: Int64
            do throws(EvaluationError) { number = try leftInteger(frame) } catch {
                throw gathered(error, rightInteger, frame)
            }
            return try Arithmetic.integers(operation, number, try rightInteger(frame))
        })
    }

    private mutating func conditional(_ node: Node, _ condition: Node, _ yes: Node, _ no: Node) -> Code {
        let test = compile(condition).asTruth
        let (first, second) = (compile(yes), compile(no))
        if node.type == .bool {
            return Code(truth: Logic.choice(test, first.asTruth, second.asTruth))
        }
        let (yes, no) = (first.value, second.value)
        return Code { frame throws(EvaluationError) in
            try test.exact(frame) ? try yes(frame) : try no(frame)
        }
    }

    // MARK: Calls and literals

    private mutating func call(_ node: Node) -> Code {
        guard case .overloads(let overloads, let nodes) = node.reference, let first = overloads.first else {
            if case .unknown(let error) = node.reference { return Code(failure: error) }
            return Code(failure: .noSuchOverload("?"))
        }
        let arguments = nodes.map { compile($0) }
        let body = specialized(overloads, first, nodes, arguments)
        let constants = arguments.compactMap(\.constant)
        if constants.count == arguments.count, overloads.allSatisfy(\.isStandard),
            let result = try? body(constants)
        {
            return Code(constant: result)
        }
        let values = arguments.map(\.value)
        if values.count == 1 {
            let only = values[0]
            return Code { frame throws(EvaluationError) in try body([try only(frame)]) }
        }
        return Code { frame throws(EvaluationError) in try body(try evaluated(values, frame)) }
    }

    /// The body to call: one made for a constant last argument, the only form, or a choice at run time.
    private mutating func specialized(
        _ overloads: [Overload], _ first: Overload, _ nodes: [Node], _ arguments: [Code]
    ) -> FunctionBody {
        guard overloads.count == 1 else { return Self.dispatch(overloads) }
        guard let specialize = first.specialize, let last = arguments.last?.constant else {
            return first.body
        }
        do {
            return try specialize(last)
        } catch {
            let offset = nodes.last?.offset ?? 0
            findings.append(Finding(offset: offset, message: error.message, messageZh: error.messageZh))
            return first.body
        }
    }

    /// Chooses the form by the types of the values when the static types allow several.
    private static func dispatch(_ overloads: [Overload]) -> FunctionBody {
        { arguments throws(EvaluationError) in
            let types = arguments.map(\.type)
            for overload in overloads where overload.accepts(types) { return try overload.body(arguments) }
            let operands = types.map(\.description).joined(separator: ", ")
            throw .noSuchOverload("\(overloads.first?.name ?? "?")(\(operands))")
        }
    }

    private func list(_ elements: [Code]) -> Code {
        let constants = elements.compactMap(\.constant)
        if constants.count == elements.count { return Code(constant: .list(constants)) }
        let values = elements.map(\.value)
        return Code { frame throws(EvaluationError) in .list(try evaluated(values, frame)) }
    }

    private func map(_ entries: [(Code, Code)]) -> Code {
        let keys = entries.map { $0.0.value }
        let values = entries.map { $0.1.value }
        let evaluate: Evaluate = { frame throws(EvaluationError) in
            var map = ValueMap()
            let evaluatedKeys = try evaluated(keys, frame)
            let evaluatedValues = try evaluated(values, frame)
            for (key, value) in zip(evaluatedKeys, evaluatedValues) where !map.insert(key, value) {
                throw .invalidKey(Notation.short(key))
            }
            return .map(map)
        }
        let isConstant = entries.allSatisfy { $0.0.constant != nil && $0.1.constant != nil }
        if isConstant, let result = try? evaluate(Frame(slots: [], locals: nil)) {
            return Code(constant: result)
        }
        return Code(evaluate)
    }
}
