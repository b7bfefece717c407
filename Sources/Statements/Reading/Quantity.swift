import Figures

/// One figure read in a text: what it says, how exactly, of what, and where.
public struct Quantity: Hashable, Sendable {
    /// What sort of figure it is.
    public enum Sort: Hashable, Sendable {
        /// So many of something: 23起, 731.47万户, 3536.5亿元, 一千二百家.
        case amount
        /// A part of a hundred: 17.86%, 百分之八, 九成 (as 90), 三分之一 (as a hundred thirds).
        case percent
        /// A difference of percentages: 3.5个百分点.
        case percentagePoint
        /// A multiple: 1.3倍.
        case times
        /// The place in an order: 第三, 第18位.
        case ordinal
        /// A date, or a part of one: 2009年, 6月底, 13日; what stands for none of the other sorts.
        case date
        /// Something that only looks like a figure: a document's number, a phone, a size such as 3-5cm×4.
        case label
    }

    /// What a word beside the figure does to it.
    public enum Bound: Hashable, Sendable {
        /// Nothing: the figure is what it says, within its step.
        case exact
        /// 以上, 不少于, 至少, 不低于, 达到…以上: it, or more (inclusive).
        case atLeast
        /// 以内, 不超过, 至多, 不高于: it, or less (inclusive).
        case atMost
        /// 以下, 不足, 不到, 低于: less (exclusive; the law reads 以上 with the figure itself, 以下 without).
        case below
        /// 超过, 多于, 高于, 突破, 逾: more (exclusive).
        case above
        /// 约, 近, 余, 多, 左右, 大约: about it; nothing exact follows from it.
        case about
    }

    /// What sort of figure it is.
    public let sort: Sort
    /// What the figure says, exactly as printed: 45万 is 450000, 17.86% is 17.86, 三分之一 is 100/3 percent.
    /// Never negative: a minus sign stands before `range`. A date's value is its first number.
    public let value: Rational
    /// The distance between two neighbouring figures printed this way: 10000 for 45万, 1/100 for 17.86%,
    /// 1 for 23起, 10 for 七成; zero for a plain fraction such as 三分之一, which is no rounded decimal.
    /// A rounded figure stands for all values within half a step of it.
    public let step: Rational
    /// The upper figure of a range (1至2家, 3-5个百分点); `value` is the lower one.
    public let upper: Rational?
    /// What a word beside the figure does to it.
    public let bound: Bound
    /// The unit or counter as printed, without the factor: 起, 人, 家, 元 (of 亿元), 平方米 (of 万平方米);
    /// empty when there is none. Every percent has `%`, a percentage point 个百分点 or 百分点; a date's is that of
    /// its first number: 年 of 2009年6月30日.
    public let unit: String
    /// Where the figure stands with its factor, unit and sign of percent, in offsets of what is read.
    public let range: Range<Int>
    /// Where its digits alone stand.
    public let digits: Range<Int>
    /// The unit, for comparing.
    let unitCode: UnitCode

    public init(
        sort: Sort, value: Rational, step: Rational, upper: Rational? = nil, bound: Bound = .exact,
        unit: String, range: Range<Int>, digits: Range<Int>
    ) {
        self.sort = sort
        self.value = value
        self.step = step
        self.upper = upper
        self.bound = bound
        self.unit = unit
        self.range = range
        self.digits = digits
        unitCode = UnitCode(unit)
    }
}
