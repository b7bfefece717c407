/// Reads an expression into a tree. Everything recursive is limited, so no text can exhaust the stack.
struct Parser {
    static let maximumNesting = 100
    static let maximumDepth = 200

    private let tokens: [Token]
    private var position = 0
    private var nesting = 0
    var localCount = 0

    /// The tree of an expression and the number of variables its macros need.
    static func parse(_ source: [UInt8]) throws(Finding) -> (root: Node, localCount: Int) {
        var parser = Parser(tokens: try Lexer.tokens(of: source))
        let root = try parser.expression()
        guard parser.peek.kind == .end else { throw parser.unexpected() }
        return (root, parser.localCount)
    }

    private init(tokens: [Token]) { self.tokens = tokens }

    var peek: Token { tokens[min(position, tokens.count - 1)] }

    func unexpected() -> Finding {
        if peek.kind == .end {
            return Finding(
                offset: peek.offset, message: "the expression ends too early", messageZh: "表达式不完整")
        }
        return Finding(
            offset: peek.offset, message: "unexpected \(peek.spelling)", messageZh: "意外的\(peek.spellingZh)")
    }

    private mutating func advance() -> Token {
        let token = peek
        position += 1
        return token
    }

    private mutating func take(_ symbol: Token.Symbol) -> Bool {
        guard peek.kind == .symbol(symbol) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ symbol: Token.Symbol) throws(Finding) {
        guard take(symbol) else {
            throw Finding(
                offset: peek.offset, message: "expected `\(symbol.rawValue)` but found \(peek.spelling)",
                messageZh: "此处应为“\(symbol.rawValue)”，却是\(peek.spellingZh)")
        }
    }

    /// Makes a node unless the tree under it has become too deep.
    func node(_ kind: Node.Kind, at offset: Int) throws(Finding) -> Node {
        let node = Node(kind, at: offset)
        guard node.depth <= Self.maximumDepth else { throw Self.tooDeep(offset) }
        return node
    }

    private static func tooDeep(_ offset: Int) -> Finding {
        Finding(
            offset: offset, message: "the expression is nested too deeply; split it",
            messageZh: "表达式嵌套过深，请拆分")
    }

    private mutating func expression() throws(Finding) -> Node {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= Self.maximumNesting else { throw Self.tooDeep(peek.offset) }
        let condition = try binary(1)
        let offset = peek.offset
        guard take(.question) else { return condition }
        let yes = try binary(1)
        try expect(.colon)
        return try node(.conditional(condition, yes, try expression()), at: offset)
    }

    private static func precedence(_ symbol: Token.Symbol) -> Int {
        switch symbol {
        case .or: 1
        case .and: 2
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .in: 3
        case .plus, .minus: 4
        case .times, .divide, .remainder: 5
        default: 0
        }
    }

    private mutating func binary(_ lowest: Int) throws(Finding) -> Node {
        var left = try unary()
        while case .symbol(let symbol) = peek.kind {
            let precedence = Self.precedence(symbol)
            guard precedence >= lowest, precedence > 0 else { break }
            let offset = advance().offset
            let right = try binary(precedence + 1)
            if precedence <= 2 {
                left = try chained(symbol, left, right, at: offset)
            } else if let operation = Operator(rawValue: symbol.rawValue) {
                left = try node(.binary(operation, left, right), at: offset)
            }
        }
        return left
    }

    /// `a && b && c` becomes one node, so that long chains are neither deep nor slow.
    private mutating func chained(
        _ symbol: Token.Symbol, _ first: Node, _ right: Node, at offset: Int
    ) throws(Finding) -> Node {
        var parts = [first, right]
        while peek.kind == .symbol(symbol) {
            position += 1
            parts.append(try binary(Self.precedence(symbol) + 1))
        }
        return try node(symbol == .and ? .and(parts) : .or(parts), at: offset)
    }

    private mutating func unary() throws(Finding) -> Node {
        var operators: [(operation: Operator, offset: Int)] = []
        if peek.kind == .symbol(.not) {
            while peek.kind == .symbol(.not) { operators.append((.not, advance().offset)) }
        } else {
            while peek.kind == .symbol(.minus) {
                let offset = advance().offset
                if let literal = try number(isNegative: true) {
                    return try applied(operators, to: try postfix(literal))
                }
                operators.append((.subtract, offset))
            }
        }
        guard operators.count <= Self.maximumNesting else { throw Self.tooDeep(peek.offset) }
        return try applied(operators, to: try postfix(try primary()))
    }

    private func applied(
        _ operators: [(operation: Operator, offset: Int)], to operand: Node
    ) throws(Finding) -> Node {
        var result = operand
        for (operation, offset) in operators.reversed() {
            result = try node(.unary(operation, result), at: offset)
        }
        return result
    }

    /// A number literal with its sign, so that the smallest integer can be written.
    private mutating func number(isNegative: Bool) throws(Finding) -> Node? {
        let value: Value?
        switch peek.kind {
        case .int(let text):
            let isHex = text.lowercased().hasPrefix("0x")
            let digits = (isNegative ? "-" : "") + (isHex ? String(text.dropFirst(2)) : text)
            value = Int64(digits, radix: isHex ? 16 : 10).map(Value.int)
        case .uint(let text) where !isNegative:
            let isHex = text.lowercased().hasPrefix("0x")
            value = UInt64(isHex ? String(text.dropFirst(2)) : text, radix: isHex ? 16 : 10).map(Value.uint)
        case .double(let number): value = .double(isNegative ? -number : number)
        default: return nil
        }
        guard let value else {
            throw Finding(
                offset: peek.offset, message: "this number does not fit 64 bits", messageZh: "该数超出 64 位范围")
        }
        return Node(.literal(value), at: advance().offset)
    }

    private mutating func primary() throws(Finding) -> Node {
        if let literal = try number(isNegative: false) { return literal }
        let token = advance()
        switch token.kind {
        case .string(let text): return Node(.literal(.string(text)), at: token.offset)
        case .bytes(let bytes): return Node(.literal(.bytes(bytes)), at: token.offset)
        case .symbol(.dot):
            guard case .identifier(let name) = peek.kind else { throw unexpected() }
            return try identifier(name, advance(), prefix: ".")
        case .identifier(let name): return try identifier(name, token, prefix: "")
        case .symbol(.openParenthesis):
            let inner = try expression()
            try expect(.closeParenthesis)
            return inner
        case .symbol(.openBracket):
            return try node(.list(try elements(until: .closeBracket)), at: token.offset)
        case .symbol(.openBrace): return try mapLiteral(at: token.offset)
        default:
            position -= 1
            throw unexpected()
        }
    }

    private mutating func identifier(_ name: String, _ token: Token, prefix: String) throws(Finding) -> Node {
        switch name {
        case "true": return Node(.literal(.bool(true)), at: token.offset)
        case "false": return Node(.literal(.bool(false)), at: token.offset)
        case "null": return Node(.literal(.null), at: token.offset)
        default: break
        }
        if Self.reserved.contains(name) {
            throw Finding(
                offset: token.offset, message: "`\(name)` is a reserved word", messageZh: "“\(name)”是保留字")
        }
        guard take(.openParenthesis) else { return Node(.identifier(prefix + name), at: token.offset) }
        let arguments = try elements(until: .closeParenthesis)
        if name == "has", prefix.isEmpty { return try presence(arguments, at: token.offset) }
        return try node(.call(name, receiver: nil, arguments: arguments), at: token.offset)
    }

    private mutating func postfix(_ start: Node) throws(Finding) -> Node {
        var result = start
        while true {
            let offset = peek.offset
            if take(.openBracket) {
                let index = try expression()
                try expect(.closeBracket)
                result = try node(.index(result, index), at: offset)
            } else if take(.dot) {
                result = try member(of: result)
            } else {
                return result
            }
        }
    }

    private mutating func member(of base: Node) throws(Finding) -> Node {
        let token = peek
        let name: String
        switch token.kind {
        case .identifier(let plain) where !["true", "false", "null"].contains(plain): name = plain
        case .quotedIdentifier(let quoted):
            position += 1
            return try node(.select(base, quoted), at: token.offset)
        default: throw unexpected()
        }
        position += 1
        guard take(.openParenthesis) else { return try node(.select(base, name), at: token.offset) }
        let arguments = try elements(until: .closeParenthesis)
        if let macro = try comprehension(name, base, arguments, at: token.offset) { return macro }
        return try node(.call(name, receiver: base, arguments: arguments), at: token.offset)
    }

    /// Comma-separated expressions and the closing symbol; a last comma is allowed in lists only.
    private mutating func elements(until close: Token.Symbol) throws(Finding) -> [Node] {
        var result: [Node] = []
        while !take(close) {
            result.append(try expression())
            if take(.comma) {
                if peek.kind == .symbol(close), close == .closeParenthesis { throw unexpected() }
            } else {
                try expect(close)
                break
            }
        }
        return result
    }

    private mutating func mapLiteral(at offset: Int) throws(Finding) -> Node {
        var entries: [(key: Node, value: Node)] = []
        while !take(.closeBrace) {
            let key = try expression()
            try expect(.colon)
            entries.append((key, try expression()))
            if !take(.comma) {
                try expect(.closeBrace)
                break
            }
        }
        return try node(.map(entries), at: offset)
    }

    private static let reserved: Set<String> = [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
        "package",
        "namespace", "return", "var", "void", "while",
    ]
}
