import Expressions

/// Dashboards: what a page of figures shows.
extension Assembly {
    func buildDashboards(_ indicators: [String: Indicator]) -> [Dashboard] {
        var dashboards: [Dashboard] = []
        for item in sound(.dashboard) {
            let reader = reader(item.node, .dashboard)
            let parts = DashboardParts(assembly: self, indicators: indicators)
            let roles = reader.list("for").compactMap { reference($0, to: .role) }
            let opens = opening(reader.list("opens_for"), among: roles, besides: dashboards)
            dashboards.append(
                Dashboard(
                    id: item.id, name: reader.bilingualName, roles: Set(roles), opensFor: Set(opens),
                    period: reader.text("period").flatMap(DashboardPeriod.init) ?? .toDate,
                    tiles: reader.list("tiles").compactMap(parts.tile),
                    quotas: reader.list("quotas").compactMap { reference($0, to: .quota) },
                    trends: reader.list("trends").compactMap(parts.trend),
                    breakdowns: reader.list("breakdowns").compactMap(parts.breakdown),
                    rankings: reader.list("rankings").compactMap(parts.ranking),
                    heat: reader.list("heat").compactMap(parts.heat),
                    lists: reader.list("lists").compactMap(parts.list),
                    citations: reader.citations(), position: item.node.position))
        }
        return dashboards
    }

    /// The roles that begin at a dashboard: it is for them, and they begin at no other.
    private func opening(
        _ nodes: [YamlNode], among roles: [String], besides others: [Dashboard]
    ) -> [String] {
        nodes.compactMap { node in
            guard let role = reference(node, to: .role) else { return nil }
            if !roles.isEmpty, !roles.contains(role) {
                report(
                    .conflictingKeys, at: node.position, zh: "角色“\(role)”不在 for 之中，不能以此为首页",
                    en: "The role `\(role)` is not among `for`, so it cannot begin here")
            }
            if let other = others.first(where: { $0.opensFor.contains(role) }) {
                report(
                    .conflictingKeys, at: node.position, zh: "角色“\(role)”已以看板 \(other.id) 为首页",
                    en: "The role `\(role)` begins at the dashboard \(other.id) already")
            }
            return role
        }
    }

    func buildQuotas() -> [String: Quota] {
        var quotas: [String: Quota] = [:]
        for item in sound(.quota) {
            let reader = reader(item.node, .quota)
            let sources = reader.citations()
            let versions = versions(
                reader.list("versions"), .quotaVersion, fallback: sources, needsSource: true
            ) { version in
                self.limits(version.entries("limits"))
            }
            guard let measure = measure(reader.node("measure")) else { continue }
            if measures[measure]?.measure.isStock == true, let node = reader.node("measure") {
                reportStock(measure, at: node)
            }
            quotas[item.id] = Quota(
                id: item.id, name: reader.bilingualName,
                term: IndicatorTerm(
                    measure: measure, restrictions: restrictions(reader, measures: [measure])),
                versions: versions, position: item.node.position)
        }
        return quotas
    }

    private func limits(_ entries: [YamlEntry]) -> [String: Int64] {
        var limits: [String: Int64] = [:]
        for entry in entries {
            guard let region = regions.resolve(entry.key) else {
                report(
                    .unknownReference, at: entry.keyPosition, zh: "没有行政区划“\(entry.key)”",
                    en: "There is no region `\(entry.key)`")
                continue
            }
            limits[region.code] = entry.value.text.flatMap { Int64($0) }
        }
        return limits
    }

    func reportStock(_ measure: String, at node: YamlNode) {
        report(
            .conflictingKeys, at: node.position, zh: "计量 \(measure) 是存量，没有月份：不能同比、按月或对照控制指标",
            en:
                "The measure \(measure) is a stock and has no months: it is not compared, drawn by month or held to a quota",
            hint: Bilingual(zh: "请给计量写 at，或去掉 compare", en: "Give the measure `at`, or leave `compare` out"))
    }
}

/// Reads the parts of a dashboard.
private struct DashboardParts {
    let assembly: Assembly
    let indicators: [String: Indicator]

    private static let defaultMost = 10

    func tile(_ node: YamlNode) -> DashboardTile? {
        let reader = assembly.reader(node, .tile)
        let compare = comparison(reader)
        let (name, better) = (reader.bilingual("name", "english"), better(reader))
        guard let subject = subject(reader, needsMonths: compare != nil) else { return nil }
        return DashboardTile(subject: subject, name: name, compare: compare, better: better)
    }

    func trend(_ node: YamlNode) -> DashboardTrend? {
        let reader = assembly.reader(node, .trend)
        let name = reader.bilingual("name", "english")
        let compare = comparison(reader)
        let nodes = reader.list("measures")
        let names = nodes.compactMap { assembly.measure($0) }
        let restrictions = assembly.restrictions(reader, measures: names)
        for (node, name) in zip(nodes, names) { checkMonths(of: name, node) }
        var subjects = names.map { name in
            FigureSubject.measure(IndicatorTerm(measure: name, restrictions: restrictions))
        }
        if let indicator = reader.node("indicator"), let found = indicatorSubject(indicator, true) {
            subjects.append(found)
        }
        if nodes.isEmpty == (reader.node("indicator") == nil) {
            assembly.report(
                .conflictingKeys, at: node.position, zh: "须有 measures、indicator 其一，且只有其一",
                en: "A trend has either `measures` or `indicator`")
        }
        if nodes.count > KeyTable.mostLines {
            assembly.report(
                .badNumber, at: nodes[KeyTable.mostLines].position, zh: "一张趋势图最多 \(KeyTable.mostLines) 条线",
                en: "A trend has at most \(KeyTable.mostLines) lines")
        }
        if compare != nil, subjects.count > 1, let node = reader.node("compare") {
            assembly.report(
                .conflictingKeys, at: node.position, zh: "只有一条线的趋势图才能作比较",
                en: "Only a trend of one line is compared")
        }
        return subjects.isEmpty ? nil : DashboardTrend(subjects: subjects, name: name, compare: compare)
    }

    func breakdown(_ node: YamlNode) -> DashboardBreakdown? {
        let reader = assembly.reader(node, .breakdown)
        let (name, compare) = (reader.bilingual("name", "english"), comparison(reader))
        let most = reader.integer("most") ?? Self.defaultMost
        guard let measure = assembly.measure(reader.node("measure")), let by = reader.node("by"),
            let dimension = by.text
        else { return nil }
        let restrictions = assembly.restrictions(reader, measures: [measure])
        if compare != nil, let node = reader.node("measure") { checkMonths(of: measure, node) }
        let dimensions = assembly.measures[measure]?.measure.dimensions ?? []
        if assembly.measures[measure] != nil, !dimensions.contains(dimension) {
            assembly.report(
                .unknownField, at: by.position, zh: "计量 \(measure) 没有维度“\(dimension)”",
                en: "The measure \(measure) has no dimension `\(dimension)`",
                hint: Assembly.suggestion(dimension, among: dimensions))
        }
        return DashboardBreakdown(
            term: IndicatorTerm(measure: measure, restrictions: restrictions), by: dimension, name: name,
            compare: compare, most: most)
    }

    func ranking(_ node: YamlNode) -> DashboardRanking? {
        let reader = assembly.reader(node, .ranking)
        let (name, better) = (reader.bilingual("name", "english"), better(reader))
        let most = reader.integer("most") ?? Self.defaultMost
        guard let subject = subject(reader, needsMonths: false) else { return nil }
        return DashboardRanking(subject: subject, name: name, better: better, most: most)
    }

    func heat(_ node: YamlNode) -> DashboardHeat? {
        let reader = assembly.reader(node, .heat)
        let name = reader.bilingual("name", "english")
        guard let subject = subject(reader, needsMonths: true) else { return nil }
        return DashboardHeat(subject: subject, name: name)
    }

    // MARK: What a figure is of

    private func subject(_ reader: NodeReader, needsMonths: Bool) -> FigureSubject? {
        let (measure, indicator) = (reader.node("measure"), reader.node("indicator"))
        let restrictions = reader.node("where")
        switch (measure, indicator) {
        case (let node?, nil):
            guard let name = assembly.measure(node) else { return nil }
            if needsMonths { checkMonths(of: name, node) }
            return .measure(
                IndicatorTerm(
                    measure: name, restrictions: assembly.restrictions(reader, measures: [name])))
        case (nil, let node?):
            if let restrictions {
                assembly.report(
                    .conflictingKeys, at: restrictions.position, zh: "where 只与 measure 同用：指标的范围写在指标里",
                    en: "`where` belongs to `measure`: an indicator has its own")
            }
            return indicatorSubject(node, needsMonths)
        default:
            assembly.report(
                .conflictingKeys, at: reader.position, zh: "须有 measure、indicator 其一，且只有其一",
                en: "A figure has either `measure` or `indicator`")
            return nil
        }
    }

    private func indicatorSubject(_ node: YamlNode, _ needsMonths: Bool) -> FigureSubject? {
        guard let id = assembly.reference(node, to: .indicator) else { return nil }
        if needsMonths, let indicator = indicators[id] {
            for name in indicator.terms.values.map(\.measure).sorted() { checkMonths(of: name, node) }
        }
        return .indicator(id)
    }

    private func checkMonths(of measure: String, _ node: YamlNode) {
        if assembly.measures[measure]?.measure.isStock == true { assembly.reportStock(measure, at: node) }
    }

    private func comparison(_ reader: NodeReader) -> DashboardComparison? {
        reader.text("compare").flatMap(DashboardComparison.init)
    }

    private func better(_ reader: NodeReader) -> Better? {
        guard let node = reader.node("better") else { return nil }
        if reader.node("indicator") != nil {
            assembly.report(
                .conflictingKeys, at: node.position, zh: "指标好坏的方向写在指标里",
                en: "An indicator says itself what is better")
        }
        return node.text.flatMap(Better.init)
    }
}

/// Lists of records.
extension DashboardParts {
    /// The columns beside its fields by which records of every kind can be asked for.
    private static let commonColumns = ["state", "overdue", "public"]

    func list(_ node: YamlNode) -> DashboardList? {
        let reader = assembly.reader(node, .recordList)
        let most = reader.integer("most") ?? Self.defaultMost
        let (entries, columns, sort) = (reader.entries("where"), reader.list("columns"), reader.node("sort"))
        guard let kind = assembly.reference(reader.node("kind"), to: .kind),
            let outline = assembly.outlines[kind]
        else { return nil }
        for entry in entries { check(entry, of: outline) }
        for column in columns { checkField(column, column.text ?? "", of: outline) }
        if let sort, let text = sort.text {
            checkField(sort, text.hasPrefix("-") ? String(text.dropFirst()) : text, of: outline)
        }
        return DashboardList(
            name: reader.bilingualName, kindID: kind,
            conditions: entries.map { DashboardCondition(column: $0.key, value: $0.value.text ?? "") },
            columns: columns.compactMap(\.text), sort: sort?.text, most: most)
    }

    private func checkField(_ node: YamlNode, _ name: String, of outline: KindOutline) {
        guard outline.field(name) == nil else { return }
        assembly.report(
            .unknownField, at: node.position, zh: "没有字段“\(name)”", en: "There is no field `\(name)`",
            hint: Assembly.suggestion(name, among: outline.fieldNames))
    }

    private func check(_ entry: YamlEntry, of outline: KindOutline) {
        let value = entry.value.text ?? ""
        switch entry.key {
        case "state":
            if !outline.stateIDs.contains(value) {
                assembly.reportUnknown(
                    .unknownState, entry.value, what: Bilingual(zh: "状态", en: "state"),
                    among: outline.stateIDs)
            }
        case "overdue", "public": checkTruth(entry.value, value)
        default:
            guard let field = outline.field(entry.key) else {
                assembly.report(
                    .unknownField, at: entry.keyPosition, zh: "没有字段“\(entry.key)”",
                    en: "There is no field `\(entry.key)`",
                    hint: Assembly.suggestion(
                        entry.key, among: outline.fieldNames + Self.commonColumns))
                return
            }
            check(entry, value, of: field.type)
        }
    }

    private func check(_ entry: YamlEntry, _ value: String, of type: FieldType) {
        switch type {
        case .code(let list):
            guard let codes = assembly.codeLists[list], codes.anyItem(value) == nil else { return }
            assembly.reportUnknown(
                .unknownReference, entry.value, what: Bilingual(zh: "代码项", en: "code item"),
                among: codes.versions.flatMap { $0.item.map(\.id) })
        case .boolean: checkTruth(entry.value, value)
        default:
            assembly.report(
                .wrongFieldType, at: entry.keyPosition, zh: "这里只能用代码、布尔字段和 state、overdue、public",
                en: "Only code and boolean fields, `state`, `overdue` and `public` can stand here")
        }
    }

    private func checkTruth(_ node: YamlNode, _ value: String) {
        guard value != "true", value != "false" else { return }
        assembly.report(.wrongForm, at: node.position, zh: "须是 true 或 false", en: "It is `true` or `false`")
    }
}
