/// Finds out what every name refers to and the type of every part, and reports what cannot be right.
///
/// Without `isStrict` nothing is reported: what cannot be resolved fails when it is evaluated.
struct Checker {
    let environment: Environment
    let isStrict: Bool
    private(set) var findings: [Finding] = []
    private(set) var paths: [[String]] = []
    private(set) var usedSlots: Set<Int> = []
    private var scope: [(name: String, local: Int, type: ValueType)] = []

    init(environment: Environment, isStrict: Bool) {
        (self.environment, self.isStrict) = (environment, isStrict)
    }

    mutating func report(_ offset: Int, _ message: String, _ messageZh: String, suggestion: String? = nil) {
        guard isStrict else { return }
        let english = suggestion.map { "; did you mean `\($0)`?" } ?? ""
        let chinese = suggestion.map { "；是否应为“\($0)”？" } ?? ""
        findings.append(
            Finding(
                offset: offset, message: message + english, messageZh: messageZh + chinese,
                suggestion: suggestion))
    }

    mutating func expect(_ type: ValueType?, of root: Node) {
        guard let type, !type.accepts(root.type) else { return }
        report(
            root.offset, "the expression gives \(root.type), but \(type) is needed",
            "表达式的结果为 \(root.type)，此处需要 \(type)")
    }

    mutating func check(_ node: Node) { check(node, recordsPath: true) }

    mutating func check(_ node: Node, recordsPath: Bool) {
        switch node.kind {
        case .literal(let value): node.type = value.type
        case .identifier(let name): identifier(node, name)
        case .select(let base, let name): select(node, base, name)
        case .presence(let field): presence(node, field)
        case .index(let base, let key): index(node, base, key)
        case .call(let name, let receiver, let arguments): call(node, name, receiver, arguments)
        case .unary(let operation, let operand): unary(node, operation, operand)
        case .binary(let operation, let left, let right): binary(node, operation, left, right)
        case .and(let parts), .or(let parts): logic(node, parts)
        case .conditional(let condition, let yes, let no): conditional(node, condition, yes, no)
        case .list(let elements): list(node, elements)
        case .map(let entries): map(node, entries)
        case .comprehension(let macro): comprehension(node, macro)
        }
        if recordsPath, let path = path(node), !paths.contains(path) { paths.append(path) }
    }

    // MARK: Names

    private mutating func identifier(_ node: Node, _ name: String) {
        if let local = scope.last(where: { $0.name == name }) {
            (node.type, node.reference) = (local.type, .local(local.local))
            return
        }
        let plain = name.hasPrefix(".") ? String(name.dropFirst()) : name
        if global(node, plain) { return }
        let suggestion = Suggestion.closest(
            to: plain, among: Array(environment.variables.keys) + scope.map(\.name))
        report(node.offset, "no field `\(plain)`", "没有字段“\(plain)”", suggestion: suggestion)
        node.reference = .unknown(.unknownName(plain))
    }

    /// Resolves a full name to a variable or a type.
    private mutating func global(_ node: Node, _ name: String) -> Bool {
        if let variable = environment.variables[name] {
            let isAlwaysThere = variable.type == .dynamic || variable.type == .null
            node.type = isStrict ? variable.type : .dynamic
            node.reference = .slot(
                variable.slot, name: name, canBeMissing: variable.optional || !isAlwaysThere)
            usedSlots.insert(variable.slot)
            return true
        }
        guard let type = ValueType.named[name] else { return false }
        (node.type, node.reference) = (.type, .type(type))
        return true
    }

    /// The dotted name of a chain of selections that starts at a name which is no macro's variable.
    func qualifiedName(_ node: Node) -> String? {
        switch node.kind {
        case .identifier(let name):
            if name.hasPrefix(".") { return String(name.dropFirst()) }
            return scope.contains { $0.name == name } ? nil : name
        case .select(let base, let name): return qualifiedName(base).map { $0 + "." + name }
        default: return nil
        }
    }

    private mutating func select(_ node: Node, _ base: Node, _ name: String) {
        if let full = qualifiedName(node), global(node, full) { return }
        check(base, recordsPath: false)
        switch base.type {
        case .object(let typeName): field(node, typeName, name)
        case .map(_, let value): node.type = value
        case .dynamic: node.type = .dynamic
        default:
            report(
                node.offset, "a value of type \(base.type) has no field `\(name)`",
                "\(base.type) 类型的值没有字段“\(name)”")
        }
    }

    private mutating func field(_ node: Node, _ typeName: String, _ name: String) {
        let fields = environment.objects[typeName] ?? []
        guard let index = fields.firstIndex(where: { $0.name == name }) else {
            report(
                node.offset, "no field `\(name)`", "没有字段“\(name)”",
                suggestion: Suggestion.closest(to: name, among: fields.map(\.name)))
            node.reference = .unknown(.noSuchField(name))
            return
        }
        let isAlwaysThere = fields[index].type == .dynamic || fields[index].type == .null
        node.type = fields[index].type
        node.reference = .field(
            index, typeName: typeName, canBeMissing: fields[index].optional || !isAlwaysThere)
    }

    private mutating func presence(_ node: Node, _ field: Node) {
        node.type = .bool
        check(field)
        guard case .identifier(let name) = field.kind else { return }
        if case .slot(_, let name, _) = field.reference, environment.variables[name]?.optional != false {
            return
        }
        if case .unknown = field.reference { return }
        report(
            field.offset, "has() needs a field that may be absent; `\(name)` is always there",
            "has() 只用于可能缺失的字段；“\(name)”总是存在")
    }

    /// The path from a variable: its name and the fields selected from it.
    private func path(_ node: Node) -> [String]? {
        if case .slot(_, let name, _) = node.reference { return [name] }
        guard case .select(let base, let name) = node.kind else { return nil }
        return path(base).map { $0 + [name] }
    }

    // MARK: Functions

    private mutating func call(_ node: Node, _ name: String, _ receiver: Node?, _ arguments: [Node]) {
        var (name, arguments) = (name, arguments)
        var isMethod = false
        if let receiver {
            if let namespaced = namespaced(receiver, name) {
                name = namespaced
            } else {
                isMethod = true
                arguments.insert(receiver, at: 0)
            }
        }
        for argument in arguments { check(argument) }
        guard let overloads = environment.functions[name, isMethod: isMethod] else {
            unknownFunction(node, name, isMethod: isMethod)
            return
        }
        let types = arguments.map(\.type)
        var fitting = overloads.filter { $0.accepts(types) }
        if !types.contains(where: \.isPartlyDynamic) { fitting = Array(fitting.prefix(1)) }
        guard let first = fitting.first else {
            let operands = types.map(\.description).joined(separator: ", ")
            report(
                node.offset, "no form of `\(name)` takes (\(operands))", "函数“\(name)”不接受参数 (\(operands))")
            node.reference = .unknown(.noSuchOverload("\(name)(\(operands))"))
            return
        }
        node.type = fitting.dropFirst().reduce(first.result) { $0.joined($1.result) }
        node.reference = .overloads(fitting, arguments: arguments)
    }

    private func namespaced(_ receiver: Node, _ name: String) -> String? {
        guard let prefix = qualifiedName(receiver), environment.variables[prefix] == nil else { return nil }
        let full = prefix + "." + name
        return environment.functions[full, isMethod: false] == nil ? nil : full
    }

    private mutating func unknownFunction(_ node: Node, _ name: String, isMethod: Bool) {
        node.reference = .unknown(.unknownName(name))
        let keys = environment.functions.overloads.keys
        let other = FunctionTable.Key(name: name, isMethod: !isMethod)
        if environment.functions.overloads[other] != nil {
            let (spelling, spellingZh) =
                isMethod ? ("\(name)(x)", "\(name)(x)") : ("x.\(name)()", "x.\(name)()")
            report(node.offset, "`\(name)` is written \(spelling)", "“\(name)”应写作 \(spellingZh)")
            return
        }
        let macros = ["all", "exists", "exists_one", "map", "filter"]
        let candidates = keys.filter { $0.isMethod == isMethod }.map(\.name) + (isMethod ? macros : ["has"])
        report(
            node.offset, "no function `\(name)`", "没有函数“\(name)”",
            suggestion: Suggestion.closest(to: name, among: candidates))
    }

    // MARK: Macros

    private mutating func comprehension(_ node: Node, _ macro: Comprehension) {
        check(macro.target)
        let (key, element): (ValueType, ValueType)
        switch macro.target.type {
        case .list(let type): (key, element) = (.int, type)
        case .map(let keyType, let type): (key, element) = (keyType, type)
        case .dynamic: (key, element) = (.dynamic, .dynamic)
        default:
            (key, element) = (.dynamic, .dynamic)
            report(
                macro.target.offset, "\(macro.kind) needs a list or map, not \(macro.target.type)",
                "\(macro.kind) 需要列表或映射，而不是 \(macro.target.type)")
        }
        var isMap = false
        if case .map = macro.target.type { isMap = true }
        let single = isMap ? key : element
        let types = macro.variables.count == 2 ? [key, element] : [single]
        let outer = scope.count
        for (index, (name, type)) in zip(macro.variables, types).enumerated() {
            scope.append((name, macro.local + index, type))
        }
        if let condition = macro.condition {
            check(condition)
            requireBool(condition)
        }
        if let result = macro.result { check(result) }
        scope.removeSubrange(outer...)
        let resultType = macro.result?.type ?? .dynamic
        switch macro.kind {
        case .all, .exists, .existsOne: node.type = .bool
        case .filter: node.type = .list(single)
        case .map, .transformList: node.type = .list(resultType)
        case .transformMap: node.type = .map(key, resultType)
        }
    }
}
