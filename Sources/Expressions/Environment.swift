/// What a function does with its evaluated arguments; the receiver of a method comes first.
public typealias FunctionBody = @Sendable ([Value]) throws(EvaluationError) -> Value

/// A field of a referenced record.
public struct FieldDeclaration: Hashable, Sendable {
    /// The name after the dot.
    public let name: String
    /// The type of its values.
    public let type: ValueType
    /// Whether a record may lack it: then `has()` may ask for it.
    public let optional: Bool

    /// Declares a field.
    public init(name: String, type: ValueType, optional: Bool = false) {
        (self.name, self.type, self.optional) = (name, type, optional)
    }
}

/// The names an expression may use: variables by slot, records, and functions beside the standard library.
///
/// A variable or field whose value is `.null` is taken as not on file whenever its type is neither `null`
/// nor dynamic, and also then when it is declared optional: needing it makes the expression undetermined.
public struct Environment: Sendable {
    var variables: [String: Variable] = [:]
    var objects: [String: [FieldDeclaration]] = [:]
    var functions = FunctionTable.standard

    struct Variable: Sendable {
        let slot: Int
        let type: ValueType
        let optional: Bool
    }

    /// Makes an environment with the standard library and nothing else.
    public init() {}

    /// Declares a variable and answers its slot: 0, 1, 2… in the order of declaration.
    ///
    /// A name may contain dots; the longest declared name wins. Declaring a name again keeps its slot and
    /// changes its type.
    @discardableResult
    public mutating func declare(_ name: String, _ type: ValueType, optional: Bool = false) -> Int {
        let slot = variables[name]?.slot ?? variables.count
        variables[name] = Variable(slot: slot, type: type, optional: optional)
        return slot
    }

    /// The slot of a declared variable, or nil when nothing is declared under the name.
    public func slot(of name: String) -> Int? { variables[name]?.slot }

    /// How many slots there are: the length of the array `Program.evaluate` takes.
    public var slotCount: Int { variables.count }

    /// Declares a type of referenced records; `ObjectValue.fields` follow this order.
    public mutating func declareObject(_ typeName: String, fields: [FieldDeclaration]) {
        objects[typeName] = fields
    }

    /// Adds a form of a function, after the existing ones of that name; the first that fits is used.
    ///
    /// `name` may be namespaced with dots (`calendar.workdays`). With `receiver` the first parameter is
    /// written before the dot: `x.name(…)`. The body must be pure: it may be called more than once.
    public mutating func addFunction(
        _ name: String, receiver: Bool = false, parameters: [ValueType], result: ValueType,
        body: @escaping FunctionBody
    ) {
        functions.add(
            Overload(name, isMethod: receiver, parameters, result, isStandard: false, body: body))
    }

    /// Reads, checks and compiles an expression; with `expecting` its result must be of that type.
    ///
    /// Throws every problem found, in the order of the text. A problem of grammar ends the reading.
    public func compile(
        _ source: String, expecting: ValueType? = nil
    ) throws(ExpressionProblems) -> Program {
        try program(source, isStrict: true, expecting: expecting)
    }

    /// Reads and compiles without the static check: unknown names and wrong types fail when evaluated.
    public func compileUnchecked(_ source: String) throws(ExpressionProblems) -> Program {
        try program(source, isStrict: false, expecting: nil)
    }

    private func program(
        _ source: String, isStrict: Bool, expecting: ValueType?
    ) throws(ExpressionProblems) -> Program {
        let bytes = Array(source.utf8)
        let parsed: (root: Node, localCount: Int)
        do {
            parsed = try Parser.parse(bytes)
        } catch {
            throw ExpressionProblems(problems: [error.problem(in: bytes)])
        }
        var checker = Checker(environment: self, isStrict: isStrict)
        checker.check(parsed.root)
        checker.expect(expecting, of: parsed.root)
        var compiler = Compiler(environment: self)
        let code = compiler.compile(parsed.root)
        var findings = checker.findings
        if isStrict { findings += compiler.findings }
        if !findings.isEmpty {
            let ordered = findings.sorted { $0.offset < $1.offset }
            throw ExpressionProblems(problems: ordered.map { $0.problem(in: bytes) })
        }
        return Program(
            source: source, resultType: parsed.root.type, paths: checker.paths,
            usedSlots: checker.usedSlots.sorted(), code: code, localCount: parsed.localCount)
    }
}
