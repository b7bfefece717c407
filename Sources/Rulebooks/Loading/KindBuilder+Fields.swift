import Expressions

extension KindBuilder {
    func fields() -> [Field] {
        let links = judgementLinks()
        return outline.fields.map { field in
            let reader = assembly.reader(field.node, .field)
            let derivation = derivation(field, reader, links)
            checkEntered(field, reader, isDerived: derivation != nil)
            return assembly.field(field, defaultValue: defaultValue(field, reader), derivation: derivation)
        }
    }

    /// The fields that a judgement fills beside the one it judges.
    private func judgementLinks() -> [String: Derivation] {
        var links: [String: Derivation] = [:]
        for field in outline.fields {
            guard let node = assembly.reader(field.node, .field).node("judged_by") else { continue }
            let reader = assembly.reader(node, .judgedBy)
            if let settled = link(
                reader.node("settled"), Bilingual(zh: "布尔", en: "boolean"), isRight: \.isBoolean)
            {
                links[settled] = .settledOf(field: field.id)
            }
            if let clause = link(reader.node("clause"), Bilingual(zh: "文本", en: "text"), isRight: \.isText) {
                links[clause] = .clauseOf(field: field.id)
            }
        }
        return links
    }

    private func link(_ node: YamlNode?, _ wanted: Bilingual, isRight: (FieldType) -> Bool) -> String? {
        guard let node, let field = field(node) else { return nil }
        if !isRight(field.type) { wrongType(node, wanted) }
        if field.node["computed_by_judgement"]?.text != "true" {
            assembly.report(
                .conflictingKeys, at: field.node.position,
                zh: "“\(field.id)”由判定表填写，须写 computed_by_judgement: true",
                en: "`\(field.id)` is filled by a judgement: say computed_by_judgement: true")
        }
        return field.id
    }

    private func derivation(
        _ field: FieldOutline, _ reader: NodeReader, _ links: [String: Derivation]
    ) -> Derivation? {
        if let link = links[field.id] { return link }
        if let node = reader.node("computed") { return computed(field, node) }
        if let node = reader.node("judged_by") { return judged(field, node) }
        if reader.flag("computed_by_judgement") {
            assembly.report(
                .conflictingKeys, at: reader.node("computed_by_judgement")?.position ?? reader.position,
                zh: "没有哪个字段的 judged_by 填写“\(field.id)”", en: "No field's judged_by fills `\(field.id)`")
        }
        return nil
    }

    private func computed(_ field: FieldOutline, _ node: YamlNode) -> Derivation {
        let types = field.type.resultTypes
        if case .sequence(let elements) = node.content {
            let versions = assembly.versions(
                elements, .datedExpression, fallback: field.citations, needsSource: true
            ) { formula($0.node("value"), types) }
            return .formula(versions)
        }
        let single = formula(node, types)
        return .formula(single.map { [Dated(since: .earliest, citations: field.citations, item: $0)] } ?? [])
    }

    private func judged(_ field: FieldOutline, _ node: YamlNode) -> Derivation? {
        let reader = assembly.reader(node, .judgedBy)
        guard let judgementNode = reader.node("judgement"),
            let id = assembly.reference(judgementNode, to: .judgement)
        else { return nil }
        guard case .code(let list) = field.type else {
            wrongType(judgementNode, Bilingual(zh: "代码", en: "code"))
            return .judged(judgement: id)
        }
        if let judgement = assembly.judgements[id], judgement.kindID != self.id {
            assembly.report(
                .conflictingKeys, at: judgementNode.position,
                zh: "判定表 \(id) 判定的是 \(judgement.kindID)，不是 \(self.id)",
                en: "The judgement \(id) is of \(judgement.kindID), not of \(self.id)")
        }
        if let codes = assembly.codeLists[list] {
            let known = Set(codes.versions.flatMap { $0.item.map(\.id) })
            for given in assembly.givenItems[id] ?? [] where !known.contains(given.text ?? "") {
                assembly.reportUnknown(
                    .unknownReference, given, what: Bilingual(zh: "代码项", en: "code item"), among: known)
            }
        }
        return .judged(judgement: id)
    }

    private func checkEntered(_ field: FieldOutline, _ reader: NodeReader, isDerived: Bool) {
        guard isDerived else { return }
        for key in ["default", "required"] {
            guard let node = reader.node(key), key != "required" || node.text == "true" else { continue }
            assembly.report(
                .conflictingKeys, at: node.position, zh: "由机器推算的字段没有“\(key)”",
                en: "A derived field has no `\(key)`")
        }
        if reader.node("computed") != nil, let other = reader.node("judged_by") {
            assembly.report(
                .conflictingKeys, at: other.position, zh: "computed 与 judged_by 只能有一个",
                en: "There is either `computed` or `judged_by`")
        }
    }

    private func defaultValue(_ field: FieldOutline, _ reader: NodeReader) -> Value? {
        guard let node = reader.node("default") else { return nil }
        let plain = assembly.field(field, defaultValue: nil, derivation: nil)
        let result = FieldCoercion(assembly: assembly).value(of: node.raw, for: plain, on: nil)
        switch result {
        case .success(let value): return value
        case .failure(let problem):
            assembly.report(.badDefault, at: node.position, zh: problem.message.zh, en: problem.message.en)
            return nil
        }
    }
}

extension FieldType {
    fileprivate var isBoolean: Bool { if case .boolean = self { true } else { false } }
    fileprivate var isText: Bool { if case .text = self { true } else { false } }

    /// The types of results a field takes: its own, whole numbers where it holds decimals, and nothing.
    var resultTypes: [ValueType] {
        switch self {
        case .decimal, .money: [.decimal, .int, .null]
        default: [valueType, .null]
        }
    }
}
