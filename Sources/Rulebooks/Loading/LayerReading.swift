import Expressions

/// Reads the files of a rulebook and its overlays into items.
struct LayerReading {
    let assembly: Assembly
    private(set) var header: RulebookHeader?
    private(set) var changes: [OverlayChange] = []
    private var layerIDs: [String] = []

    init(assembly: Assembly) { self.assembly = assembly }

    mutating func read(_ files: [RulebookFile], layer: Int) {
        let sorted = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        let id = readHeader(sorted, layer: layer)
        let prefix = layer == 0 ? "" : "\(id)/"
        for file in sorted { assembly.files[prefix + file.path] = file.bytes }
        for file in sorted where file.path != "rulebook.yaml" && Self.isYaml(file.path) {
            var reading = YamlReading(file: prefix + file.path)
            let documents = reading.documents(file.bytes)
            assembly.problems += reading.problems
            for document in documents { add(document, layer: layer, overlay: id) }
        }
    }

    private static func isYaml(_ path: String) -> Bool { path.hasSuffix(".yaml") || path.hasSuffix(".yml") }

    /// The id of the layer, from its `rulebook.yaml`.
    private mutating func readHeader(_ files: [RulebookFile], layer: Int) -> String {
        let substitute = layer == 0 ? "rulebook" : "overlay-\(layer)"
        guard let file = files.first(where: { $0.path == "rulebook.yaml" }) else {
            assembly.report(
                .noRulebookFile, at: SourcePosition(file: "rulebook.yaml", line: 1, column: 1),
                zh: "缺少 rulebook.yaml", en: "There is no rulebook.yaml",
                hint: Bilingual(
                    zh: "请在根目录建立 rulebook.yaml，写明 rulebook、name、english、version",
                    en: "Make one at the root with rulebook, name, english and version"))
            layerIDs.append(substitute)
            return substitute
        }
        var reading = YamlReading(file: layer == 0 ? file.path : "\(substitute)/\(file.path)")
        let documents = reading.documents(file.bytes)
        assembly.problems += reading.problems
        guard let document = documents.first else {
            layerIDs.append(substitute)
            return substitute
        }
        var checking = ShapeChecking()
        checking.check(document, .object(.rulebook))
        assembly.problems += checking.problems
        for extra in documents.dropFirst() { add(extra, layer: layer, overlay: substitute) }
        let reader = assembly.reader(document, .rulebook)
        let id = reader.text("rulebook").flatMap { Naming.isIdentifier($0) ? $0 : nil } ?? substitute
        header = combined(reader, id: id)
        checkExtends(reader, layer: layer)
        layerIDs.append(id)
        return id
    }

    private func combined(_ reader: NodeReader, id: String) -> RulebookHeader {
        let version = reader.text("version") ?? ""
        let offset = timeZoneOffset(reader) ?? header?.timeZoneOffsetSeconds ?? 28_800
        assembly.timeZoneOffsetSeconds = offset
        return RulebookHeader(
            id: id, name: reader.bilingualName, version: header.map { "\($0.version)+\(version)" } ?? version,
            timeZoneOffsetSeconds: offset)
    }

    private func timeZoneOffset(_ reader: NodeReader) -> Int? {
        guard let node = reader.node("time_zone_offset"), let text = node.text else { return nil }
        let bytes = Array(text.utf8)
        let parts = text.dropFirst().split(separator: ":").compactMap { Int($0) }
        guard bytes.count == 6, bytes[3] == 0x3A, bytes[0] == 0x2B || bytes[0] == 0x2D, parts.count == 2,
            (0...14).contains(parts[0]), (0...59).contains(parts[1])
        else {
            assembly.report(
                .wrongForm, at: node.position, zh: "时区应写作 \"+08:00\"", en: "A time zone is written \"+08:00\""
            )
            return nil
        }
        return (parts[0] * 3600 + parts[1] * 60) * (bytes[0] == 0x2D ? -1 : 1)
    }

    private func checkExtends(_ reader: NodeReader, layer: Int) {
        guard let node = reader.node("extends"), let wanted = node.text, layer > 0 else { return }
        if layerIDs.contains(wanted) { return }
        assembly.reportUnknown(
            .unknownReference, node, what: Bilingual(zh: "下层规则包", en: "rulebook beneath"), among: layerIDs)
    }

    private mutating func add(_ document: YamlNode, layer: Int, overlay: String) {
        guard case .mapping(let entries) = document.content, let first = entries.first else {
            assembly.report(
                .notAMapping, at: document.position, zh: "每个文档应是一组键和值", en: "Every document is a mapping")
            return
        }
        let names = ObjectName.items.filter { $0 != .rulebook }.map(\.rawValue)
        guard names.contains(first.key), let type = ObjectName(rawValue: first.key) else {
            assembly.report(
                .unknownItem, at: first.keyPosition, zh: "没有“\(first.key)”这类条目",
                en: "There is no item called `\(first.key)`",
                hint: Assembly.suggestion(first.key, among: names)
                    ?? Bilingual(
                        zh: "文档的第一个键须是：\(names.joined(separator: "、"))",
                        en: "The first key of a document is one of: \(names.joined(separator: ", "))"))
            return
        }
        var checking = ShapeChecking()
        checking.check(document, .object(type))
        assembly.problems += checking.problems
        guard let id = first.value.text else { return }
        let item = Item(
            type: type, id: id, node: document, layer: layer, isSound: checking.problems.isEmpty)
        place(item, overlay: overlay)
    }

    private mutating func place(_ item: Item, overlay: String) {
        let present = assembly.items.firstIndex { $0.type == item.type && $0.id == item.id }
        guard let present else {
            if item.isOverride {
                assembly.report(
                    .badOverride, at: item.node["override"]?.position ?? item.node.position,
                    zh: "没有可替换的 \(item.type.rawValue) \(item.id)",
                    en: "There is no \(item.type.rawValue) \(item.id) to override")
            }
            if item.layer > 0 { note(item, overlay: overlay, effect: .added) }
            assembly.items.append(item)
            return
        }
        let earlier = assembly.items[present]
        guard item.layer > earlier.layer else {
            return clash(.duplicateID, item, earlier, Bilingual(zh: "请改用别的 id", en: "Use another id"))
        }
        guard item.isOverride else {
            let hint = Bilingual(zh: "要替换它，请写 override: true", en: "To replace it, say override: true")
            return clash(.badOverride, item, earlier, hint)
        }
        note(
            item, overlay: overlay,
            effect: .overridden(changedKeys: Self.changedKeys(earlier.node, item.node)))
        assembly.items[present] = item
    }

    private func clash(_ code: RulebookProblemCode, _ item: Item, _ earlier: Item, _ hint: Bilingual) {
        assembly.report(
            code, at: item.node.position,
            zh: "\(item.type.rawValue) \(item.id) 已在 \(earlier.node.position) 声明",
            en: "\(item.type.rawValue) \(item.id) is declared already at \(earlier.node.position)", hint: hint
        )
    }

    private mutating func note(_ item: Item, overlay: String, effect: OverlayChange.Effect) {
        changes.append(
            OverlayChange(
                overlay: overlay, itemType: item.type.rawValue, id: item.id, position: item.node.position,
                effect: effect))
    }

    private static func changedKeys(_ old: YamlNode, _ new: YamlNode) -> [String] {
        let keys = old.entries.map(\.key) + new.entries.map(\.key).filter { old[$0] == nil }
        return keys.filter { $0 != "override" && old[$0]?.raw != new[$0]?.raw }
    }
}
