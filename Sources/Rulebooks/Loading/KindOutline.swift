import Expressions

/// What of a kind must be known before any expression can be compiled: its fields and their types.
struct KindOutline {
    let item: Item
    let fields: [FieldOutline]

    var id: String { item.id }
    var fieldNames: [String] { fields.map(\.id) }

    func field(_ id: String) -> FieldOutline? { fields.first { $0.id == id } }

    /// The states by id, from the YAML: a kind may refer to another before either is built.
    var stateIDs: [String] { item.node["lifecycle"]?["states"]?.entries.map(\.key) ?? [] }
}

/// A field before its default and its derivation are known.
struct FieldOutline {
    let id: String
    let node: YamlNode
    let type: FieldType
    let citations: [Citation]
}

extension Assembly {
    func buildOutlines() {
        for item in sound(.kind) {
            let entries = reader(item.node, .kind).entries("fields")
            let fields = entries.map { outline($0, isColumn: false) }
            for entry in entries where Self.reservedNames.contains(entry.key) {
                reportReserved(entry)
            }
            outlines[item.id] = KindOutline(item: item, fields: fields)
        }
    }

    /// Names that expressions use for something else.
    static let reservedNames: Set<String> = Set(
        SystemSlot.allCases.map(\.name) + [
            "actor", "policy", "row", "true", "false", "null", "in", "as", "break", "const", "continue",
            "else",
            "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void",
            "while", "id", "version",
        ])

    private func reportReserved(_ entry: YamlEntry) {
        report(
            .reservedName, at: entry.keyPosition, zh: "“\(entry.key)”在表达式里另有含义，不能作字段名",
            en: "`\(entry.key)` means something else in expressions and cannot name a field")
    }

    private func outline(_ entry: YamlEntry, isColumn: Bool) -> FieldOutline {
        let reader = reader(entry.value, .field)
        return FieldOutline(
            id: entry.key, node: entry.value, type: fieldType(reader, isColumn: isColumn),
            citations: reader.citations())
    }

    private func fieldType(_ reader: NodeReader, isColumn: Bool) -> FieldType {
        checkKeys(reader)
        switch reader.text("type") {
        case "integer": return integerType(reader)
        case "decimal": return decimalType(reader)
        case "money": return moneyType(reader)
        case "boolean": return .boolean
        case "date": return .date
        case "moment": return .moment
        case "code":
            requireKey("of", reader)
            return .code(list: reference(reader.node("of"), to: .codes) ?? reader.text("of") ?? "")
        case "region": return .region(level: level(reader.node("level")))
        case "party": return .party
        case "person": return .person
        case "reference":
            requireKey("to", reader)
            return .reference(kind: reference(reader.node("to"), to: .kind) ?? reader.text("to") ?? "")
        case "geo": return .geo
        case "files":
            return .files(accept: reader.texts("accept"), max: wholeLimit(reader, "max") ?? 20)
        case "table": return tableType(reader, isColumn: isColumn)
        default: return textType(reader)
        }
    }

    private func textType(_ reader: NodeReader) -> FieldType {
        let (minimum, maximum) = (wholeLimit(reader, "min"), wholeLimit(reader, "max"))
        checkLimits(reader, minimum.map { $0 <= maximum ?? Int.max } ?? true)
        if let node = reader.node("pattern"), let pattern = node.text, TextPattern(pattern) == nil {
            report(
                .badPattern, at: node.position, zh: "“\(pattern)”不是正则表达式（RE2 语法）",
                en: "`\(pattern)` is no regular expression (RE2 syntax)")
        }
        return .text(
            TextLimits(
                minimum: minimum, maximum: maximum, pattern: reader.text("pattern"),
                multiline: reader.flag("multiline"), namesRole: reader.text("names") == "role"))
    }

    private func integerType(_ reader: NodeReader) -> FieldType {
        let (minimum, maximum) = (integerLimit(reader, "min"), integerLimit(reader, "max"))
        checkLimits(reader, minimum.map { $0 <= maximum ?? Int64.max } ?? true)
        return .integer(min: minimum, max: maximum)
    }

    private func decimalType(_ reader: NodeReader) -> FieldType {
        requireKey("places", reader)
        let (minimum, maximum) = (reader.decimal("min"), reader.decimal("max"))
        if let minimum, let maximum { checkLimits(reader, minimum <= maximum) }
        return .decimal(places: reader.integer("places") ?? 0, min: minimum, max: maximum)
    }

    private func moneyType(_ reader: NodeReader) -> FieldType {
        let (minimum, maximum) = (fenLimit(reader, "min"), fenLimit(reader, "max"))
        checkLimits(reader, minimum.map { $0 <= maximum ?? Int64.max } ?? true)
        return .money(minFen: minimum, maxFen: maximum)
    }

    private func tableType(_ reader: NodeReader, isColumn: Bool) -> FieldType {
        requireKey("columns", reader)
        if isColumn {
            report(
                .conflictingKeys, at: reader.position, zh: "表格的列不能又是表格",
                en: "A column of a table cannot be a table")
            return .table(columns: [], maxRows: 0)
        }
        let columns = reader.entries("columns").map { entry -> Field in
            let column = outline(entry, isColumn: true)
            let reader = self.reader(entry.value, .field)
            for key in ["computed", "judged_by", "computed_by_judgement"] {
                guard let node = reader.node(key) else { continue }
                report(
                    .conflictingKeys, at: node.position, zh: "表格的列不能由机器推算",
                    en: "A column of a table cannot be derived")
            }
            return field(column, defaultValue: nil, derivation: nil)
        }
        return .table(columns: columns, maxRows: wholeLimit(reader, "max") ?? 500)
    }

    /// A field of an outline with what was found out about it later.
    func field(_ outline: FieldOutline, defaultValue: Value?, derivation: Derivation?) -> Field {
        let reader = reader(outline.node, .field)
        // A table with a personal column is personal as a whole: it is sealed, committed to and erased as one.
        let isPersonal =
            switch outline.type {
            case .person: true
            case .table(let columns, _): columns.contains(where: \.personal)
            default: false
            }
        return Field(
            id: outline.id, name: reader.bilingualName, help: reader.bilingual("help", "help_english"),
            type: outline.type, required: reader.flag("required"), defaultValue: defaultValue,
            unit: reader.unit,
            personal: isPersonal || reader.flag("personal"), derivation: derivation,
            citations: outline.citations,
            position: outline.node.position)
    }
}

extension Assembly {
    /// The keys that only some types of fields have.
    private static let keysOfTypes: [String: Set<String>] = [
        "min": ["text", "integer", "decimal", "money"],
        "max": ["text", "integer", "decimal", "money", "files", "table"],
        "pattern": ["text"], "multiline": ["text"], "names": ["text"], "places": ["decimal"], "of": ["code"],
        "level": ["region"],
        "to": ["reference"], "accept": ["files"], "columns": ["table"],
        "personal": ["text", "party", "person", "geo", "date"],
    ]

    private func checkKeys(_ reader: NodeReader) {
        let type = reader.text("type") ?? ""
        for entry in reader.node.entries {
            guard let types = Self.keysOfTypes[entry.key], !types.contains(type) else { continue }
            report(
                .conflictingKeys, at: entry.keyPosition, zh: "\(type) 类型的字段没有“\(entry.key)”",
                en: "A field of type \(type) has no `\(entry.key)`")
        }
    }

    private func requireKey(_ key: String, _ reader: NodeReader) {
        guard reader.node(key) == nil else { return }
        let type = reader.text("type") ?? ""
        report(
            .missingKey, at: reader.position, zh: "\(type) 类型的字段须有“\(key)”",
            en: "A field of type \(type) needs `\(key)`")
    }

    private func checkLimits(_ reader: NodeReader, _ isPossible: Bool) {
        guard !isPossible else { return }
        report(
            .badLimits, at: reader.node("min")?.position ?? reader.position, zh: "min 大于 max",
            en: "`min` is greater than `max`")
    }

    private func wholeLimit(_ reader: NodeReader, _ key: String) -> Int? {
        guard let limit = integerLimit(reader, key) else { return nil }
        if limit >= 0, limit <= 10_000_000 { return Int(limit) }
        reportLimit(reader, key)
        return nil
    }

    private func integerLimit(_ reader: NodeReader, _ key: String) -> Int64? {
        guard let decimal = reader.decimal(key) else { return nil }
        if let whole = decimal.rescaled(to: 0) { return whole.unscaled }
        reportLimit(reader, key)
        return nil
    }

    private func fenLimit(_ reader: NodeReader, _ key: String) -> Int64? {
        guard let decimal = reader.decimal(key) else { return nil }
        if let fen = decimal.rescaled(to: 2) { return fen.unscaled }
        reportLimit(reader, key)
        return nil
    }

    private func reportLimit(_ reader: NodeReader, _ key: String) {
        report(
            .badNumber, at: reader.node(key)?.position ?? reader.position, zh: "“\(key)”须为适当的整数或金额",
            en: "`\(key)` is not a whole number or amount that fits here")
    }
}
