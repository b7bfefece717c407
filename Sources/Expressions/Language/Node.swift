/// A part of an expression, with what the checker learns about it.
final class Node {
    indirect enum Kind {
        case literal(Value)
        case identifier(String)
        case select(Node, String)
        case presence(Node)
        case index(Node, Node)
        case call(String, receiver: Node?, arguments: [Node])
        case unary(Operator, Node)
        case binary(Operator, Node, Node)
        case and([Node])
        case or([Node])
        case conditional(Node, Node, Node)
        case list([Node])
        case map([(key: Node, value: Node)])
        case comprehension(Comprehension)
    }

    let kind: Kind
    let offset: Int
    /// How many levels of nodes there are below and including this one.
    let depth: Int
    /// The static type, as the checker found it.
    var type: ValueType = .dynamic
    /// What a name, field or function refers to, as the checker found it.
    var reference = Reference.none

    init(_ kind: Kind, at offset: Int) {
        (self.kind, self.offset) = (kind, offset)
        depth = 1 + (kind.children.map(\.depth).max() ?? 0)
    }
}

/// What a name within an expression stands for.
enum Reference {
    case none
    case slot(Int, name: String, canBeMissing: Bool)
    case local(Int)
    case type(ValueType)
    case field(Int, typeName: String, canBeMissing: Bool)
    case overloads([Overload], arguments: [Node])
    case unknown(EvaluationError)
}

enum Operator: String {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case `in` = "in"
    case not = "!"

    /// The operator that holds when the operands change sides.
    var mirrored: Operator {
        switch self {
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        default: self
        }
    }
}

/// A macro over the elements of a list or map.
struct Comprehension {
    enum Kind: String {
        case all, exists, existsOne, map, filter, transformList, transformMap
    }

    let kind: Kind
    let target: Node
    let variables: [String]
    let condition: Node?
    let result: Node?
    /// The number of the first variable among the locals of the program; the second follows it.
    let local: Int
}

extension Node.Kind {
    var children: [Node] {
        switch self {
        case .literal, .identifier: []
        case .select(let base, _), .presence(let base), .unary(_, let base): [base]
        case .index(let left, let right), .binary(_, let left, let right): [left, right]
        case .call(_, let receiver, let arguments): (receiver.map { [$0] } ?? []) + arguments
        case .and(let parts), .or(let parts), .list(let parts): parts
        case .conditional(let condition, let yes, let no): [condition, yes, no]
        case .map(let entries): entries.flatMap { [$0.key, $0.value] }
        case .comprehension(let it): [it.target] + [it.condition, it.result].compactMap { $0 }
        }
    }
}
