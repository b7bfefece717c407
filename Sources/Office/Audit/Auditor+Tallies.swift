import Figures
import Storage

extension Auditor {
    /// Compares the tally cells with what the records add up to.
    func checkTallies(_ reader: any StoreReading, _ report: inout Report, _ recount: Recount) throws {
        let uncounted = uncountedMeasures(recount)
        var expected = recount.cells.filter { $0.value != 0 && !uncounted.contains($0.key.measure) }
        try reader.eachTallyCell { key, value in
            report.cells += 1
            guard !uncounted.contains(key.measure) else { return }
            var right: Int64 = 0
            if let place = expected.index(forKey: key), expected[place].key.isExactly(key) {
                right = expected.remove(at: place).value
            }
            if right != value {
                report.add(
                    TallyText.subject(key), "计数为\(value)，应为\(right)",
                    "it holds \(value) and should hold \(right)")
            }
        }
        for (key, right) in expected.sorted(by: { TallyText.subject($0.key) < TallyText.subject($1.key) }) {
            report.add(
                TallyText.subject(key), "计数缺失，应为\(right)", "the cell is missing and should hold \(right)")
        }
        for kind in recount.unreadable.sorted() {
            report.add(
                "tally \(kind)", "该类别有记录无法读出，其计数未能核对", "not checked: records of the kind cannot be read")
        }
    }

    /// The measures, and their shadows, of kinds that could not be read to the end.
    private func uncountedMeasures(_ recount: Recount) -> Set<String> {
        let measures = recount.unreadable.compactMap(office.rulebook.kind).flatMap(\.measures).map(\.id)
        return Set(measures + measures.map(Tally.shadow(of:)))
    }
}

extension TallyKey {
    /// Whether both keys have the same bytes; `==` on texts would equate normalised forms.
    func isExactly(_ other: TallyKey) -> Bool {
        month == other.month && measure.utf8.elementsEqual(other.measure.utf8)
            && region.utf8.elementsEqual(other.region.utf8)
            && dimensions.elementsEqual(other.dimensions) { $0.utf8.elementsEqual($1.utf8) }
    }
}

/// How a tally cell is called in a finding.
enum TallyText {
    static func subject(_ key: TallyKey) -> String {
        let month = key.month == Months.none ? "" : " " + Months.text(key.month)
        let dimensions = key.dimensions.isEmpty ? "" : " [" + key.dimensions.joined(separator: ", ") + "]"
        return "tally \(key.measure)\(month) \(key.region)\(dimensions)"
    }
}
