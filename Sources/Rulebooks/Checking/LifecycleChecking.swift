/// Whether every state of a kind can be reached and, unless the kind is a register, left.
struct LifecycleChecking {
    let kind: Kind
    let assembly: Assembly

    private var lifecycle: Lifecycle { kind.lifecycle }

    func check() {
        if lifecycle.closed.isEmpty, kind.family != .register {
            report(.noClosedState, "closed", zh: "没有办结状态", en: "No state is closed")
        }
        checkReachability()
        checkExits()
        checkClocks()
    }

    private func checkReachability() {
        // A record also arrives where an import map puts it.
        let arrivals = assembly.sound(.map).filter { $0.node["kind"]?.text == kind.id }
            .compactMap { $0.node["state"]?.text }
        var reached = Set([lifecycle.initial, lifecycle.imported] + arrivals)
        var grew = true
        while grew {
            grew = false
            for action in lifecycle.actions where action.from.contains(where: reached.contains) {
                if let to = action.to, reached.insert(to).inserted { grew = true }
            }
            for clock in kind.clocks where !clock.runsIn.isDisjoint(with: reached) {
                for step in clock.steps {
                    if let to = step.enters, reached.insert(to).inserted { grew = true }
                }
            }
        }
        for state in lifecycle.states where !reached.contains(state.id) {
            report(
                .unreachableState, state.id, zh: "没有动作或时限通到状态“\(state.id)”",
                en: "No action or clock leads to the state `\(state.id)`")
        }
    }

    private func checkExits() {
        guard kind.family != .register else { return }
        for state in lifecycle.states where !lifecycle.closed.contains(state.id) && !canBeLeft(state.id) {
            report(
                .deadEnd, state.id, zh: "状态“\(state.id)”未办结，却没有动作或时限离开它",
                en: "The state `\(state.id)` is not closed, and no action or clock leaves it")
        }
    }

    private func checkClocks() {
        for clock in kind.clocks {
            for state in clock.runsIn.sorted() where !canBeLeft(state) && kind.family != .register {
                assembly.report(
                    .deadEnd, at: clock.position, zh: "时限在状态“\(state)”计时，却没有动作离开它",
                    en: "The clock runs in the state `\(state)`, which no action leaves")
            }
            for state in clock.suspendedIn.intersection(clock.runsIn).sorted() {
                assembly.report(
                    .conflictingKeys, at: clock.position, zh: "状态“\(state)”既计时又中止",
                    en: "The clock both runs and stands still in the state `\(state)`")
            }
        }
    }

    private func canBeLeft(_ state: String) -> Bool {
        lifecycle.actions.contains { $0.from.contains(state) && $0.to != nil && $0.to != state }
            || kind.clocks.contains { clock in
                clock.runsIn.contains(state)
                    && clock.steps.contains { $0.enters.map { $0 != state } ?? false }
            }
    }

    private func report(_ code: RulebookProblemCode, _ state: String, zh: String, en: String) {
        let node = assembly.outlines[kind.id]?.item.node["lifecycle"]
        let position =
            node?["states"]?.entry(state)?.keyPosition ?? node?.entry(state)?.keyPosition ?? kind.position
        assembly.report(code, at: position, zh: zh, en: en)
    }
}
