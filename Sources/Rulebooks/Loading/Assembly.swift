import Expressions

/// A document of a rulebook file: an item by its type and id.
struct Item {
    let type: ObjectName
    let id: String
    let node: YamlNode
    /// 0 for the base, then one for each overlay.
    let layer: Int
    /// Whether its form is right; only then a model is built of it.
    let isSound: Bool

    var isOverride: Bool { node["override"]?.text == "true" }
    /// The folder of its file, with a `/` at the end unless it is the root.
    var folder: String {
        guard let slash = node.position.file.lastIndex(of: "/") else { return "" }
        return String(node.position.file[...slash])
    }
}

/// A rulebook while it is being put together: what has been read, built and found wrong so far.
///
/// Used by one call of the loader only and never shared.
final class Assembly {
    var problems: [RulebookProblem] = []
    var notices: [RulebookNotice] = []
    /// The files of all layers by path.
    var files: [String: [UInt8]] = [:]
    /// The items in force, in the order of the files.
    var items: [Item] = []
    /// Which keys the builders asked for, as `object.key`; a test holds them to the key table.
    var keysRead: Set<String> = []

    var timeZoneOffsetSeconds = 28_800
    var codeLists: [String: CodeList] = [:]
    var policies: [String: Policy] = [:]
    var roles: [String: Role] = [:]
    var calendars: [String: WorkingCalendar] = [:]
    var regions = RegionTable.empty
    var outlines: [String: KindOutline] = [:]
    var layouts: [String: SlotLayout] = [:]
    var judgements: [String: Judgement] = [:]
    /// What the rows of a judgement give, with their places.
    var givenItems: [String: [YamlNode]] = [:]
    /// The fields that the rows of a judgement read.
    var judgementPaths: [String: Set<String>] = [:]
    var kinds: [String: Kind] = [:]
    /// The rule ids given so far, each after its kind.
    var ruleIDs: Set<String> = []
    var measures: [String: MeasureReference] = [:]

    /// The sound items of a type.
    func sound(_ type: ObjectName) -> [Item] { items.filter { $0.type == type && $0.isSound } }

    /// The ids of a type, those of unsound items among them: a fault is not reported twice.
    func ids(_ type: ObjectName) -> [String] { items.filter { $0.type == type }.map(\.id) }

    func reader(_ node: YamlNode, _ name: ObjectName) -> NodeReader {
        NodeReader(node: node, name: name, assembly: self)
    }

    func report(
        _ code: RulebookProblemCode, at position: SourcePosition, zh: String, en: String,
        hint: Bilingual? = nil
    ) {
        problems.append(
            RulebookProblem(code: code, position: position, message: Bilingual(zh: zh, en: en), hint: hint))
    }

    /// Reports an unknown name with the closest known one.
    func reportUnknown(
        _ code: RulebookProblemCode, _ node: YamlNode, what: Bilingual, among names: some Sequence<String>
    ) {
        let text = node.text ?? ""
        report(
            code, at: node.position, zh: "没有\(what.zh)“\(text)”", en: "There is no \(what.en) `\(text)`",
            hint: Self.suggestion(text, among: names))
    }

    static func suggestion(_ text: String, among names: some Sequence<String>) -> Bilingual? {
        Suggestion.closest(to: text, among: names).map {
            Bilingual(zh: "是否为“\($0)”？", en: "Did you mean `\($0)`?")
        }
    }

    /// The id a node names, reported when no item of the type has it.
    func reference(_ node: YamlNode?, to type: ObjectName) -> String? {
        guard let node, let id = node.text else { return nil }
        if items.contains(where: { $0.type == type && $0.id == id }) { return id }
        reportUnknown(.unknownReference, node, what: Self.noun(type), among: ids(type))
        return nil
    }

    static func noun(_ type: ObjectName) -> Bilingual {
        switch type {
        case .kind: Bilingual(zh: "类别", en: "kind")
        case .codes: Bilingual(zh: "代码表", en: "code list")
        case .judgement: Bilingual(zh: "判定表", en: "judgement")
        case .policy: Bilingual(zh: "政策值", en: "policy")
        case .role: Bilingual(zh: "角色", en: "role")
        case .calendar: Bilingual(zh: "日历", en: "calendar")
        case .indicator: Bilingual(zh: "指标", en: "indicator")
        case .document: Bilingual(zh: "文书", en: "document")
        case .report: Bilingual(zh: "报告", en: "report")
        case .map: Bilingual(zh: "导入映射", en: "import map")
        case .scorecard: Bilingual(zh: "评分表", en: "scorecard")
        case .dashboard: Bilingual(zh: "看板", en: "dashboard")
        case .quota: Bilingual(zh: "控制指标", en: "quota")
        default: Bilingual(zh: "条目", en: "item")
        }
    }

    /// A file that an item names: beside the item's own file, or from the root.
    func filePath(_ node: YamlNode?, for item: Item) -> String? {
        guard let node, let name = node.text else { return nil }
        for path in [item.folder + name, name] where files[path] != nil { return path }
        reportUnknown(.missingFile, node, what: Bilingual(zh: "文件", en: "file"), among: files.keys)
        return nil
    }
}

/// Reads the keys of a mapping whose form has been checked.
struct NodeReader {
    let node: YamlNode
    let name: ObjectName
    let assembly: Assembly

    var position: SourcePosition { node.position }

    /// The value under a key, or nil; the key is one of the table's.
    func node(_ key: String) -> YamlNode? {
        assembly.keysRead.insert("\(name.rawValue).\(key)")
        return node[key]
    }

    func text(_ key: String) -> String? { node(key)?.text }
    func flag(_ key: String) -> Bool { text(key) == "true" }
    func integer(_ key: String) -> Int? { text(key).flatMap { Int($0) } }
    func decimal(_ key: String) -> ExactDecimal? { text(key).flatMap { ExactDecimal($0) } }
    func date(_ key: String) -> CivilDate? { text(key).flatMap { CivilDate($0) } }

    /// The elements under a key; one value counts as a list of one.
    func list(_ key: String) -> [YamlNode] {
        guard let value = node(key) else { return [] }
        if case .sequence(let elements) = value.content { return elements }
        return [value]
    }

    func texts(_ key: String) -> [String] { list(key).compactMap(\.text) }
    func entries(_ key: String) -> [YamlEntry] { node(key)?.entries ?? [] }

    /// The name in both languages.
    var bilingualName: Bilingual { bilingual("name", "english") ?? Bilingual(zh: "", en: "") }

    /// A text in both languages; reported when only one is there.
    func bilingual(_ zhKey: String, _ enKey: String) -> Bilingual? {
        switch (node(zhKey), node(enKey)) {
        case (let zh?, let en?):
            return zh.text.flatMap { zh in en.text.map { Bilingual(zh: zh, en: $0) } }
        case (let only?, nil):
            reportMissing(enKey, with: zhKey, at: only.position)
        case (nil, let only?):
            reportMissing(zhKey, with: enKey, at: only.position)
        case (nil, nil): break
        }
        return nil
    }

    /// The unit in both languages; a unit that reads the same in both may be given once.
    var unit: Bilingual? {
        guard let zh = text("unit") else {
            if let lone = node("unit_english") {
                reportMissing("unit", with: "unit_english", at: lone.position)
            }
            return nil
        }
        if let en = text("unit_english") { return Bilingual(zh: zh, en: en) }
        if zh.utf8.allSatisfy({ $0 < 0x80 }) { return Bilingual(zh: zh, en: zh) }
        return bilingual("unit", "unit_english")
    }

    private func reportMissing(_ key: String, with other: String, at position: SourcePosition) {
        assembly.report(
            .missingKey, at: position, zh: "有“\(other)”而缺少“\(key)”：人看到的文字须有中英文",
            en: "`\(other)` stands without `\(key)`: what people read exists in both languages")
    }

    /// The sources, unverified ones noted; with `isNeeded` their absence is reported.
    func citations(isNeeded: Bool = false) -> [Citation] {
        let found = list("source").compactMap(citation)
        if found.isEmpty, isNeeded {
            assembly.report(
                .missingSource, at: position, zh: "没有注明依据", en: "No source is cited",
                hint: Bilingual(
                    zh: "请加 source: { law: …, clause: …, verified: true }",
                    en: "Add source: { law: …, clause: …, verified: true }"))
        }
        return found
    }

    private func citation(_ node: YamlNode) -> Citation? {
        if let law = node.text { return Citation(law: law) }
        let reader = assembly.reader(node, .citation)
        guard let law = reader.text("law") else { return nil }
        let citation = Citation(
            law: law, clause: reader.text("clause"), verified: reader.text("verified") != "false",
            note: reader.text("note"))
        if !citation.verified {
            let note = citation.note.map { "（\($0)）" } ?? ""
            let noteEn = citation.note.map { " (\($0))" } ?? ""
            assembly.notices.append(
                RulebookNotice(
                    code: RulebookProblemCode.unverifiedSource.rawValue, position: node.position,
                    message: Bilingual(
                        zh: "未核对原文：\(citation.title)\(note)", en: "unverified: \(citation.title)\(noteEn)")))
        }
        return citation
    }
}
