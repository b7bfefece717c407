import Expressions

extension KindBuilder {
    /// The derived fields, each after all it is derived from; those in a circle are reported and left out.
    func computationOrder(_ fields: [Field]) -> [String] {
        let derived = fields.filter { $0.derivation != nil }
        var needs: [String: Set<String>] = [:]
        let names = Set(derived.map(\.id))
        for field in derived { needs[field.id] = dependencies(field).intersection(names) }
        var order: [String] = []
        var settled: Set<String> = []
        var left = derived.map(\.id)
        while let ready = left.firstIndex(where: { needs[$0, default: []].isSubset(of: settled) }) {
            let id = left.remove(at: ready)
            settled.insert(id)
            order.append(id)
        }
        for id in left where isInCircle(id, needs) {
            guard let field = outline.field(id) else { continue }
            assembly.report(
                .cycle, at: field.node.position, zh: "“\(id)”的推算绕回到它自己",
                en: "The derivation of `\(id)` leads back to itself",
                hint: Bilingual(
                    zh: "涉及的字段：\(left.joined(separator: "、"))",
                    en: "The fields involved: \(left.joined(separator: ", "))"))
        }
        return order
    }

    private func isInCircle(_ id: String, _ needs: [String: Set<String>]) -> Bool {
        var reached: Set<String> = []
        var open = Array(needs[id] ?? [])
        while let next = open.popLast() {
            if next == id { return true }
            if reached.insert(next).inserted { open += needs[next] ?? [] }
        }
        return false
    }

    private func dependencies(_ field: Field) -> Set<String> {
        switch field.derivation {
        case .formula(let versions):
            Set(versions.flatMap { $0.item.program.paths.compactMap(\.first) })
        case .judged(let judgement): assembly.judgementPaths[judgement] ?? []
        case .settledOf(let other), .clauseOf(let other): [other]
        case nil: []
        }
    }
}
