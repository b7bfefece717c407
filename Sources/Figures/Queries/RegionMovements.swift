/// The cells of former regions that count elsewhere than they lie.
///
/// Cells are never rewritten when a region is merged or renumbered. A query takes what lies under its digits,
/// then subtracts what has left and adds what has come: only successions that change an answer are asked about.
struct RegionMovements {
    /// The digits that cells to be corrected begin with; none begins another.
    let formerPrefixes: [String]
    private let table: SuccessionTable
    private let digits: String
    private let levelDigits: Int?

    init(_ table: SuccessionTable, within digits: String, levelDigits: Int?) {
        (self.table, self.digits, self.levelDigits) = (table, digits, levelDigits)
        let relevant = table.successors.filter { former, successor in
            Self.changesAnswer(former, successor, digits, levelDigits)
        }
        var wanted = Self.outermost(Array(relevant.keys))
        for length in [4, 2] where wanted.count > Self.mostPrefixes {
            wanted = Self.outermost(wanted.map { String($0.prefix(length)) })
        }
        formerPrefixes = wanted
    }

    /// How many prefixes a request names at most: databases take only so long a condition. Beyond, all cells of
    /// the cities or provinces concerned are looked at, and those that stay where they lie are passed over.
    private static let mostPrefixes = 64

    /// The prefixes that no other of them begins.
    private static func outermost(_ prefixes: [String]) -> [String] {
        var kept: [String] = []
        // In order, what another begins follows it at once.
        for prefix in prefixes.sorted() where !(kept.last.map(prefix.hasPrefix) ?? false) {
            kept.append(prefix)
        }
        return kept
    }

    var isEmpty: Bool { formerPrefixes.isEmpty }

    /// Whether a code, padded or not, is that of a region with a successor.
    func isFormer(_ code: String) -> Bool {
        table.formerCodes.contains(Self.padded(code))
    }

    /// What a sum of a former region, given by its whole code, takes away where it lies and adds where it counts.
    func corrections(of sum: CellSum) -> [CellSum] {
        guard let target = destination(of: sum.region) else { return [] }
        var result: [CellSum] = []
        // A sum of 64 bits that has no opposite is beyond what cells can hold.
        let opposite = Int64(0).subtractingReportingOverflow(sum.value).partialValue
        if sum.region.hasPrefix(digits) { result.append(moved(sum, to: sum.region, value: opposite)) }
        if target.hasPrefix(digits) { result.append(moved(sum, to: target, value: sum.value)) }
        return result
    }

    /// The padded code that a cell counts under, by the longest former region it lies in; nil when it stays.
    private func destination(of region: String) -> String? {
        for length in table.formerLengths {
            if let successor = table.successors[String(region.prefix(length))] {
                return Self.padded(successor)
            }
        }
        return nil
    }

    private func moved(_ sum: CellSum, to region: String, value: Int64) -> CellSum {
        CellSum(
            measure: sum.measure, month: sum.month,
            region: levelDigits.map { String(region.prefix($0)) } ?? "",
            dimension: sum.dimension, value: value)
    }

    private static func changesAnswer(
        _ former: String, _ successor: String, _ digits: String, _ levelDigits: Int?
    ) -> Bool {
        let leaves = former.hasPrefix(digits) || digits.hasPrefix(former)
        let comes = padded(successor).hasPrefix(digits)
        guard leaves || comes else { return false }
        guard former.hasPrefix(digits), comes else { return true }
        guard let levelDigits else { return false }
        guard former.utf8.count >= levelDigits else { return true }
        return former.prefix(levelDigits) != padded(successor).prefix(levelDigits)
    }

    static func padded(_ digits: String) -> String {
        digits + String(repeating: "0", count: max(0, 12 - digits.utf8.count))
    }
}
