/// Finds the name most like a mistyped one.
enum EditDistance {
    /// The closest candidate within a third of the name's length (at least one edit), or nil.
    static func closest(to name: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(name.lowercased().unicodeScalars.prefix(65))
        guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
        let limit = max(1, wanted.count / 3)
        return candidates.compactMap { candidate -> (distance: Int, name: String)? in
            let letters = Array(candidate.lowercased().unicodeScalars.prefix(65))
            guard candidate != name, abs(letters.count - wanted.count) <= limit else { return nil }
            let distance = between(wanted, letters)
            return distance <= limit && distance < wanted.count ? (distance, candidate) : nil
        }.min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
    }

    /// The fewest insertions, deletions, replacements and swaps of neighbours that turn one text into the other.
    static func between(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var earlier = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        for (line, letter) in left.enumerated() {
            var current = [line + 1]
            for (column, other) in right.enumerated() {
                let replaced = previous[column] + (letter == other ? 0 : 1)
                var cost = min(replaced, previous[column + 1] + 1, current[column] + 1)
                let isSwap = line > 0 && column > 0 && letter == right[column - 1] && left[line - 1] == other
                if isSwap { cost = min(cost, earlier[column - 1] + 1) }
                current.append(cost)
            }
            (earlier, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
