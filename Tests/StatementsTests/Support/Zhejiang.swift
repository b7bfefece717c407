import Expressions
import Figures
import Foundation
import Rulebooks

/// The construction incidents of Zhejiang in the first halves of 2008 and 2009, as cells.
enum Zhejiang {
    /// The file shared with the project, or nil where it is absent.
    static func incidents() -> String? {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let file = root.deletingLastPathComponent()
            .appendingPathComponent("shared/data/incidents-zhejiang-2008h1-2009h1.csv")
        return (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
    }

    static func cells(_ text: String) throws -> InMemoryCells {
        var cells = InMemoryCells()
        for line in text.split(whereSeparator: \.isNewline).dropFirst() {
            let columns = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard columns.count == 9, let year = Int(columns[0].prefix(4)),
                let month = Int(columns[0].dropFirst(5).prefix(2)),
                let index = Months.index(year: year, month: month),
                let area = Int(columns[5]), let deaths = Int64(columns[6])
            else { continue }
            let size = area < 10_000 ? "small" : area < 50_000 ? "middle" : "large"
            let dimensions = [columns[2], columns[3], columns[4], size]
            let region = columns[1] + String(repeating: "0", count: 12 - columns[1].count)
            func key(_ measure: String) -> TallyKey {
                TallyKey(measure: measure, month: index, region: region, dimensions: dimensions)
            }
            try cells.add(1, to: key("incidents"))
            try cells.add(deaths, to: key("deaths"))
        }
        return cells
    }
}

struct ZhejiangCatalogue: FigureCatalogue {
    static let cities = [
        "3301": "杭州市", "3302": "宁波市", "3303": "温州市", "3304": "嘉兴市", "3305": "湖州市", "3306": "绍兴市",
        "3307": "金华市", "3308": "衢州市", "3309": "舟山市", "3310": "台州市", "3311": "丽水市",
    ]
    static let dimensions = ["category", "location", "contractor_grade", "size"]

    var measureIDs: [String] { ["incidents", "deaths"] }

    func measure(_ id: String) -> MeasureDescription? {
        switch id {
        case "incidents":
            MeasureDescription(
                id: id, name: Bilingual(zh: "事故起数", en: "Incidents"),
                unit: Bilingual(zh: "起", en: "incidents"),
                dimensions: Self.dimensions)
        case "deaths":
            MeasureDescription(
                id: id, name: Bilingual(zh: "死亡人数", en: "Deaths"), unit: Bilingual(zh: "人", en: "people"),
                dimensions: Self.dimensions)
        default: nil
        }
    }

    func dimensionName(_ dimension: String, of measure: String) -> Bilingual? { nil }
    func valueName(_ value: String, dimension: String, of measure: String, on day: CivilDate?) -> Bilingual? {
        nil
    }
    func values(dimension: String, of measure: String, on day: CivilDate?) -> [String] { [] }

    func valuesUnder(_ value: String, dimension: String, of measure: String, on day: CivilDate?) -> [String] {
        [value]
    }

    func regionDigits(_ code: String) -> String? {
        if code.isEmpty { return "" }
        if code == "33" || code == "330000000000" { return "33" }
        let digits = String(code.prefix(4))
        return Self.cities[digits] == nil ? nil : digits
    }

    var regionLevels: [(id: String, digits: Int)] { [("province", 2), ("city", 4), ("county", 6)] }

    func regionName(_ code: String, on day: CivilDate?) -> Bilingual? {
        let zh = regionDigits(code).flatMap { $0 == "33" ? "浙江省" : Self.cities[$0] }
        return zh.map { Bilingual(zh: $0, en: $0) }
    }

    func regions(level: String, under digits: String, on day: CivilDate?) -> [String] {
        level == "city"
            ? Self.cities.keys.filter { $0.hasPrefix(digits) }.sorted().map { $0 + "00000000" } : []
    }

    func successions(on day: CivilDate) -> SuccessionTable { .empty }
}
