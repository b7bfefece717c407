import Rulebooks

/// A lifecycle as a picture: every state a column, every action a row with an arrow from where it may be performed to where
/// it leads. However many there are, nothing crosses a word.
struct LifecycleDrawing {
    let kind: Kind
    let words: RuleWords

    init(_ kind: Kind, _ words: RuleWords) { (self.kind, self.words) = (kind, words) }

    private var labelWidth: Int { words.language == .zh ? 168 : 208 }
    private var columnWidth: Int { words.language == .zh ? 96 : 112 }
    private let headHeight = 56
    private let rowHeight = 34

    private struct Row {
        let label: String
        /// Where it may be performed; nil stands for the beginning, before the first state.
        let from: [Int?]
        let to: Int?
    }

    /// What `part/lifecycle` names.
    var values: [String: Any] {
        let rows = self.rows
        let height = headHeight + rows.count * rowHeight + 12
        let states = kind.lifecycle.states
        return [
            "width": String(labelWidth + states.count * columnWidth), "height": String(height),
            "description": words.text(
                "lifecycle_description",
                [
                    "kind": kind.name.text(words.language), "states": String(states.count),
                    "actions": String(rows.count),
                ]),
            "columns": states.enumerated().map { index, state -> [String: Any] in
                let lines = wrapped(state.name.text(words.language), limit: words.language == .zh ? 6 : 13)
                return [
                    "x": String(center(index)), "left": String(center(index) - columnWidth / 2 + 4),
                    "width": String(columnWidth - 8), "bottom": String(height - 6),
                    "top": String(headHeight - 8),
                    "closes": kind.lifecycle.closed.contains(state.id),
                    "lines": lines.enumerated().map { line, text in
                        ["text": text, "y": String(27 + line * 15 - (lines.count - 1) * 7)]
                    },
                ]
            },
            "rows": rows.enumerated().map { index, row in values(row, at: index) },
        ]
    }

    private func center(_ column: Int) -> Int { labelWidth + column * columnWidth + columnWidth / 2 }

    private var rows: [Row] {
        let lifecycle = kind.lifecycle
        let places = Dictionary(uniqueKeysWithValues: lifecycle.states.enumerated().map { ($1.id, $0) })
        var rows = [
            Row(
                label: lifecycle.create.name.text(words.language), from: [nil],
                to: places[lifecycle.initial])
        ]
        if lifecycle.imported != lifecycle.initial {
            rows.append(
                Row(label: words.text("lifecycle_import"), from: [nil], to: places[lifecycle.imported]))
        }
        for action in lifecycle.actions {
            rows.append(
                Row(
                    label: action.name.text(words.language), from: action.from.compactMap { places[$0] },
                    to: action.to.flatMap { places[$0] }))
        }
        return rows
    }

    private func values(_ row: Row, at index: Int) -> [String: Any] {
        let y = headHeight + index * rowHeight + rowHeight / 2
        let starts = row.from.map { $0.map(center) ?? labelWidth - 6 }
        let lines = wrapped(row.label, limit: words.language == .zh ? 12 : 28)
        var values: [String: Any] = [
            "y": String(y), "stripe": index.isMultiple(of: 2), "top": String(y - rowHeight / 2),
            "lines": lines.enumerated().map { line, text in
                ["text": text, "y": String(y + 4 + line * 13 - (lines.count - 1) * 6)]
            },
            "dots": starts.filter { start in row.to.map(center) != start }.map { ["x": String($0)] },
        ]
        let end = row.to.map(center)
        if let end {
            let others = starts.filter { $0 != end }
            if let low = others.min(), let high = others.max() {
                values["line"] = ["from": String(min(low, end)), "to": String(max(high, end))]
            }
            var heads: [[String: Any]] = []
            if others.contains(where: { $0 < end }) { heads.append(head(end, y, pointsRight: true)) }
            if others.contains(where: { $0 > end }) { heads.append(head(end, y, pointsRight: false)) }
            values["heads"] = heads
            if starts.contains(end) { values["stays"] = [["x": String(end)]] }
        } else {
            values["dots"] = [[String: Any]]()
            values["stays"] = starts.map { ["x": String($0)] }
        }
        return values
    }

    private func head(_ x: Int, _ y: Int, pointsRight: Bool) -> [String: Any] {
        let back = pointsRight ? -9 : 9
        let tip = pointsRight ? -1 : 1
        return ["points": "\(x + tip),\(y) \(x + tip + back),\(y - 5) \(x + tip + back),\(y + 5)"]
    }

    /// A text on at most two lines of so many characters; what does not fit ends in an ellipsis.
    private func wrapped(_ text: String, limit: Int) -> [String] {
        guard text.count > limit else { return [text] }
        var first = String(text.prefix(limit))
        if words.language == .en, let space = first.lastIndex(of: " ") { first = String(first[..<space]) }
        var second = String(text.dropFirst(first.count)).trimmingSpaces
        if second.count > limit { second = second.prefix(limit - 1) + "…" }
        return [first, second]
    }
}
