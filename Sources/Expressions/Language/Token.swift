/// One word of an expression.
struct Token {
    enum Kind: Equatable {
        case identifier(String)
        case quotedIdentifier(String)
        case int(String)
        case uint(String)
        case double(Double)
        case string(String)
        case bytes([UInt8])
        case symbol(Symbol)
        case end
    }

    enum Symbol: String {
        case or = "||"
        case and = "&&"
        case equal = "=="
        case notEqual = "!="
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case less = "<"
        case greater = ">"
        case plus = "+"
        case minus = "-"
        case times = "*"
        case divide = "/"
        case remainder = "%"
        case not = "!"
        case question = "?"
        case colon = ":"
        case dot = "."
        case comma = ","
        case openParenthesis = "("
        case closeParenthesis = ")"
        case openBracket = "["
        case closeBracket = "]"
        case openBrace = "{"
        case closeBrace = "}"
        case `in`
    }

    let kind: Kind
    let offset: Int

    /// The token as a message shows it.
    var spelling: String {
        switch kind {
        case .identifier(let name): "`\(name)`"
        case .quotedIdentifier(let name): "`\(name)`"
        case .int(let digits): digits
        case .uint(let digits): digits + "u"
        case .double(let number): "\(number)"
        case .string, .bytes: "a text literal"
        case .symbol(let symbol): "`\(symbol.rawValue)`"
        case .end: "the end of the expression"
        }
    }

    var spellingZh: String {
        switch kind {
        case .string, .bytes: "文本字面量"
        case .end: "表达式结尾"
        default: spelling
        }
    }
}
