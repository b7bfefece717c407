extension RulebookParts {
    /// Everything that belongs to a kind, the kind itself first.
    func parts(of kind: Kind) -> [Part] {
        [head(kind)] + states(kind) + actions(kind) + clocks(kind) + rules(kind) + fields(kind)
            + measures(kind)
    }

    private func part(
        _ subject: RulebookSubject, _ kind: Kind, _ id: String, _ name: Bilingual, _ traits: [Trait]
    ) -> Part {
        Part(subject: subject, kind: kind.id, id: id, name: name, traits: traits)
    }

    private func stateNames(_ ids: some Sequence<String>, _ kind: Kind) -> Bilingual {
        Wording.list(ids.map { kind.lifecycle.state($0)?.name ?? Wording.same($0) })
    }

    private func fieldNames(_ ids: [String], _ kind: Kind) -> Bilingual {
        Wording.list(ids.map { kind.field($0)?.name ?? Wording.same($0) })
    }

    private func performers(_ by: [Performer]) -> Bilingual {
        Wording.list(
            by.map { performer in
                switch performer {
                case .role(let id): rulebook.roles[id]?.name ?? Wording.same(id)
                case .responsible: Bilingual(zh: "责任单位", en: "responsible party")
                case .system: Bilingual(zh: "系统", en: "system")
                }
            })
    }

    private func head(_ kind: Kind) -> Part {
        let lifecycle = kind.lifecycle
        let declared = lifecycle.states.map(\.id)
        var traits = trait("family", "大类", "family", Wording.same(kind.family.rawValue))
        traits += trait("number", "编号", "number", Wording.same(kind.numbering.source))
        traits += trait("key", "唯一字段", "unique by", fieldNames(kind.key, kind))
        traits += trait("title", "标题", "title", kind.title.map(Wording.formula))
        traits += trait("region", "属地", "region", Wording.same(kind.region.description))
        traits += trait(
            "responsible", "责任单位", "responsible party", kind.responsible.map { Wording.same($0.description) })
        traits += trait("governed", "依据之日", "governing date", kind.governedBy.map { fieldNames([$0], kind) })
        traits += trait("public", "公开条件", "public when", kind.publicWhen.map(Wording.formula))
        traits += trait("public fields", "公开字段", "public fields", fieldNames(kind.publicFields, kind))
        traits += trait("initial", "初始状态", "first state", stateNames([lifecycle.initial], kind))
        traits += trait("imported", "导入状态", "state of imports", stateNames([lifecycle.imported], kind))
        traits += trait(
            "closed", "办结状态", "closed states",
            stateNames(declared.filter(lifecycle.closed.contains), kind))
        traits += trait("amend by", "可更正者", "may amend", lifecycle.amend.map { performers($0.by) })
        traits += trait(
            "amend fields", "可更正字段", "fields to amend", lifecycle.amend.map { fieldNames($0.fields, kind) })
        traits += trait(
            "amend states", "可更正状态", "states to amend in", lifecycle.amend.map { stateNames($0.states, kind) }
        )
        traits += trait("void by", "可作废者", "may void", lifecycle.void.map { performers($0.by) })
        traits += trait(
            "void states", "可作废状态", "states to void in", lifecycle.void.map { stateNames($0.states, kind) })
        return part(.kind, kind, kind.id, kind.name, traits + sources(kind.citations))
    }

    private func states(_ kind: Kind) -> [Part] {
        kind.lifecycle.states.map { part(.state, kind, $0.id, $0.name, []) }
    }

    private func actions(_ kind: Kind) -> [Part] {
        ([kind.lifecycle.create] + kind.lifecycle.actions).map { action in
            var traits = trait("from", "起始状态", "from", stateNames(action.from, kind))
            traits += trait("to", "到达状态", "to", action.to.map { stateNames([$0], kind) })
            traits += trait("by", "办理人", "by", performers(action.by))
            traits += trait("asks", "必填", "asks", fieldNames(action.asks, kind))
            traits += trait("may", "可填", "may give", fieldNames(action.may, kind))
            traits += trait("issues", "文书", "issues", action.issues.flatMap { rulebook.documents[$0]?.name })
            traits += trait(
                "separate", "须与下列办理人不同", "not by whoever did",
                Wording.list(
                    action.separateFrom.map { kind.lifecycle.action($0)?.name ?? Wording.same($0) }))
            traits += action.sets.flatMap { set in
                let name = fieldNames([set.field], kind)
                return trait(
                    "sets \(set.field)", "设定\(name.zh)", "sets \(name.en)", Wording.formula(set.formula))
            }
            traits += trait(
                "creates", "同时登记", "creates", action.creates.flatMap { rulebook.kind($0.kind)?.name })
            return part(.action, kind, action.id, action.name, traits + sources(action.citations))
        }
    }

    private func clocks(_ kind: Kind) -> [Part] {
        kind.clocks.map { clock in
            let declared = kind.lifecycle.states.map(\.id)
            var traits: [Trait] = []
            switch clock.due {
            case .expression(let formula): traits += trait("due", "到期", "due", Wording.formula(formula))
            case .within(let terms, let from):
                traits += versions(terms, "期限", "term") { term in
                    Bilingual(zh: term.text(.zh), en: term.text(.en))
                }
                traits += trait("from", "起算", "counted from", from.map(Wording.formula))
            }
            traits += trait(
                "in", "计时状态", "runs in", stateNames(declared.filter(clock.runsIn.contains), kind))
            traits += trait(
                "suspended", "中止状态", "stands still in",
                stateNames(declared.filter(clock.suspendedIn.contains), kind))
            traits += trait("when", "适用条件", "exists when", clock.when.map(Wording.formula))
            traits += trait(
                "extend", "延期字段", "extended by", clock.extendField.map { fieldNames([$0], kind) })
            traits += steps(clock)
            return part(.clock, kind, clock.id, clock.name, traits + sources(clock.citations))
        }
    }

    private func steps(_ clock: ClockDefinition) -> [Trait] {
        clock.steps.map { step in
            let name = rulebook.codeLists["clock-step"]?.anyItem(step.step)?.name ?? Wording.same(step.step)
            let addressee = Wording.addressee(step.addressee)
            let at = Wording.offset(step.at)
            let document = step.issues.flatMap { rulebook.documents[$0]?.name }
            let condition = step.when.map(Wording.formula)
            return Trait(
                key: "step \(step.step) \(step.addressee.rawValue) \(step.issues ?? "")",
                label: Bilingual(zh: "步骤“\(name.zh)”", en: "step \(name.en)"),
                text: Bilingual(
                    zh: "\(at.zh)，发给\(addressee.zh)" + (document.map { "，制发\($0.zh)" } ?? "")
                        + (condition.map { "，若 \($0.zh)" } ?? "") + (step.isPublic ? "，公开" : ""),
                    en: "\(at.en), to \(addressee.en)" + (document.map { ", issues \($0.en)" } ?? "")
                        + (condition.map { ", if \($0.en)" } ?? "") + (step.isPublic ? ", public" : "")))
        }
    }

    private func rules(_ kind: Kind) -> [Part] {
        let general = kind.rules.map { rule($0, nil, kind) }
        let own = ([kind.lifecycle.create] + kind.lifecycle.actions).flatMap { action in
            action.rules.map { rule($0, action, kind) }
        }
        return general + own
    }

    private func rule(_ rule: CheckedRule, _ action: ActionRule?, _ kind: Kind) -> Part {
        part(
            .rule, kind, rule.id, rule.say,
            trait(
                "at", "适用于", "applies to",
                action?.name ?? Bilingual(zh: "各项办理动作", en: "every action"))
                + trait("condition", "条件", "condition", Wording.formula(rule.formula))
                + trait(
                    "span", "适用日期", "in force", Wording.span(since: rule.since, until: rule.until))
                + sources(rule.citations))
    }

    private func fields(_ kind: Kind) -> [Part] {
        kind.fields.flatMap { field -> [Part] in
            let own = part(.field, kind, field.id, field.name, traits(field))
            guard case .table(let columns, _) = field.type else { return [own] }
            return [own]
                + columns.map { column in
                    part(
                        .field, kind, "\(field.id).\(column.id)",
                        Bilingual(
                            zh: "\(field.name.zh)／\(column.name.zh)",
                            en: "\(field.name.en) / \(column.name.en)"),
                        traits(column))
                }
        }
    }

    private func traits(_ field: Field) -> [Trait] {
        var traits = trait("type", "类型", "type", type(field.type))
        traits += flag("required", "必填", "required", field.required)
        traits += flag("personal", "个人信息", "personal", field.personal)
        traits += trait(
            "default", "默认值", "default", field.defaultValue.map { Wording.value($0, unit: nil) })
        traits += trait("unit", "单位", "unit", field.unit)
        traits += trait("help", "说明", "help", field.help)
        switch field.derivation {
        case .formula(let formulas): traits += versions(formulas, "推算", "derived", Wording.formula)
        case .judged(let id): traits += trait("judged", "判定", "judged by", rulebook.judgements[id]?.name)
        case .settledOf(let other), .clauseOf(let other):
            traits += trait("judged", "随判定", "follows the judgement of", Wording.same(other))
        case nil: break
        }
        return traits + sources(field.citations)
    }

    /// A type with its limits, by the words of the rulebook's own language.
    private func type(_ type: FieldType) -> Bilingual {
        var limits: [String] = []
        switch type {
        case .text(let text):
            limits = [
                text.minimum.map { "min \($0)" }, text.maximum.map { "max \($0)" },
                text.pattern.map { "pattern \($0)" }, text.multiline ? "multiline" : nil,
            ].compactMap { $0 }
        case .integer(let min, let max):
            limits = [min.map { "min \($0)" }, max.map { "max \($0)" }].compactMap { $0 }
        case .decimal(let places, let min, let max):
            limits =
                ["places \(places)"] + [min.map { "min \($0)" }, max.map { "max \($0)" }].compactMap { $0 }
        case .money(let min, let max):
            limits = [min.map { "min \($0) fen" }, max.map { "max \($0) fen" }].compactMap { $0 }
        case .code(let list): limits = [list]
        case .region(let level): limits = [level].compactMap { $0 }
        case .reference(let kind): limits = [kind]
        case .files(let accept, let max): limits = accept + ["max \(max)"]
        case .table(_, let maxRows): limits = ["max \(maxRows)"]
        case .boolean, .date, .moment, .party, .person, .geo: break
        }
        let detail = limits.isEmpty ? "" : " (\(limits.joined(separator: ", ")))"
        return Wording.same(type.keyword + detail)
    }

    private func measures(_ kind: Kind) -> [Part] {
        kind.measures.map { measure in
            let value: Bilingual
            switch measure.value {
            case .countAll: value = Bilingual(zh: "计数", en: "count of all")
            case .countOverdue: value = Bilingual(zh: "逾期数", en: "count of overdue")
            case .countWhere(let formula):
                let text = Wording.formula(formula)
                value = Bilingual(zh: "计数，若 \(text.zh)", en: "count where \(text.en)")
            case .sum(let formula, let places):
                let text = Wording.formula(formula)
                value = Bilingual(
                    zh: "合计 \(text.zh)（\(places) 位小数）", en: "sum of \(text.en) (\(places) places)")
            }
            return part(
                .measure, kind, measure.id, measure.name,
                trait("value", "口径", "value", value) + trait("unit", "单位", "unit", measure.unit)
                    + trait("at", "归期字段", "dated by", measure.at.map { fieldNames([$0], kind) })
                    + trait("by", "维度", "by", fieldNames(measure.dimensions, kind))
                    + sources(measure.citations))
        }
    }
}
