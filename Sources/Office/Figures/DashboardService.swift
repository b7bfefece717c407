import Expressions
import Figures
import Records
import Rulebooks
import Storage

/// Fills the rulebook's dashboards with figures, as far as a visitor may see them.
public struct DashboardService: Sendable {
    let office: Office

    public init(_ office: Office) { self.office = office }

    /// The dashboards that are for whoever looks; none where figures may not be seen at all.
    public func dashboards(for sight: Sight) -> [Dashboard] {
        guard sight.seesFigures else { return [] }
        let role = sight.actor.role
        return office.rulebook.dashboards.filter {
            role == Actor.anyRole || sight.actor.isSystem || $0.isFor(role)
        }
    }

    /// The dashboard that a role begins at when it signs in.
    public func opening(for sight: Sight) -> Dashboard? {
        dashboards(for: sight).first { $0.opensFor.contains(sight.actor.role) }
    }

    /// The period a dashboard opens with: the one that the present day lies in.
    public func openingPeriod(of dashboard: Dashboard) -> Period? {
        let (year, month) = (office.today.parts.year, office.today.parts.month)
        return switch dashboard.period {
        case .month: .month(month, of: year)
        case .quarter: .quarter((month + 2) / 3, of: year)
        case .half: .half(month <= 6 ? 1 : 2, of: year)
        case .year: .year(year)
        case .toDate: .yearToDate(month: month, of: year)
        }
    }

    /// The regions above one that the same visitor may see figures of, from the top; "" for everywhere
    /// where it may.
    public func regionsAbove(_ region: String, as sight: Sight) -> [String] {
        guard !region.isEmpty else { return [] }
        let all = sight.seesFigures(of: "") ? [""] : []
        return all + office.rulebook.regions.ancestors(region).filter(sight.seesFigures(of:))
    }

    /// The level of the regions right below one; nil where there are none. Of several levels, the coarsest.
    public func levelBelow(_ region: String) -> String? {
        let regions = office.rulebook.regions
        guard !region.isEmpty else { return regions.isEmpty ? nil : regions.levels.first?.id }
        let found = Set(regions.children(region).compactMap(regions.level))
        return regions.levels.first { found.contains($0.id) }?.id
    }

    /// A dashboard of a region and a period, everything in it from one snapshot.
    ///
    /// - Parameter region: by any of its codes; "" for as far as may be seen.
    /// - Throws: `Refusal` when figures of the region may not be seen, `FigureProblem` for an unknown
    ///   region or a sum too large, `StoreProblem`.
    public func reading(
        of dashboard: Dashboard, region asked: String, period: Period, as sight: Sight
    ) throws -> DashboardReading {
        let allowed = try sight.figureRegion(asked)
        let region = try canonical(allowed)
        let window = DashboardWindow(period, present: presentMonth)
        return try office.store.read { reader in
            let shelf = FigureShelf(
                office, reader, region: region, level: levelBelow(region), asOf: period.lastDay,
                months: window.all)
            var reading = DashboardReading(
                dashboard: dashboard, region: region, period: period, asOf: office.moment,
                ledgerSize: try reader.ledgerSize(), months: window.course)
            let filling = DashboardFilling(
                service: self, shelf: shelf, reader: reader, sight: sight, region: region, window: window)
            reading.tiles = try dashboard.tiles.map(filling.tile)
            reading.quotas = try dashboard.quotas.compactMap(filling.quota)
            reading.trends = try dashboard.trends.map(filling.trend)
            reading.breakdowns = try dashboard.breakdowns.map(filling.breakdown)
            if shelf.scope.breakdown != .none {
                reading.heat = try dashboard.heat.map(filling.heat)
            }
            reading.rankings = try filling.rankings(dashboard.rankings)
            reading.lists = try dashboard.lists.compactMap(filling.list)
            return reading
        }
    }

    /// The padded code of a region given by any of its codes.
    func canonical(_ code: String) throws(FigureProblem) -> String {
        if code.isEmpty { return "" }
        guard let region = office.rulebook.regions.region(code) else { throw .unknownRegion(code) }
        return region.code
    }

    /// The month the present day lies in.
    public var presentMonth: MonthIndex {
        Months.index(year: office.today.parts.year, month: office.today.parts.month) ?? MonthIndex.max
    }
}

/// The months a dashboard of a period looks at.
struct DashboardWindow {
    let period: Period
    /// What trends and tables by month show: the period where it has half a year, else the year that ends
    /// with it.
    let course: ClosedRange<MonthIndex>
    /// Everything read, with what it is compared with.
    let all: ClosedRange<MonthIndex>

    private static let mostMonths: MonthIndex = 24

    init(_ period: Period, present: MonthIndex) {
        self.period = period
        let months = period.months
        // Months that are still to come would be drawn as if nothing had happened in them.
        let last = months.lowerBound <= present ? min(months.upperBound, present) : months.upperBound
        let first = period.monthCount >= 6 && last - months.lowerBound >= 5 ? months.lowerBound : last - 11
        course = max(Self.earliest, first, last - Self.mostMonths + 1)...last
        let earliest =
            [
                period.previousYear.months.lowerBound, period.previous.months.lowerBound,
                course.lowerBound - 12,
                months.upperBound - MonthIndex(Months.month(months.upperBound)) + 1,
            ].min() ?? months.lowerBound
        all = max(Self.earliest, earliest)...months.upperBound
    }

    /// January of the year 1.
    private static let earliest: MonthIndex = 12

    func before(_ comparison: DashboardComparison?) -> ClosedRange<MonthIndex>? {
        switch comparison {
        case .year: period.previousYear.months
        case .previous: period.previous.months
        case nil: nil
        }
    }

    /// From January to the end of the period.
    var yearToDate: ClosedRange<MonthIndex> {
        let last = period.months.upperBound
        return last - MonthIndex(Months.month(last)) + 1...last
    }
}

extension Sight {
    /// Whether figures may be seen at all.
    public var seesFigures: Bool {
        seesFigures(of: "") || !actor.region.isEmpty && seesFigures(of: actor.region)
    }

    /// Whether figures of a region may be seen; "" for everywhere.
    public func seesFigures(of region: String) -> Bool {
        guard let allowed = try? figureRegion(region) else { return false }
        return allowed == region
    }
}
