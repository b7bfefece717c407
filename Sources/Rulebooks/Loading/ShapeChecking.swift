import Expressions

/// Holds a node against the form it should have and reports every difference.
struct ShapeChecking {
    private(set) var problems: [RulebookProblem] = []

    mutating func check(_ node: YamlNode, _ shape: Shape) {
        switch shape {
        case .any: break
        case .list(let element):
            guard case .sequence(let elements) = node.content else {
                return wrongForm(node, zh: "一个列表", en: "a list")
            }
            for one in elements { check(one, element) }
        case .oneOrMany(let element):
            if case .sequence(let elements) = node.content {
                for one in elements { check(one, element) }
            } else {
                check(node, element)
            }
        case .map(let keys, let values): checkMap(node, keys: keys, values: values)
        case .object(let name): checkObject(node, name)
        case .either(let scalar, let sequence, let mapping):
            checkEither(node, scalar: scalar, sequence: sequence, mapping: mapping)
        default:
            guard case .scalar(let written) = node.content, !written.isNull else {
                return wrongForm(node, zh: shape.description.zh, en: shape.description.en)
            }
            if let problem = ScalarChecking.problem(written.text, shape, at: node.position) {
                problems.append(problem)
            }
        }
    }

    private mutating func checkMap(_ node: YamlNode, keys: Shape, values: Shape) {
        guard case .mapping(let entries) = node.content else {
            return wrongForm(node, zh: "一组键和值", en: "a mapping")
        }
        for entry in entries {
            if let problem = ScalarChecking.problem(entry.key, keys, at: entry.keyPosition) {
                problems.append(problem)
            }
            check(entry.value, values)
        }
    }

    private mutating func checkObject(_ node: YamlNode, _ name: ObjectName) {
        guard case .mapping(let entries) = node.content else {
            return wrongForm(node, zh: "一组键和值", en: "a mapping")
        }
        let specs = name.keys
        for entry in entries {
            guard let spec = specs.first(where: { $0.name == entry.key }) else {
                unknownKey(entry, among: specs.map(\.name))
                continue
            }
            check(entry.value, spec.shape)
        }
        for spec in specs where spec.isRequired && node[spec.name] == nil {
            report(
                .missingKey, node.position, zh: "缺少“\(spec.name)”", en: "`\(spec.name)` is missing",
                hint: Bilingual(zh: "请加上 \(spec.name):", en: "Add `\(spec.name)`: \(spec.summary)"))
        }
    }

    private mutating func checkEither(_ node: YamlNode, scalar: Shape?, sequence: Shape?, mapping: Shape?) {
        let shape: Shape? =
            switch node.content {
            case .scalar: scalar
            case .sequence: sequence
            case .mapping: mapping
            }
        if let shape { return check(node, shape) }
        let offered: [Bilingual?] = [
            scalar.map(\.description), sequence.map { _ in Bilingual(zh: "一个列表", en: "a list") },
            mapping.map { _ in Bilingual(zh: "一组键和值", en: "a mapping") },
        ]
        let words = offered.compactMap { $0 }
        wrongForm(
            node, zh: words.map(\.zh).joined(separator: "或"), en: words.map(\.en).joined(separator: " or "))
    }

    private mutating func unknownKey(_ entry: YamlEntry, among names: [String]) {
        report(
            .unknownKey, entry.keyPosition, zh: "没有“\(entry.key)”这个键",
            en: "There is no key `\(entry.key)` here",
            hint: hint(entry, among: names))
    }

    private func hint(_ entry: YamlEntry, among names: [String]) -> Bilingual {
        if let suggestion = Suggestion.closest(to: entry.key, among: names) {
            return Bilingual(zh: "是否为“\(suggestion)”？", en: "Did you mean `\(suggestion)`?")
        }
        if case .scalar(let value) = entry.value.content, value.isNull, entry.key.contains(" ") {
            return Bilingual(
                zh: "花括号里的文本若含逗号，须加引号", en: "A text with a comma must be quoted within braces")
        }
        return Bilingual(
            zh: "可用的键：\(names.joined(separator: "、"))", en: "The keys are: \(names.joined(separator: ", "))")
    }

    private mutating func wrongForm(_ node: YamlNode, zh: String, en: String) {
        report(.wrongForm, node.position, zh: "此处应为\(zh)", en: "Here should stand \(en)")
    }

    private mutating func report(
        _ code: RulebookProblemCode, _ position: SourcePosition, zh: String, en: String,
        hint: Bilingual? = nil
    ) {
        problems.append(
            RulebookProblem(code: code, position: position, message: Bilingual(zh: zh, en: en), hint: hint))
    }
}

/// Whether a scalar has the form it should have.
enum ScalarChecking {
    static func problem(_ text: String, _ shape: Shape, at position: SourcePosition) -> RulebookProblem? {
        if shape.accepts(text) { return nil }
        let expected = shape.description
        var hint: Bilingual?
        if case .choice(let words) = shape {
            let suggestion = Suggestion.closest(to: text, among: words)
            hint = suggestion.map { Bilingual(zh: "是否为“\($0)”？", en: "Did you mean `\($0)`?") }
        }
        return RulebookProblem(
            code: shape.problemCode, position: position,
            message: Bilingual(
                zh: "“\(text)”不对，此处应为\(expected.zh)",
                en: "`\(text)` cannot stand here; it should be \(expected.en)"),
            hint: hint)
    }
}

extension Shape {
    /// Whether the text of a scalar has the form.
    func accepts(_ text: String) -> Bool {
        switch self {
        case .text, .expression: !text.allSatisfy(\.isWhitespace)
        case .integer(let min, let max): Int(text).map { $0 >= min && $0 <= max } ?? false
        case .number: ExactDecimal(text) != nil
        case .boolean: text == "true" || text == "false"
        case .date: CivilDate(text) != nil
        case .identifier: Naming.isIdentifier(text)
        case .name: Naming.isName(text)
        case .choice(let words): words.contains(text)
        case .term: TermLength(text) != nil
        case .offset: TermLength(offset: text) != nil
        case .oneOrMany(let element): element.accepts(text)
        case .either(let scalar, _, _): scalar?.accepts(text) ?? false
        case .scalar, .any: true
        case .list, .map, .object: false
        }
    }

    var problemCode: RulebookProblemCode {
        switch self {
        case .integer, .number: .badNumber
        case .date: .badDate
        case .identifier, .name: .badIdentifier
        case .choice: .badChoice
        case .term, .offset: .badTerm
        default: .wrongForm
        }
    }

    /// What should stand there.
    var description: Bilingual {
        switch self {
        case .text: Bilingual(zh: "文本", en: "a text")
        case .expression: Bilingual(zh: "表达式", en: "an expression")
        case .integer(let min, let max):
            Bilingual(zh: "\(min) 到 \(max) 的整数", en: "a whole number from \(min) to \(max)")
        case .number: Bilingual(zh: "数字", en: "a number")
        case .boolean: Bilingual(zh: "true 或 false", en: "true or false")
        case .date: Bilingual(zh: "日期，如 2026-03-02", en: "a date such as 2026-03-02")
        case .identifier:
            Bilingual(
                zh: "以连字符相连的小写单词，如 dangerous-work",
                en: "lower-case words with hyphens, such as dangerous-work")
        case .name:
            Bilingual(zh: "以下划线相连的小写单词，如 found_on", en: "lower-case words with underscores, such as found_on")
        case .choice(let words):
            Bilingual(zh: words.joined(separator: "、") + " 之一", en: "one of " + words.joined(separator: ", "))
        case .term: Bilingual(zh: "时长，如 5 working days", en: "a length of time such as 5 working days")
        case .offset: Bilingual(zh: "相对时间，如 -2 days 或 0", en: "an offset such as -2 days or 0")
        case .scalar, .any: Bilingual(zh: "值", en: "a value")
        case .list, .oneOrMany: Bilingual(zh: "一个列表", en: "a list")
        case .map, .object, .either: Bilingual(zh: "一组键和值", en: "a mapping")
        }
    }
}

/// How ids and names are written.
enum Naming {
    /// Lower-case words with hyphens: `dangerous-work`.
    static func isIdentifier(_ text: String) -> Bool { isWords(text, joinedBy: 0x2D) }

    /// Lower-case words with underscores: `found_on`.
    static func isName(_ text: String) -> Bool { isWords(text, joinedBy: 0x5F) }

    private static func isWords(_ text: String, joinedBy joint: UInt8) -> Bool {
        guard let first = text.utf8.first, first >= 0x61, first <= 0x7A, text.utf8.count <= 63 else {
            return false
        }
        var previous: UInt8 = 0
        for byte in text.utf8 {
            let isWord = byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39
            guard isWord || byte == joint && previous != joint else { return false }
            previous = byte
        }
        return previous != joint
    }
}

extension TermLength {
    /// Reads `5 working days`, `1 hour`; nil for anything else, also for nothing and for a sign.
    init?(_ text: String) {
        guard let first = text.utf8.first, first >= 0x30, first <= 0x39, let term = TermLength(offset: text),
            term.amount > 0
        else { return nil }
        self = term
    }

    /// Reads `-2 days`, `+1 working day` or `0`; nil for anything else.
    init?(offset text: String) {
        let words = text.split(separator: " ").map(String.init)
        guard let first = words.first, let amount = Int(first), amount.magnitude <= 100_000 else {
            return nil
        }
        let unitWords = words.dropFirst().joined(separator: " ")
        if unitWords.isEmpty {
            guard amount == 0 else { return nil }
            self.init(amount: 0, unit: .days)
            return
        }
        guard
            let unit = TermUnit.allCases.first(where: { $0.singular == unitWords || $0.plural == unitWords })
        else { return nil }
        self.init(amount: amount, unit: unit)
    }
}
