/// Which fields people fill in on which form.
extension Kind {
    /// The fields that whoever registers a record fills in, in the kind's order.
    ///
    /// Those that the creation names, that are required, or that can be amended; of the rest those that no action
    /// asks for or sets later. A field with a default that an action asks for later is offered at once: it says how
    /// things stand from the start.
    public var fieldsEnteredAtCreation: [Field] {
        let asked = Set(lifecycle.actions.flatMap { $0.asks + $0.may })
        let set = Set(lifecycle.actions.flatMap { $0.sets.map(\.field) } + clockAssignments)
        let own = Set(lifecycle.create.asks + lifecycle.create.may + (lifecycle.amend?.fields ?? []))
        return fields.filter { field in
            guard field.derivation == nil else { return false }
            if field.required || own.contains(field.id) { return true }
            if set.contains(field.id) { return false }
            return !asked.contains(field.id) || field.defaultValue != nil
        }
    }

    /// The fields that can be amended, in the kind's order; none when the kind has no amendment.
    public var fieldsAmended: [Field] {
        guard let rule = lifecycle.amend else { return [] }
        let named = Set(rule.fields)
        return fields.filter { $0.derivation == nil && (named.isEmpty || named.contains($0.id)) }
    }

    private var clockAssignments: [String] {
        clocks.flatMap { $0.steps.flatMap { $0.sets.map(\.field) } }
    }
}
