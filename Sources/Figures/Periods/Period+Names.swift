import Rulebooks

extension Period {
    /// The period as officials write it: 2009年上半年, 2009年1—6月; first half of 2009, January–June 2009.
    public var name: Bilingual { Bilingual(zh: chineseName, en: englishName) }

    private var chineseName: String {
        let (first, last) = (months.lowerBound, months.upperBound)
        let (year, month) = (Months.year(first), Months.month(first))
        switch shape {
        case .month: return "\(year)年\(month)月"
        case .quarter: return "\(year)年第\(["一", "二", "三", "四"][min(month / 3, 3)])季度"
        case .half: return "\(year)年\(month == 1 ? "上" : "下")半年"
        case .year: return "\(year)年"
        case .yearToDate, .range:
            if first == last { return "\(year)年\(month)月" }
            let end = Months.month(last)
            guard Months.year(last) == year else {
                return "\(year)年\(month)月—\(Months.year(last))年\(end)月"
            }
            return "\(year)年\(month)—\(end)月"
        }
    }

    private var englishName: String {
        let (first, last) = (months.lowerBound, months.upperBound)
        let (year, month) = (Months.year(first), Months.month(first))
        switch shape {
        case .month: return "\(Self.englishMonth(first)) \(year)"
        case .quarter:
            return "\(["first", "second", "third", "fourth"][min(month / 3, 3)]) quarter of \(year)"
        case .half: return "\(month == 1 ? "first" : "second") half of \(year)"
        case .year: return "\(year)"
        case .yearToDate, .range:
            if first == last { return "\(Self.englishMonth(first)) \(year)" }
            guard Months.year(last) == year else {
                return "\(Self.englishMonth(first)) \(year) – \(Self.englishMonth(last)) \(Months.year(last))"
            }
            return "\(Self.englishMonth(first))–\(Self.englishMonth(last)) \(year)"
        }
    }

    private static func englishMonth(_ index: MonthIndex) -> String {
        let names = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        return names[min(max(Months.month(index) - 1, 0), 11)]
    }
}
