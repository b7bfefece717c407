/// The cells of former regions that count elsewhere than they lie.
///
/// Cells are never rewritten when a region is merged or renumbered. A query takes what lies under its digits,
/// then subtracts what has left and adds what has come: only successions that change an answer are asked about.
struct RegionMovements {
    /// Digits of former regions, none of which begins another.
    let formerPrefixes: [String]
    private let successors: [String: String]
    private let formerCodes: Set<String>
    private let formerLengths: [Int]
    private let digits: String
    private let levelDigits: Int?

    init(_ successions: [SucceededRegion], within digits: String, levelDigits: Int?) {
        (self.digits, self.levelDigits) = (digits, levelDigits)
        successors = Dictionary(successions.map { ($0.former, $0.successor) }) { first, _ in first }
        formerCodes = Set(successors.keys.map(Self.padded))
        formerLengths = Set(successors.keys.map(\.utf8.count)).sorted(by: >)
        var wanted: [String] = []
        let relevant = successors.filter { former, successor in
            Self.changesAnswer(former, successor, digits, levelDigits)
        }
        for former in relevant.keys.sorted() where !wanted.contains(where: { former.hasPrefix($0) }) {
            wanted.append(former)
        }
        formerPrefixes = wanted
    }

    var isEmpty: Bool { formerPrefixes.isEmpty }

    /// Whether a code, padded or not, is that of a region with a successor.
    func isFormer(_ code: String) -> Bool {
        formerCodes.contains(Self.padded(code))
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
        for length in formerLengths {
            if let successor = successors[String(region.prefix(length))] { return Self.padded(successor) }
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
