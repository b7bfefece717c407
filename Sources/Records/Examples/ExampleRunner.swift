import Expressions
import Rulebooks

/// Plays the rulebook's examples: each creates a record from what is given, performs the actions, runs the
/// clocks up to a day and compares.
///
/// Nothing is stored. Required facts that an example does not give are filled in with plain values that fit
/// their fields, so that an example says only what it is about.
public struct ExampleRunner: Sendable {
    let rulebook: Rulebook
    let decider: Decider

    public init(_ rulebook: Rulebook) {
        self.rulebook = rulebook
        self.decider = Decider(rulebook)
    }

    /// Plays all examples, in the order of the rulebook.
    public func run() -> [ExampleResult] {
        rulebook.kindOrder.compactMap { rulebook.kind($0) }.flatMap { kind in
            kind.examples.enumerated().map { index, example in
                run(example, of: kind, name: example.name ?? "\(kind.id) \(index + 1)")
            }
        }
    }

    /// Plays one example.
    public func run(_ example: Example, of kind: Kind, name: String) -> ExampleResult {
        var play = Play(runner: self, kind: kind, example: example)
        play.perform()
        return ExampleResult(
            kind: kind.id, name: name, position: example.position, failures: play.failures,
            performed: play.performed)
    }

    /// A record of a kind with every required fact on file, in a state, and what it refers to.
    ///
    /// For tests that try every action from every state. Throws the refusal when plain values are not enough.
    public func sample(
        of kind: Kind, in state: String
    ) throws(Refusal) -> (record: Record, facts: Facts, moment: Timestamp) {
        var play = Play(runner: self, kind: kind, example: Example(position: kind.position))
        return try play.sample(in: state)
    }

    /// A plain value for every field of an action that asks for it.
    public func sampleValues(of fields: [String], kind: Kind) -> [String: Value] {
        var play = Play(runner: self, kind: kind, example: Example(position: kind.position))
        var values: [String: Value] = [:]
        for name in fields {
            guard let field = kind.field(name), field.derivation == nil else { continue }
            if case .reference = field.type { continue }
            values[name] = play.filler(for: field)
        }
        return values
    }
}

/// One example being played.
struct Play {
    let runner: ExampleRunner
    let kind: Kind
    let example: Example
    var failures: [Bilingual] = []
    private(set) var performed: [String] = []
    private var facts = Facts()
    private var record: Record?
    private var refusal: Refusal?
    private var firedSteps: [String] = []
    private var now: Timestamp
    private var nextID: Int64 = 1

    private var time: CivilTime { runner.decider.time }
    private var rulebook: Rulebook { runner.rulebook }

    init(runner: ExampleRunner, kind: Kind, example: Example) {
        self.runner = runner
        self.kind = kind
        self.example = example
        now = Self.ordinaryMoment
    }

    /// A Monday without a holiday, for examples that give no date.
    private static let ordinaryDay =
        CivilDate(year: 2026, month: 3, day: 2) ?? CivilDate(daysSinceEpoch: 20_514)

    private static let ordinaryMoment = Timestamp(date: ordinaryDay, secondOfDay: 9 * 3600) ?? .epoch

    mutating func perform() {
        guard let values = given() else { return }
        now = openingMoment(values)
        create(values)
        for step in example.after where refusal == nil {
            perform(step)
        }
        if let day = example.on, refusal == nil { runClocks(to: endOf(day)) }
        compare()
    }

    /// A record made up of plain values, put into a state.
    mutating func sample(
        in state: String
    ) throws(Refusal) -> (record: Record, facts: Facts, moment: Timestamp) {
        now = openingMoment([:])
        if let values = given() { create(values) }
        guard var record, refusal == nil else { throw refusal ?? Refusal([]) }
        record.state = state
        return (record, facts, time.moment(now, plusSeconds: 3_600) ?? now)
    }

    // MARK: What is given

    private mutating func given() -> [String: Value]? {
        var values: [String: Value] = [:]
        for entry in example.given {
            guard let field = kind.field(entry.key) else {
                fail("没有字段“\(entry.key)”", "there is no field `\(entry.key)`")
                return nil
            }
            guard let value = value(entry.value, for: field) else { return nil }
            values[entry.key] = value
        }
        for field in kind.fields
        where field.required && values[field.id] == nil && field.derivation == nil
            && field.defaultValue == nil
        {
            values[field.id] = filler(for: field)
        }
        return values
    }

    private mutating func value(_ raw: RawValue, for field: Field) -> Value? {
        if case .reference(let target) = field.type, let targetKind = rulebook.kind(target) {
            return reference(raw, to: targetKind)
        }
        if case .null = raw { return .null }
        switch runner.decider.coercion.value(of: raw, for: field, on: day) {
        case .success(let coerced): return coerced
        case .failure(let problem):
            fail("“\(field.name.zh)”：\(problem.message.zh)", "`\(field.id)`: \(problem.message.en)")
            return nil
        }
    }

    /// A record of another kind, made up of what the example says of it.
    private mutating func reference(_ raw: RawValue, to target: Kind) -> Value? {
        var values = Array(repeating: Value.null, count: target.fields.count)
        if case .map(let entries) = raw {
            for entry in entries {
                guard let index = target.fieldIndex[entry.key] else {
                    fail(
                        "\(target.name.zh)没有字段“\(entry.key)”", "\(target.name.en) has no field `\(entry.key)`"
                    )
                    return nil
                }
                guard let value = value(entry.value, for: target.fields[index]) else { return nil }
                values[index] = value
            }
        }
        for index in target.fields.indices where target.fields[index].required && values[index] == .null {
            if case .reference = target.fields[index].type { continue }
            values[index] = filler(for: target.fields[index])
        }
        let id = nextID
        nextID += 1
        var region = ""
        if target.region.target == nil, let index = target.fieldIndex[target.region.field],
            case .string(let code) = values[index]
        {
            region = code
        }
        facts.related[Facts.Key(kind: target.id, id: id)] = Record(
            id: id, kind: target.id, number: "\(target.id)-\(id)", region: region, responsible: nil,
            state: target.lifecycle.initial, version: 1, enteredAt: now, createdAt: now, updatedAt: now,
            values: values)
        return .int(id)
    }

    /// A plain value that fits a field.
    mutating func filler(for field: Field) -> Value {
        switch field.type {
        case .text(let limits): plainText(for: field, limits)
        case .integer(let min, _): .int(min ?? 1)
        case .decimal(let places, let min, _):
            (min.map(Value.decimal) ?? .int(1)).fitted(to: .decimal(places: places, min: nil, max: nil))
        case .money(let min, _): .decimal(ExactDecimal(unscaled: min ?? 100, scale: 2))
        case .boolean: .bool(false)
        case .date: .date(day)
        case .moment: .timestamp(now)
        case .code(let list): firstLeaf(of: list)
        case .region(let level): .string(sampleRegion(level: level))
        case .party: .string("91330100799655058B")
        case .person: .string("11010519491231002X")
        case .geo: .string("120.15,30.28")
        case .reference(let target):
            rulebook.kind(target).flatMap { reference(.null, to: $0) } ?? .null
        case .files, .table: .list([])
        }
    }

    /// The first of some plain words that fits a text field and its pattern.
    private func plainText(for field: Field, _ limits: TextLimits) -> Value {
        let long = String(repeating: "例", count: max(2, limits.minimum ?? 0))
        let words = [
            long, "inspector", "example-1", "A1", "330106", "13800000000", "2026-1", "AQ-1", "10001",
        ]
        let fitting = words.first { word in
            runner.decider.coercion.validate(.string(word), for: field, on: day).isEmpty
        }
        return .string(fitting ?? long)
    }

    /// The first entry of a code list that has none under it.
    private func firstLeaf(of list: String) -> Value {
        let items = rulebook.codeLists[list]?.items(on: day) ?? []
        let groups = Set(items.compactMap(\.under))
        return (items.first { !groups.contains($0.id) }).map { .string($0.id) } ?? .null
    }

    private func sampleRegion(level: String?) -> String {
        if let region = rulebook.regions.resolve("330106") { return region.code }
        return rulebook.regions.roots.first ?? ""
    }

    private var day: CivilDate { example.governingDay(kind, rulebook) ?? example.on ?? Self.ordinaryDay }

    private func openingMoment(_ values: [String: Value]) -> Timestamp {
        switch kind.governedBy.flatMap({ values[$0] }) {
        case .timestamp(let moment)?: return moment
        case .date(let day)?:
            return Timestamp(date: day, secondOfDay: 9 * 3600, offsetSeconds: time.offsetSeconds) ?? now
        default:
            let day = example.after.lazy.compactMap(\.on).first ?? example.on ?? Self.ordinaryDay
            return Timestamp(date: day, secondOfDay: 9 * 3600, offsetSeconds: time.offsetSeconds) ?? now
        }
    }

    private func endOf(_ day: CivilDate) -> Timestamp {
        Timestamp(date: day, secondOfDay: 86_399, offsetSeconds: time.offsetSeconds) ?? now
    }

    // MARK: Actions

    private mutating func create(_ values: [String: Value]) {
        let rule = kind.lifecycle.create
        decide(
            Action(.create, kind: kind.id, values: values),
            by: performer(rule.by, role: nil, action: "create"))
        record?.id = 1_000
        record?.number = "示例-1"
    }

    private mutating func perform(_ step: ExampleStep) {
        let id = step.invocation.action
        if let day = step.on {
            let moment = Timestamp(date: day, secondOfDay: 9 * 3600, offsetSeconds: time.offsetSeconds) ?? now
            if moment > now {
                runClocks(to: moment)
                now = moment
            }
        } else {
            now = time.moment(now, plusSeconds: 60) ?? now
        }
        guard let rule = ruleOf(id) else {
            fail("没有办理动作“\(id)”", "there is no action `\(id)`")
            return
        }
        var values: [String: Value] = [:]
        for argument in step.invocation.arguments {
            guard let field = kind.field(argument.key) else {
                fail("没有字段“\(argument.key)”", "there is no field `\(argument.key)`")
                return
            }
            guard let value = value(argument.value, for: field) else { return }
            values[argument.key] = value
        }
        let verb: Action.Verb = id == "amend" ? .amend : id == "void" ? .void : .move(id)
        decide(
            Action(verb, kind: kind.id, record: record?.id, values: values, reason: "示例"),
            by: performer(rule, role: step.by, action: id))
    }

    private func ruleOf(_ id: String) -> [Performer]? {
        switch id {
        case "amend": kind.lifecycle.amend?.by
        case "void": kind.lifecycle.void?.by
        default: kind.lifecycle.action(id)?.by
        }
    }

    /// Somebody who may perform: the role named, else the first that is allowed. Each action has its own person.
    private func performer(_ by: [Performer], role: String?, action: String) -> Actor {
        let permissions = Set(Permission.allCases)
        if let role, role != "responsible" {
            return Actor(
                login: "\(role)-\(action)", name: role, role: role, region: "", permissions: permissions)
        }
        for performer in by {
            switch performer {
            case .role(let id) where role == nil:
                return Actor(
                    login: "\(id)-\(action)", name: id, role: id, region: "", permissions: permissions)
            case .responsible:
                return Actor(
                    login: "party-\(action)", name: "责任单位", role: "enterprise", region: "",
                    party: record?.responsible ?? "", permissions: permissions)
            case .system where role == nil: return .system
            default: continue
            }
        }
        return .system
    }

    private mutating func decide(_ action: Action, by actor: Actor) {
        do throws(Refusal) {
            let decision = try runner.decider.decide(action, on: record, by: actor, at: now, given: facts)
            let kept = record
            record = decision.after
            record?.id = kept?.id ?? 0
            record?.number = kept?.number ?? ""
            facts.lastPerformers[decision.action] = actor.login
            performed.append(decision.action)
        } catch {
            refusal = error
        }
    }

    private mutating func runClocks(to moment: Timestamp) {
        for _ in 0..<1_000 {
            guard let current = record else { return }
            let next = current.clocks.compactMap { clock in clock.nextAt.map { ($0, clock.clock) } }.min {
                $0.0 < $1.0
            }
            guard let (at, clock) = next, at <= moment else { break }
            now = max(now, at)
            let action = Action(.runClock(clock), kind: kind.id, record: current.id)
            guard
                let decision = try? runner.decider.decide(
                    action, on: current, by: .system, at: now, given: facts)
            else { break }
            record = decision.after
            if let step = decision.action.split(separator: ".").last { firedSteps.append(String(step)) }
        }
        now = max(now, moment)
    }

    // MARK: Comparing

    private mutating func compare() {
        let then = example.then
        compareRefusal(then)
        if let refusal, then.refused == nil {
            if then.undetermined.isEmpty || !refusal.has(.ruleUndetermined) {
                let texts = refusal.reasons.map(\.sentence).joined(separator: " ")
                let english = refusal.reasons.map(\.sentenceEnglish).joined(separator: " ")
                fail("被拒绝：\(texts)", "it was refused: \(english)")
            }
        }
        if let state = then.state, record?.state != state, refusal == nil || then.refused != nil {
            fail(
                "状态为\(record?.state ?? "无")，应为\(state)",
                "the state is \(record?.state ?? "none"), expected \(state)")
        }
        if let clock = then.clock, firedSteps.last(where: { $0 != "overdue" }) ?? "" != clock,
            record?.stage != clock
        {
            fail(
                "时限最后一步为\(record?.stage ?? "无")，应为\(clock)",
                "the last clock step is `\(record?.stage ?? "")`, expected `\(clock)`")
        }
        compareFields(then)
        compareUndetermined(then)
    }

    private mutating func compareRefusal(_ then: ExampleOutcome) {
        guard let expected = then.refused else { return }
        guard let refusal else {
            fail("应被拒绝（\(expected)），却办理成功", "it should be refused (\(expected)) and was done")
            return
        }
        let found = refusal.reasons.contains { $0.code.rawValue == expected || $0.rule == expected }
        if !found {
            let codes = refusal.reasons.map { "\($0.code.rawValue) \($0.rule ?? "")" }.joined(separator: ", ")
            fail("应因\(expected)被拒绝，实际为\(codes)", "it should be refused by \(expected), but was by \(codes)")
        }
    }

    private mutating func compareFields(_ then: ExampleOutcome) {
        for entry in then.fields {
            guard let field = kind.field(entry.key), let found = record?.value(entry.key, in: kind) else {
                fail("没有字段“\(entry.key)”", "there is no field `\(entry.key)`")
                continue
            }
            if case .reference = field.type { continue }
            guard let expected = value(entry.value, for: field) else { continue }
            if found != expected {
                let shown = runner.decider.coercion.display(found, for: field, language: .zh)
                let wanted = runner.decider.coercion.display(expected, for: field, language: .zh)
                fail(
                    "“\(field.name.zh)”为\(shown)，应为\(wanted)", "`\(field.id)` is \(shown), expected \(wanted)"
                )
            }
        }
    }

    private mutating func compareUndetermined(_ then: ExampleOutcome) {
        guard !then.undetermined.isEmpty else { return }
        var missing = Set((refusal?.reasons ?? []).flatMap(\.missing))
        if let record {
            let slots = runner.decider.filler(kind, now: now, actor: .system).slots(
                of: record, related: facts.related)
            for field in kind.fields {
                guard case .judged(let id)? = field.derivation,
                    let table = rulebook.judgements[id]?.versions.inForce(on: day)?.item
                else { continue }
                missing.formUnion(table.judge(slots).missing)
            }
        }
        for name in then.undetermined where !missing.contains(name) {
            fail(
                "“\(name)”应为待定的事实，实际为\(missing.sorted().joined(separator: "、"))",
                "`\(name)` should be waited for; waited for: \(missing.sorted().joined(separator: ", "))")
        }
    }

    private mutating func fail(_ zh: String, _ en: String) {
        failures.append(Bilingual(zh: zh, en: en))
    }
}

extension Example {
    /// The governing date that an example gives, if it gives one.
    func governingDay(_ kind: Kind, _ rulebook: Rulebook) -> CivilDate? {
        guard let name = kind.governedBy, let text = given.first(where: { $0.key == name })?.value.text else {
            return nil
        }
        return CivilDate(String(text.prefix(10)))
    }
}
