import Expressions
import Office
import Presentation
import Records
import Rulebooks
import Storage

/// A record on the screen: its facts, where it stands, its clocks, what can be done, its documents.
struct RecordView {
    let office: Office
    let found: FoundRecord
    let actor: Actor
    let console: Console
    let reader: any StoreReading

    private var kind: Kind { found.kind }
    private var record: Record { found.record }
    private var sight: Sight { Sight(of: actor, in: office.rulebook) }
    private var reading: RecordReading {
        RecordReading(office, language: console.language, sight: sight)
    }

    func show(unmasked: Set<String>) throws {
        let title = reading.title(of: record, kind: kind)
        let name = kind.name.text(console.language)
        console.heading(
            title == record.number ? "\(name) \(record.number)" : "\(name) \(record.number)  \(title)")
        showStanding()
        try showFields(unmasked: unmasked)
        showClocks()
        if !record.voided { try showActions() }
        try showDocuments()
    }

    // MARK: Where it stands

    private func showStanding() {
        if record.voided {
            console.line("  " + console.terminal.painted(console.text("已作废", "Voided"), .danger))
        } else {
            console.line("  " + lifecycle)
        }
        console.line()
    }

    /// The states in order, the present one marked. Of long lifecycles only the present state is named.
    private var lifecycle: String {
        let states = kind.lifecycle.states
        let meaning: Meaning = record.overdue ? .danger : .accent
        guard states.count <= 8 else {
            let name = kind.lifecycle.state(record.state)?.name.text(console.language) ?? record.state
            return console.terminal.painted("● \(name)", meaning)
        }
        return states.map { state in
            let name = state.name.text(console.language)
            return state.id == record.state
                ? console.terminal.painted("● \(name)", meaning)
                : console.terminal.painted("○ \(name)", .muted)
        }.joined(separator: "  ")
    }

    // MARK: Facts

    private func showFields(unmasked: Set<String>) throws {
        var facts = FactBlock()
        if kind.region.target != nil {
            facts.add(
                console.text("区划", "Region"),
                office.rulebook.regions.fullName(record.region)?.text(console.language) ?? record.region)
        }
        if let responsible = record.responsible, !sight.isEverybody {
            facts.add(console.text("责任单位", "Responsible"), responsible)
        }
        for reading in try reading.fields(of: found, reader: reader, unmasked: unmasked) {
            if case .table = reading.field.type, !reading.isMasked { continue }
            facts.add(
                reading.field.name.text(console.language), reading.text, reading.isMasked ? .muted : nil)
        }
        console.facts(facts)
        for (field, value) in zip(kind.fields, record.values) where value != .null {
            guard case .table(let columns, _) = field.type, sight.sees(field, of: kind),
                !field.personal || unmasked.contains(field.id)
            else { continue }
            console.line()
            console.line("  " + console.terminal.painted(field.name.text(console.language), .strong))
            show(rows: reading.rows(of: value, columns: columns), columns)
        }
    }

    private func show(rows: [[String]], _ columns: [Field]) {
        let used = columns.indices.filter { index in rows.contains { !$0[index].isEmpty } }
        var table = TextTable(
            columns: used.map {
                TableColumn(
                    key: columns[$0].id, title: columns[$0].name.text(console.language), overflow: .wrap,
                    maximumWidth: 40)
            })
        table.rows = rows.map { row in used.map { .text(row[$0]) } }
        console.table(table)
    }

    // MARK: Clocks

    private func showClocks() {
        guard !record.clocks.isEmpty, !sight.isEverybody else { return }
        console.line()
        console.line(console.text("时限", "Clocks"), .strong)
        var facts = FactBlock()
        for clock in record.clocks {
            let name = kind.clock(clock.clock)?.name.text(console.language) ?? clock.clock
            let (text, meaning) = words(clock)
            facts.add(name, text, meaning)
        }
        if !record.stage.isEmpty {
            facts.add(console.text("督促阶段", "Escalation"), reading.stepName(record.stage), .warning)
        }
        console.facts(facts)
    }

    private func words(_ clock: ClockState) -> (String, Meaning?) {
        guard let due = clock.due else {
            return (console.text("尚不能确定期限（缺少所依据的内容）", "cannot be told yet: a fact is missing"), .warning)
        }
        let at = reading.due(due)
        if clock.suspendedAt != nil {
            return (console.text("\(at)，计时暂停中", "\(at), standing still"), .muted)
        }
        let isLate = office.time.passes(due).map { $0 <= office.moment } ?? clock.overdue
        let day = office.time.day(of: due)
        let count =
            isLate
            ? office.time.calendar.workdays(from: day, to: office.today)
            : office.time.calendar.workdays(from: office.today, to: day)
        if isLate {
            return (
                console.text(
                    "\(at)，已逾期 \(count) 个工作日",
                    "\(at), overdue by \(count) working day\(count == 1 ? "" : "s")"),
                .danger
            )
        }
        let meaning: Meaning? = count <= 2 ? .warning : nil
        if day == office.today { return (console.text("\(at)，今日到期", "\(at), due today"), .warning) }
        return (
            console.text(
                "\(at)，还剩 \(count) 个工作日", "\(at), \(count) working day\(count == 1 ? "" : "s") left"), meaning
        )
    }

    // MARK: What can be done

    private func showActions() throws {
        let actions = try ActionGuide(office).actions(on: found, as: sight, reader: reader)
        guard !actions.isEmpty else { return }
        guard actor.login != Actor.operatorOfFolder.login || actor.role == Actor.anyRole else {
            return showPerformers(actions.map(\.rule))
        }
        console.line()
        console.line(
            console.terminal.painted(console.text("可办理", "Can be done now"), .strong) + "  " + who)
        var possible = FactBlock()
        for action in actions where action.isPossible {
            possible.add(
                action.rule.id, [action.rule.name.text(console.language), asked(action.rule)].joined())
        }
        if possible.facts.isEmpty {
            console.paragraph(console.text("没有", "Nothing"), .muted)
        } else {
            console.facts(possible)
        }
        var rest = FactBlock()
        for action in actions where !action.isPossible {
            guard let first = action.obstacles.first, action.rule.from.contains(record.state) else {
                continue
            }
            rest.add(action.rule.id, console.text(first.sentence, first.sentenceEnglish), .muted)
        }
        if !rest.facts.isEmpty {
            console.line()
            console.line(console.text("暂不可办理", "Not now"), .strong)
            console.facts(rest)
        }
    }

    /// Whoever holds the folder acts in no role: it is told who does.
    private func showPerformers(_ rules: [ActionRule]) {
        let next = rules.filter { $0.from.contains(record.state) }
        guard !next.isEmpty else { return }
        console.line()
        console.line(
            console.terminal.painted(console.text("接下来", "What comes next"), .strong) + "  "
                + console.terminal.painted(console.text("加 --as 登录名 办理", "act with --as LOGIN"), .muted))
        var facts = FactBlock()
        for rule in next {
            let performers = console.list(rule.by.map(name))
            facts.add(
                rule.id, console.text("\(rule.name.zh)（\(performers)）", "\(rule.name.en) (\(performers))"))
        }
        console.facts(facts)
    }

    private func name(_ performer: Performer) -> String {
        switch performer {
        case .role(let id): office.rulebook.roles[id]?.name.text(console.language) ?? id
        case .responsible: console.text("责任单位", "responsible party")
        case .system: console.text("系统", "system")
        }
    }

    private var who: String {
        let role = office.rulebook.roles[actor.role]?.name.text(console.language)
        return console.terminal.painted(
            [actor.name, role].compactMap { $0 }.joined(separator: " · "), .muted)
    }

    /// What an action asks for: `  需填 due_on 整改期限`.
    private func asked(_ rule: ActionRule) -> String {
        func names(_ ids: [String]) -> String {
            console.list(ids.map { id in "\(id) " + (kind.field(id)?.name.text(console.language) ?? "") })
        }
        var parts: [String] = []
        if !rule.asks.isEmpty { parts.append(console.text("须填 ", "asks ") + names(rule.asks)) }
        if !rule.may.isEmpty { parts.append(console.text("可填 ", "may take ") + names(rule.may)) }
        return parts.isEmpty ? "" : console.text("：", ": ") + parts.joined(separator: console.text("；", "; "))
    }

    // MARK: Documents

    private func showDocuments() throws {
        let documents = try reading.documents(of: found, reader: reader)
        guard !documents.isEmpty else { return }
        console.line()
        console.line(console.text("已发文书", "Documents issued"), .strong)
        var facts = FactBlock()
        for document in documents {
            let name =
                office.rulebook.documents[document.document]?.name.text(console.language) ?? document.document
            facts.add(reading.moment(document.issuedAt), "\(name)  \(document.number)")
        }
        console.facts(facts)
    }

    // MARK: For programs

    /// The facts as rows, for JSON and CSV.
    func table(unmasked: Set<String>) throws -> TextTable {
        var table = TextTable(
            columns: ["field", "name", "value", "text"].map { TableColumn(key: $0, title: $0) })
        func add(_ id: String, _ name: String, _ value: String, _ text: String) {
            table.rows.append([.text(id), .text(name), .text(value), .text(text)])
        }
        let state = kind.lifecycle.state(record.state)?.name.text(console.language) ?? record.state
        add("@kind", console.text("类别", "Kind"), kind.id, kind.name.text(console.language))
        add("@number", console.text("编号", "Number"), record.number, record.number)
        add("@state", console.text("状态", "State"), record.state, state)
        add(
            "@region", console.text("区划", "Region"), record.region,
            office.rulebook.regions.fullName(record.region)?.text(console.language) ?? record.region)
        add("@version", console.text("版本", "Version"), "\(record.version)", "\(record.version)")
        for reading in try reading.fields(of: found, reader: reader, unmasked: unmasked) {
            add(reading.field.id, reading.field.name.text(console.language), reading.plain, reading.text)
        }
        return table
    }
}
