import Figures

/// Judges one list against what its head and the document state.
struct ListJudge {
    let text: ReadText
    let head: ListHead
    /// The list read with every mark parting members.
    let flat: MemberList
    /// The list read with semicolons alone parting them; `nil` when there are none.
    let chunked: MemberList?
    /// The likelier of the two.
    let main: MemberList
    let totals: StatedTotals

    /// The likelier reading; `nil` when what follows the introducing word is no list.
    static func main(_ flat: MemberList, _ chunked: MemberList?) -> MemberList? {
        let likelier = chunked.map { isFlat(flat, $0) ? flat : $0 } ?? flat
        return likelier.range != nil && likelier.count.upperBound > 1 ? likelier : nil
    }

    /// Whether the list is likelier to be parted by every mark than by semicolons alone.
    private static func isFlat(_ flat: MemberList, _ chunked: MemberList) -> Bool {
        // 分别为甲镇、乙镇、丙镇；良好的八个: names that a clause of another build follows.
        let isFollowed =
            flat.members.allSatisfy { $0.figures.isEmpty } && flat.members.count > 1
            && chunked.members.first?.figures.isEmpty == true
            && chunked.members.dropFirst().contains { !$0.figures.isEmpty }
        return isFollowed || flat.isHomogeneous && flat.members.count >= chunked.members.count
    }

    /// The claims of the list's count and totals.
    func claims() -> [Claim] {
        guard let range = main.range, !head.isSelective, !main.isOpen else { return [] }
        let quote = head.range.lowerBound..<max(range.upperBound, head.range.lowerBound)
        let evidence = sums(main)
        let count = countClaim(main, evidence: evidence, quote: quote)
        let countFits = count.map { $0.verdict == .holds }
        let sums = sumClaims(main, evidence, countFits: countFits, quote: quote)
        return (count.map { [$0] } ?? []) + sums
    }

    // MARK: totals

    /// A kind of figure of the list with its sum and the total it has to meet.
    struct Evidence {
        let sum: ListSum
        let total: Int
        let isTied: Bool
        let verdict: Verdict
        /// Where the total's sentence begins, when it is not the list's own.
        let statement: StatedTotal?
    }

    /// For every kind of figure that all members have, the total it meets or has to meet.
    private func sums(_ list: MemberList) -> [Evidence] {
        guard list.count.upperBound > 1 else { return [] }
        let keys = list.commonKeys.filter { $0.unit != .percent && $0.unit != .none }
        let statement = statedTotal()
        return keys.enumerated().compactMap { place, key in
            guard !keys[..<place].contains(key), let sum = ListSum(list.figures(key), key: key, in: text)
            else {
                return nil
            }
            let whole = evidence(sum, statement) ?? shortlyBefore(sum)
            guard let whole, whole.verdict != .holds, head.opening != .complete else { return whole }
            return beginning(list, whole) ?? whole
        }
    }

    /// A total stated shortly before the list that its figures happen to meet; nothing is said when none does.
    private func shortlyBefore(_ sum: ListSum) -> Evidence? {
        guard sum.count > 2, sum.key.tone == .level, sum.value > Rational(10) else { return nil }
        let reader = MemberReader(text)
        let first = reader.firstQuantity(in: head.range.lowerBound..<(head.range.lowerBound + 1))
        let end = first ?? sum.figures.map(\.quantity).min() ?? 0
        for index in (max(0, end - 16)..<max(0, end)).reversed() {
            let quantity = text.quantities[index]
            guard quantity.sort == .amount, quantity.unitCode == sum.key.unit, quantity.bound == .exact,
                quantity.value == sum.value, quantity.upper == nil, reader.tone(of: quantity) == .level
            else { continue }
            return Evidence(sum: sum, total: index, isTied: false, verdict: .holds, statement: nil)
        }
        return nil
    }

    /// The evidence of a list's first members alone, when they already meet the total: what follows them in
    /// the sentence is another statement.
    private func beginning(_ list: MemberList, _ whole: Evidence) -> Evidence? {
        let total = text.quantities[whole.total]
        guard list.members.count < 100 else { return nil }
        for count in (2..<max(2, list.members.count)).reversed() {
            var first = list
            first.members = Array(list.members.prefix(count))
            guard let sum = ListSum(first.figures(whole.sum.key), key: whole.sum.key, in: text) else {
                return nil
            }
            if sum.verdict(total) == .holds {
                return Evidence(
                    sum: sum, total: whole.total, isTied: whole.isTied, verdict: .holds,
                    statement: whole.statement)
            }
        }
        return nil
    }

    private func evidence(_ sum: ListSum, _ statement: StatedTotal?) -> Evidence? {
        let reader = MemberReader(text)
        let near = head.allFigures.filter { index in
            let quantity = text.quantities[index]
            return quantity.sort == .amount && quantity.bound == .exact && quantity.upper == nil
                && reader.key(of: quantity).mayTotal(sum.key)
        }
        for index in near.reversed() where sum.verdict(text.quantities[index]) == .holds {
            return Evidence(sum: sum, total: index, isTied: true, verdict: .holds, statement: nil)
        }
        for index in near.reversed() where explains(sum, text.quantities[index]) {
            return Evidence(sum: sum, total: index, isTied: true, verdict: .explained, statement: nil)
        }
        // 11个市设立站点560个，分别为…: the first counts the members, the second what they have.
        let members = main.count
        let totals = near.filter { index in
            !(near.count > 1 && reader.wholeCount(text.quantities[index]).map(members.contains) == true)
        }
        let own = totals.filter { head.figures.contains($0) && isWhole($0) }
        if let only = own.last {
            let isTied = own.count == 1 && totals.count == 1
            return Evidence(
                sum: sum, total: only, isTied: isTied, verdict: sum.verdict(text.quantities[only]),
                statement: nil)
        }
        guard near.isEmpty, sum.key.tone == .level, let statement else { return nil }
        let fitting = statement.figures.filter { reader.key(of: text.quantities[$0]).mayTotal(sum.key) }
        guard let index = fitting.first else { return nil }
        return Evidence(
            sum: sum, total: index, isTied: fitting.count == 1, verdict: sum.verdict(text.quantities[index]),
            statement: statement)
    }

    /// Whether rounding explains the difference from a total: the list says it is whole, or the difference is
    /// small beside the total. 3万 may be anything, and parts that overlap come close to it by chance.
    func explains(_ sum: ListSum, _ total: Quantity) -> Bool {
        guard sum.verdict(total) == .explained else { return false }
        guard let distance = try? total.value.subtracting(sum.value),
            let small = try? total.value.divided(by: Rational(200))
        else { return false }
        return head.opening == .complete || distance.magnitude <= small
    }

    /// Whether a figure of the head states a total rather than what each of several things has.
    private func isWhole(_ index: Int) -> Bool {
        let scalars = text.source.scalars
        let range = text.quantities[index].range
        if range.upperBound < scalars.count, scalars[range.upperBound] == "的" { return false }
        guard let segment = head.segments.first(where: { $0.figures.contains(index) }) else { return false }
        let lead = segment.range.lowerBound..<range.lowerBound
        return !ListWords.perMember.occurs(in: lead, of: scalars)
            && !ListWords.compared.occurs(in: segment.range, of: scalars)
    }

    /// The document's statement of the same subject for the same period and region.
    private func statedTotal() -> StatedTotal? {
        let near = head.segments[head.nearest...].suffix(4)
        for segment in near.reversed() where !segment.range.isEmpty {
            let place = head.range.lowerBound
            if let found = totals.total(
                clause: subjectClause(segment), period: head.period, scope: head.scope, before: place)
            {
                return found
            }
        }
        return nil
    }

    /// The part of a clause that ends with what is counted: without 按照类型划分 behind it and the period before.
    private func subjectClause(_ segment: Segment) -> Range<Int> {
        let scalars = text.source.scalars
        var start = segment.range.lowerBound
        if let period = PeriodWords.leading(segment.range, of: scalars) { start = period.upperBound }
        var range = start..<segment.range.upperBound
        if let divided = Self.dividing.first(in: range, of: scalars), divided.lowerBound > range.lowerBound {
            range = range.lowerBound..<divided.lowerBound
        }
        if let last = segment.figures.last {
            let end = text.quantities[last].range.upperBound
            if end > range.lowerBound, end < range.upperBound { range = end..<range.upperBound }
        }
        return range
    }

    private static let dividing = PhraseSet("按照 按 从 依据 根据")
}
