/// Takes a rulebook apart for a comparison.
struct RulebookParts {
    typealias Part = RulebookPart
    typealias Trait = RulebookPart.Trait

    let rulebook: Rulebook

    init(_ rulebook: Rulebook) { self.rulebook = rulebook }

    /// A trait that stands only where there is something to say.
    func trait(_ key: String, _ zh: String, _ en: String, _ text: Bilingual?) -> [Trait] {
        guard let text, !text.zh.isEmpty || !text.en.isEmpty else { return [] }
        return [Trait(key: key, label: Bilingual(zh: zh, en: en), text: text)]
    }

    func flag(_ key: String, _ zh: String, _ en: String, _ flag: Bool) -> [Trait] {
        trait(key, zh, en, flag ? Wording.yes : nil)
    }

    func sources(_ citations: [Citation]) -> [Trait] {
        trait("source", Wording.source.zh, Wording.source.en, Wording.sources(citations))
    }

    /// A version among others: told apart by the day it is in force from.
    func versions<Item>(
        _ versions: [Dated<Item>], _ zh: String, _ en: String, _ text: (Item) -> Bilingual
    ) -> [Trait] {
        versions.flatMap { version -> [Trait] in
            let span = Wording.span(since: version.since, until: version.until)
            let label = Bilingual(
                zh: span.map { "\(zh)（\($0.zh)）" } ?? zh, en: span.map { "\(en) (\($0.en))" } ?? en)
            let key = version.since.description
            let source = Wording.sources(version.citations)
            var traits = [Trait(key: "\(zh) \(key)", label: label, text: text(version.item))]
            traits += trait("\(zh) \(key) source", "\(label.zh)出处", "\(label.en), source", source)
            return traits
        }
    }

    // MARK: What belongs to the whole

    /// Everything that belongs to no kind.
    var general: [Part] {
        [header] + roles + policies + codeLists + judgements + scorecards + documents + reports + indicators
            + importMaps + calendars + regions
    }

    private func part(
        _ subject: RulebookSubject, _ id: String, _ name: Bilingual, _ traits: [Trait]
    ) -> Part {
        Part(subject: subject, kind: nil, id: id, name: name, traits: traits)
    }

    private func sorted<Item>(_ items: [String: Item]) -> [(id: String, item: Item)] {
        items.keys.sorted().compactMap { id in items[id].map { (id, $0) } }
    }

    private var header: Part {
        part(
            .rulebook, rulebook.id, rulebook.name,
            trait("version", "版本", "version", Wording.same(rulebook.version))
                + trait(
                    "offset", "时区（秒）", "time zone in seconds",
                    Wording.same(String(rulebook.timeZoneOffsetSeconds))))
    }

    private var roles: [Part] {
        sorted(rulebook.roles).map { id, role in
            part(
                .role, id, role.name,
                trait(
                    "may", "权限", "permissions",
                    Wording.same(role.permissions.map(\.rawValue).sorted().joined(separator: ", ")))
                    + trait("level", "层级", "level", role.level.map(Wording.same)))
        }
    }

    private var policies: [Part] {
        sorted(rulebook.policies).map { id, policy in
            part(
                .policy, id, policy.name,
                versions(policy.versions, "取值", "value") { Wording.value($0, unit: policy.unit) })
        }
    }

    private var codeLists: [Part] {
        sorted(rulebook.codeLists).map { id, list in
            let traits = list.versions.flatMap { version -> [Trait] in
                let span = Wording.span(since: version.since, until: version.until)
                return version.item.map { item in
                    let above = item.under.flatMap { list.anyItem($0)?.name }
                    let code = item.code.map { " \($0)" } ?? ""
                    let aliases = item.aliases.isEmpty ? "" : " = " + item.aliases.joined(separator: ", ")
                    return Trait(
                        key: "\(version.since) \(item.id)",
                        label: Bilingual(
                            zh: "代码 \(item.id)\(span.map { "（\($0.zh)）" } ?? "")",
                            en: "item \(item.id)\(span.map { " (\($0.en))" } ?? "")"),
                        text: Bilingual(
                            zh: (above.map { "\($0.zh)／" } ?? "") + item.name.zh + code + aliases,
                            en: (above.map { "\($0.en) / " } ?? "") + item.name.en + code + aliases))
                }
            }
            return part(.codeList, id, list.name, traits)
        }
    }

    private var judgements: [Part] {
        sorted(rulebook.judgements).map { id, judgement in
            part(
                .judgement, id, judgement.name,
                versions(judgement.versions, "判定", "table") { table in
                    let rows = table.rows.map { row in
                        let clause = row.clause.map { " § \($0)" } ?? ""
                        return "\(row.give): \(Wording.formula(row.formula).zh)\(clause)"
                    }
                    let rest = table.otherwise.map { ["\($0): *"] } ?? []
                    return Wording.same((rows + rest).joined(separator: "; "))
                })
        }
    }

    private var scorecards: [Part] {
        sorted(rulebook.scorecards).map { id, card in
            part(
                .scorecard, id, card.name,
                versions(card.versions, "评分", "table") { table in
                    let items = table.items.map { item in
                        let condition = item.when.map { " ? \(Wording.formula($0).zh)" } ?? ""
                        return "\(item.id) \(Wording.formula(item.points).zh)\(condition)"
                    }
                    let grades = table.grades.map { "\($0.id) ≥ \($0.from)" }
                    return Wording.same(([table.base.description] + items + grades).joined(separator: "; "))
                })
        }
    }

    private var documents: [Part] {
        sorted(rulebook.documents).map { id, document in
            part(
                .document, id, document.name,
                trait("kind", "类别", "kind", rulebook.kind(document.kindID)?.name)
                    + trait("number", "编号", "number", document.numbering.map { Wording.same($0.source) })
                    + template(document.template) + sources(document.citations))
        }
    }

    private var reports: [Part] {
        sorted(rulebook.reports).map { id, report in
            let figures = report.figures.map { $0.indicator ?? $0.measures.joined(separator: "+") }
            return part(
                .report, id, report.name,
                trait("period", "期间", "period", Wording.same(report.period.rawValue))
                    + trait("figures", "指标", "figures", Wording.same(figures.joined(separator: ", ")))
                    + template(report.template) + sources(report.citations))
        }
    }

    /// The wording of a template, by its fingerprint: a text of a page is no detail.
    private func template(_ path: Bilingual) -> [Trait] {
        func mark(_ path: String) -> String? {
            rulebook.files.first { $0.path == path }.map { String(RulebookLoader.digest([$0]).prefix(8)) }
        }
        return trait("template", "中文正文", "Chinese text", mark(path.zh).map(Wording.same))
            + trait("template.en", "英文正文", "English text", mark(path.en).map(Wording.same))
    }

    private var indicators: [Part] {
        sorted(rulebook.indicators).map { id, indicator in
            let terms = indicator.terms.keys.sorted().compactMap { name -> String? in
                guard let term = indicator.terms[name] else { return nil }
                let limits = term.restrictions.keys.sorted().map { key in
                    "\(key)=\(term.restrictions[key, default: []].joined(separator: "|"))"
                }
                return "\(name) = \(term.measure)"
                    + (limits.isEmpty ? "" : "[\(limits.joined(separator: ", "))]")
            }
            return part(
                .indicator, id, indicator.name,
                trait("value", "算式", "arithmetic", Wording.same(indicator.source))
                    + trait("terms", "计量", "measures", Wording.same(terms.joined(separator: "; ")))
                    + trait("unit", "单位", "unit", indicator.unit.map(Wording.same))
                    + trait("places", "小数位", "decimal places", Wording.same(String(indicator.places)))
                    + trait("better", "方向", "better", indicator.better.map { Wording.same($0.rawValue) })
                    + sources(indicator.citations))
        }
    }

    private var importMaps: [Part] {
        sorted(rulebook.maps).map { id, map in
            let fields = map.fields.flatMap { field in
                trait("field \(field.field)", field.field, field.field, Wording.same(field.source))
            }
            return part(
                .importMap, id, map.name,
                trait("kind", "类别", "kind", rulebook.kind(map.kindID)?.name)
                    + trait("state", "到达状态", "state", map.state.map(Wording.same))
                    + trait("skip", "略过", "left out when", map.skipWhen.map { Wording.same($0.source) })
                    + fields + sources(map.citations))
        }
    }

    private var calendars: [Part] {
        sorted(rulebook.calendars).map { id, calendar in
            let years = calendar.years.keys.sorted().flatMap { year -> [Trait] in
                guard let days = calendar.years[year] else { return [] }
                let holidays = days.holidays.sorted().map { $0.description.suffix(5) }.joined(separator: " ")
                let workdays = days.workdays.sorted().map { $0.description.suffix(5) }.joined(separator: " ")
                return trait(
                    "year \(year)", "\(year)年", "\(year)",
                    Bilingual(zh: "休 \(holidays)；上班 \(workdays)", en: "off \(holidays); worked \(workdays)"))
            }
            let weekend = calendar.weekend.sorted().map(String.init).joined(separator: ", ")
            return part(
                .calendar, id, calendar.name,
                trait("weekend", "周末", "weekend", Wording.same(weekend)) + years)
        }
    }

    /// The divisions by count and fingerprint of each level: forty-five thousand names are no detail.
    private var regions: [Part] {
        let table = rulebook.regions
        guard !table.isEmpty else { return [] }
        let counts = table.levels.flatMap { level in
            trait(
                "level \(level.id)", level.name.zh, level.name.en,
                Wording.same(String(table.codes(ofLevel: level.id).count)))
        }
        let bytes =
            table.codes.flatMap { code in withUnsafeBytes(of: code.bigEndian, Array.init) } + table.nameBytes
        let mark = RulebookLoader.digest([RulebookFile(path: "regions", bytes: bytes)]).prefix(8)
        return [
            part(
                .regions, "regions", table.name,
                counts
                    + trait(
                        "content", "名称和代码的指纹", "fingerprint of names and codes", Wording.same(String(mark)))
                    + trait(
                        "successions", "沿革", "successions",
                        Wording.same(String(table.allSuccessions.count))))
        ]
    }
}
