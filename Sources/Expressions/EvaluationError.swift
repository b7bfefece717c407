/// Why an expression has no value. Operands are quoted in the language's own notation.
public enum EvaluationError: Error, Hashable, Sendable {
    /// Fields that are not on file, by their paths: the expression is undetermined rather than wrong.
    case missing([String])
    /// A result outside the range of its type.
    case overflow
    /// Division of integers by zero.
    case divideByZero
    /// Remainder of a division of integers by zero.
    case modulusByZero
    /// A map has no such key.
    case noSuchKey(String)
    /// A value has no such field.
    case noSuchField(String)
    /// No form of the function or operator takes these operands, named as `function(types)`.
    case noSuchOverload(String)
    /// A list or text has no such position.
    case indexOutOfBounds(Int64)
    /// A value cannot be converted, named as `value → type`.
    case conversion(String)
    /// A name that nothing is declared under.
    case unknownName(String)
    /// A map literal repeats a key, or uses a value that cannot be a key.
    case invalidKey(String)
    /// A time zone that is not known.
    case invalidTimeZone(String)
    /// A regular or date pattern that cannot be read.
    case invalidPattern(String)
    /// A `format` clause that does not fit its argument.
    case invalidFormat(String)
    /// The expression produces too many steps or too large a value.
    case tooLarge
    /// An error of a function supplied by the caller, as sentences in English and Chinese.
    case host(message: String, messageZh: String)
}

extension EvaluationError {
    /// One English sentence for people.
    public var message: String {
        switch self {
        case .missing(let paths): "Not on file: \(paths.joined(separator: ", "))."
        case .overflow: "The result does not fit its type."
        case .divideByZero: "Division by zero."
        case .modulusByZero: "Remainder of a division by zero."
        case .noSuchKey(let key): "There is no key \(key)."
        case .noSuchField(let name): "There is no field `\(name)`."
        case .noSuchOverload(let call): "No form of the function or operator takes these operands: \(call)."
        case .indexOutOfBounds(let index): "There is no position \(index)."
        case .conversion(let conversion): "This conversion is not possible: \(conversion)."
        case .unknownName(let name): "Nothing is declared under the name `\(name)`."
        case .invalidKey(let key): "A map cannot take this key, or has it twice: \(key)."
        case .invalidTimeZone(let name): "This time zone is not known: \(name)."
        case .invalidPattern(let pattern): "This pattern cannot be read: \(pattern)."
        case .invalidFormat(let clause): "This formatting does not fit its argument: \(clause)."
        case .tooLarge: "The expression produces too much; make it smaller."
        case .host(let message, _): message
        }
    }

    /// The same sentence in Simplified Chinese.
    public var messageZh: String {
        switch self {
        case .missing(let paths): "尚无记录：\(paths.joined(separator: "、"))。"
        case .overflow: "结果超出该类型的取值范围。"
        case .divideByZero: "除数为零。"
        case .modulusByZero: "求余时除数为零。"
        case .noSuchKey(let key): "没有键 \(key)。"
        case .noSuchField(let name): "没有字段“\(name)”。"
        case .noSuchOverload(let call): "函数或运算符不接受这些操作数：\(call)。"
        case .indexOutOfBounds(let index): "没有第 \(index) 个位置。"
        case .conversion(let conversion): "无法转换：\(conversion)。"
        case .unknownName(let name): "没有声明过名称“\(name)”。"
        case .invalidKey(let key): "映射不能使用该键，或键重复：\(key)。"
        case .invalidTimeZone(let name): "未知的时区：\(name)。"
        case .invalidPattern(let pattern): "无法识别的模式：\(pattern)。"
        case .invalidFormat(let clause): "格式与参数不符：\(clause)。"
        case .tooLarge: "表达式产生的内容过大，请缩小。"
        case .host(_, let message): message
        }
    }

    /// The error of two operands that both failed: a real error goes first, missing paths are gathered.
    func merged(_ other: EvaluationError) -> EvaluationError {
        guard case .missing(let paths) = self else { return self }
        guard case .missing(let more) = other else { return other }
        return .missing(paths + more.filter { !paths.contains($0) })
    }
}
