extension Compiler {
    /// A variable, a macro's variable, or a type.
    func name(_ node: Node) -> Code {
        switch node.reference {
        case .slot(let slot, let name, let canBeMissing):
            var code = Code(Self.slot(slot, name: name, canBeMissing: canBeMissing))
            code.slot = slot
            return code
        case .local(let local):
            return Code { frame in frame.locals?[local] ?? .null }
        case .type(let type): return Code(constant: .type(type))
        case .unknown(let error): return Code(failure: error)
        default: return Code(failure: .unknownName("?"))
        }
    }

    private static func slot(_ slot: Int, name: String, canBeMissing: Bool) -> Evaluate {
        { frame throws(EvaluationError) in
            guard slot < frame.slots.count else { throw .missing([name]) }
            let value = frame.slots[slot]
            if canBeMissing, value.isNull { throw .missing([name]) }
            return value
        }
    }

    mutating func select(_ node: Node, _ base: Node, _ field: String) -> Code {
        switch node.reference {
        case .slot, .type, .unknown: return name(node)
        default: break
        }
        let path = Self.path(node)
        let base = compile(base).value
        if case .field(let index, let typeName, let canBeMissing) = node.reference {
            return Code { frame throws(EvaluationError) in
                let value = try Self.field(index, of: try base(frame), typeName, path)
                if canBeMissing, value.isNull { throw .missing([path]) }
                return value
            }
        }
        let objects = environment.objects
        return Code { frame throws(EvaluationError) in
            switch try base(frame) {
            case .map(let map):
                guard let value = map.value(named: field) else { throw .noSuchKey(field) }
                return value
            case .object(let object):
                let declared = objects[object.typeName]?.firstIndex { $0.name == field }
                guard let declared, declared < object.fields.count else { throw .noSuchField(field) }
                if object.fields[declared].isNull { throw .missing([path]) }
                return object.fields[declared]
            case let other: throw .noSuchOverload("\(other.type.name).\(field)")
            }
        }
    }

    /// The raw value of a declared field; a record that is only referenced, or not on file, is missing.
    private static func field(
        _ index: Int, of value: Value, _ typeName: String, _ path: String
    ) throws(EvaluationError) -> Value {
        switch value {
        case .object(let object):
            guard object.typeName == typeName else { throw .noSuchField(path) }
            return index < object.fields.count ? object.fields[index] : .null
        case .int, .null: throw .missing([path])
        default: throw .noSuchOverload("\(value.type.name).\(path)")
        }
    }

    /// The dotted path of a selection as errors name it; from its last name on when it starts at no name.
    private static func path(_ node: Node) -> String {
        switch node.reference {
        case .slot(_, let name, _): return name
        default: break
        }
        switch node.kind {
        case .identifier(let name): return name
        case .select(let base, let name):
            switch base.kind {
            case .identifier, .select: return path(base) + "." + name
            default: return name
            }
        default: return ""
        }
    }

    // MARK: Presence

    /// A value that is `.null` when it is not on file, instead of the error; nil when the part is none
    /// that could be missing.
    private mutating func peek(_ node: Node) -> Evaluate? {
        switch node.reference {
        case .slot(let slot, _, true):
            return { frame in slot < frame.slots.count ? frame.slots[slot] : .null }
        case .field(let index, let typeName, true):
            guard case .select(let base, _) = node.kind else { return nil }
            let path = Self.path(node)
            let inner = peek(base) ?? compile(base).value
            return { frame throws(EvaluationError) in
                let value = try inner(frame)
                return value.isNull ? .null : try Self.field(index, of: value, typeName, path)
            }
        default: return nil
        }
    }

    /// `x == null` where x may be missing: asks whether it is on file, and never fails for its absence.
    mutating func absence(_ operand: Node, _ null: Node) -> Truth? {
        guard case .literal(.null) = null.kind, let peek = peek(operand) else { return nil }
        return Truth { frame throws(EvaluationError) in try peek(frame).isNull }
    }

    mutating func presence(_ field: Node) -> Code {
        if case .unknown(let error) = field.reference, case .identifier = field.kind {
            return Code(failure: error)
        }
        if case .slot(let slot, _, _) = field.reference {
            return Code(truth: Truth { frame in slot < frame.slots.count && !frame.slots[slot].isNull })
        }
        if let peek = peek(field) {
            return Code(truth: Truth { frame throws(EvaluationError) in !(try peek(frame).isNull) })
        }
        guard case .select(let base, let name) = field.kind else {
            return Code(truth: Truth { _ in true })
        }
        let inner = peek(base) ?? compile(base).value
        let objects = environment.objects
        return Code(
            truth: Truth { frame throws(EvaluationError) in
                switch try inner(frame) {
                case .null: return false
                case .map(let map): return map.value(named: name) != nil
                case .object(let object):
                    let declared = objects[object.typeName]?.firstIndex { $0.name == name }
                    guard let declared else { throw .noSuchField(name) }
                    return declared < object.fields.count && !object.fields[declared].isNull
                case let other: throw .noSuchOverload("has(\(other.type.name).\(name))")
                }
            })
    }
}
