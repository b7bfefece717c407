/// What operands are called in explanations.
enum Roles {
    static let part = Phrase("部分数", "the part")
    static let whole = Phrase("总数", "the whole")
    static let current = Phrase("本期数", "the current figure")
    static let base = Phrase("基期数", "the figure compared with")
    static let delta = Phrase("增减数", "the difference")
    static let numerator = Phrase("完成数", "the number done")
    static let denominator = Phrase("应完成数", "the number to be done")
    static let yearly = Phrase("各年的数", "the figures of each year")
    static let amount = Phrase("总量", "the total amount")
    static let units = Phrase("单位数", "the number of units")
}
