import Expressions

extension KindBuilder {
    func examples(_ nodes: [YamlNode]) -> [Example] {
        nodes.map { node in
            let reader = assembly.reader(node, .example)
            return Example(
                name: reader.text("name"), given: values(reader.entries("given")),
                after: reader.list("after").compactMap(step), on: reader.date("on"),
                then: outcome(reader.node("then")), position: node.position)
        }
    }

    /// Values of fields, the names checked against the kind.
    private func values(_ entries: [YamlEntry]) -> [RawEntry] {
        entries.map { entry in
            if let field = outline.field(entry.key) {
                checkNested(field, entry.value)
            } else {
                unknownField(entry.key, at: entry.keyPosition)
            }
            return RawEntry(key: entry.key, value: entry.value.raw)
        }
    }

    private func checkNested(_ field: FieldOutline, _ node: YamlNode) {
        guard case .reference(let kind) = field.type, let target = assembly.outlines[kind] else { return }
        for entry in node.entries
        where target.field(entry.key) == nil && !["number", "state"].contains(entry.key) {
            unknownField(entry.key, at: entry.keyPosition, among: target.fieldNames)
        }
    }

    private func unknownField(_ name: String, at position: SourcePosition, among names: [String]? = nil) {
        let node = YamlNode(position: position, content: .scalar(YamlScalar(text: name, style: .plain)))
        assembly.reportUnknown(
            .unknownField, node, what: Bilingual(zh: "字段", en: "field"), among: names ?? outline.fieldNames)
    }

    private func step(_ node: YamlNode) -> ExampleStep? {
        var invocation: ExampleInvocation?
        var (on, by): (CivilDate?, String?) = (nil, nil)
        if case .mapping = node.content {
            let reader = assembly.reader(node, .exampleStep)
            let given = reader.text("do").flatMap { ExampleInvocation($0) }
            let more = values(reader.entries("with"))
            invocation = given.map { ExampleInvocation(action: $0.action, arguments: $0.arguments + more) }
            on = reader.date("on")
            by = performer(reader.node("by"))
        } else {
            invocation = node.text.flatMap { ExampleInvocation($0) }
        }
        guard let invocation else {
            assembly.report(
                .badInvocation, at: node.position, zh: "读不懂“\(node.text ?? "")”",
                en: "`\(node.text ?? "")` cannot be read",
                hint: Bilingual(zh: "写作 notify(due_on: 2026-03-06)", en: "Write notify(due_on: 2026-03-06)"))
            return nil
        }
        check(invocation, at: node)
        return ExampleStep(invocation: invocation, on: on, by: by)
    }

    private func check(_ invocation: ExampleInvocation, at node: YamlNode) {
        let own = outline.item.node["lifecycle"]?["actions"]?.entries.map(\.key) ?? []
        let known = own + ["create", "amend", "void"]
        if !known.contains(invocation.action) {
            assembly.report(
                .unknownAction, at: node.position, zh: "没有动作“\(invocation.action)”",
                en: "There is no action `\(invocation.action)`",
                hint: Assembly.suggestion(invocation.action, among: known))
        }
        for argument in invocation.arguments where outline.field(argument.key) == nil {
            if invocation.action == "void", argument.key == "reason" { continue }
            unknownField(argument.key, at: node.position)
        }
    }

    private func performer(_ node: YamlNode?) -> String? {
        guard let node, let id = node.text else { return nil }
        if id == "responsible" || id == "system" { return id }
        return assembly.reference(node, to: .role)
    }

    private func outcome(_ node: YamlNode?) -> ExampleOutcome {
        guard let node else {
            return ExampleOutcome(state: nil, clock: nil, refused: nil, fields: [], undetermined: [])
        }
        let reader = assembly.reader(node, .outcome)
        return ExampleOutcome(
            state: state(reader.node("state")), clock: reader.text("clock"), refused: reader.text("refused"),
            fields: values(reader.entries("fields")), undetermined: reader.texts("undetermined"))
    }
}
