import Expressions

/// Reads the arithmetic of an indicator: `100 * closed / (found - transferred)`.
struct IndicatorParser {
    struct Fault: Error {
        let column: Int
        let message: Bilingual
    }

    private let characters: [Character]
    private var position = 0
    private var depth = 0

    private init(_ text: String) { characters = Array(text) }

    static func parse(_ text: String) throws(Fault) -> IndicatorExpression {
        var parser = IndicatorParser(text)
        let expression = try parser.sum()
        parser.skipSpaces()
        guard parser.position == parser.characters.count else { throw parser.unexpected() }
        return expression
    }

    private mutating func sum() throws(Fault) -> IndicatorExpression {
        var left = try product()
        while let operation = take(.plus, .minus) { left = .operation(operation, left, try product()) }
        return left
    }

    private mutating func product() throws(Fault) -> IndicatorExpression {
        var left = try factor()
        while let operation = take(.times, .divided) { left = .operation(operation, left, try factor()) }
        return left
    }

    private mutating func factor() throws(Fault) -> IndicatorExpression {
        depth += 1
        defer { depth -= 1 }
        skipSpaces()
        guard depth < 64, position < characters.count else { throw unexpected() }
        if take(.minus) != nil { return .negated(try factor()) }
        if characters[position] == "(" {
            position += 1
            let inner = try sum()
            skipSpaces()
            guard position < characters.count, characters[position] == ")" else { throw unexpected() }
            position += 1
            return inner
        }
        let start = position
        while position < characters.count, Self.isWord(characters[position]) { position += 1 }
        let word = String(characters[start..<position])
        if let number = ExactDecimal(word) { return .number(number) }
        if Naming.isName(word) { return .term(word) }
        position = start
        throw unexpected()
    }

    private static func isWord(_ character: Character) -> Bool {
        character.isASCII
            && (character.isLetter || character.isNumber || character == "_" || character == ".")
    }

    private mutating func take(_ operators: IndicatorOperator...) -> IndicatorOperator? {
        skipSpaces()
        guard position < characters.count,
            let found = operators.first(where: { $0.rawValue == characters[position] })
        else { return nil }
        position += 1
        return found
    }

    private mutating func skipSpaces() {
        while position < characters.count, characters[position].isWhitespace { position += 1 }
    }

    private func unexpected() -> Fault {
        let message =
            position < characters.count
            ? Bilingual(
                zh: "此处的“\(characters[position])”不对", en: "`\(characters[position])` cannot stand here")
            : Bilingual(zh: "算式不完整", en: "The arithmetic is incomplete")
        return Fault(column: position + 1, message: message)
    }
}

extension Assembly {
    func buildIndicators() -> [String: Indicator] {
        var indicators: [String: Indicator] = [:]
        for item in sound(.indicator) {
            let reader = reader(item.node, .indicator)
            var terms: [String: IndicatorTerm] = [:]
            for entry in reader.entries("terms") {
                let term = self.reader(entry.value, .term)
                guard let measure = measure(term.node("measure")) else { continue }
                terms[entry.key] = IndicatorTerm(
                    measure: measure, restrictions: restrictions(term, measures: [measure]))
            }
            let citations = reader.citations()
            guard let node = reader.node("value"), let source = node.text,
                let value = arithmetic(node, source, terms: reader.entries("terms").map(\.key))
            else { continue }
            indicators[item.id] = Indicator(
                id: item.id, name: reader.bilingualName, terms: terms, value: value, source: source,
                unit: reader.text("unit"), places: reader.integer("places") ?? 0,
                better: reader.text("better").flatMap(Better.init), isPublic: reader.flag("public"),
                citations: citations,
                position: item.node.position)
        }
        return indicators
    }

    private func arithmetic(_ node: YamlNode, _ source: String, terms: [String]) -> IndicatorExpression? {
        do {
            let value = try IndicatorParser.parse(source)
            for name in value.termNames.sorted() where !terms.contains(name) {
                report(
                    .badArithmetic, at: node.position, zh: "没有项“\(name)”", en: "There is no term `\(name)`",
                    hint: Self.suggestion(name, among: terms))
            }
            return value
        } catch {
            let place = place(line: 1, column: error.column, in: node)
            report(.badArithmetic, at: place, zh: error.message.zh, en: error.message.en)
            return nil
        }
    }

    /// The measure a node names, reported when there is none of that name.
    func measure(_ node: YamlNode?) -> String? {
        guard let node, let name = node.text else { return nil }
        if measures[name] != nil { return name }
        let declared = items.filter { $0.type == .kind }.flatMap {
            $0.node["measures"]?.entries.map(\.key) ?? []
        }
        if !declared.contains(name) {
            reportUnknown(.unknownReference, node, what: Bilingual(zh: "计量", en: "measure"), among: declared)
        }
        return nil
    }

    /// The items that `where` restricts dimensions to, checked against the measures' dimensions.
    func restrictions(_ reader: NodeReader, measures names: [String]) -> [String: [String]] {
        var restrictions: [String: [String]] = [:]
        for entry in reader.entries("where") {
            let nodes: [YamlNode] = entry.value.elements.isEmpty ? [entry.value] : entry.value.elements
            for name in names {
                guard let reference = measures[name] else { continue }
                guard reference.measure.dimensions.contains(entry.key) else {
                    report(
                        .unknownField, at: entry.keyPosition, zh: "计量 \(name) 没有维度“\(entry.key)”",
                        en: "The measure \(name) has no dimension `\(entry.key)`",
                        hint: Self.suggestion(entry.key, among: reference.measure.dimensions))
                    continue
                }
                checkItems(nodes, of: outlines[reference.kindID]?.field(entry.key)?.type)
            }
            restrictions[entry.key] = nodes.compactMap(\.text)
        }
        return restrictions
    }

    private func checkItems(_ nodes: [YamlNode], of type: FieldType?) {
        guard case .code(let list)? = type, let codes = codeLists[list] else { return }
        for node in nodes where codes.anyItem(node.text ?? "") == nil {
            reportUnknown(
                .unknownReference, node, what: Bilingual(zh: "代码项", en: "code item"),
                among: codes.versions.flatMap { $0.item.map(\.id) })
        }
    }
}
