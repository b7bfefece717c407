extension Parser {
    /// `has(x)` or `has(x.y)`.
    func presence(_ arguments: [Node], at offset: Int) throws(Finding) -> Node {
        if let argument = arguments.first, arguments.count == 1 {
            switch argument.kind {
            case .select, .identifier: return try node(.presence(argument), at: offset)
            default: break
            }
        }
        throw Finding(
            offset: offset, message: "has() takes one field, such as has(x) or has(x.y)",
            messageZh: "has() 只接受一个字段，例如 has(x) 或 has(x.y)")
    }

    /// The macro a method call stands for, or nil when it is an ordinary call.
    mutating func comprehension(
        _ name: String, _ target: Node, _ arguments: [Node], at offset: Int
    ) throws(Finding) -> Node? {
        guard let shape = Self.shape(name, arguments.count) else { return nil }
        var variables: [String] = []
        for argument in arguments.prefix(shape.variableCount) {
            guard case .identifier(let variable) = argument.kind, !variable.hasPrefix("."),
                !variables.contains(variable)
            else {
                throw Finding(
                    offset: argument.offset, message: "\(name)() needs a plain variable name here",
                    messageZh: "\(name)() 此处需要一个变量名")
            }
            variables.append(variable)
        }
        let rest = Array(arguments.dropFirst(shape.variableCount))
        let hasCondition = shape.kind.usesCondition || rest.count == 2
        let macro = Comprehension(
            kind: shape.kind, target: target, variables: variables,
            condition: hasCondition ? rest.first : nil,
            result: shape.kind.usesCondition ? nil : rest.last, local: localCount)
        localCount += 2
        return try node(.comprehension(macro), at: offset)
    }

    private static func shape(
        _ name: String, _ count: Int
    ) -> (kind: Comprehension.Kind, variableCount: Int)? {
        switch (name, count) {
        case ("all", 2), ("all", 3): (.all, count - 1)
        case ("exists", 2), ("exists", 3): (.exists, count - 1)
        case ("exists_one", 2), ("exists_one", 3), ("existsOne", 2), ("existsOne", 3): (.existsOne, count - 1)
        case ("filter", 2): (.filter, 1)
        case ("map", 2), ("map", 3): (.map, 1)
        case ("transformList", 3), ("transformList", 4): (.transformList, 2)
        case ("transformMap", 3), ("transformMap", 4): (.transformMap, 2)
        default: nil
        }
    }
}

extension Comprehension.Kind {
    var usesCondition: Bool {
        switch self {
        case .all, .exists, .existsOne, .filter: true
        case .map, .transformList, .transformMap: false
        }
    }
}
