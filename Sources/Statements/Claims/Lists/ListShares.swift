import Figures

/// The percentages that the members of a list print beside their figures: 高处坠落257起，占总数的52.77%.
struct ListShares {
    /// The members whose percentage agrees with their figure and the total, and those whose does not.
    private(set) var agreeing = 0
    private(set) var differing: [Int] = []

    /// The sum of the percentages compared, and how many there are.
    private var percents = (sum: Rational.zero, count: 0)
    /// How many members the list has.
    private let memberCount: Int

    /// Compares each member's percentage with its figure over the total.
    init(_ list: MemberList, _ sum: ListSum, total: Rational, in text: ReadText) {
        memberCount = list.members.count
        guard !total.isZero else { return }
        let levels =
            list.members.first?.figures.filter { $0.key.tone == .level && $0.key.unit != .percent } ?? []
        let order = levels.firstIndex { $0.key == sum.key } ?? 0
        for (index, member) in list.members.enumerated() {
            let shares = member.figures.filter { figure in
                figure.key.unit == .percent && Self.isShare(text.quantities[figure.quantity], in: text)
            }
            guard let value = member.figures.first(where: { $0.key == sum.key }), !shares.isEmpty else {
                continue
            }
            // 分别占53.85%和56.60% gives one to each figure; one percentage alone belongs to the first.
            let position = shares.count == levels.count ? order : 0
            guard shares.indices.contains(position), shares.count == levels.count || order == 0 else {
                continue
            }
            let percent = text.quantities[shares[position].quantity]
            percents.sum = (try? percents.sum.adding(percent.value)) ?? percents.sum
            percents.count += 1
            let part = text.quantities[value.quantity].value
            if Self.agrees(percent, part, total) { agreeing += 1 } else { differing.append(index) }
        }
    }

    /// Whether the percentages show that the total is the list's whole.
    var confirm: Bool { agreeing >= 2 && agreeing > differing.count * 2 }

    /// Whether every member has one and together they make a hundred, up to their rounding.
    var fillWhole: Bool {
        guard percents.count == memberCount, percents.count > 1,
            let distance = try? percents.sum.subtracting(Rational(100))
        else { return false }
        return distance.magnitude <= Rational(unscaled: 5, places: 1)
    }

    /// Whether they show that it is not.
    var contradict: Bool { !differing.isEmpty && !confirm }

    /// Whether a percentage is that of a part in a whole, rounded or cut off.
    static func agrees(_ percent: Quantity, _ part: Rational, _ total: Rational) -> Bool {
        guard let exact = try? part.multiplied(by: Rational(100)).divided(by: total),
            let comparison = try? Nearness.of(percent.value, step: percent.step, to: exact)
        else { return false }
        return comparison != .different
    }

    private static func isShare(_ quantity: Quantity, in text: ReadText) -> Bool {
        let start = max(0, quantity.range.lowerBound - 30)
        guard let word = share.last(in: start..<quantity.range.lowerBound, of: text.source.scalars) else {
            return false
        }
        return !text.source.scalars[word.upperBound..<quantity.range.lowerBound].contains(Mark.semicolon)
    }

    private static let share = PhraseSet("占")
}
