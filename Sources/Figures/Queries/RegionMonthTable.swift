import Expressions
import Rulebooks

/// One measure over a region, told apart by the regions of a level below it and by month.
///
/// Read by one request of the cells (two where figures follow a successor) and summed many ways: a page of
/// figures takes its totals, its courses by month, its rankings and its tables from it.
public struct RegionMonthTable: Sendable {
    /// The measure.
    public let measure: MeasureDescription
    /// What was counted, by the padded code of the region and by month; without a level all lies under "".
    private var counted: [String: [MonthIndex: Counted]] = [:]

    private struct Counted {
        var value: Int64 = 0
        var undetermined: Int64 = 0
    }

    init(measure: MeasureDescription) { self.measure = measure }

    mutating func add(_ sum: CellSum) throws(FigureProblem) {
        let region = sum.region.isEmpty ? "" : RegionMovements.padded(sum.region)
        var cell = counted[region]?[sum.month] ?? Counted()
        if sum.measure == measure.id {
            cell.value = try adding(cell.value, sum.value)
        } else {
            cell.undetermined = try adding(cell.undetermined, sum.value)
        }
        counted[region, default: [:]][sum.month] = cell
    }

    /// The regions in which something was counted in some month, a region's own share among them.
    public var regions: Set<String> {
        Set(counted.filter { $0.value.values.contains { $0.value != 0 || $0.undetermined != 0 } }.keys)
    }

    /// The figure of a run of months and of the one it is compared with, in one region below or in all.
    ///
    /// Of a stock, the figure is what stands now, whatever the months. Records without a date are told as
    /// undetermined of every run of months, as in `FigureEngine.evaluate`.
    ///
    /// - Throws: `FigureProblem.overflow`.
    public func figure(
        in region: String? = nil, over months: ClosedRange<MonthIndex>,
        comparedWith before: ClosedRange<MonthIndex>? = nil
    ) throws(FigureProblem) -> MeasuredFigure {
        let now = try sum(in: region, over: months)
        let earlier: Counted?
        if let before, !measure.isStock {
            earlier = try sum(in: region, over: before)
        } else {
            earlier = nil
        }
        return try MeasuredFigure(
            measure: measure, value: now.value, undetermined: now.undetermined, previous: earlier?.value,
            previousUndetermined: earlier?.undetermined ?? 0)
    }

    private func sum(
        in region: String?, over months: ClosedRange<MonthIndex>
    ) throws(FigureProblem) -> Counted {
        var total = Counted()
        // In order, so that what fits is not refused because of the order dictionaries have.
        let keys = region.map { [$0] } ?? counted.keys.sorted()
        for key in keys {
            for (month, cell) in (counted[key] ?? [:]).sorted(by: { $0.key < $1.key })
            where month == Months.none || months.contains(month) {
                total.value = try adding(total.value, cell.value)
                total.undetermined = try adding(total.undetermined, cell.undetermined)
            }
        }
        return total
    }

    private func adding(_ left: Int64, _ right: Int64) throws(FigureProblem) -> Int64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        guard !overflow else { throw .overflow(measure: measure.id) }
        return sum
    }
}

extension FigureEngine {
    /// Reads one measure over a region, by the regions of a level and by month.
    ///
    /// - Parameters:
    ///   - query: one measure, its region and restrictions, and the level as its breakdown; its comparison
    ///     is not looked at, and its period only for the day as of which regions stand.
    ///   - months: the months wanted, those compared with among them; a stock has none.
    /// - Throws: `FigureProblem`, or whatever keeps the source from being read.
    public func regionMonthTable(
        _ query: FigureQuery, months: ClosedRange<MonthIndex>
    ) throws -> RegionMonthTable {
        guard let measure = try described(query).first else { throw FigureProblem.nothingAsked }
        let scope = try scope(of: query)
        var request = CellRequest(
            measures: [measure.id, Tally.shadow(of: measure.id)], months: measure.isStock ? nil : months,
            includesUndated: true, regionPrefixes: [scope.digits],
            restrictions: restrictions(of: measure, query, scope),
            grouping: CellGrouping(byMonth: true, regionDigits: scope.levelDigits))
        var table = RegionMonthTable(measure: measure)
        for sum in try source.sums(request) { try table.add(sum) }
        if !scope.movements.isEmpty {
            request.regionPrefixes = scope.movements.formerPrefixes
            request.grouping.regionDigits = 12
            for sum in try source.sums(request) {
                for moved in scope.movements.corrections(of: sum) { try table.add(moved) }
            }
        }
        return table
    }

    /// The regions of a level with their names, in the order of their codes: those in force, and those in
    /// which tables count something else, such as the region's own share.
    public func regions(
        of query: FigureQuery, in tables: some Sequence<RegionMonthTable>
    ) throws(FigureProblem) -> [NamedRegion] {
        guard case .regionLevel(let level) = query.breakdown else { return [] }
        let scope = try scope(of: query)
        let counted = tables.reduce(into: Set<String>()) { $0.formUnion($1.regions) }
        let listed = catalogue.regions(level: level, under: scope.digits, on: scope.day)
            .filter { !scope.movements.isFormer($0) }
        let codes = Set(listed).union(counted).sorted()
        return codes.compactMap { code in
            let isPlaceholder = RegionPlaceholder.isNamed(catalogue.regionName(code, on: scope.day))
            if isPlaceholder, !counted.contains(code) { return nil }
            return NamedRegion(
                code: code, name: label(of: .region(code), query, scope), isBelow: listed.contains(code))
        }
    }
}

/// A region as a row of a table is called.
public struct NamedRegion: Hashable, Sendable {
    /// The padded code.
    public let code: String
    /// The name; of what lies in no region of the level, the region's own.
    public let name: Bilingual
    /// Whether it is a region below rather than the share of the region itself.
    public let isBelow: Bool
}

extension IndicatorFigure {
    /// The figure of an indicator for the sums of its terms, compared when they are.
    ///
    /// - Parameter sums: by the name of the term; a term without a sum counts as nothing.
    public init(_ indicator: Indicator, sums: [String: MeasuredFigure], comparison: Comparison) {
        self = IndicatorOutline(
            id: indicator.id, terms: indicator.terms, value: indicator.value, unit: indicator.unit,
            places: indicator.places, better: indicator.better
        ).figure(sums.mapValues(Optional.some), comparison)
    }
}

/// Places among figures: 1, 2, 2, 4.
public enum Places {
    /// The place of each value, the best first; nil where there is no value.
    ///
    /// - Parameter better: lower puts the least first; otherwise the largest is.
    public static func of(_ values: [Rational?], better: Better?) -> [Int?] {
        let present = values.compactMap { $0 }
        let sorted = better == .lower ? present.sorted() : present.sorted(by: >)
        var places: [Rational: Int] = [:]
        for (index, value) in sorted.enumerated() where places[value] == nil { places[value] = index + 1 }
        return values.map { $0.flatMap { places[$0] } }
    }
}
