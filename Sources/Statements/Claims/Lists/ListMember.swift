import Figures

/// Of what a figure of a list is: only figures of one kind add up.
struct FigureKey: Hashable {
    /// Whether the figure is a level or a change of one.
    enum Tone: Hashable { case level, rise, fall }

    /// The unit as printed, without its factor.
    let unit: UnitCode
    let tone: Tone
    /// Which word says what became of people: 死亡, 受伤; `nil` where none does.
    var label: Int?

    /// Whether a figure of the other kind may be the total of figures of this one: where one of them does not
    /// say what became of people, it may be the same.
    func mayTotal(_ other: FigureKey) -> Bool {
        unit == other.unit && tone == other.tone
            && (label == other.label || label == nil || other.label == nil)
    }
}

/// A figure that belongs to a member of a list.
struct ListFigure {
    /// The index of the figure in the text.
    let quantity: Int
    let key: FigureKey
    /// How many members have it: 3 for 辽宁、四川、广东各发生2起.
    let times: Int
}

/// A member of a list, or several that share their figures.
struct ListMember {
    /// How many members it may stand for: 2 for 辽宁、四川各发生3起; 1 to 2 where it cannot be known whether
    /// 质量和安全 is one thing.
    var names: ClosedRange<Int>
    /// Where its name stands.
    var name: Range<Int>
    /// Where all of it stands.
    var range: Range<Int>
    /// Its figures.
    var figures: [ListFigure] = []
    /// Whether its figures stand in brackets behind its name.
    var isBracketed = false
    /// Whether it cannot be known to how many members the figures belong.
    var isAmbiguous = false
    /// Whether it is the rest of a whole: 其他事故51起.
    var isRest = false
}

/// A list as one reading of the text finds it.
struct MemberList {
    var members: [ListMember] = []
    /// Whether it ends with 等, so that there may be more.
    var isOpen = false
    /// Whether it broke off at something that may still have belonged to it.
    var isCut = false
    /// The index of the first segment that does not belong to it.
    var nextSegment = 0

    /// Where the list stands; `nil` when it has no members.
    var range: Range<Int>? {
        guard let first = members.first, let last = members.last else { return nil }
        return first.range.lowerBound..<last.range.upperBound
    }

    /// How many members there are.
    var count: ClosedRange<Int> {
        var (low, high) = (0, 0)
        for member in members {
            // A list has at most as many members as the text has scalars, so the sums stay small.
            low &+= member.names.lowerBound
            high &+= member.names.upperBound
        }
        return low...max(low, high)
    }

    /// The kinds of figures that every member has exactly one of, in the order of the first member.
    var commonKeys: [FigureKey] {
        guard let first = members.first else { return [] }
        var keys: [FigureKey] = []
        for figure in first.figures where isCommon(figure.key) { keys.append(figure.key) }
        return keys
    }

    /// Whether every member has exactly one figure of some kind.
    var hasCommonKeys: Bool { members.first?.figures.contains { isCommon($0.key) } ?? false }

    private func isCommon(_ key: FigureKey) -> Bool {
        for member in members {
            let count = member.count(of: key)
            guard count == 1 || member.isRespective(count) else { return false }
        }
        return true
    }

    /// Whether every member is built the same way with at least one common figure.
    var isHomogeneous: Bool {
        hasCommonKeys && !members.contains { $0.isAmbiguous }
            && (members.allSatisfy(\.isBracketed) || !members.contains(where: \.isBracketed))
    }

    /// The figures of one kind in order.
    func figures(_ key: FigureKey) -> [ListFigure] {
        var found: [ListFigure] = []
        found.reserveCapacity(members.count)
        for member in members {
            for figure in member.figures where figure.key == key { found.append(figure) }
        }
        return found
    }
}

extension ListMember {
    /// How many of its figures are of a kind.
    func count(of key: FigureKey) -> Int {
        var count = 0
        for figure in figures where figure.key == key { count += 1 }
        return count
    }

    /// Whether so many figures are one for each of several names: 北京、上海分别发生3起、2起.
    func isRespective(_ count: Int) -> Bool {
        count > 1 && names.lowerBound == names.upperBound && count == names.lowerBound && !isBracketed
    }
}
