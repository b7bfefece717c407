extension Compiler {
    mutating func comprehension(_ macro: Comprehension) -> Code {
        let loop = Loop(
            target: compile(macro.target).value, local: macro.local, isPaired: macro.variables.count == 2)
        let condition = macro.condition.map { compile($0).asTruth.exact }
        let result = macro.result.map { compile($0).value }
        switch (macro.kind, condition, result) {
        case (.all, let condition?, _): return Code(truth: loop.quantifier(condition, decisive: false))
        case (.exists, let condition?, _): return Code(truth: loop.quantifier(condition, decisive: true))
        case (.existsOne, let condition?, _): return Code(truth: loop.exactlyOne(condition))
        case (.filter, let condition?, _): return Code(loop.filter(condition))
        case (.map, _, let result?), (.transformList, _, let result?):
            return Code(loop.list(condition, result))
        case (.transformMap, _, let result?): return Code(loop.map(condition, result))
        default: return Code(failure: .unknownName(macro.kind.rawValue))
        }
    }
}

/// The walk of a macro over a list or map.
private struct Loop: Sendable {
    typealias Condition = @Sendable (Frame) throws(EvaluationError) -> Bool

    let target: Evaluate
    let local: Int
    let isPaired: Bool

    /// Calls `body` with every key (or index) and element, its variables set, until it answers false.
    private func walk(
        _ frame: Frame, _ body: (_ key: Value, _ element: Value) throws(EvaluationError) -> Bool
    ) throws(EvaluationError) {
        let target = try target(frame)
        guard let locals = frame.locals else { return }
        switch target {
        case .list(let elements):
            for (index, element) in elements.enumerated() {
                try locals.step()
                locals[local] = isPaired ? .int(Int64(index)) : element
                if isPaired { locals[local + 1] = element }
                if !(try body(.int(Int64(index)), element)) { return }
            }
        case .map(let map):
            for (key, element) in zip(map.keys, map.values) {
                try locals.step()
                locals[local] = key
                if isPaired { locals[local + 1] = element }
                if !(try body(key, isPaired ? element : key)) { return }
            }
        default: throw .noSuchOverload("macro(\(target.type.name))")
        }
    }

    /// `all` and `exists` absorb errors as `&&` and `||` do.
    func quantifier(_ condition: @escaping Condition, decisive: Bool) -> Truth {
        Truth { frame throws(EvaluationError) in
            var failure: EvaluationError?
            var isDecided = false
            try walk(frame) { (_, _) throws(EvaluationError) in
                do throws(EvaluationError) {
                    isDecided = try condition(frame) == decisive
                } catch {
                    if error == .tooLarge { throw error }
                    failure = failure?.merged(error) ?? error
                }
                return !isDecided
            }
            if isDecided { return decisive }
            if let failure { throw failure }
            return !decisive
        }
    }

    func exactlyOne(_ condition: @escaping Condition) -> Truth {
        Truth { frame throws(EvaluationError) in
            var count = 0
            try walk(frame) { (_, _) throws(EvaluationError) in
                if try condition(frame) { count += 1 }
                return true
            }
            return count == 1
        }
    }

    func filter(_ condition: @escaping Condition) -> Evaluate {
        { frame throws(EvaluationError) in
            var result: [Value] = []
            try walk(frame) { (_, element) throws(EvaluationError) in
                if try condition(frame) { result.append(element) }
                return true
            }
            return .list(result)
        }
    }

    func list(_ condition: Condition?, _ value: @escaping Evaluate) -> Evaluate {
        { frame throws(EvaluationError) in
            var result: [Value] = []
            try walk(frame) { (_, _) throws(EvaluationError) in
                if try condition?(frame) ?? true { result.append(try value(frame)) }
                return true
            }
            return .list(result)
        }
    }

    func map(_ condition: Condition?, _ value: @escaping Evaluate) -> Evaluate {
        { frame throws(EvaluationError) in
            var result = ValueMap()
            try walk(frame) { (key, _) throws(EvaluationError) in
                if try condition?(frame) ?? true { _ = result.insert(key, try value(frame)) }
                return true
            }
            return .map(result)
        }
    }
}
