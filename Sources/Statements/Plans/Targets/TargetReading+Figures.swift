import Figures

/// A figure of a clause with the words around it.
struct FigureContext {
    let quantity: Quantity
    let head: FigureHead
    let tail: FigureTail
    /// What stands before the head, cleaned.
    let name: TargetName
    /// What stands behind the tail, up to the next member of a list.
    let post: Range<Int>
    /// Whether the figure goes on a list that another target of the clause began.
    let continuesList: Bool
    /// Where the stretch before the figure begins.
    let segment: Int
}

extension TargetReading {
    /// Reads the targets among the figures of one clause.
    mutating func read(_ figures: [Int], of clause: PlanClause, in sentence: Range<Int>) {
        var segment = clause.range.lowerBound
        var continuesList = false
        var pending: [FigureContext] = []
        var brackets = BracketCursor(clause.range)
        for (place, index) in figures.enumerated() {
            let quantity = text.quantities[index]
            guard quantity.sort != .label, quantity.sort != .date, quantity.sort != .ordinal else { continue }
            let next = place + 1 < figures.count ? text.quantities[figures[place + 1]] : nil
            let tail = FigureTail(
                behind: quantity.range.upperBound, in: scalars, until: clause.range.upperBound)
            guard quantity.range.upperBound <= clause.range.upperBound else { continue }
            let isAside = brackets.isInside(quantity.range.lowerBound, of: scalars)
            if isAside, let found = limitInBrackets(quantity, brackets.opening, clause) {
                add(found, sentence: sentence)
                continue
            }
            if isAside, !isPartAside(from: brackets.opening + 1) { continue }
            let start = max(segment, isAside ? brackets.opening + 1 : segment, quantity.range.lowerBound - 90)
            let head = FigureHead(before: quantity.range.lowerBound, in: scalars, from: start)
            let post = post(from: tail.end, next: next, in: clause.range)
            var name = TargetName(start..<max(start, nameEnd(head, from: start)), in: scalars)
            name.dropFirst(while: lines.isLost)
            let context = FigureContext(
                quantity: quantity, head: head, tail: tail, name: name, post: post,
                continuesList: continuesList, segment: start)
            if isStartOfChange(context, next: next) { continue }
            if head.isRespective || !pending.isEmpty { pending.append(context) }
            guard pending.isEmpty else {
                segment = tail.end
                continue
            }
            guard let found = target(of: context, clause: clause, isAside: isAside) else { continue }
            for member in found { add(member, sentence: sentence) }
            if !continuesList { keepVerb(of: context.name.range) }
            if !isAside {
                segment = max(tail.end, post.upperBound)
                continuesList = true
            }
        }
        for found in respective(pending) { add(found, sentence: sentence) }
    }

    /// 死亡人数控制在省下达指标（12人）以内: the limit that a bracket puts in figures.
    private func limitInBrackets(
        _ quantity: Quantity, _ opening: Int, _ clause: PlanClause
    ) -> FoundTarget? {
        let closing = quantity.range.upperBound
        guard quantity.range.lowerBound == opening + 1, closing < clause.range.upperBound,
            PlanScalar.isClosing(scalars[closing]), isToCome(hasLimit: true)
        else { return nil }
        let tail = FigureTail(behind: closing + 1, in: scalars, until: clause.range.upperBound)
        guard let comparison = tail.comparison else { return nil }
        let start = max(clause.range.lowerBound, opening - 60)
        for offset in start..<max(start, opening)
        where PlanVocabulary.limiting.length(at: offset, in: scalars, until: opening) != nil {
            let name = TargetName(start..<offset, in: scalars)
            guard name.range.count >= 2 else { return nil }
            return FoundTarget(
                name: name.text(in: scalars), comparison: comparison,
                amount: TargetAmount(quantity, in: scalars), scope: name.scopeText(in: scalars),
                range: quantity.range)
        }
        return nil
    }

    /// Keeps the verb that the members of a list share: 培养15名首席质量官、20名质量工程师.
    private mutating func keepVerb(of name: Range<Int>) {
        let output = PlanVocabulary.output
        guard var length = output.length(at: name.lowerBound, in: scalars, until: name.upperBound) else {
            return
        }
        let leans = PlanVocabulary.leaning.length(
            at: name.lowerBound, in: scalars, until: name.lowerBound + length)
        if leans == length,
            let more = output.length(at: name.lowerBound + length, in: scalars, until: name.upperBound)
        {
            length += more
        }
        lastVerb = name.lowerBound..<(name.lowerBound + length)
    }

    /// Where the name before a figure ends: before the head, and before 由 and 从 with a first figure.
    private func nameEnd(_ head: FigureHead, from start: Int) -> Int {
        var end = head.start
        // 由85%提高到95%: the name stands before 由.
        var offset = end
        while offset > start, end - offset < 24 {
            offset -= 1
            if scalars[offset] == "由" || scalars[offset] == "从", offset + 1 < end,
                PlanScalar.isDigit(scalars[offset + 1])
            {
                end = offset
                break
            }
        }
        return end
    }

    /// 由85%提高到95%, 从3起降到1起: the first figure is where things stand.
    private func isStartOfChange(_ context: FigureContext, next: Quantity?) -> Bool {
        let start = context.quantity.range.lowerBound
        guard next != nil else { return false }
        // 从2020年的35%: a year may stand between.
        var place = start
        while place > context.segment, start - place < 8,
            PlanScalar.isDigit(scalars[place - 1]) || "年的底末".unicodeScalars.contains(scalars[place - 1])
        {
            place -= 1
        }
        guard place > 0, scalars[place - 1] == "由" || scalars[place - 1] == "从" else { return false }
        return PlanVocabulary.rising.length(at: context.tail.end, in: scalars, until: scalars.count) != nil
            || PlanVocabulary.falling.length(at: context.tail.end, in: scalars, until: scalars.count) != nil
            || PlanVocabulary.reaching.length(at: context.tail.end, in: scalars, until: scalars.count) != nil
            || PlanVocabulary.limiting.length(at: context.tail.end, in: scalars, until: scalars.count) != nil
    }

    /// What stands behind a figure: up to the next member of the list, a bracket, or the clause's end.
    private func post(from start: Int, next: Quantity?, in clause: Range<Int>) -> Range<Int> {
        var end = clause.upperBound
        for offset in start..<max(start, end)
        where PlanScalar.isOpening(scalars[offset]) || offset - start > 60 {
            end = offset
            break
        }
        guard let next, next.range.lowerBound < clause.upperBound, next.range.lowerBound <= end else {
            return scalars.trimmed(start..<max(start, end))
        }
        var mark: Int?
        var conjunction: Int?
        for offset in start..<max(start, next.range.lowerBound) {
            if scalars[offset] == "、" { mark = offset }
            if scalars[offset] == "和" || scalars[offset] == "及" || scalars[offset] == "与" {
                conjunction = offset
            }
        }
        return scalars.trimmed(start..<max(start, mark ?? conjunction ?? next.range.lowerBound))
    }

    /// Whether a bracket sets parts of the target before it: （其中省级3家以上）.
    private func isPartAside(from start: Int) -> Bool {
        let limit = min(start + 4, scalars.count)
        for offset in start..<max(start, limit) where offset + 1 < scalars.count {
            if scalars[offset] == "其", scalars[offset + 1] == "中" { return lastName != nil }
        }
        return false
    }

    // MARK: Several names, several figures

    /// A、B、C分别达到95%、98%和100%: gives every name of the list its own figure.
    private func respective(_ pending: [FigureContext]) -> [FoundTarget] {
        guard let first = pending.first, isToCome(hasLimit: true) else { return [] }
        let names = NameList(withoutCount(first.name.range), in: scalars).names
        guard names.count == pending.count else { return [] }
        let comparison = pending.compactMap { $0.tail.comparison ?? $0.head.comparison }.last
        return zip(names, pending).map { name, context in
            var found = FoundTarget(
                name: name, comparison: .atLeast, amount: TargetAmount(context.quantity, in: scalars),
                scope: first.name.scopeText(in: scalars), range: context.quantity.range)
            found.comparison = comparison ?? standing(context, verb: first.head.verb)
            if let verb = first.head.verbRange, first.head.verb == .rising || first.head.verb == .falling {
                found.name += scalars.compactText(verb)
            }
            return found
        }
    }

    /// 死亡人数、受伤人数两项指标: the list without how many it has.
    private func withoutCount(_ range: Range<Int>) -> Range<Int> {
        var end = range.upperBound
        let counts = PlanVocabulary.listCounts
        guard let length = counts.length(before: end, in: scalars, from: range.lowerBound) else {
            return range
        }
        end -= length
        let start = end
        while end > range.lowerBound,
            PlanScalar.chineseDigit(scalars[end - 1]) != nil || PlanScalar.isDigit(scalars[end - 1])
                || scalars[end - 1] == "两" || scalars[end - 1] == "十"
        {
            end -= 1
        }
        guard end < start else { return range }
        if end > range.lowerBound, scalars[end - 1] == "等" { end -= 1 }
        return range.lowerBound..<end
    }

    /// How the result is to stand to a figure.
    func standing(_ context: FigureContext, verb: FigureHead.Verb?) -> PlanTarget.Comparison {
        if let comparison = context.tail.comparison ?? context.head.comparison { return comparison }
        if context.head.isAbout || context.tail.isAbout { return .equal }
        if verb == .limiting { return .atMost }
        if context.quantity.value.isZero { return .equal }
        switch context.quantity.bound {
        case .atMost: return .atMost
        case .below: return .below
        case .above: return .above
        case .about: return .equal
        case .exact, .atLeast: return .atLeast
        }
    }
}

/// Knows, for offsets that only grow, whether they stand inside brackets or quotation marks.
struct BracketCursor {
    private var place: Int
    private let end: Int
    private var depth = 0
    /// Where the outermost bracket that is open began.
    private(set) var opening = 0

    init(_ range: Range<Int>) { (place, end) = (range.lowerBound, range.upperBound) }

    mutating func isInside(_ offset: Int, of scalars: [Unicode.Scalar]) -> Bool {
        while place < min(offset, end) {
            if PlanScalar.isOpening(scalars[place]) || PlanScalar.isOpeningQuote(scalars[place]) {
                if depth == 0 { opening = place }
                depth += 1
            } else if PlanScalar.isClosing(scalars[place]) || PlanScalar.isClosingQuote(scalars[place]) {
                depth = max(0, depth - 1)
            }
            place += 1
        }
        return depth > 0
    }
}

/// The names of a list that share a head: 农产品、食品和药品抽检合格率.
struct NameList {
    let names: [String]

    /// Cuts a list at 、 和 及 与 and gives a shared noun of measure to every member.
    init(_ range: Range<Int>, in scalars: [Unicode.Scalar]) {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        for offset in range {
            let scalar = scalars[offset]
            let isConjunction = scalar == "和" || scalar == "及" || scalar == "与"
            guard scalar == "、" || isConjunction, offset > start else { continue }
            let end = offset > start && scalars[offset - 1] == "以" && scalar == "及" ? offset - 1 : offset
            if end > start { parts.append(start..<end) }
            start = offset + 1
        }
        parts.append(start..<max(start, range.upperBound))
        let ends = parts.map { Self.measureStart(of: $0, in: scalars) }
        guard parts.count > 1, let last = ends.last, let shared = last, let tail = parts.last else {
            names = parts.map { scalars.compactText($0) }
            return
        }
        names = zip(parts, ends).map { part, measure in
            let own = scalars.compactText(part)
            return measure == nil ? own + scalars.compactText(shared..<tail.upperBound) : own
        }
    }

    /// Where the noun of measure at the end of a name begins, with the way of measuring before it.
    static func measureStart(of range: Range<Int>, in scalars: [Unicode.Scalar]) -> Int? {
        guard
            let length = PlanVocabulary.metrics.length(
                before: range.upperBound, in: scalars, from: range.lowerBound)
        else { return nil }
        var start = range.upperBound - length
        var steps = 0
        while steps < 4,
            let more = PlanVocabulary.measuring.length(before: start, in: scalars, from: range.lowerBound)
        {
            start -= more
            steps += 1
        }
        return start
    }
}
