import Figures

/// A judgement of one stated figure before it becomes a claim.
struct Judgement: Hashable, Sendable {
    let verdict: Verdict
    /// The exact value; `nil` when it cannot be computed.
    let recomputed: Rational?
    /// What decided, from which the explanation is made when somebody reads it.
    let reason: Reason

    /// What a verdict rests on.
    enum Reason: Hashable, Sendable {
        /// The formula's value.
        case value
        /// The formula's value, with a whole number in the place of the term with this index.
        case found(Int)
        /// Terms of the formula that are only about, at least or at most so much.
        case inexact
        /// The formula divides by zero.
        case zero
        /// The numbers outgrow exact arithmetic.
        case overflow
        /// Operands that the text does not state.
        case missing([Phrase])
        /// No whole number in the place of the term with this index gives the stated figure.
        case impossible(Int)
        /// Two words of the text that contradict each other: the difference that stands here falls, or rises.
        case contradiction(Range<Int>, falls: Bool)
        /// The last place was adjusted so that all shares add up to a hundred.
        case adjusted
    }
}

/// Judges stated figures against what they are computed from, exactly.
struct Judge: Sendable {
    /// Judges a stated figure against a formula.
    ///
    /// Answers, in this order: `holds` when the exact value rounded half up is stated, `truncated` when its
    /// digits are cut off instead, `explained` when some values that the operands were rounded from give it,
    /// and otherwise `wrong`; or `unverifiable` when an operand is itself only about or at least so much, when
    /// the base is zero with nothing above it, and when the numbers outgrow exact arithmetic.
    func judge(_ stated: Quantity, against formula: Formula) -> Judgement {
        do {
            return try judgement(stated, formula)
        } catch .divisionByZero {
            let isInexact = !formula.terms.allSatisfy(\.isExactCount)
            return Judgement(verdict: isInexact ? .unverifiable : .wrong, recomputed: nil, reason: .zero)
        } catch {
            return Judgement(verdict: .unverifiable, recomputed: nil, reason: .overflow)
        }
    }

    /// Whether some reading of the formula's figures gives the stated one: `holds`, `truncated` or `explained`.
    func agrees(_ stated: Quantity, with formula: Formula) -> Bool {
        guard let exact = try? formula.value(), let verdict = try? Self.verdict(stated, exact, formula) else {
            return false
        }
        return verdict.isKind
    }

    /// The same for the share of one exact count in another, without making a formula; `nil` when the numbers are
    /// not small enough or the stated figure is not simply a rounded one.
    static func agrees(_ stated: Quantity, part: Rational, whole: Rational, scale: Int128) -> Bool? {
        guard stated.bound == .exact, stated.upper == nil, stated.sort != .amount, !stated.step.isZero,
            whole.numerator > 0, part.numerator.magnitude < 1 << 30
        else { return nil }
        return Nearness.small(
            stated.value, step: stated.step, to: (part.numerator * scale, whole.numerator)
        ).map { $0 != .different }
    }

    /// Judges a stated sum against its parts; a part less than zero is not possible.
    func sum(_ stated: Quantity, of parts: [Quantity], role: Phrase = Roles.part) -> Judgement {
        judge(stated, against: .sum(parts.map { Term($0, role: role) }))
    }

    /// Judges a stated figure by whether some whole number in an unstated operand's place gives it.
    ///
    /// `open` is the index of the unstated operand in the formula, whose value is not looked at. Answers
    /// `unverifiable` where whole numbers lie so close that the stated precision could not have failed.
    func judge(
        _ stated: Quantity, against formula: Formula, open: Int, isTied: Bool
    ) -> (judgement: Judgement, found: Rational?) {
        let unstated = formula.terms.indices.contains(open) ? formula.terms[open].role : Roles.part
        let missing = missing([unstated])
        guard stated.upper == nil, stated.bound == .exact,
            formula.terms.indices.allSatisfy({ $0 == open || formula.terms[$0].isExactCount })
        else { return (missing, nil) }
        let answer = try? WholeNumbers.existence(
            of: open, in: formula, giving: stated.value, step: stated.step)
        switch answer {
        case .rounded(let whole)?, .cut(let whole)?:
            var filled = formula.terms
            filled[open] = Term(exactly: whole, role: unstated)
            let complete = Formula(filled, above: formula.above, below: formula.below, scale: formula.scale)
            let found = judge(stated, against: complete)
            // What is found is exact, so that nothing but its value can have decided.
            return (
                Judgement(verdict: found.verdict, recomputed: found.recomputed, reason: .found(open)), whole
            )
        case Optional.none, .untestable?: return (missing, nil)
        case WholeNumbers.Existence.none?:
            guard isTied else { return (missing, nil) }
            return (Judgement(verdict: .wrong, recomputed: nil, reason: .impossible(open)), nil)
        }
    }

    /// Says which operands are not in the text.
    func missing(_ roles: [Phrase]) -> Judgement {
        Judgement(verdict: .unverifiable, recomputed: nil, reason: .missing(roles))
    }

    private func judgement(_ stated: Quantity, _ formula: Formula) throws(ArithmeticProblem) -> Judgement {
        let exact = try formula.value()
        let verdict = try Self.verdict(stated, exact, formula)
        guard verdict == .wrong else {
            return Judgement(verdict: verdict, recomputed: exact, reason: .value)
        }
        guard formula.terms.allSatisfy({ $0.bound == .exact }) else {
            return Judgement(verdict: .unverifiable, recomputed: exact, reason: .inexact)
        }
        return Judgement(verdict: .wrong, recomputed: exact, reason: .value)
    }

    /// The verdict of a figure whose exact value is known.
    static func verdict(
        _ stated: Quantity, _ exact: Rational, _ formula: Formula
    ) throws(ArithmeticProblem) -> Verdict {
        if stated.upper == nil, stated.bound == .exact {
            switch try Nearness.of(stated.value, step: Self.step(stated), to: exact) {
            case .rounded: return .holds
            case .cut: return .truncated
            case .different: if formula.terms.allSatisfy(\.isExactCount) { return .wrong }
            }
        }
        let bounds = try formula.bounds()
        if let upper = stated.upper {
            let half = try stated.step.divided(by: Rational(2))
            let (low, high) = (try stated.value.subtracting(half), try upper.adding(half))
            if low <= exact, exact <= high { return .holds }
            return bounds.high < low || high < bounds.low ? .wrong : .explained
        }
        guard stated.bound == .exact else { return try boundedVerdict(stated, exact, bounds) }
        let half = try stated.step.divided(by: Rational(2))
        let (low, high) = (try stated.value.subtracting(half), try stated.value.adding(half))
        return bounds.high < low || high < bounds.low ? .wrong : .explained
    }

    /// A count is exact: it neither rounds nor cuts.
    private static func step(_ stated: Quantity) -> Rational {
        WholeNumbers.areCounted(stated) ? .zero : stated.step
    }

    /// 约28%, 近三成, 超过80%, 不足5%: wrong only when even a generous reading excludes it.
    private static func boundedVerdict(
        _ stated: Quantity, _ exact: Rational, _ bounds: (low: Rational, high: Rational)
    ) throws(ArithmeticProblem) -> Verdict {
        if case .rounded = try Nearness.of(stated.value, step: stated.step, to: exact) { return .holds }
        let tenth = try stated.value.divided(by: Rational(10))
        // 三成多 may be anything up to four; two steps would reach into the next but one.
        let steps = stated.sort == .percent && stated.step >= Rational(10) ? Rational.one : Rational(2)
        let leeway = max(tenth, try stated.step.multiplied(by: steps))
        switch stated.bound {
        case .exact, .about:
            let low = try stated.value.subtracting(leeway)
            let high = try stated.value.adding(leeway)
            return bounds.high < low || high < bounds.low ? .wrong : .explained
        case .atLeast, .above:
            if stated.value <= exact { return .holds }
            return bounds.high < stated.value ? .wrong : .explained
        case .atMost, .below:
            if exact <= stated.value { return .holds }
            return stated.value < bounds.low ? .wrong : .explained
        }
    }
}

extension Term {
    /// Whether it stands for itself alone.
    var isExactCount: Bool { isCount && bound == .exact }
}
