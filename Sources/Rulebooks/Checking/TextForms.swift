import Expressions

/// The forms in which people write numbers, days and moments.
enum TextForms {
    /// Without blanks at either end, the full-width blank and the byte order mark among them.
    static func trimmed(_ text: String) -> String {
        let isBlank: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace || $0.value == 0xFEFF }
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isBlank($0) }),
            let last = scalars.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    /// With full-width digits, letters and signs brought to ASCII.
    static func halfWidth(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.value >= 0xFF01, scalar.value <= 0xFF5E,
                let plain = Unicode.Scalar(scalar.value - 0xFEE0)
            {
                result.append(plain)
            } else {
                result.append(scalar.value == 0x3000 ? " " : scalar)
            }
        }
        return String(result)
    }

    /// A day: 2026-03-02, 2026/3/2, 2026.3.2, 20260302 or 2026年3月2日.
    static func date(_ text: String) -> CivilDate? {
        let plain = halfWidth(text)
        if plain.utf8.count == 8, let digits = Int(plain), plain.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
        {
            return CivilDate(year: digits / 10_000, month: digits / 100 % 100, day: digits % 100)
        }
        var body = plain
        if body.hasSuffix("日") {
            guard body.contains("年"), body.contains("月") else { return nil }
            body = String(body.dropLast()).replacing("年", with: "-").replacing("月", with: "-")
        }
        for separator: Character in ["-", "/", "."] {
            let parts = body.split(separator: separator, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            let numbers = parts.map { number(trimmed(String($0)), digits: 1...4) }
            guard parts[0].count == 4, let year = numbers[0], let month = numbers[1], let day = numbers[2]
            else {
                return nil
            }
            return CivilDate(year: year, month: month, day: day)
        }
        return nil
    }

    /// A moment: RFC 3339, or a civil date and time of day at an offset.
    static func moment(_ text: String, offsetSeconds: Int) -> Timestamp? {
        let plain = halfWidth(text)
        if let moment = Timestamp(rfc3339: plain.replacing(" ", with: "T")) {
            return Timestamp(seconds: moment.seconds)
        }
        let marks: [Character] = ["T", "t", " ", "日"]
        guard let cut = plain.firstIndex(where: marks.contains) else { return nil }
        let day = plain[cut] == "日" ? String(plain[...cut]) : String(plain[..<cut])
        guard let date = date(day), let second = secondOfDay(String(plain[plain.index(after: cut)...])) else {
            return nil
        }
        return Timestamp(date: date, secondOfDay: second, offsetSeconds: offsetSeconds)
    }

    /// `8:30`, `08:30:15`, `8时30分` or `8时30分15秒`.
    private static func secondOfDay(_ text: String) -> Int? {
        var body = trimmed(text).replacing("时", with: ":").replacing("分", with: ":")
        if body.hasSuffix("秒") { body.removeLast() }
        if text.contains("分"), body.hasSuffix(":") { body.removeLast() }
        let parts = body.split(separator: ":", omittingEmptySubsequences: false)
            .map { number(String($0), digits: 1...2) }
        guard parts.count == 2 || parts.count == 3, let hour = parts[0], let minute = parts[1], hour < 24,
            minute < 60
        else { return nil }
        guard parts.count == 3 else { return hour * 3600 + minute * 60 }
        guard let second = parts[2], second < 60 else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    private static func number(_ text: String, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            return nil
        }
        return Int(text)
    }

    /// Yuan: `1234.5`, `¥1234.50`, `1.2万元`, `3亿元`; without thousands separators.
    static func yuan(_ text: String) -> ExactDecimal? {
        var body = text[...]
        for sign in ["¥", "￥", "CNY", "RMB"] where body.hasPrefix(sign) { body = body.dropFirst(sign.count) }
        if body.hasSuffix("元") { body = body.dropLast() }
        var factor: Int64 = 1
        for (unit, value) in [("万亿", Int64(1_000_000_000_000)), ("亿", 100_000_000), ("万", 10_000)]
        where body.hasSuffix(unit) {
            factor = value
            body = body.dropLast(unit.count)
            break
        }
        return ExactDecimal(trimmed(String(body)))?.multiplied(by: ExactDecimal(unscaled: factor, scale: 0))
    }

    /// Without the commas between thousands; nil when a comma stands anywhere else.
    static func ungrouped(_ text: String) -> String? {
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        guard let first = groups.first, let last = groups.last, groups.count > 1 else { return text }
        let isDigit: (Character) -> Bool = { $0.isASCII && $0.isNumber }
        let start = first.drop { !isDigit($0) }
        guard (1...3).contains(start.count), start.allSatisfy(isDigit),
            last.prefix(while: isDigit).count == 3,
            groups.dropFirst().dropLast().allSatisfy({ $0.count == 3 && $0.allSatisfy(isDigit) })
        else { return nil }
        return groups.joined()
    }

    /// With commas between thousands.
    static func grouped(_ number: String) -> String {
        let isNegative = number.hasPrefix("-")
        let parts = number.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
        let digits = Array(parts.first ?? "")
        var result = isNegative ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { result.append(",") }
            result.append(digit)
        }
        return parts.count == 2 ? "\(result).\(parts[1])" : result
    }

    /// The civil date and time to the minute, with seconds when there are any.
    static func civil(_ moment: Timestamp, offsetSeconds: Int) -> String {
        let (date, second) = moment.civil(offsetSeconds: offsetSeconds)
        let minutes = "\(NumberPattern.padded(second / 3600, 2)):\(NumberPattern.padded(second / 60 % 60, 2))"
        return second % 60 == 0
            ? "\(date) \(minutes)" : "\(date) \(minutes):\(NumberPattern.padded(second % 60, 2))"
    }

    /// A SHA-256 in lower-case hexadecimal.
    static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x61 && $0 <= 0x66 }
    }
}
