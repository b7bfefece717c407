/// What a page of figures about a region shows, and to whom.
///
/// Every measure, indicator, quota, kind and role it names is one of the rulebook's.
public struct Dashboard: Sendable {
    /// The id.
    public let id: String
    /// The name people read.
    public let name: Bilingual
    /// The roles it is for; empty means everybody who may see figures.
    public let roles: Set<String>
    /// The roles that begin here when they sign in.
    public let opensFor: Set<String>
    /// The period it opens with.
    public let period: DashboardPeriod
    /// The figures at the top, in their order.
    public let tiles: [DashboardTile]
    /// The quotas whose use is shown, by id.
    public let quotas: [String]
    /// The courses by month.
    public let trends: [DashboardTrend]
    /// The measures by an item of a dimension.
    public let breakdowns: [DashboardBreakdown]
    /// The regions below, from the best to the worst.
    public let rankings: [DashboardRanking]
    /// The regions below by month.
    public let heat: [DashboardHeat]
    /// The records that need looking at.
    public let lists: [DashboardList]
    /// What it rests on.
    public let citations: [Citation]
    /// Where it is declared.
    public let position: SourcePosition

    /// Whether it is for a role.
    public func isFor(_ role: String) -> Bool { roles.isEmpty || roles.contains(role) }
}

/// The period a dashboard opens with: the one the present day lies in.
public enum DashboardPeriod: String, Sendable, CaseIterable {
    case month, quarter, half, year
    /// From January to the present month.
    case toDate = "to-date"
}

/// What a figure is of.
public enum FigureSubject: Hashable, Sendable {
    /// A measure, restricted to some items of its dimensions.
    case measure(IndicatorTerm)
    /// An indicator by its id.
    case indicator(String)
}

/// With what a figure of a dashboard is compared.
public enum DashboardComparison: String, Sendable, CaseIterable {
    /// The same months a year earlier: 同比.
    case year
    /// As many months directly before: 环比.
    case previous
}

/// A figure at the top of a dashboard.
public struct DashboardTile: Sendable {
    /// What it is of.
    public let subject: FigureSubject
    /// Its name, where that of the measure or indicator does not do.
    public let name: Bilingual?
    /// With what it is compared; nil for a stock and where nothing is.
    public let compare: DashboardComparison?
    /// Whether more or less is good; nil where neither is.
    public let better: Better?
}

/// A course by month.
public struct DashboardTrend: Sendable {
    /// One to three subjects, each a line.
    public let subjects: [FigureSubject]
    public let name: Bilingual?
    /// Whether the year before is drawn beside it; of a single subject only.
    public let compare: DashboardComparison?
}

/// A measure by the items of a dimension.
public struct DashboardBreakdown: Sendable {
    public let term: IndicatorTerm
    /// The dimension.
    public let by: String
    public let name: Bilingual?
    public let compare: DashboardComparison?
    /// How many items are shown, the largest first.
    public let most: Int
}

/// The regions below, ranked.
public struct DashboardRanking: Sendable {
    public let subject: FigureSubject
    public let name: Bilingual?
    public let better: Better?
    /// How many regions are shown: the first and the last when there are more.
    public let most: Int
}

/// The regions below by month.
public struct DashboardHeat: Sendable {
    public let subject: FigureSubject
    public let name: Bilingual?
}

/// Records of a kind that need looking at.
public struct DashboardList: Sendable {
    public let name: Bilingual
    /// The kind of the records.
    public let kindID: String
    /// What they have: a field, or `state`, `overdue` or `public`, with its value as written.
    public let conditions: [DashboardCondition]
    /// The fields shown beside number, title and state.
    public let columns: [String]
    /// The field they are sorted by, with `-` in front from the largest.
    public let sort: String?
    /// How many are shown.
    public let most: Int
}

/// A field, or a column that every kind has, and the value it holds.
public struct DashboardCondition: Hashable, Sendable {
    public let column: String
    public let value: String
}

/// The most that a measure may come to in a calendar year: 控制指标.
public struct Quota: Sendable {
    /// The id.
    public let id: String
    /// The name people read.
    public let name: Bilingual
    /// What is held against it, from January on.
    public let term: IndicatorTerm
    /// The limits in whole units by the padded code of the region, in dated versions.
    public let versions: [Dated<[String: Int64]>]
    /// Where it is declared.
    public let position: SourcePosition
}
