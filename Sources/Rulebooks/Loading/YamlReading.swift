import Yams

/// Reads the bytes of a file into nodes with their places.
struct YamlReading {
    let file: String
    private(set) var problems: [RulebookProblem] = []

    static let maximumBytes = 8_000_000
    static let maximumDepth = 64
    /// More tokens than this that look like anchors or aliases are refused unread: expanding them may explode.
    static let maximumAliases = 16

    init(file: String) { self.file = file }

    /// The documents of the file; what is wrong is gathered in `problems`.
    mutating func documents(_ bytes: [UInt8]) -> [YamlNode] {
        guard let text = decoded(bytes), checkIndentation(text), checkAliases(text) else { return [] }
        var documents: [YamlNode] = []
        do {
            let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
            while let root = try parser.nextRoot() {
                if let node = converted(root, depth: 0), !isBlank(node) { documents.append(node) }
            }
        } catch {
            problems.append(YamlFault.problem(error, file: file, text: text))
            return documents
        }
        if documents.isEmpty, problems.isEmpty {
            report(.emptyFile, line: 1, column: 1, zh: "文件里没有条目", en: "The file holds no item")
        }
        return documents
    }

    private func isBlank(_ node: YamlNode) -> Bool {
        if case .scalar(let scalar) = node.content { return scalar.isNull }
        return false
    }

    private mutating func decoded(_ bytes: [UInt8]) -> String? {
        guard bytes.count <= Self.maximumBytes else {
            report(
                .tooLarge, line: 1, column: 1, zh: "文件超过 \(Self.maximumBytes / 1_000_000) MB",
                en: "The file is larger than \(Self.maximumBytes / 1_000_000) MB")
            return nil
        }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        if let text = String(validating: content, as: UTF8.self), !content.contains(0) { return text }
        let (line, column) = Self.firstInvalid(content)
        report(
            .notUTF8, line: line, column: column, zh: "文件不是 UTF-8 编码，或含有空字符",
            en: "The file is not UTF-8, or holds a null character")
        return nil
    }

    private static func firstInvalid(_ bytes: ArraySlice<UInt8>) -> (line: Int, column: Int) {
        var (line, column) = (1, 1)
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&iterator), scalar.value != 0 {
            if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
        }
        return (line, column)
    }

    /// YAML forbids tabs in indentation; its parsers say so in ways that nobody understands.
    private mutating func checkIndentation(_ text: String) -> Bool {
        var isClean = true
        for (number, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
        {
            let indentation = line.prefix { $0 == 0x20 || $0 == 0x09 }
            guard let tab = indentation.firstIndex(of: 0x09), indentation.count < line.count else { continue }
            if line[indentation.endIndex] == 0x23 || line[indentation.endIndex] == 0x0D { continue }
            report(
                .tabIndentation, line: number + 1,
                column: line.distance(from: line.startIndex, to: tab) + 1,
                zh: "用制表符缩进", en: "The line is indented with a tab",
                hint: Bilingual(zh: "请用空格缩进", en: "Indent with spaces"))
            isClean = false
        }
        return isClean
    }

    private mutating func checkAliases(_ text: String) -> Bool {
        var (line, column, found) = (1, 0, 0)
        var previous: UInt8 = 0x0A
        var mark: UInt8 = 0
        for byte in text.utf8 {
            let isMark = byte == 0x26 || byte == 0x2A
            let isWord =
                byte == 0x5F || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
                || byte >= 0x30 && byte <= 0x39
            if mark != 0, isWord { found += 1 }
            mark =
                isMark && (previous <= 0x20 || previous == 0x5B || previous == 0x2C || previous == 0x7B)
                ? byte : 0
            if found > Self.maximumAliases {
                refuseAnchor(line: line, column: max(1, column))
                return false
            }
            if byte == 0x0A { (line, column) = (line + 1, 0) } else if byte & 0xC0 != 0x80 { column += 1 }
            previous = byte
        }
        return true
    }

    private mutating func converted(_ node: Node, depth: Int) -> YamlNode? {
        let position = SourcePosition(
            file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
        guard depth <= Self.maximumDepth else {
            report(
                .tooDeep, line: position.line, column: position.column,
                zh: "嵌套超过 \(Self.maximumDepth) 层", en: "Nested deeper than \(Self.maximumDepth) levels")
            return nil
        }
        guard node.anchor == nil, case nil = node.alias else {
            refuseAnchor(line: position.line, column: position.column)
            return nil
        }
        switch node {
        case .scalar(let scalar):
            return YamlNode(
                position: position,
                content: .scalar(YamlScalar(text: scalar.string, style: Self.style(scalar))))
        case .sequence(let sequence):
            let elements = sequence.compactMap { converted($0, depth: depth + 1) }
            return YamlNode(position: position, content: .sequence(elements))
        case .mapping(let mapping):
            let entries = mapping.compactMap { entry($0.key, $0.value, depth: depth) }
            return YamlNode(position: position, content: .mapping(entries))
        case .alias:
            return nil
        }
    }

    private mutating func entry(_ key: Node, _ value: Node, depth: Int) -> YamlEntry? {
        guard let name = converted(key, depth: depth + 1) else { return nil }
        guard case .scalar(let scalar) = name.content else {
            report(
                .wrongForm, line: name.position.line, column: name.position.column,
                zh: "键须是一个词", en: "A key must be a word")
            return nil
        }
        guard let content = converted(value, depth: depth + 1) else { return nil }
        return YamlEntry(key: scalar.text, keyPosition: name.position, value: content)
    }

    private static func style(_ scalar: Node.Scalar) -> YamlScalar.Style {
        switch scalar.style {
        case .singleQuoted: .singleQuoted
        case .doubleQuoted: .doubleQuoted
        case .literal: .literal
        case .folded: .folded
        case .any, .plain: .plain
        }
    }

    private mutating func refuseAnchor(line: Int, column: Int) {
        report(
            .anchorRefused, line: line, column: column, zh: "规则文件不使用锚点和别名（& 与 *）",
            en: "Rulebooks do not use anchors and aliases (& and *)",
            hint: Bilingual(zh: "请把内容写全，文本请加引号", en: "Write the content out; quote a text"))
    }

    private mutating func report(
        _ code: RulebookProblemCode, line: Int, column: Int, zh: String, en: String, hint: Bilingual? = nil
    ) {
        let position = SourcePosition(file: file, line: line, column: column)
        problems.append(
            RulebookProblem(code: code, position: position, message: Bilingual(zh: zh, en: en), hint: hint))
    }
}
