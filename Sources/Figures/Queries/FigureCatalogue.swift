import Expressions
import Rulebooks

/// What figures need to know of a measure.
public struct MeasureDescription: Hashable, Sendable {
    /// The name used in queries, lower_snake_case.
    public let id: String
    /// The name people read.
    public let name: Bilingual
    /// The unit, such as 起 and incidents.
    public let unit: Bilingual?
    /// The decimal places of its values; 0 for counts.
    public let places: Int
    /// The dimensions in the order of the cells.
    public let dimensions: [String]
    /// Whether it says what stands now rather than what happened in a period.
    public let isStock: Bool

    /// Makes a description.
    public init(
        id: String, name: Bilingual, unit: Bilingual? = nil, places: Int = 0, dimensions: [String] = [],
        isStock: Bool = false
    ) {
        (self.id, self.name, self.unit, self.places) = (id, name, unit, places)
        (self.dimensions, self.isStock) = (dimensions, isStock)
    }
}

/// What figures need to know of measures, dimensions and regions. A `Rulebook` is one.
///
/// Regions go in and out as codes padded to twelve digits, unless significant digits are spoken of.
public protocol FigureCatalogue: Sendable {
    /// The names of all measures, for suggestions.
    var measureIDs: [String] { get }
    /// A measure, or nil.
    func measure(_ id: String) -> MeasureDescription?

    /// The name of a dimension of a measure.
    func dimensionName(_ dimension: String, of measure: String) -> Bilingual?
    /// The name of a value of a dimension as of a day, or nil when it has none beside itself.
    func valueName(_ value: String, dimension: String, of measure: String, on day: CivilDate?) -> Bilingual?
    /// The values a dimension can take on a day, in order; empty when they are not listed anywhere.
    func values(dimension: String, of measure: String, on day: CivilDate?) -> [String]
    /// A value and all values under it in a tree of codes.
    func valuesUnder(_ value: String, dimension: String, of measure: String, on day: CivilDate?) -> [String]

    /// The significant digits of a region given by any of its codes, "" for everything; nil when unknown.
    func regionDigits(_ code: String) -> String?
    /// The ids of the levels of regions with their digits, from the top.
    var regionLevels: [(id: String, digits: Int)] { get }
    /// The name of a region.
    func regionName(_ code: String, on day: CivilDate?) -> Bilingual?
    /// The codes of the regions of a level below some significant digits, in force on a day, in order.
    func regions(level: String, under digits: String, on day: CivilDate?) -> [String]
    /// The successions in effect on a day, each leading to a region still in force.
    func successions(on day: CivilDate) -> SuccessionTable
}

/// Regions that are only a place holder in the tables of codes, such as 市辖区 under a municipality.
enum RegionPlaceholder {
    private static let names: Set<String> = ["", "市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"]

    static func isNamed(_ name: Bilingual?) -> Bool { names.contains(name?.zh ?? "") }
}
