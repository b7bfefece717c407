import Expressions

extension KindBuilder {
    func lifecycle(_ node: YamlNode) -> Lifecycle? {
        let reader = assembly.reader(node, .lifecycle)
        let states = reader.entries("states").map {
            State(id: $0.key, name: assembly.reader($0.value, .state).bilingualName)
        }
        guard let createNode = reader.node("create") else { return nil }
        let actions = reader.entries("actions").map {
            action($0.value, id: $0.key, .action, name: $0.keyPosition)
        }
        let initial = state(reader.node("initial")) ?? reader.text("initial") ?? ""
        return Lifecycle(
            initial: initial, imported: state(reader.node("imported")) ?? initial, states: states,
            closed: Set(self.states(reader.list("closed"))),
            create: action(createNode, id: "create", .create, name: createNode.position),
            amend: amend(reader.node("amend")), void: void(reader.node("void")), actions: actions)
    }

    /// The states that nodes name, reported when the lifecycle does not have them.
    func states(_ nodes: [YamlNode]) -> [String] { nodes.compactMap { state($0) } }

    func state(_ node: YamlNode?) -> String? {
        guard let node, let id = node.text else { return nil }
        if outline.stateIDs.contains(id) { return id }
        assembly.reportUnknown(
            .unknownState, node, what: Bilingual(zh: "状态", en: "state"), among: outline.stateIDs)
        return nil
    }

    private func action(_ node: YamlNode, id: String, _ name: ObjectName, name place: SourcePosition)
        -> ActionRule
    {
        let reader = assembly.reader(node, name)
        if name == .action, ["create", "amend", "void"].contains(id) {
            assembly.report(
                .reservedName, at: place, zh: "“\(id)”不能作动作的 id", en: "`\(id)` cannot be the id of an action")
        }
        let defaultName = Bilingual(zh: "登记", en: "Register")
        return ActionRule(
            id: id, name: reader.bilingual("name", "english") ?? defaultName,
            from: name == .action ? states(reader.list("from")) : [],
            to: name == .action ? state(reader.node("to")) : nil,
            by: performers(reader.list("by"), at: node), asks: entered(reader.list("asks")),
            may: entered(reader.list("may")), rules: rules(reader.list("rules"), group: "\(id)/rules"),
            issues: document(reader.node("issues")),
            separateFrom: separate(reader.list("separate_from"), from: id),
            sets: assignments(reader.entries("sets"), of: outline, in: environment),
            creates: spawn(reader.node("creates"), forEach: reader.node("for_each")),
            citations: reader.citations(),
            position: node.position)
    }

    private func performers(_ nodes: [YamlNode], at place: YamlNode) -> [Performer] {
        if nodes.isEmpty {
            assembly.report(
                .nobody, at: place["by"]?.position ?? place.position, zh: "by 是空的，没有人可以办理",
                en: "`by` is empty: nobody may do this")
        }
        return nodes.compactMap { node in
            switch node.text {
            case "responsible":
                if outline.item.node["responsible"] == nil {
                    assembly.report(
                        .nobody, at: node.position, zh: "该类别没有 responsible，没有责任单位可以办理",
                        en: "The kind has no `responsible`: there is no party that could do this")
                }
                return .responsible
            case "system": return .system
            default: return assembly.reference(node, to: .role).map(Performer.role)
            }
        }
    }

    /// Fields that people give: derived ones are refused.
    private func entered(_ nodes: [YamlNode]) -> [String] { nodes.compactMap { entered($0)?.id } }

    /// A field that people give, reported when it is derived.
    func entered(_ node: YamlNode) -> FieldOutline? {
        guard let field = field(node) else { return nil }
        refuseDerived(field, at: node.position)
        return field
    }

    private func refuseDerived(_ field: FieldOutline, at position: SourcePosition) {
        let keys = ["computed", "judged_by", "computed_by_judgement"]
        guard keys.contains(where: { field.node[$0] != nil }) else { return }
        assembly.report(
            .wrongFieldType, at: position, zh: "“\(field.id)”由机器推算，不能填写",
            en: "`\(field.id)` is derived and cannot be entered")
    }

    func document(_ node: YamlNode?) -> String? {
        guard let node, let id = assembly.reference(node, to: .document) else { return nil }
        let kind = assembly.items.first { $0.type == .document && $0.id == id }?.node["of"]?.text
        if let kind, kind != self.id {
            assembly.report(
                .conflictingKeys, at: node.position, zh: "文书 \(id) 是 \(kind) 的，不是 \(self.id) 的",
                en: "The document \(id) is of \(kind), not of \(self.id)")
        }
        return id
    }

    private func separate(_ nodes: [YamlNode], from id: String) -> [String] {
        let known = (outline.item.node["lifecycle"]?["actions"]?.entries.map(\.key) ?? []) + ["create"]
        return nodes.compactMap { node in
            guard let other = node.text else { return nil }
            if known.contains(other), other != id { return other }
            assembly.reportUnknown(
                .unknownAction, node, what: Bilingual(zh: "其他动作", en: "other action"), among: known)
            return nil
        }
    }

    /// Formulas for fields of a kind, compiled in this kind's slots.
    func assignments(
        _ entries: [YamlEntry], of target: KindOutline, in environment: Environment
    ) -> [Assignment] {
        entries.compactMap { entry in
            guard let field = target.field(entry.key) else {
                let name = YamlNode(
                    position: entry.keyPosition, content: .scalar(YamlScalar(text: entry.key, style: .plain)))
                assembly.reportUnknown(
                    .unknownField, name, what: Bilingual(zh: "字段", en: "field"), among: target.fieldNames)
                return nil
            }
            refuseDerived(field, at: entry.keyPosition)
            let formula = assembly.formula(entry.value, in: environment, expecting: field.type.resultTypes)
            guard let formula else { return nil }
            assembly.checkComparisons(formula, of: entry.value, in: outline)
            assembly.checkLiteral(formula, of: entry.value, for: field.type)
            return Assignment(field: field.id, formula: formula)
        }
    }

    private func spawn(_ node: YamlNode?, forEach outer: YamlNode?) -> SpawnRule? {
        guard let node else { return nil }
        let reader = assembly.reader(node, .spawn)
        guard let kindNode = reader.node("kind"), let kind = assembly.reference(kindNode, to: .kind) else {
            return nil
        }
        var environment = environment
        let rows = reader.node("for_each") ?? outer
        if let rows, let field = field(rows) {
            guard case .table = field.type else {
                wrongType(rows, Bilingual(zh: "表格", en: "table"))
                return nil
            }
            environment.declare("row", .object(SlotLayout.rowTypeName(kind: id, field: field.id)))
        }
        guard let target = assembly.outlines[kind] else { return nil }
        let link = reader.node("link")
        checkLink(link, in: target)
        checkFilled(node, in: target)
        return SpawnRule(
            kind: kind, assignments: assignments(reader.entries("with"), of: target, in: environment),
            link: link?.text, forEach: rows?.text)
    }

    /// A spawned record is refused when a field is missing that it cannot be without.
    private func checkFilled(_ node: YamlNode, in target: KindOutline) {
        let filled = (node["with"]?.entries.map(\.key) ?? []) + [node["link"]?.text].compactMap { $0 }
        for field in target.fields where field.node["required"]?.text == "true" {
            guard field.node["default"] == nil, !filled.contains(field.id) else { continue }
            assembly.report(
                .missingKey, at: node.position, zh: "新建的 \(target.id) 缺少必填字段“\(field.id)”",
                en: "The \(target.id) created lacks the required field `\(field.id)`")
        }
    }

    private func checkLink(_ node: YamlNode?, in target: KindOutline) {
        guard let node, let name = node.text else { return }
        guard let field = target.field(name) else {
            return assembly.reportUnknown(
                .unknownField, node, what: Bilingual(zh: "字段", en: "field"), among: target.fieldNames)
        }
        if case .reference(let kind) = field.type, kind == id { return }
        wrongType(node, Bilingual(zh: "引用 \(id) 的", en: "reference to \(id)"))
    }

    private func amend(_ node: YamlNode?) -> AmendRule? {
        guard let node else { return nil }
        let reader = assembly.reader(node, .amend)
        let closed = Set(outline.item.node["lifecycle"]?["closed"]?.elements.compactMap(\.text) ?? [])
        let states =
            reader.node("in") == nil
            ? outline.stateIDs.filter { !closed.contains($0) } : states(reader.list("in"))
        return AmendRule(
            by: performers(reader.list("by"), at: node), states: states,
            fields: entered(reader.list("fields")),
            position: node.position)
    }

    private func void(_ node: YamlNode?) -> VoidRule? {
        guard let node else { return nil }
        let reader = assembly.reader(node, .void)
        return VoidRule(
            by: performers(reader.list("by"), at: node), states: states(reader.list("in")),
            position: node.position)
    }
}
