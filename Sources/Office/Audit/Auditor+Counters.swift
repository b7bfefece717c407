import Rulebooks
import Storage

extension Recount {
    /// Notes the sequence of a number, where its digits are set off from what stands before them and only
    /// fixed text follows.
    mutating func note(_ number: String, _ pattern: NumberPattern, owner: String) {
        var parts = pattern.parts[...]
        var rest = Substring(number)
        while case .literal(let text)? = parts.last, rest.hasSuffix(text) {
            parts.removeLast()
            rest.removeLast(text.count)
        }
        guard case .sequence(let width)? = parts.popLast(), case .literal(let text)? = parts.last,
            text.last.map({ !$0.isNumber }) ?? false
        else { return }
        let digits = rest.utf8.reversed().prefix { (0x30...0x39).contains($0) }.count
        guard digits >= width, let sequence = Int64(rest.suffix(digits)) else { return }
        let counter = owner + "/" + rest.dropLast(digits)
        sequences[counter] = max(sequences[counter] ?? 0, sequence)
    }
}

extension Auditor {
    /// Compares the counters with the numbers in use: one behind would give a number twice, one ahead
    /// leaves a gap.
    func checkCounters(_ reader: any StoreReading, _ report: inout Report, _ recount: Recount) throws {
        guard recount.unreadable.isEmpty else { return }
        let counters = try reader.counters()
        for (name, greatest) in recount.sequences.sorted(by: { $0.key < $1.key })
        where counters[name] != greatest {
            report.add(
                "counter \(name)", "编号计数器与在用的编号不符，应为\(greatest)",
                "the counter does not fit the numbers in use; it should be \(greatest)")
        }
    }
}
