import Expressions
import Rulebooks
import Synchronization

/// A rulebook's catalogue that remembers the successions of regions of a day.
///
/// Working them out takes longer than a figure does. Made once when a rulebook is adopted and shared by every
/// thread: what it remembers is guarded by a mutex, and never changes an answer.
public final class PreparedCatalogue: FigureCatalogue {
    /// The rulebook.
    public let rulebook: Rulebook
    private let remembered = Mutex<[CivilDate: SuccessionTable]>([:])
    private static let mostDays = 64

    /// Makes a catalogue of a rulebook.
    public init(_ rulebook: Rulebook) { self.rulebook = rulebook }

    public func successions(on day: CivilDate) -> SuccessionTable {
        if let known = remembered.withLock({ $0[day] }) { return known }
        let table = rulebook.successions(on: day)
        remembered.withLock { days in
            if days.count >= Self.mostDays { days.removeAll() }
            days[day] = table
        }
        return table
    }

    public var measureIDs: [String] { rulebook.measureIDs }
    public func measure(_ id: String) -> MeasureDescription? { rulebook.measure(id) }

    public func dimensionName(_ dimension: String, of measure: String) -> Bilingual? {
        rulebook.dimensionName(dimension, of: measure)
    }

    public func valueName(_ value: String, dimension: String, of measure: String, on day: CivilDate?)
        -> Bilingual?
    {
        rulebook.valueName(value, dimension: dimension, of: measure, on: day)
    }

    public func values(dimension: String, of measure: String, on day: CivilDate?) -> [String] {
        rulebook.values(dimension: dimension, of: measure, on: day)
    }

    public func valuesUnder(_ value: String, dimension: String, of measure: String, on day: CivilDate?)
        -> [String]
    {
        rulebook.valuesUnder(value, dimension: dimension, of: measure, on: day)
    }

    public func regionDigits(_ code: String) -> String? { rulebook.regionDigits(code) }
    public var regionLevels: [(id: String, digits: Int)] { rulebook.regionLevels }
    public func regionName(_ code: String, on day: CivilDate?) -> Bilingual? {
        rulebook.regionName(code, on: day)
    }

    public func regions(level: String, under digits: String, on day: CivilDate?) -> [String] {
        rulebook.regions(level: level, under: digits, on: day)
    }
}
