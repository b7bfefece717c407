/// A part of a sentence between commas, in which one thing is said.
struct PlanClause {
    /// Where it stands, without the marks around it and without an item's number.
    let range: Range<Int>
    /// What it says of the past and of the time to come.
    var tells = false
    var promises = false
    /// The first words that say by when.
    var deadline: PlanDeadline?
    /// Whether a colon follows: what the clause announces is listed behind it.
    let endsInColon: Bool
}

extension PlanClause {
    /// Cuts a sentence into clauses; commas inside brackets and quotation marks cut nothing.
    ///
    /// - Parameter labels: the numbers of items inside the sentence, ascending; an empty range only cuts.
    static func all(
        in sentence: Range<Int>, of scalars: [Unicode.Scalar], skipping labels: [Range<Int>]
    ) -> [PlanClause] {
        var clauses: [PlanClause] = []
        var start = sentence.lowerBound
        var depth = 0
        var label = labels.startIndex
        var offset = sentence.lowerBound
        func close(at end: Int) {
            let range = scalars.trimmed(start..<max(start, end))
            guard !range.isEmpty else { return }
            let isColon = end < scalars.count && (scalars[end] == "：" || scalars[end] == ":")
            clauses.append(PlanClause(range: range, endsInColon: isColon))
        }
        while offset < sentence.upperBound {
            if label < labels.endIndex, labels[label].lowerBound <= offset {
                close(at: min(labels[label].lowerBound, offset))
                offset = max(offset, labels[label].upperBound)
                start = min(offset, sentence.upperBound)
                depth = 0
                label += 1
                continue
            }
            let scalar = scalars[offset]
            if PlanScalar.isOpening(scalar) || PlanScalar.isOpeningQuote(scalar) { depth += 1 }
            if PlanScalar.isClosing(scalar) || PlanScalar.isClosingQuote(scalar) { depth = max(0, depth - 1) }
            if depth == 0 || PlanScalar.isStop(scalar), PlanScalar.isClauseMark(scalar) {
                close(at: offset)
                start = offset + 1
                depth = 0
            }
            offset += 1
        }
        close(at: sentence.upperBound)
        for index in clauses.indices { clauses[index].listen(to: scalars) }
        return clauses
    }

    /// Finds the words of the past and of the time to come.
    private mutating func listen(to scalars: [Unicode.Scalar]) {
        let balance = Self.balance(in: range, of: scalars)
        (tells, promises) = (balance.tells > 0, balance.promises > 0)
        deadline = PlanDeadline.first(in: range, of: scalars)
    }

    /// How often a stretch of text tells of the past, and how often it promises.
    static func balance(
        in range: Range<Int>, of scalars: [Unicode.Scalar]
    ) -> (tells: Int, promises: Int) {
        var (tells, promises) = (0, 0)
        var offset = range.lowerBound
        let end = range.upperBound
        while offset < end {
            if let length = PlanVocabulary.baselines.length(at: offset, in: scalars, until: end)
                ?? PlanVocabulary.unpromising.length(at: offset, in: scalars, until: end)
            {
                offset += length
            } else if let length = PlanVocabulary.past.length(at: offset, in: scalars, until: end) {
                tells += 1
                offset += length
            } else if let length = PlanVocabulary.promising.length(at: offset, in: scalars, until: end) {
                promises += 1
                offset += length
            } else {
                offset += 1
            }
        }
        return (tells, promises)
    }
}
