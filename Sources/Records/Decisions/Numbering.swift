import Expressions
import Rulebooks

/// Renders official numbers from patterns.
public struct Numbering: Sendable {
    let rulebook: Rulebook
    let time: CivilTime

    public init(_ rulebook: Rulebook) {
        self.rulebook = rulebook
        self.time = CivilTime(of: rulebook)
    }

    /// The counter that a new number takes its sequence from: what stands before the sequence.
    public func counter(
        _ pattern: NumberPattern, owner: String, of record: Record, kind: Kind, on day: CivilDate
    ) -> String {
        owner + "/"
            + pattern.prefix(
                on: day, region: { level in region(record.region, level: level) },
                field: { text($0, of: record, kind: kind) })
    }

    /// The number with its sequence.
    public func number(
        _ pattern: NumberPattern, sequence: Int64, of record: Record, kind: Kind, on day: CivilDate
    ) -> String {
        pattern.number(
            on: day, sequence: Int(clamping: sequence),
            region: { level in region(record.region, level: level) },
            field: { text($0, of: record, kind: kind) })
    }

    /// The digits of a region at a level; a record that counts higher up keeps its own digits.
    private func region(_ code: String, level: String?) -> String {
        let own = rulebook.regions.prefix(code)
        guard let level, let digits = rulebook.regions.levels.first(where: { $0.id == level })?.digits else {
            return own
        }
        return String(own.prefix(digits))
    }

    private func text(_ field: String, of record: Record, kind: Kind) -> String {
        switch record.value(field, in: kind) {
        case .string(let text)?: text
        case .int(let number)?: String(number)
        case .date(let date)?: date.description
        default: ""
        }
    }
}
