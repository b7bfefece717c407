import Expressions
import Figures
import Rulebooks
import Testing

/// A catalogue small enough to read: two counts and an amount by category and site, two provinces.
struct TestCatalogue: FigureCatalogue {
    var described: [MeasureDescription] = [
        MeasureDescription(
            id: "incidents", name: Bilingual(zh: "事故起数", en: "Incidents"),
            unit: Bilingual(zh: "起", en: "incidents"), dimensions: ["category", "site"]),
        MeasureDescription(
            id: "deaths", name: Bilingual(zh: "死亡人数", en: "Deaths"), unit: Bilingual(zh: "人", en: "people"),
            dimensions: ["category"]),
        MeasureDescription(
            id: "loss", name: Bilingual(zh: "直接经济损失", en: "Direct loss"),
            unit: Bilingual(zh: "元", en: "yuan"), places: 2, dimensions: ["category"]),
        MeasureDescription(
            id: "overdue", name: Bilingual(zh: "逾期隐患", en: "Overdue hazards"),
            unit: Bilingual(zh: "条", en: "items"), isStock: true),
    ]
    var names: [String: String] = [
        "33": "浙江省", "3301": "杭州市", "330106": "西湖区", "330110": "余杭区", "3302": "宁波市", "37": "山东省",
        "3701": "济南市", "370116": "莱芜区", "3712": "莱芜市", "371202": "莱城区", "1101": "市辖区", "11": "北京市",
    ]
    /// Former regions with the day they ended and what follows them.
    var ended: [(former: String, successor: String, on: CivilDate?)] = []

    var measureIDs: [String] { described.map(\.id) }
    func measure(_ id: String) -> MeasureDescription? { described.first { $0.id == id } }

    func dimensionName(_ dimension: String, of measure: String) -> Bilingual? {
        Bilingual(zh: dimension, en: dimension)
    }

    func valueName(_ value: String, dimension: String, of measure: String, on day: CivilDate?) -> Bilingual? {
        dimension == "category" ? Bilingual(zh: "类别\(value)", en: value) : nil
    }

    func values(dimension: String, of measure: String, on day: CivilDate?) -> [String] {
        dimension == "category" ? ["fall", "edge", "opening", "struck"] : []
    }

    func valuesUnder(_ value: String, dimension: String, of measure: String, on day: CivilDate?) -> [String] {
        value == "fall" ? ["fall", "edge", "opening"] : [value]
    }

    func regionDigits(_ code: String) -> String? {
        if code.isEmpty { return "" }
        return regionLevels.map { String(code.prefix($0.digits)) }.first {
            names[$0] != nil && isSame($0, code)
        }
    }

    var regionLevels: [(id: String, digits: Int)] { [("province", 2), ("city", 4), ("county", 6)] }

    func regionName(_ code: String, on day: CivilDate?) -> Bilingual? {
        regionDigits(code).flatMap { names[$0] }.map { Bilingual(zh: $0, en: $0) }
    }

    func regions(level: String, under digits: String, on day: CivilDate?) -> [String] {
        guard let length = regionLevels.first(where: { $0.id == level })?.digits else { return [] }
        return names.keys.filter { $0.utf8.count == length && $0.hasPrefix(digits) }.sorted().map(padded)
    }

    func successions(on day: CivilDate) -> SuccessionTable {
        let inEffect = ended.filter { $0.on.map { $0 <= day } ?? true }
        return SuccessionTable(inEffect.map { SucceededRegion(former: $0.former, successor: $0.successor) })
    }

    private func isSame(_ digits: String, _ code: String) -> Bool { padded(digits) == padded(code) }
}

func padded(_ digits: String) -> String {
    digits + String(repeating: "0", count: max(0, 12 - digits.utf8.count))
}

func month(_ year: Int, _ month: Int) -> MonthIndex { Months.index(year: year, month: month) ?? -9 }

func cell(
    _ measure: String, _ year: Int, _ monthOfYear: Int, _ region: String, _ dimensions: [String],
    _ value: Int64
) -> TallyCell {
    TallyCell(
        measure: measure, month: month(year, monthOfYear), region: padded(region), dimensions: dimensions,
        value: value)
}

/// A generator with a seed (SplitMix64), so that a failing case can be run again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// The period of a text that is one.
func period(_ text: String) throws -> Period { try #require(Period(text)) }
