/// Small sets of scalars that the reading of figures asks for.
enum Marks {
    /// What counts on behind a number at a line's start, so that it is no heading's number.
    static let countedBehindNumber: ScalarSet = "万亿千百十年个月%倍元余多"
    /// What stands behind 第一 in a heading.
    static let chapterWords: ScalarSet = "章节条"
    /// What ends a heading.
    static let clauseEnds: ScalarSet = "。；！？："
    /// Fillers between the word of a bound and its figure.
    static let fillers: ScalarSet = "了达到为在"
    /// What makes a word of its own with 近 or 约: 最近, 合约.
    static let wordsWithNear: ScalarSet = "最附邻临靠远亲相节条合制预签公契"
    /// What opens before the year of a document's number.
    static let openingYears: ScalarSet = "〔[（【"
    /// What closes behind it.
    static let closingYears: ScalarSet = "〕]）】"
    /// Marks that make one name of the figures on both sides.
    static let joiners: ScalarSet = "+·?×•・"
    /// Marks within a name of letters and figures.
    static let wordJoiners: ScalarSet = "-/.&_#+:·?×•・@"
    /// What makes digits with a leading zero a part of a date.
    static let dateParts: ScalarSet = "年月日-/.时:"
    /// What may stand between a word such as 电话 and its number.
    static let naming: ScalarSet = "：为是:“（ "
    /// Signs of multiplication in a size.
    static let timesSigns: ScalarSet = "×*"
    /// Signs of a ratio.
    static let ratioSigns: ScalarSet = ":/"
    /// What parts the year from the month.
    static let dateSeparators: ScalarSet = "-/."
    /// What never stands behind a year that stands alone.
    static let notBehindYear: ScalarSet = "余多.,/:×*+·%‰"
    /// What a new item of a list may follow.
    static let itemBeginnings: ScalarSet = "。；："
    /// What shows that 到 says from where to where rather than a range.
    static let fromWords: ScalarSet = "从自由"
    /// What stands before 一起 where it counts an incident.
    static let beforeIncident: ScalarSet = "生各每共有该同这查了现报为"
    /// What makes a word with 多 behind a unit: 三年多次检查.
    static let manyOf: ScalarSet = "次个家项方年种部"
    /// What ends a line that does not go on in the next one.
    static let lineEnds: ScalarSet = "。！？；："
    /// What joins two figures of one list.
    static let listing: ScalarSet = "、和及与"
}
