import Figures

/// Which figures count whole things, and which percentages whole numbers can give.
enum WholeNumbers {
    /// Units that measure rather than count: a figure of these is rounded even without decimals.
    private static let measures = UnitTable(
        Dictionary(
            uniqueKeysWithValues: Set<String>([
                "元", "美元", "欧元", "港元", "日元", "人民币", "块", "圆", "平方米", "平方公里", "平方千米", "公顷", "亩", "米", "公里",
                "千米",
                "里", "厘米", "毫米", "吨", "公斤", "千克", "克", "斤", "升", "立方米", "方", "千瓦时", "千瓦", "兆瓦", "度", "天", "日",
                "小时",
                "分钟", "秒", "年", "个月", "月", "分", "标准煤", "吨标准煤", "公里/小时", "标箱", "载重吨", "吨公里", "人公里", "车公里",
                "海里",
                "㎡", "m²", "微克", "毫克", "毫升", "分贝", "兆帕", "帕", "摄氏度", "℃", "瓦", "千伏", "千伏安", "立方", "赫兹",
                "勒克斯", "微米", "标立方米", "人天", "工日", "岁", "比特", "兆", "吉瓦时", "焦耳", "km", "m", "t", "kg",
            ]).map { ($0, 1) }))

    /// Whether a figure counts whole things one by one: 23起, not 3536.5亿元, not 1.2万户, not 69887万平方米.
    static func areCounted(_ quantity: Quantity) -> Bool {
        quantity.sort == .amount && quantity.value.denominator == 1 && quantity.step == .one
            && quantity.upper == nil && !quantity.unit.isEmpty && measures[quantity.unitCode] == 0
            && !quantity.unit.utf8.contains(0x2F)
    }

    /// What a whole number that is not stated may be.
    enum Existence: Hashable, Sendable {
        /// The only whole number that gives the stated figure when it is rounded half up.
        case rounded(Rational)
        /// None does, but this one when the digits behind are cut off.
        case cut(Rational)
        /// None does.
        case none
        /// Some whole number gives nearly every figure of this precision: nothing is shown.
        case untestable
    }

    /// The whole number that must stand in a term's place, looked for around where the stated figure puts it.
    ///
    /// The test could have failed only when the values that two neighbouring whole numbers give lie further
    /// apart than the stated step.
    static func existence(
        of index: Int, in formula: Formula, giving stated: Rational, step: Rational
    ) throws(ArithmeticProblem) -> Existence {
        guard !step.isZero, let ideal = try formula.solve(index, for: stated), !ideal.isNegative else {
            return .none
        }
        let lower = PrintedNumber.floor(ideal)
        let upper = try lower.adding(.one)
        let (first, second) = (
            try? formula.value(formula.replacing(index, with: lower)),
            try? formula.value(formula.replacing(index, with: upper))
        )
        if let first, let second, try first.subtracting(second).magnitude <= step { return .untestable }
        var cut: Rational?
        // Rounding moves the place of the whole number by less than one, because neighbours lie further
        // apart than a step.
        for candidate in [lower, upper, try lower.subtracting(.one), try upper.adding(.one)]
        where !candidate.isNegative {
            guard let value = try? formula.value(formula.replacing(index, with: candidate)) else { continue }
            switch try Nearness.of(stated, step: step, to: value) {
            case .rounded: return .rounded(candidate)
            case .cut: cut = cut ?? candidate
            case .different: continue
            }
        }
        return cut.map { .cut($0) } ?? .none
    }
}

extension Rational {
    /// Whether it is less than another number, without a division where both are whole.
    func isLess(than other: Rational) -> Bool {
        denominator == 1 && other.denominator == 1 ? numerator < other.numerator : self < other
    }
}

/// How a stated figure stands to an exact one.
enum Nearness: Hashable, Sendable {
    /// The exact one rounded half up is the stated one.
    case rounded
    /// The exact one with the digits behind cut off is the stated one.
    case cut
    /// Neither.
    case different

    /// Compares; a step of zero demands equality.
    static func of(
        _ stated: Rational, step: Rational, to exact: Rational
    ) throws(ArithmeticProblem) -> Nearness {
        guard !step.isZero else { return stated == exact ? .rounded : .different }
        if let found = small(stated, step: step, to: (exact.numerator, exact.denominator)) { return found }
        let half = try step.divided(by: Rational(2))
        let (low, high) = (try stated.subtracting(half), try stated.adding(half))
        if low <= exact, exact < high { return .rounded }
        if stated <= exact, exact < (try stated.adding(step)) { return .cut }
        return .different
    }

    /// The same for numbers of at most thirty bits, without bringing anything to lowest terms: all sides are
    /// multiplied by twice the three denominators, which needs 92 bits at most.
    static func small(
        _ stated: Rational, step: Rational, to exact: (numerator: Int128, denominator: Int128)
    ) -> Nearness? {
        let limit: Int128 = 1 << 30
        guard stated.numerator.magnitude < limit.magnitude, stated.denominator < limit,
            step.numerator.magnitude < limit.magnitude, step.denominator < limit,
            exact.numerator.magnitude < limit.magnitude, exact.denominator < limit
        else { return nil }
        let (value, valueScale) = (Int64(stated.numerator), Int64(stated.denominator))
        let (unit, unitScale) = (Int64(step.numerator), Int64(step.denominator))
        let halves = (value: 2 * value * unitScale, step: unit * valueScale)
        let scale = Int128(exact.denominator)
        let sought = Int128(2 * valueScale * unitScale) * exact.numerator
        if Int128(halves.value - halves.step) * scale <= sought,
            sought < Int128(halves.value + halves.step) * scale
        {
            return .rounded
        }
        let isCut =
            Int128(halves.value) * scale <= sought && sought < Int128(halves.value + 2 * halves.step) * scale
        return isCut ? .cut : .different
    }
}
