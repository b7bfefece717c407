import Figures

/// Reads the members of a list from the segments behind its introducing word.
struct MemberReader {
    let text: ReadText
    let scalars: [Unicode.Scalar]

    init(_ text: ReadText) {
        self.text = text
        scalars = text.source.scalars
    }

    /// Reads members from a segment on until something stands there that is none.
    ///
    /// The first segment is read from a place inside it, behind the introducing word.
    func read(_ segments: [Segment], from first: Int, at start: Int) -> MemberList {
        var state = State()
        var index = first
        while index < segments.count {
            let segment = index == first ? clipped(segments[index], from: start) : segments[index]
            let isFirst = state.pending.isEmpty && state.list.members.isEmpty
            let markBefore = isFirst ? nil : segments[index - 1].mark
            guard !segment.range.isEmpty else {
                index += 1
                continue
            }
            if !take(segment, after: markBefore, into: &state) { break }
            index += 1
        }
        return finish(&state, next: index)
    }

    private struct State {
        var list = MemberList()
        /// Names that still wait for their figures, with the mark before each.
        var pending: [(range: Range<Int>, mark: Unicode.Scalar?)] = []
        /// The mark that parts the members.
        var separator: Unicode.Scalar?
        /// Names whose figures follow one after the other: 北京、上海分别发生3起、2起.
        var isRespective = false
    }

    // MARK: one segment

    /// Takes a segment into the list; false when the list ended before it.
    private func take(_ segment: Segment, after mark: Unicode.Scalar?, into state: inout State) -> Bool {
        if mark == Mark.stop || mark == "！" || mark == "？" { return false }
        if mark != nil, let word = introducer(in: segment) {
            // 其中 inside a list may speak of its last member alone.
            state.list.isCut =
                ListWords.partial.length(
                    at: word.lowerBound, before: word.upperBound, in: scalars) != nil
            return false
        }
        // 发生较大事故4起、死亡13人：福建省1起…: what is counted before a colon is no member.
        if mark == Mark.colon, !state.list.members.isEmpty { return false }
        // 甲镇、乙镇、丙镇；良好的八个: bare names that 、 parts end where something greater parts them.
        if mark == Mark.semicolon, state.list.members.isEmpty, state.pending.count > 1,
            state.pending.dropFirst().allSatisfy({ $0.mark == Mark.enumeration })
        {
            return false
        }
        guard let figure = firstFigure(segment) else { return takeName(segment, after: mark, into: &state) }
        let lead = trim(segment.range.lowerBound..<min(figure, segment.range.upperBound))
        let adds =
            lead.isEmpty
            || ListWords.continuing.length(at: lead.lowerBound, before: lead.upperBound, in: scalars) != nil
        if adds, mark != nil { return takeFigures(segment, after: mark, into: &state) }
        if adds, segment.bracketFigures.isEmpty { return false }
        if stops(segment, after: mark), !(mark == Mark.enumeration) { return false }
        // ；有20家被移出 begins another statement; 有机物污染3起 is a name.
        if mark != nil,
            Self.verbs.length(at: lead.lowerBound, before: lead.upperBound, in: scalars) == lead.count
        {
            return false
        }
        return takeMember(segment, lead: lead, after: mark, into: &state)
    }

    private func takeName(
        _ segment: Segment, after mark: Unicode.Scalar?, into state: inout State
    ) -> Bool {
        if mark != Mark.enumeration, stops(segment, after: mark) { return false }
        if mark == Mark.colon { return false }
        if endsOpen(segment.range) {
            state.list.isOpen = true
            // The names before 等 still belong to the list; nothing behind it does.
            state.pending.append((segment.range, mark))
            return false
        }
        state.pending.append((segment.range, mark))
        return state.pending.count < 400
    }

    /// Adds the figures of a segment that names nothing to the member before it.
    private func takeFigures(
        _ segment: Segment, after mark: Unicode.Scalar?, into state: inout State
    ) -> Bool {
        if state.pending.isEmpty, let last = state.list.members.indices.last {
            guard mark != Mark.semicolon, mark != Mark.line else { return false }
            guard state.list.members[last].figures.count < Self.mostFigures else { return false }
            let times = state.isRespective ? 1 : times(of: state.list.members[last])
            state.list.members[last].figures += figures(segment, times: times)
            let start = state.list.members[last].range.lowerBound
            state.list.members[last].range = start..<segment.range.upperBound
            if state.isRespective {
                state.list.members[last].isAmbiguous = !hasEnough(state.list.members[last])
            }
            return true
        }
        guard state.pending.count == 1, let name = state.pending.first, mark != Mark.enumeration else {
            return false
        }
        var member = ListMember(
            names: 1...1, name: name.range, range: name.range.lowerBound..<segment.range.upperBound)
        member.figures = figures(segment, times: 1)
        return append(member, after: name.mark, into: &state)
    }

    private func takeMember(
        _ segment: Segment, lead: Range<Int>, after mark: Unicode.Scalar?, into state: inout State
    ) -> Bool {
        let pending = state.pending
        let start = pending.first?.range.lowerBound ?? segment.range.lowerBound
        let markBefore = pending.first.map(\.mark) ?? mark
        var member = ListMember(names: 1...1, name: lead, range: start..<segment.range.upperBound)
        if let group = group(segment, pendingNames: pending.count) {
            member.names = group.names...group.names
            member.figures = figures(segment, times: group.isRespective ? 1 : group.names, from: group.end)
            state.isRespective = group.isRespective
            if group.isRespective { member.isAmbiguous = !hasEnough(member) }
        } else {
            state.isRespective = false
            member.figures = figures(segment, times: 1)
            member.isBracketed = segment.figures.isEmpty && !segment.bracketFigures.isEmpty
            let gathers = holds("等", in: lead)
            member.isAmbiguous = !pending.isEmpty && !gathers
            member.names = 1...(gathers ? 1 : pending.count + 1)
        }
        member.isRest = ListWords.other.occurs(in: lead, of: scalars)
        state.pending = []
        if endsOpen(segment.range) { state.list.isOpen = true }
        return append(member, after: markBefore, into: &state) && !state.list.isOpen
    }

    /// Appends a member, unless the mark before it says that it belongs to something larger than the list.
    private func append(
        _ member: ListMember, after mark: Unicode.Scalar?, into state: inout State
    ) -> Bool {
        state.pending = []
        if let last = state.list.members.last {
            if let separator = state.separator {
                // 甲区12个、乙区10个；未完成的6个: a clause of its own is no further member.
                let isClause = endsWithOf(member) && !endsWithOf(last)
                if strength(mark) > strength(separator), isClause || !isAlike(member, last) { return false }
            } else {
                state.separator = mark
            }
        }
        state.list.members.append(member)
        return true
    }

    private func finish(_ state: inout State, next: Int) -> MemberList {
        var list = state.list
        list.nextSegment = next
        let pending = state.pending
        if list.members.isEmpty {
            list.members = bareMembers(pending.map(\.range))
        } else if pending.first?.mark == Mark.enumeration {
            list.isCut = true
        }
        return list
    }
}

extension MemberReader {
    // MARK: names

    /// Members that have no figures: names up to the first clause that is not parted by 、.
    private func bareMembers(_ names: [Range<Int>]) -> [ListMember] {
        names.map { name in
            let joined = splitCount(name)
            return ListMember(names: 1...joined, name: name, range: name)
        }
    }

    /// How many names a stretch holds when 和, 与, 及 part names in it.
    func splitCount(_ range: Range<Int>) -> Int {
        var (count, place) = (1, range.lowerBound + 1)
        while place < range.upperBound {
            if let length = ListWords.joining.length(at: place, before: range.upperBound - 1, in: scalars) {
                count += 1
                place += length
            }
            place += 1
        }
        return count
    }

    /// Several names that share their figures: how many they are and where 各 or 分别 ends.
    private func group(_ segment: Segment, pendingNames: Int) -> (names: Int, isRespective: Bool, end: Int)? {
        guard let last = segment.figures.last else { return nil }
        let limit = text.quantities[last].range.lowerBound
        let from = segment.range.lowerBound + 1
        guard from < limit, let word = eachWord(in: from..<limit) else { return nil }
        let nameRange = trim(segment.range.lowerBound..<word.range.lowerBound)
        var names = pendingNames + splitCount(nameRange)
        if let counted = segment.figures.first(where: {
            text.quantities[$0].range.upperBound <= word.range.lowerBound
        }) {
            // 其余12个地区各发生1起, 北京等3个地区各发生1起: the count says how many there are.
            guard let number = wholeCount(text.quantities[counted]) else { return nil }
            names = number
        }
        guard names > 1 else { return nil }
        return (names, word.isRespective, word.range.upperBound)
    }

    private func eachWord(in range: Range<Int>) -> (range: Range<Int>, isRespective: Bool)? {
        for place in range {
            let scalar = scalars[place]
            if scalar == "各" || scalar == "均" || scalar == "都" {
                guard place + 1 < scalars.count,
                    !"类项级地种镇县市区部单方界界州乡".unicodeScalars.contains(scalars[place + 1])
                else { continue }
                return (place..<(place + 1), false)
            }
            if scalar == "分", place + 1 < range.upperBound, scalars[place + 1] == "别" {
                return (place..<(place + 2), true)
            }
        }
        return nil
    }

    /// A figure that counts members: a whole number of something, exactly said.
    func wholeCount(_ quantity: Quantity) -> Int? {
        guard quantity.sort == .amount, quantity.bound == .exact, quantity.upper == nil,
            quantity.step == .one, quantity.value.denominator == 1,
            quantity.value.numerator > 0, quantity.value.numerator <= 1000
        else { return nil }
        return Int(quantity.value.numerator)
    }

    /// Whether a stretch ends with 等, alone or before a noun: 北京、上海等地区.
    func endsOpen(_ range: Range<Int>) -> Bool {
        var depth = 0
        var place = range.upperBound - 1
        let limit = max(range.lowerBound, range.upperBound - 40)
        while place >= limit {
            let scalar = scalars[place]
            if scalar == "）" || scalar == "”" || scalar == "》" || scalar == ")" { depth += 1 }
            if scalar == "（" || scalar == "“" || scalar == "《" || scalar == "(" { depth -= 1 }
            if depth == 0, scalar == "等" {
                // 等级, 一等: the word is part of another.
                let next = place + 1 < range.upperBound ? scalars[place + 1] : " "
                if next == "级" || next == "次" || next == "候" { return false }
                // 等其他事故19起: the names before it are one member with a figure.
                let behind = (place + 1)..<range.upperBound
                return firstQuantity(in: behind).map { text.quantities[$0].sort != .amount } ?? true
            }
            place -= 1
        }
        return false
    }

    // MARK: figures

    /// The figures of a segment with their kinds, those in front of a place left out.
    func figures(_ segment: Segment, times: Int, from start: Int = 0) -> [ListFigure] {
        let quantities = text.quantities
        var found: [ListFigure] = []
        var count = 0
        func take(_ index: Int) {
            count += 1
            guard count <= Self.mostFigures, quantities[index].bound == .exact,
                quantities[index].upper == nil,
                quantities[index].sort == .amount || quantities[index].sort == .percent
            else { return }
            found.append(ListFigure(quantity: index, key: key(of: quantities[index]), times: times))
        }
        let first = segment.figures.firstIndex { quantities[$0].range.lowerBound >= start }
        let own = segment.figures[(first ?? segment.figures.count)...]
        own.forEach(take)
        // 医院56个（公立20个、民营36个）: the brackets tell of what is counted outside them already.
        for index in segment.bracketFigures.prefix(Self.mostFigures)
        where !own.contains(where: { quantities[$0].unitCode == quantities[index].unitCode }) {
            take(index)
        }
        return found
    }

    /// Of what a figure is.
    func key(of quantity: Quantity) -> FigureKey {
        let unit = quantity.sort == .percent ? .percent : quantity.unitCode
        return FigureKey(unit: unit, tone: tone(of: quantity), label: label(of: quantity))
    }

    /// What the word just before a figure of people says became of them.
    private func label(of quantity: Quantity) -> Int? {
        guard Self.people.contains(quantity.unitCode) else { return nil }
        var end = quantity.range.lowerBound
        if end > 1, scalars[end - 1] == "数", scalars[end - 2] == "人" { end -= 2 }
        return Self.harm.match(endingAt: end, notBefore: max(0, end - 2), in: scalars)?.number
    }

    private static let people: [UnitCode] = ["人", "名"]

    /// No member of a list has more figures than this; text without structure may seem to.
    private static let mostFigures = 40
    private static let verbs = PhraseSet("有 共有 另有 还有 并有 现有 已有 发现 发生 新增 查处 检查")
    private static let harm = PhraseSet("死亡 受伤 重伤 轻伤 失踪")

    /// Whether the words just before a figure make it a change.
    func tone(of quantity: Quantity) -> FigureKey.Tone {
        var end = quantity.range.lowerBound
        while end > 0, scalars[end - 1] == "了" || scalars[end - 1] == " " || scalars[end - 1] == "到" {
            end -= 1
        }
        let limit = max(0, end - 4)
        if ListWords.rising.length(endingAt: end, notBefore: limit, in: scalars) != nil { return .rise }
        if ListWords.falling.length(endingAt: end, notBefore: limit, in: scalars) != nil { return .fall }
        return .level
    }

    private func times(of member: ListMember) -> Int { member.figures.first?.times ?? 1 }

    /// Whether 分别 has as many figures of every kind as names.
    private func hasEnough(_ member: ListMember) -> Bool {
        !member.figures.isEmpty
            && member.figures.allSatisfy { member.count(of: $0.key) == member.names.lowerBound }
    }

    // MARK: where the list ends

    private func stops(_ segment: Segment, after mark: Unicode.Scalar?) -> Bool {
        guard mark != nil else { return false }
        let range = segment.range
        guard
            let length = ListWords.stopping.length(
                at: range.lowerBound, before: range.upperBound, in: scalars)
        else { return false }
        // A single scalar begins too many names to stop at unless nothing countable follows.
        return length > 1 || (segment.figures.isEmpty && segment.bracketFigures.isEmpty)
            || scalars[range.lowerBound] == "共"
    }

    private func introducer(in segment: Segment) -> Range<Int>? {
        if let word = ListWords.complete.first(in: segment.range, of: scalars),
            scalars[word.lowerBound] != "即"
        {
            return word
        }
        let range = segment.range
        if let length = ListWords.partial.length(at: range.lowerBound, before: range.upperBound, in: scalars)
        {
            return range.lowerBound..<(range.lowerBound + length)
        }
        return nil
    }

    private func endsWithOf(_ member: ListMember) -> Bool {
        member.name.last.map { scalars[$0] == "的" } ?? false
    }

    private func isAlike(_ member: ListMember, _ other: ListMember) -> Bool {
        member.isBracketed == other.isBracketed
            && member.figures.map(\.key) == other.figures.map(\.key) && !member.isAmbiguous
    }

    private func strength(_ mark: Unicode.Scalar?) -> Int {
        switch mark {
        case Mark.enumeration: 1
        case Mark.comma: 2
        case Mark.semicolon, Mark.line: 3
        default: 2
        }
    }

    // MARK: places

    /// Where the first figure of a segment stands, or the bracket that holds it.
    private func firstFigure(_ segment: Segment) -> Int? {
        let own = segment.figures.first.map { text.quantities[$0].range.lowerBound }
        let inside = segment.bracketFigures.first.flatMap { index -> Int? in
            let place = text.quantities[index].range.lowerBound
            return segment.brackets.first { $0.contains(place) }?.lowerBound
        }
        switch (own, inside) {
        case (let own?, let inside?): return min(own, inside)
        default: return own ?? inside
        }
    }

    /// The index of the first figure that begins within a stretch.
    func firstQuantity(in range: Range<Int>) -> Int? {
        var (low, high) = (0, text.quantities.count)
        while low < high {
            let middle = (low + high) / 2
            if text.quantities[middle].range.lowerBound < range.lowerBound {
                low = middle + 1
            } else {
                high = middle
            }
        }
        guard low < text.quantities.count, text.quantities[low].range.lowerBound < range.upperBound else {
            return nil
        }
        return low
    }

    private func holds(_ scalar: Unicode.Scalar, in range: Range<Int>) -> Bool {
        scalars[range.clamped(to: 0..<scalars.count)].contains(scalar)
    }

    func trim(_ range: Range<Int>) -> Range<Int> { SegmentReader(text).trim(range) }

    /// A segment without what stands before a place inside it.
    private func clipped(_ segment: Segment, from start: Int) -> Segment {
        var clipped = segment
        let range =
            min(max(start, segment.range.lowerBound), segment.range.upperBound)..<segment.range.upperBound
        clipped.range = trim(range)
        clipped.figures = segment.figures.filter { text.quantities[$0].range.lowerBound >= range.lowerBound }
        clipped.brackets = segment.brackets.filter { $0.lowerBound >= range.lowerBound }
        clipped.bracketFigures = segment.bracketFigures.filter {
            text.quantities[$0].range.lowerBound >= range.lowerBound
        }
        return clipped
    }
}
