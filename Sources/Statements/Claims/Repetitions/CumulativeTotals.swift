import Figures

/// Compares a total from one month to another (1-3月) with the totals of the months, when all are stated before it.
///
/// They hold when the months add up. Months are revised when late reports arrive, so that another sum proves
/// nothing; a cumulative total that is less than one of its own months is wrong.
struct CumulativeTotals {
    /// What is counted month by month.
    struct Series: Hashable {
        let subject: WordCode
        let scope: UnitCode
        let unit: UnitCode
        let order: Int
    }

    private struct Months: Hashable {
        let year: Int
        let first: Int
        let last: Int
    }

    private let text: ReadText
    private var stated: [Series: [Months: Int]] = [:]

    init(_ text: ReadText) { self.text = text }

    /// Takes in a stated total; answers a claim when it is cumulative and its months are known.
    mutating func add(_ index: Int, to series: Series, period: String) -> Claim? {
        guard let months = Self.months(period), text.quantities[index].bound == .exact,
            WholeNumbers.areCounted(text.quantities[index])
        else { return nil }
        defer { stated[series, default: [:]][months] = index }
        guard months.last > months.first, let known = stated[series] else { return nil }
        let parts = (months.first...months.last).compactMap { month in
            known[Months(year: months.year, first: month, last: month)]
        }
        let total = text.quantities[index]
        if let larger = parts.first(where: { text.quantities[$0].value > total.value }) {
            return claim(index, [larger], .wrong)
        }
        guard parts.count == months.last - months.first + 1 else { return nil }
        var sum = Rational.zero
        for part in parts { sum = (try? sum.adding(text.quantities[part].value)) ?? sum }
        return sum == total.value ? claim(index, parts, .holds) : nil
    }

    private func claim(_ index: Int, _ parts: [Int], _ verdict: Verdict) -> Claim {
        let total = text.quantities[index]
        let printed = text.source.text(total.range)
        let months = parts.map { text.source.text(text.quantities[$0].range) }
        let explanation =
            verdict == .holds
            ? Phrase(
                "各月相加：\(months.joined(separator: "+")) = \(printed)，相符。",
                "The months add up: \(months.joined(separator: "+")) = \(printed).")
            : Phrase(
                "累计数\(printed)小于其中一个月的\(months.joined())，不可能；请核对累计数和月度数。",
                "The cumulative \(printed) is less than the \(months.joined()) of one of its months, which cannot be. "
                    + "Check both.")
        return Claim(
            kind: .total, stated: printed, range: total.range, quote: total.range,
            operands: parts.map { part in
                Claim.Operand(
                    role: Phrase("月度数", "one month"), value: text.quantities[part].value,
                    step: text.quantities[part].step, range: text.quantities[part].range)
            },
            recomputed: verdict == .holds ? total.value : nil,
            recomputedText: verdict == .holds ? printed : nil, verdict: verdict, explanation: explanation)
    }

    /// The months a period names with its year: 2013年8月, 2013年1-8月; `nil` for all others.
    private static func months(_ period: String) -> Months? {
        var numbers: [Int] = []
        var digits = ""
        var marks = ""
        for scalar in period.unicodeScalars {
            if ("0"..."9").contains(scalar), digits.count < 5 {
                digits.unicodeScalars.append(scalar)
            } else {
                if let number = Int(digits) { numbers.append(number) }
                digits = ""
                marks.unicodeScalars.append(scalar)
            }
        }
        guard digits.isEmpty, let year = numbers.first, (1900...2200).contains(year) else { return nil }
        switch (numbers.count, marks) {
        case (2, "年月"): break
        case (3, "年-月"), (3, "年—月"), (3, "年至月"), (3, "年~月"), (3, "年～月"), (3, "年–月"), (3, "年月-月"),
            (3, "年月至月"):
            break
        default: return nil
        }
        guard let first = numbers.dropFirst().first, let last = numbers.last, (1...12).contains(first),
            first <= last, last <= 12
        else { return nil }
        return Months(year: year, first: first, last: last)
    }
}
