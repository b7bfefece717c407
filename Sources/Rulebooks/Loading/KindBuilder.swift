import Expressions

/// Builds a kind from its outline once every layout is known.
struct KindBuilder {
    let assembly: Assembly
    let outline: KindOutline
    let layout: SlotLayout

    var id: String { outline.id }
    var environment: Environment { layout.environment }

    init?(_ outline: KindOutline, assembly: Assembly) {
        guard let layout = assembly.layouts[outline.id] else { return nil }
        self.assembly = assembly
        self.outline = outline
        self.layout = layout
    }

    func kind() -> Kind? {
        let reader = assembly.reader(outline.item.node, .kind)
        let fields = self.fields()
        guard let numberNode = reader.node("number"), let regionNode = reader.node("region"),
            let lifecycleNode = reader.node("lifecycle"),
            let numbering = numberPattern(numberNode)
        else { return nil }
        let region = path(regionNode, to: Bilingual(zh: "区划", en: "region")) {
            if case .region = $0 { true } else { false }
        }
        let responsible = path(reader.node("responsible"), to: Bilingual(zh: "主体", en: "party")) {
            if case .party = $0 { true } else { false }
        }
        checkGoverning(reader.node("governed_by"))
        guard let lifecycle = lifecycle(lifecycleNode) else { return nil }
        return Kind(
            id: id, name: reader.bilingualName,
            family: reader.text("family").flatMap(Family.init) ?? .register,
            numbering: numbering, key: fieldNames(reader.list("key")),
            title: formula(reader.node("title"), [.string]), citations: reader.citations(), fields: fields,
            fieldIndex: Dictionary(
                fields.enumerated().map { ($0.element.id, $0.offset) },
                uniquingKeysWith: { first, _ in first }),
            region: region ?? FieldPath(field: ""), responsible: responsible,
            governedBy: reader.text("governed_by"), rules: rules(reader.list("rules"), group: "rules"),
            lifecycle: lifecycle, clocks: clocks(reader.entries("clocks")), measures: measures(reader),
            examples: examples(reader.list("examples")), publicWhen: formula(reader.node("public"), [.bool]),
            publicFields: fieldNames(reader.list("public_fields")), filing: filing(reader.node("filing")),
            computationOrder: computationOrder(fields),
            position: outline.item.node.position, layout: layout)
    }

    func formula(_ node: YamlNode?, _ types: [ValueType]) -> Formula? {
        let formula = assembly.formula(node, in: environment, expecting: types)
        if let formula, let node { assembly.checkComparisons(formula, of: node, in: outline) }
        return formula
    }

    /// The fields that nodes name, reported when the kind does not have them.
    func fieldNames(_ nodes: [YamlNode]) -> [String] { nodes.compactMap { field($0)?.id } }

    func field(_ node: YamlNode?) -> FieldOutline? {
        guard let node, let name = node.text else { return nil }
        if let field = outline.field(name) { return field }
        assembly.reportUnknown(
            .unknownField, node, what: Bilingual(zh: "字段", en: "field"), among: outline.fieldNames)
        return nil
    }

    private func checkGoverning(_ node: YamlNode?) {
        guard let node, let field = field(node) else { return }
        if !field.type.isDay { wrongType(node, Bilingual(zh: "日期或时刻", en: "date or moment")) }
    }

    func wrongType(_ node: YamlNode, _ wanted: Bilingual) {
        assembly.report(
            .wrongFieldType, at: node.position, zh: "“\(node.text ?? "")”须是\(wanted.zh)字段",
            en: "`\(node.text ?? "")` should be a \(wanted.en) field")
    }

    /// A path to a value of a type: a field, or a field of a record referred to.
    private func path(_ node: YamlNode?, to what: Bilingual, _ isRight: (FieldType) -> Bool) -> FieldPath? {
        guard let node, let text = node.text else { return nil }
        let steps = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard steps.count <= 2, let first = outline.field(steps[0]) else {
            assembly.reportUnknown(
                .badPath, node, what: Bilingual(zh: "字段路径", en: "path"), among: outline.fieldNames)
            return nil
        }
        if steps.count == 1 {
            if isRight(first.type) { return FieldPath(field: first.id) }
        } else if case .reference(let kind) = first.type {
            guard let target = assembly.outlines[kind] else {
                return FieldPath(field: first.id, target: steps[1])
            }
            if let field = target.field(steps[1]) {
                if isRight(field.type) { return FieldPath(field: first.id, target: field.id) }
            } else {
                assembly.reportUnknown(
                    .badPath, node, what: Bilingual(zh: "字段路径", en: "path"),
                    among: target.fieldNames.map { "\(first.id).\($0)" })
                return nil
            }
        }
        assembly.report(
            .badPath, at: node.position, zh: "“\(text)”没有通到\(what.zh)字段",
            en: "`\(text)` does not lead to a \(what.en) field")
        return nil
    }

    func rules(_ nodes: [YamlNode], group: String) -> [CheckedRule] {
        nodes.enumerated().compactMap { index, node in
            let reader = assembly.reader(node, .rule)
            let given = reader.text("id")
            let id = given ?? "\(self.id)/\(group)/\(index + 1)"
            if let given, !assembly.ruleIDs.insert("\(self.id) \(given)").inserted {
                assembly.report(
                    .duplicateID, at: reader.node("id")?.position ?? node.position, zh: "规则 id“\(given)”重复",
                    en: "The rule id `\(given)` is repeated")
            }
            let (since, until) = (reader.date("since"), reader.date("until"))
            if let since, let until, until < since {
                assembly.report(
                    .overlappingVersions, at: reader.node("until")?.position ?? node.position,
                    zh: "until 早于 since", en: "`until` is before `since`")
            }
            let citations = reader.citations()
            guard let formula = formula(reader.node("when"), [.bool]),
                let say = reader.bilingual("say", "say_english")
            else { return nil }
            return CheckedRule(
                id: id, formula: formula, say: say, since: since, until: until, citations: citations,
                position: node.position)
        }
    }

    func numberPattern(_ node: YamlNode) -> NumberPattern? {
        assembly.numberPattern(node, fields: outline.fieldNames)
    }
}

extension FieldType {
    /// Whether it says on what day something was.
    var isDay: Bool {
        switch self {
        case .date, .moment: true
        default: false
        }
    }
}
