import Expressions

extension KindBuilder {
    /// The role of whoever has no account.
    private static let publicRole = "public"
    private static let defaultPerDay = 5

    /// What the public may file: fields that people can fill in without seeing anything that is on file.
    func filing(_ node: YamlNode?) -> Filing? {
        guard let node else { return nil }
        let reader = assembly.reader(node, .filing)
        let asks = filed(reader.list("asks"))
        let may = filed(reader.list("may"))
        checkOpen(node)
        checkComplete(asks, at: reader.node("asks") ?? node)
        return Filing(
            name: reader.bilingualName, advice: reader.bilingual("advice", "advice_english"),
            consent: reader.bilingual("consent", "consent_english"), asks: asks, may: may,
            shows: shown(reader.list("shows")), documents: reader.list("documents").compactMap(document),
            perDay: reader.integer("per_day") ?? Self.defaultPerDay, citations: reader.citations(),
            position: node.position)
    }

    /// Fields that the public enters. References would let it try out what is on file.
    private func filed(_ nodes: [YamlNode]) -> [String] {
        nodes.compactMap { node in
            guard let field = entered(node) else { return nil }
            switch field.type {
            case .reference, .table:
                assembly.report(
                    .wrongFieldType, at: node.position, zh: "“\(field.id)”是引用或表格，公众不能填写",
                    en: "`\(field.id)` is a reference or a table, which the public cannot file")
                return nil
            default: return field.id
            }
        }
    }

    private func shown(_ nodes: [YamlNode]) -> [String] {
        nodes.compactMap { node in
            guard let field = field(node) else { return nil }
            if field.node["personal"]?.text == "true" || field.type.isAlwaysPersonal {
                assembly.report(
                    .wrongFieldType, at: node.position, zh: "“\(field.id)”是个人信息，回执不能显示",
                    en: "`\(field.id)` is personal and cannot be shown by the receipt")
            }
            return field.id
        }
    }

    /// Whether the public may create the record at all.
    private func checkOpen(_ node: YamlNode) {
        let kind = outline.item.node
        let by = kind["lifecycle"]?["create"]?["by"]
        let names = (by?.elements ?? []).compactMap(\.text)
        let role = assembly.items.first { $0.type == .role && $0.id == Self.publicRole }
        let may = (role?.node["may"]?.elements ?? []).compactMap(\.text)
        guard !names.contains(Self.publicRole) || !may.contains(Permission.create.rawValue) else { return }
        assembly.report(
            .filingClosed, at: node.position,
            zh: "公众不能办理：lifecycle.create.by 须含角色 public，且该角色的 may 须含 create",
            en: "The public may not do this: `lifecycle.create.by` has to name the role `public`, "
                + "whose `may` has to name `create`")
    }

    /// A filing that lacks what a record cannot be without would always be refused.
    private func checkComplete(_ asks: [String], at place: YamlNode) {
        let create = outline.item.node["lifecycle"]?["create"]
        let needed = Set((create?["asks"]?.elements ?? []).compactMap(\.text))
        let set = Set(create?["sets"]?.entries.map(\.key) ?? [])
        let region = outline.item.node["region"]?.text
        let derived = ["default", "computed", "judged_by", "computed_by_judgement"]
        for field in outline.fields where !asks.contains(field.id) && !set.contains(field.id) {
            guard !derived.contains(where: { field.node[$0] != nil }) else { continue }
            guard
                field.node["required"]?.text == "true" || needed.contains(field.id) || field.id == region
            else { continue }
            assembly.report(
                .missingKey, at: place.position, zh: "公众提交的内容缺少必填字段“\(field.id)”",
                en: "What the public files lacks `\(field.id)`, which the record cannot be without")
        }
    }
}

extension FieldType {
    /// Whether it is personal whatever the rulebook says.
    fileprivate var isAlwaysPersonal: Bool {
        switch self {
        case .person: true
        case .table(let columns, _): columns.contains(where: \.personal)
        default: false
        }
    }
}
