/// Numbers as people read them.
public enum NumberText {
    /// The number with a comma between thousands: `1,234,567`.
    public static func grouped(_ number: some BinaryInteger) -> String { grouped(decimal: String(number)) }

    /// A decimal in digits with commas in its whole part: `-1,234.50`. Other text stays as it is.
    public static func grouped(decimal text: String) -> String {
        let isNegative = text.hasPrefix("-")
        let digits = isNegative ? text.dropFirst() : text[...]
        let whole = digits.prefix { $0.isASCII && $0.isNumber }
        let rest = digits[whole.endIndex...]
        let isNumber = !whole.isEmpty && (rest.isEmpty || rest.first == ".")
        guard isNumber, rest.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }) else { return text }
        var groups: [Substring] = []
        var remaining = whole
        while remaining.count > 3 {
            groups.append(remaining.suffix(3))
            remaining = remaining.dropLast(3)
        }
        groups.append(remaining)
        return (isNegative ? "-" : "") + groups.reversed().joined(separator: ",") + rest
    }
}
