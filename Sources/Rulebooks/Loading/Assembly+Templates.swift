import Expressions

/// Documents, reports and import maps.
extension Assembly {
    func buildDocuments() -> [String: DocumentTemplate] {
        var documents: [String: DocumentTemplate] = [:]
        for item in sound(.document) {
            let reader = reader(item.node, .document)
            let kind = reference(reader.node("of"), to: .kind)
            let template = template(reader, item)
            let fields = kind.flatMap { outlines[$0]?.fieldNames } ?? []
            let numbering = reader.node("number").flatMap { numberPattern($0, fields: fields) }
            let citations = reader.citations()
            guard let kind, let template else { continue }
            documents[item.id] = DocumentTemplate(
                id: item.id, name: reader.bilingualName, kindID: kind, numbering: numbering,
                template: template,
                citations: citations, position: item.node.position)
        }
        return documents
    }

    private func template(_ reader: NodeReader, _ item: Item) -> Bilingual? {
        let zh = filePath(reader.node("template"), for: item)
        let en = filePath(reader.node("template_english"), for: item)
        return zh.flatMap { zh in en.map { Bilingual(zh: zh, en: $0) } }
    }

    func buildReports() -> [String: ReportTemplate] {
        var reports: [String: ReportTemplate] = [:]
        for item in sound(.report) {
            let reader = reader(item.node, .report)
            let entries = reader.entries("figures")
            let figures = entries.map { figure($0, among: entries.map(\.key)) }
            let citations = reader.citations()
            guard let template = template(reader, item),
                let period = reader.text("period").flatMap(ReportPeriod.init)
            else { continue }
            reports[item.id] = ReportTemplate(
                id: item.id, name: reader.bilingualName, period: period, template: template, figures: figures,
                citations: citations, position: item.node.position)
        }
        return reports
    }

    private func figure(_ entry: YamlEntry, among figures: [String]) -> ReportFigure {
        let reader = reader(entry.value, .figure)
        let nodes = [reader.node("measure")].compactMap { $0 } + reader.list("measures")
        let names = nodes.compactMap { measure($0) }
        let indicator = reference(reader.node("indicator"), to: .indicator)
        let forms = [reader.node("measure"), reader.node("measures"), reader.node("indicator")]
        if forms.compactMap({ $0 }).count != 1 {
            report(
                .conflictingKeys, at: entry.value.position, zh: "须有 measure、measures、indicator 其一，且只有其一",
                en: "A figure has exactly one of `measure`, `measures` and `indicator`")
        }
        if let share = reader.node("share_of"), !figures.contains(share.text ?? "") {
            reportUnknown(.unknownReference, share, what: Bilingual(zh: "数字", en: "figure"), among: figures)
        }
        checkTableDimension(reader.node("by"), measures: names)
        return ReportFigure(
            id: entry.key, measures: names, indicator: indicator,
            restrictions: restrictions(reader, measures: names),
            compare: reader.text("compare").flatMap(ReportPeriod.init), shareOf: reader.text("share_of"),
            by: reader.text("by"), sort: reader.text("sort"), keep: reader.text("keep"),
            position: entry.value.position)
    }

    /// A table goes by regions of a level, or by a dimension that all its measures have.
    private func checkTableDimension(_ node: YamlNode?, measures names: [String]) {
        guard let node, let text = node.text else { return }
        if text == "region" || text == "month" { return }
        if text.hasPrefix("region.") {
            let level = String(text.dropFirst("region.".count))
            _ = self.level(
                YamlNode(position: node.position, content: .scalar(YamlScalar(text: level, style: .plain))))
            return
        }
        for name in names {
            guard let dimensions = measures[name]?.measure.dimensions, !dimensions.contains(text) else {
                continue
            }
            report(
                .unknownField, at: node.position, zh: "计量 \(name) 没有维度“\(text)”",
                en: "The measure \(name) has no dimension `\(text)`",
                hint: Self.suggestion(text, among: dimensions))
        }
    }

    func buildMaps() -> [String: ImportMap] {
        var maps: [String: ImportMap] = [:]
        for item in sound(.map) {
            let reader = reader(item.node, .map)
            let citations = reader.citations()
            guard let kind = reference(reader.node("kind"), to: .kind), let outline = outlines[kind] else {
                continue
            }
            let state = reader.node("state")
            if let text = state?.text, let state, !text.hasPrefix("="), !outline.stateIDs.contains(text) {
                reportUnknown(
                    .unknownState, state, what: Bilingual(zh: "状态", en: "state"), among: outline.stateIDs)
            }
            let fields = reader.entries("fields").map { importField($0, of: outline) }
            let skip = reader.node("skip_when").map { node in
                ImportField(field: "", source: node.text ?? "", position: node.position)
            }
            if let node = reader.node("skip_when") { checkGrammar(node) }
            maps[item.id] = ImportMap(
                id: item.id, name: reader.bilingualName, kindID: kind, state: state?.text,
                encoding: reader.text("encoding").flatMap(TextEncoding.init) ?? .auto,
                delimiter: delimiter(reader.node("delimiter")),
                columns: Dictionary(
                    reader.entries("columns").compactMap { entry in entry.value.text.map { (entry.key, $0) }
                    },
                    uniquingKeysWith: { first, _ in first }),
                fields: fields, skipWhen: skip, citations: citations, position: item.node.position)
        }
        return maps
    }

    private func importField(_ entry: YamlEntry, of outline: KindOutline) -> ImportField {
        if outline.field(entry.key) == nil, entry.key != "number" {
            let node = YamlNode(
                position: entry.keyPosition, content: .scalar(YamlScalar(text: entry.key, style: .plain)))
            reportUnknown(
                .unknownField, node, what: Bilingual(zh: "字段", en: "field"), among: outline.fieldNames)
        }
        checkGrammar(entry.value)
        return ImportField(
            field: entry.key, source: entry.value.text ?? "", position: entry.value.position)
    }

    /// The columns are known only when a file is read; the grammar can be checked before.
    private func checkGrammar(_ node: YamlNode) {
        guard let source = node.text else { return }
        do {
            _ = try Environment().compileUnchecked(source)
        } catch {
            for problem in error.problems {
                report(
                    .badExpression, at: place(line: problem.line, column: problem.column, in: node),
                    zh: "表达式有误：\(problem.messageZh)", en: "In the expression: \(problem.message)")
            }
        }
    }

    private func delimiter(_ node: YamlNode?) -> Character {
        guard let node, let text = node.text else { return "," }
        if text == "\\t" || text == "tab" { return "\t" }
        if let only = text.first, text.count == 1 { return only }
        report(.wrongForm, at: node.position, zh: "分隔符是一个字符", en: "The delimiter is one character")
        return ","
    }
}
