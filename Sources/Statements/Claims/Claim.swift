import Figures

/// What a text says follows from other figures, and whether it does.
public struct Claim: Hashable, Sendable {
    /// Which arithmetic the claim asserts. The words are those of the JSON lines.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A percentage of growth or decline against another period.
        case change
        /// A part's percentage of a whole.
        case share
        /// A rate whose numerator and denominator are counted things: 整改率, 合格率, 完成率.
        case rate
        /// A stated count against the members of the list that follows it.
        case listCount = "list_count"
        /// A stated total against the sum of the list that follows it.
        case listSum = "list_sum"
        /// A total against its parts elsewhere: sub-totals, remainders, cumulative against monthly.
        case total
        /// A stated difference against the two figures it lies between.
        case difference
        /// A figure per unit: 平均每起, 人均, 每万人.
        case ratio
        /// One figure named twice in a document.
        case repetition
        /// A figure of the text against the attached table.
        case table
    }

    /// One figure a claim is computed from.
    public struct Operand: Hashable, Sendable {
        /// What the figure is in this arithmetic, for the explanation: 上年同期, 本期, 部分, 总数.
        public let role: Phrase
        /// The figure.
        public let value: Rational
        /// The distance between neighbouring figures printed this way; zero for a figure that was computed.
        public let step: Rational
        /// Where it stands in what is read; `nil` when it was computed from others or comes from a table.
        public let range: Range<Int>?

        public init(role: Phrase, value: Rational, step: Rational, range: Range<Int>?) {
            self.role = role
            self.value = value
            self.step = step
            self.range = range
        }
    }

    /// Which arithmetic the claim asserts.
    public let kind: Kind
    /// The stated figure, as printed in what is read: `17.86%`, `22个`.
    public let stated: String
    /// Where the stated figure stands in what is read.
    public let range: Range<Int>
    /// The stretch of what is read that makes the claim, for a quotation.
    public let quote: Range<Int>
    /// What it is computed from; for a quotient the numerator first and the denominator second.
    public let operands: [Operand]
    /// The exact value recomputed; `nil` when it cannot be.
    public let recomputed: Rational?
    /// The judgement.
    public let verdict: Verdict
    private let telling: Telling

    /// The value recomputed, printed to the places of the stated figure with its sign: `25.71%`.
    ///
    /// Made anew at every reading, as `explanation` is; `texts` has both at once.
    public var recomputedText: String? { texts.recomputed }
    /// The judgement told to a clerk: the arithmetic, and what to do.
    public var explanation: Phrase { texts.explanation }
    /// What is told of the claim, made now from the figures it holds.
    public var texts: Texts { telling.make() }

    /// Makes a claim whose texts are known.
    public init(
        kind: Kind, stated: String, range: Range<Int>, quote: Range<Int>, operands: [Operand],
        recomputed: Rational?, recomputedText: String?, verdict: Verdict, explanation: Phrase
    ) {
        self.init(
            kind: kind, stated: stated, range: range, quote: quote, operands: operands,
            recomputed: recomputed, verdict: verdict
        ) { Texts(recomputed: recomputedText, explanation: explanation) }
    }

    /// Makes a claim whose texts are made when somebody reads them: of most claims only the verdict is read.
    init(
        kind: Kind, stated: String, range: Range<Int>, quote: Range<Int>, operands: [Operand],
        recomputed: Rational?, verdict: Verdict, texts: @escaping @Sendable () -> Texts
    ) {
        self.kind = kind
        self.stated = stated
        self.range = range
        self.quote = quote
        self.operands = operands
        self.recomputed = recomputed
        self.verdict = verdict
        telling = Telling(make: texts)
    }

    /// What is told of a claim.
    public struct Texts: Hashable, Sendable {
        /// The value recomputed, as the text should print it; `nil` when it cannot be computed.
        public let recomputed: String?
        /// The judgement told to a clerk: the arithmetic, and what to do.
        public let explanation: Phrase
    }

    /// Makes a claim's texts; two are equal when what they make is.
    private struct Telling: Hashable, Sendable {
        let make: @Sendable () -> Texts

        static func == (left: Telling, right: Telling) -> Bool { left.make() == right.make() }

        func hash(into hasher: inout Hasher) { hasher.combine(make()) }
    }
}

/// How a claim is judged. The words are those of the JSON lines.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
    /// The figures give what is stated, rounded half up.
    case holds
    /// They give it when the digits behind are cut off instead of rounded.
    case truncated
    /// Some values that the operands were rounded from give it.
    case explained
    /// No reading of the text gives it.
    case wrong
    /// An operand is not in the text, and what is stated could not have been shown false.
    case unverifiable
}

/// A text that a person sees, in both languages.
public struct Phrase: Hashable, Sendable {
    public let chinese: String
    public let english: String

    public init(_ chinese: String, _ english: String) {
        self.chinese = chinese
        self.english = english
    }
}
