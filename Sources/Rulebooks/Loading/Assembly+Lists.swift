import Expressions

/// Code lists, policies, roles and calendars: what kinds lean on.
extension Assembly {
    func buildCodeLists() {
        for item in sound(.codes) {
            let reader = reader(item.node, .codes)
            let sources = reader.citations()
            var versions: [Dated<[CodeItem]>] = []
            switch (reader.node("versions"), reader.node("items")) {
            case (let dated?, nil):
                versions = self.versions(dated.elements, .codesVersion, fallback: sources, needsSource: true)
                {
                    self.codeItems($0.entries("items"))
                }
            case (nil, let items?):
                versions = [Dated(since: .earliest, citations: sources, item: codeItems(items.entries))]
            default:
                report(
                    .conflictingKeys, at: item.node.position, zh: "须有 versions 或 items 其一，且只有其一",
                    en: "A code list has either `versions` or `items`")
            }
            codeLists[item.id] = CodeList(id: item.id, name: reader.bilingualName, versions: versions)
        }
    }

    private func codeItems(_ entries: [YamlEntry]) -> [CodeItem] {
        let ids = entries.map(\.key)
        var parents: [String: String] = [:]
        let items = entries.map { entry in
            let reader = reader(entry.value, .codeItem)
            _ = reader.citations()
            if let under = reader.node("under"), let parent = under.text {
                parents[entry.key] = parent
                if !ids.contains(parent) {
                    reportUnknown(
                        .unknownReference, under, what: Bilingual(zh: "上级项", en: "item above"), among: ids)
                }
            }
            return CodeItem(
                id: entry.key, name: reader.bilingualName, under: reader.text("under"),
                code: reader.text("code"),
                aliases: reader.texts("aliases"), successors: reader.texts("successor"))
        }
        for entry in entries where Self.isOwnAncestor(entry.key, parents) {
            report(
                .cycle, at: entry.keyPosition, zh: "“\(entry.key)”是自己的上级",
                en: "`\(entry.key)` lies under itself")
        }
        return items
    }

    private static func isOwnAncestor(_ id: String, _ parents: [String: String]) -> Bool {
        var current = parents[id]
        for _ in 0...parents.count {
            guard let step = current else { return false }
            if step == id { return true }
            current = parents[step]
        }
        return false
    }

    /// Successors name items of the version that follows, or of the last.
    func checkSuccessors() {
        for item in sound(.codes) {
            let lists = (item.node["versions"]?.elements ?? []).map { $0["items"]?.entries ?? [] }
            for (index, entries) in lists.enumerated() {
                let later = Set(lists.dropFirst(index + 1).joined().map(\.key))
                for entry in entries {
                    for node in reader(entry.value, .codeItem).list("successor")
                    where !later.contains(node.text ?? "") {
                        reportUnknown(
                            .unknownReference, node,
                            what: Bilingual(zh: "后续版本的项", en: "item of a later version"),
                            among: later)
                    }
                }
            }
        }
    }

    func buildPolicies() {
        for item in sound(.policy) {
            let reader = reader(item.node, .policy)
            let sources = reader.citations()
            let type: ValueType =
                switch reader.text("type") {
                case "integer": .int
                case "decimal": .decimal
                case "boolean": .bool
                default: .string
                }
            let versions = versions(
                reader.list("versions"), .policyVersion, fallback: sources, needsSource: true
            ) { self.policyValue($0.node("value"), type) }
            policies[item.id] = Policy(
                id: item.id, expressionName: item.id.replacing("-", with: "_"), name: reader.bilingualName,
                type: type, unit: reader.text("unit"), versions: versions, position: item.node.position)
        }
    }

    private func policyValue(_ node: YamlNode?, _ type: ValueType) -> Value? {
        guard let node, let text = node.text else { return nil }
        let value: Value? =
            switch type {
            case .int: Int64(text).map(Value.int)
            case .decimal: ExactDecimal(text).map(Value.decimal)
            case .bool: text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
            default: .string(text)
            }
        if value == nil {
            report(
                .badNumber, at: node.position, zh: "“\(text)”不是 \(type) 类型的值",
                en: "`\(text)` is not a value of type \(type)")
        }
        return value
    }

    func buildRoles() {
        let separations = roleSeparations()
        for item in sound(.role) {
            let reader = reader(item.node, .role)
            _ = reader.citations()
            if item.id == Performer.responsible.description || item.id == Performer.system.description {
                report(
                    .reservedName, at: item.node.position, zh: "“\(item.id)”不能作角色的 id",
                    en: "`\(item.id)` cannot be the id of a role")
            }
            roles[item.id] = Role(
                id: item.id, name: reader.bilingualName,
                permissions: Set(reader.texts("may").compactMap(Permission.init(rawValue:))),
                level: level(reader.node("level")), separateFrom: separations[item.id] ?? [],
                atLeast: reader.text("at_least").flatMap { Int($0) } ?? 0)
        }
    }

    /// The roles that each must be kept apart from: what one says of another holds both ways.
    private func roleSeparations() -> [String: Set<String>] {
        let known = sound(.role).map(\.id)
        var separations: [String: Set<String>] = [:]
        for item in sound(.role) {
            for node in reader(item.node, .role).list("separate_from") {
                guard let other = node.text else { continue }
                guard known.contains(other), other != item.id else {
                    reportUnknown(
                        .unknownReference, node, what: Bilingual(zh: "另一角色", en: "other role"),
                        among: known.filter { $0 != item.id })
                    continue
                }
                separations[item.id, default: []].insert(other)
                separations[other, default: []].insert(item.id)
            }
        }
        return separations
    }

    /// The id of a level of regions, reported when there is none of that id.
    func level(_ node: YamlNode?) -> String? {
        guard let node, let id = node.text else { return nil }
        let known = regions.levels.map(\.id)
        if known.contains(id) || known.isEmpty && sound(.regions).isEmpty { return id }
        reportUnknown(
            .unknownReference, node, what: Bilingual(zh: "区划层级", en: "level of region"), among: known)
        return nil
    }

    func buildCalendars() {
        for item in sound(.calendar) {
            let reader = reader(item.node, .calendar)
            _ = reader.citations()
            let weekend = reader.texts("weekend").compactMap { KeyTable.weekdays.firstIndex(of: $0) }
            var years: [Int: CalendarYear] = [:]
            for entry in reader.entries("years") {
                guard let year = Int(entry.key) else { continue }
                years[year] = calendarYear(entry.value, year: year)
            }
            calendars[item.id] = WorkingCalendar(
                id: item.id, name: reader.bilingualName, weekend: Set(weekend.map { $0 + 1 }), years: years)
        }
        let ids = calendars.keys
        if ids.count > 1, !ids.contains("china"), let last = sound(.calendar).last {
            report(
                .conflictingKeys, at: last.node.position, zh: "有多个日历时，须有一个 id 为 china",
                en: "Where there are several calendars, one has the id `china`")
        }
    }

    private func calendarYear(_ node: YamlNode, year: Int) -> CalendarYear {
        let reader = reader(node, .calendarYear)
        return CalendarYear(
            holidays: Set(reader.list("holidays").flatMap { days($0, year: year) }),
            workdays: Set(reader.list("workdays").flatMap { days($0, year: year) }),
            citations: reader.citations(isNeeded: true))
    }

    /// The days of `2026-10-01` or `2026-10-01..2026-10-08`, all in the year.
    private func days(_ node: YamlNode, year: Int) -> [CivilDate] {
        let text = node.text ?? ""
        let ends = text.split(separator: "..", omittingEmptySubsequences: false).map { CivilDate($0) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last,
            first.year == year, last.year == year
        else {
            report(
                .badDate, at: node.position, zh: "“\(text)”不是 \(year) 年的日期或起止日期",
                en: "`\(text)` is no day, or span of days, of \(year)",
                hint: Bilingual(
                    zh: "写作 2026-10-01 或 2026-10-01..2026-10-08",
                    en: "Write 2026-10-01 or 2026-10-01..2026-10-08"))
            return []
        }
        return (first.daysSinceEpoch...last.daysSinceEpoch).map { CivilDate(daysSinceEpoch: $0) }
    }
}
