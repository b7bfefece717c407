/// A part of a rulebook as a comparison sees it: what it is called, and all that it says, each under a key.
struct RulebookPart {
    let subject: RulebookSubject
    let kind: String?
    let id: String
    let name: Bilingual
    let traits: [Trait]

    /// One thing that a part says.
    struct Trait {
        /// Finds the trait again in another version of the part.
        let key: String
        let label: Bilingual
        let text: Bilingual
    }

    struct Key: Hashable {
        let subject: RulebookSubject
        let kind: String?
        let id: String
    }

    var key: Key { Key(subject: subject, kind: kind, id: id) }

    /// Whether both say the same, whatever they are called by.
    func says(theSameAs other: RulebookPart) -> Bool {
        subject == other.subject && kind == other.kind && name == other.name
            && traits.map(\.text) == other.traits.map(\.text) && traits.map(\.key) == other.traits.map(\.key)
    }
}

/// Finds what two rulebooks do not have in common.
struct RulebookComparison {
    let changes: [RulebookDifference.Change]

    init(old: Rulebook, new: Rulebook) {
        var found = Self.changes(from: RulebookParts(old).general, to: RulebookParts(new).general)
        let kinds = new.kindOrder + old.kindOrder.filter { new.kinds[$0] == nil }
        for id in kinds {
            let before = old.kind(id).map { RulebookParts(old).parts(of: $0) } ?? []
            let after = new.kind(id).map { RulebookParts(new).parts(of: $0) } ?? []
            found += Self.changes(from: before, to: after)
        }
        changes = found
    }

    private static func changes(
        from old: [RulebookPart], to new: [RulebookPart]
    ) -> [RulebookDifference.Change] {
        // A kind that comes or goes is said once and not once more for each of its parts.
        if old.isEmpty, let kind = new.first, kind.subject == .kind { return [whole(kind, .added)] }
        if new.isEmpty, let kind = old.first, kind.subject == .kind { return [whole(kind, .removed)] }
        let pairs = RulebookPairs(old: old, new: new)
        var found = new.indices.compactMap { index -> RulebookDifference.Change? in
            guard let partner = pairs.partner[index] else { return whole(new[index], .added) }
            return change(from: old[partner], to: new[index])
        }
        found += pairs.widowed.map { whole(old[$0], .removed) }
        return found
    }

    private static func whole(
        _ part: RulebookPart, _ manner: RulebookDifference.Manner
    ) -> RulebookDifference.Change {
        RulebookDifference.Change(
            manner: manner, subject: part.subject, kind: part.kind, id: part.id, name: part.name,
            details: part.traits.map { trait in
                RulebookDifference.Detail(
                    label: trait.label, before: manner == .removed ? trait.text : nil,
                    after: manner == .added ? trait.text : nil)
            })
    }

    private static func change(from old: RulebookPart, to new: RulebookPart) -> RulebookDifference.Change? {
        var details: [RulebookDifference.Detail] = []
        if old.name != new.name {
            details.append(.init(label: Wording.name, before: old.name, after: new.name))
        }
        let before = Dictionary(old.traits.map { ($0.key, $0) }) { first, _ in first }
        let after = Set(new.traits.map(\.key))
        for trait in new.traits {
            let former = before[trait.key]
            guard former?.text != trait.text else { continue }
            details.append(.init(label: trait.label, before: former?.text, after: trait.text))
        }
        for trait in old.traits where !after.contains(trait.key) {
            details.append(.init(label: trait.label, before: trait.text, after: nil))
        }
        guard !details.isEmpty else { return nil }
        return RulebookDifference.Change(
            manner: .changed, subject: new.subject, kind: new.kind, id: new.id, name: new.name,
            details: details)
    }
}

/// Which part of the old rulebook became which of the new.
private struct RulebookPairs {
    /// The position among the old parts, by the position among the new.
    private(set) var partner: [Int: Int] = [:]
    /// The old parts that are gone.
    private(set) var widowed: [Int] = []

    init(old: [RulebookPart], new: [RulebookPart]) {
        var free = Set(old.indices)
        func marry(_ index: Int, _ found: Int?) {
            guard let found else { return }
            partner[index] = found
            free.remove(found)
        }
        // Rules are numbered where they have no id, and the numbers move when one is put in between.
        for index in new.indices where new[index].subject == .rule {
            marry(index, old.indices.first { free.contains($0) && old[$0].says(theSameAs: new[index]) })
        }
        let byKey = Dictionary(old.indices.map { (old[$0].key, $0) }) { first, _ in first }
        for index in new.indices where partner[index] == nil {
            guard let found = byKey[new[index].key], free.contains(found) else { continue }
            marry(index, found)
        }
        widowed = old.indices.filter(free.contains)
    }
}
