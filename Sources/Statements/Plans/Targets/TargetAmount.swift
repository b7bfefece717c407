import Figures

/// A figure as a target states it: its value, the value as printed, and its unit.
struct TargetAmount {
    var value: Rational
    var upper: Rational?
    var text: String
    var unit: String

    /// Measures that are customarily counted by the ten thousand: 亿元, 万平方米.
    private static let measures = PlanWordList(
        """
        元 美元 平方米 立方米 吨 标准煤 千瓦 千瓦时 度 亩 公里 人次 平方公里 公顷 吨标准煤 斤 公斤 株 米 件次 人民币 辆次 户次 台次
        """)

    /// Reads how a figure is printed.
    init(_ quantity: Quantity, in scalars: [Unicode.Scalar]) {
        value = quantity.value
        upper = quantity.upper
        let whole = scalars.compactText(quantity.range)
        let digits = scalars.compactText(quantity.digits)
        switch quantity.sort {
        case .percent:
            (text, unit) = (digits, "%")
            if whole.contains("分之"), !whole.hasPrefix("百分之") {
                (text, unit) = (whole, "")
                value = Self.scaled(quantity.value, by: 100) ?? quantity.value
                upper = quantity.upper.flatMap { Self.scaled($0, by: 100) }
            } else if whole.contains("成") || !Self.isPlain(digits) {
                text = Self.decimal(quantity.value) ?? digits
            }
        case .percentagePoint:
            (text, unit) = (digits, "个百分点")
        case .times:
            (text, unit) = (digits, "倍")
        case .amount, .ordinal, .date, .label:
            (text, unit) = (digits, quantity.unit)
            readFactor(whole: whole, digits: digits)
        }
    }

    /// Whether digits are printed in Arabic numerals.
    private static func isPlain(_ digits: String) -> Bool {
        digits.unicodeScalars.contains { PlanScalar.isDigit($0) }
    }

    /// 3.5亿元 is 3.5 of 亿元; 1.2万家 is 12000 of 家, printed 1.2万.
    private mutating func readFactor(whole: String, digits: String) {
        guard Self.isPlain(digits) else { return }
        var factor = ""
        if let start = whole.firstRange(of: digits) {
            let rest = whole[start.upperBound...].unicodeScalars.drop { PlanScalar.isSpace($0) }
            for scalar in rest {
                guard "十百千万亿".unicodeScalars.contains(scalar), factor.count < 2 else { break }
                factor.unicodeScalars.append(scalar)
            }
        }
        guard !factor.isEmpty, !unit.hasPrefix(factor) else { return }
        let unitScalars = Array(unit.unicodeScalars)
        let isMeasure =
            !unitScalars.isEmpty
            && Self.measures.length(at: 0, in: unitScalars, until: unitScalars.count) == unitScalars.count
        if isMeasure, let size = Self.size(of: factor), let scaled = Self.scaled(value, by: size) {
            value = scaled
            upper = upper.flatMap { Self.scaled($0, by: size) }
            unit = factor + unit
        } else {
            text = digits + factor
        }
    }

    private static func size(of factor: String) -> Int64? {
        var size: Int64 = 1
        for scalar in factor.unicodeScalars {
            switch scalar {
            case "十": size *= 10
            case "百": size *= 100
            case "千": size *= 1000
            case "万": size *= 10_000
            case "亿": size *= 100_000_000
            default: return nil
            }
        }
        return size
    }

    private static func scaled(_ value: Rational, by size: Int64) -> Rational? {
        try? value.divided(by: Rational(size))
    }

    /// A value as a plain decimal, `nil` when it has no end within six places.
    static func decimal(_ value: Rational) -> String? {
        for places in 0...6 {
            let scale = Rational(unscaled: 1, places: places)
            guard let whole = try? value.divided(by: scale) else { return nil }
            if whole.denominator == 1 { return value.text(places: places) }
        }
        return nil
    }
}
