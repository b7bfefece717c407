import Figures

/// Settles what a figure is from the one that follows it.
enum Aftermath {
    /// Gives figures without a unit the sort of the date, name or grade they share it with: 2、3号楼, 5、6月份.
    static func settle(_ quantities: inout [Quantity], _ scalars: [Unicode.Scalar]) {
        guard quantities.count > 1 else { return }
        for index in (0..<quantities.count - 1).reversed() {
            guard quantities[index].sort == .amount, quantities[index].unit.isEmpty,
                quantities[index + 1].range.lowerBound == quantities[index].range.upperBound + 1
            else { continue }
            let (first, second) = (quantities[index], quantities[index + 1])
            guard first.upper == nil, first.step == .one,
                Marks.listing.contains(scalars[first.range.upperBound])
            else { continue }
            switch second.sort {
            case .date where isDay(first.value, second), .label where isShared(second, scalars), .ordinal:
                quantities[index] = Quantity(
                    sort: second.sort, value: first.value, step: .one, unit: second.unit, range: first.range,
                    digits: first.digits)
            default: break
            }
        }
    }

    private static func isDay(_ value: Rational, _ date: Quantity) -> Bool {
        ["月", "日", "季度", "年"].contains(date.unit) && value < Rational(2200)
    }

    /// Whether a name is one with 号: 2、3号.
    private static func isShared(_ label: Quantity, _ scalars: [Unicode.Scalar]) -> Bool {
        let last = scalars[label.range.upperBound - 1]
        return last == "号" || last == "#"
    }
}
