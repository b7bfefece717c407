extension Checker {
    mutating func requireBool(_ node: Node) {
        guard !ValueType.bool.accepts(node.type) else { return }
        report(
            node.offset, "a condition is needed here, not a value of type \(node.type)",
            "此处需要条件，而不是 \(node.type) 类型的值")
    }

    mutating func logic(_ node: Node, _ parts: [Node]) {
        node.type = .bool
        for part in parts {
            check(part)
            requireBool(part)
        }
    }

    mutating func conditional(_ node: Node, _ condition: Node, _ yes: Node, _ no: Node) {
        check(condition)
        check(yes)
        check(no)
        requireBool(condition)
        if yes.type.accepts(no.type) || yes.type == .null || no.type == .null {
            node.type = yes.type.joined(no.type)
        } else {
            report(
                node.offset, "the two branches give \(yes.type) and \(no.type)",
                "两个分支的类型不同：\(yes.type) 与 \(no.type)")
        }
    }

    mutating func list(_ node: Node, _ elements: [Node]) {
        for element in elements { check(element) }
        let types = elements.map(\.type)
        node.type = .list(types.dropFirst().reduce(types.first ?? .dynamic) { $0.joined($1) })
    }

    mutating func map(_ node: Node, _ entries: [(key: Node, value: Node)]) {
        for (key, value) in entries {
            check(key)
            check(value)
            if ![.dynamic, .bool, .int, .uint, .string].contains(key.type) {
                report(
                    key.offset, "a map key is a bool, int, uint or string, not \(key.type)",
                    "映射的键只能是 bool、int、uint 或 string，不能是 \(key.type)")
            }
        }
        let keys = entries.map(\.key.type)
        let values = entries.map(\.value.type)
        node.type = .map(
            keys.dropFirst().reduce(keys.first ?? .dynamic) { $0.joined($1) },
            values.dropFirst().reduce(values.first ?? .dynamic) { $0.joined($1) })
    }

    mutating func index(_ node: Node, _ base: Node, _ key: Node) {
        check(base)
        check(key)
        switch base.type {
        case .list(let element) where ValueType.int.accepts(key.type): node.type = element
        case .map(let keyType, let value) where keyType.accepts(key.type): node.type = value
        case .dynamic: node.type = .dynamic
        default:
            report(
                node.offset, "\(base.type) cannot be indexed by \(key.type)",
                "\(base.type) 不能用 \(key.type) 索引")
        }
    }

    mutating func unary(_ node: Node, _ operation: Operator, _ operand: Node) {
        check(operand)
        if operation == .not {
            node.type = .bool
            requireBool(operand)
            return
        }
        node.type = operand.type
        if ![.dynamic, .int, .double, .decimal].contains(operand.type) {
            report(
                node.offset, "no form of `-` takes (\(operand.type))", "运算符“-”不接受 (\(operand.type))")
            node.type = .dynamic
        }
    }

    mutating func binary(_ node: Node, _ operation: Operator, _ left: Node, _ right: Node) {
        check(left)
        check(right)
        if let type = operation.result(left.type, right.type) {
            node.type = type
            return
        }
        report(
            node.offset, "no form of `\(operation.rawValue)` takes (\(left.type), \(right.type))",
            "运算符“\(operation.rawValue)”不接受 (\(left.type), \(right.type))")
        node.type = operation.isPredicate ? .bool : .dynamic
    }
}

extension Operator {
    var isPredicate: Bool {
        switch self {
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .not: true
        default: false
        }
    }

    /// The type of the result for operands of these types, or nil when there is no such form.
    func result(_ left: ValueType, _ right: ValueType) -> ValueType? {
        switch self {
        case .equal, .notEqual:
            let isComparable =
                left.accepts(right) || left == .null || right == .null || (left.isNumeric && right.isNumeric)
            return isComparable ? .bool : nil
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return Self.isOrdered(left, right) ? .bool : nil
        case .in: return Self.isMember(left, right) ? .bool : nil
        case .not: return nil
        default: return arithmeticResult(left, right)
        }
    }

    private static func isOrdered(_ left: ValueType, _ right: ValueType) -> Bool {
        if left.isNumeric, right.isNumeric { return true }
        let ordered: [ValueType] = [
            .dynamic, .bool, .int, .uint, .double, .decimal, .string, .bytes, .timestamp, .duration, .date,
        ]
        return ordered.contains(left) && ordered.contains(right) && left.accepts(right)
    }

    private static func isMember(_ left: ValueType, _ right: ValueType) -> Bool {
        switch right {
        case .dynamic: true
        case .list(let element), .map(let element, _):
            element.accepts(left) || (element.isNumeric && left.isNumeric)
        default: false
        }
    }

    private func arithmeticResult(_ left: ValueType, _ right: ValueType) -> ValueType? {
        if left == .dynamic || right == .dynamic { return .dynamic }
        switch (self, left, right) {
        case (_, .int, .int), (_, .uint, .uint): return left
        case (.remainder, _, _): return nil
        case (_, .double, .double): return .double
        case (.divide, _, _) where left == .decimal || right == .decimal:
            return left.isNumeric && right.isNumeric ? .double : nil
        case (_, .decimal, _) where right.isNumeric, (_, _, .decimal) where left.isNumeric: return .decimal
        case (.add, .string, .string), (.add, .bytes, .bytes), (.add, .duration, .duration): return left
        case (.add, .list, .list): return left.joined(right)
        case (.add, .timestamp, .duration), (.add, .duration, .timestamp): return .timestamp
        case (.add, .date, .int), (.add, .int, .date), (.subtract, .date, .int): return .date
        case (.subtract, .timestamp, .timestamp), (.subtract, .duration, .duration): return .duration
        case (.subtract, .timestamp, .duration): return .timestamp
        case (.subtract, .date, .date): return .int
        default: return nil
        }
    }
}
