import Figures

/// A quantified target that a plan sets.
public struct PlanTarget: Hashable, Sendable {
    /// How the result is to stand to the value. The words are those of the JSON lines.
    public enum Comparison: String, Hashable, Sendable {
        case atLeast = ">="
        case atMost = "<="
        case below = "<"
        case above = ">"
        case equal = "="
    }

    /// What is to be reached: 产品质量监督抽查合格率, 培养首席质量官.
    public let name: String
    public let comparison: Comparison
    /// The value to reach, and where the plan gives a range its upper end.
    public let value: Rational
    public let upper: Rational?
    /// The value as the plan prints it, without its unit: `95`, `1.2万`.
    public let valueText: String
    /// `%`, 个百分点, or the counter: 名, 只, 家, 亿元.
    public let unit: String
    /// Whom or what the target covers, where the sentence names it: 各镇, 规模以上工业企业.
    public let scope: String?
    /// By when, as the plan prints it: 年底前, 2015年, 6月底前.
    public let deadline: String?
    /// The headings it stands under, from the outermost: ["一、主要目标", "1、产品质量目标"].
    public let path: [String]
    /// Where its sentence and its figure stand in what is read.
    public let sentence: Range<Int>
    public let range: Range<Int>

    public init(
        name: String, comparison: Comparison, value: Rational, upper: Rational?, valueText: String,
        unit: String, scope: String?, deadline: String?, path: [String], sentence: Range<Int>,
        range: Range<Int>
    ) {
        self.name = name
        self.comparison = comparison
        self.value = value
        self.upper = upper
        self.valueText = valueText
        self.unit = unit
        self.scope = scope
        self.deadline = deadline
        self.path = path
        self.sentence = sentence
        self.range = range
    }
}

/// One task of a plan: an item of its hierarchy 一、（一）1、①.
public struct PlanTask: Hashable, Sendable {
    /// Its number as printed: 一、 （一） 1、 ①; empty for a paragraph that stands under a heading without one.
    public let label: String
    /// How deep it stands, from 1.
    public let depth: Int
    /// Its heading, or its first sentence when it has none.
    public let title: String
    /// The whole text of the item without its sub-items.
    public let text: Range<Int>
    /// The headings it stands under, from the outermost, without its own.
    public let path: [String]
    /// The units that answer for it, where named: （责任单位：…）, 由…负责, 牵头单位.
    public let responsible: [String]
    /// By when, as printed.
    public let deadlines: [String]
    /// The targets inside it, without those of its sub-items.
    public let targets: [PlanTarget]

    public init(
        label: String, depth: Int, title: String, text: Range<Int>, path: [String], responsible: [String],
        deadlines: [String], targets: [PlanTarget]
    ) {
        self.label = label
        self.depth = depth
        self.title = title
        self.text = text
        self.path = path
        self.responsible = responsible
        self.deadlines = deadlines
        self.targets = targets
    }
}
