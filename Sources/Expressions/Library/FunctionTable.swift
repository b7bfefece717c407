/// One form of a function: the types it takes, the type it gives, and its body.
struct Overload: Sendable {
    let name: String
    let isMethod: Bool
    let parameters: [ValueType]
    let result: ValueType
    /// Whether the last parameter may be repeated.
    let isVariadic: Bool
    /// Whether the body belongs to the standard library and may be evaluated once for constant arguments.
    let isStandard: Bool
    let body: FunctionBody
    /// Makes a body for a constant last argument, such as a regular expression compiled once.
    var specialize: (@Sendable (Value) throws(EvaluationError) -> FunctionBody)?

    init(
        _ name: String, isMethod: Bool = false, _ parameters: [ValueType], _ result: ValueType,
        isVariadic: Bool = false, isStandard: Bool = true, body: @escaping FunctionBody
    ) {
        (self.name, self.isMethod, self.parameters, self.result) = (name, isMethod, parameters, result)
        (self.isVariadic, self.isStandard, self.body) = (isVariadic, isStandard, body)
    }

    func accepts(_ arguments: [ValueType]) -> Bool {
        guard isVariadic ? arguments.count >= parameters.count : arguments.count == parameters.count else {
            return false
        }
        for (index, argument) in arguments.enumerated() {
            guard let parameter = index < parameters.count ? parameters[index] : parameters.last else {
                return false
            }
            if !parameter.accepts(argument) { return false }
        }
        return true
    }
}

/// All functions by name; a function and a method of one name are two entries.
struct FunctionTable: Sendable {
    struct Key: Hashable {
        let name: String
        let isMethod: Bool
    }

    private(set) var overloads: [Key: [Overload]] = [:]

    mutating func add(_ overload: Overload) {
        overloads[Key(name: overload.name, isMethod: overload.isMethod), default: []].append(overload)
    }

    subscript(name: String, isMethod isMethod: Bool) -> [Overload]? {
        overloads[Key(name: name, isMethod: isMethod)]
    }

    /// The standard library, its extensions, and the functions on dates and decimals.
    static let standard: FunctionTable = {
        var table = FunctionTable()
        let all = [
            Overload.conversions, Overload.basics, Overload.strings, Overload.patterns, Overload.math,
            Overload.bits,
            Overload.times, Overload.dates,
        ]
        for overload in all.joined() { table.add(overload) }
        return table
    }()
}
