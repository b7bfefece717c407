import Expressions
import Figures
import Records
import Rulebooks

/// A dashboard filled with the figures of a region and a period, all from one snapshot.
public struct DashboardReading: Sendable {
    public let dashboard: Dashboard
    /// The padded code of the region; "" for everywhere.
    public let region: String
    public let period: Period
    /// The moment the figures were read.
    public let asOf: Timestamp
    /// How many entries the ledger had then: what a proof of any of the figures refers to.
    public let ledgerSize: UInt64
    /// The months that trends and tables by month show.
    public let months: ClosedRange<MonthIndex>
    public internal(set) var tiles: [TileReading] = []
    public internal(set) var quotas: [QuotaReading] = []
    public internal(set) var trends: [TrendReading] = []
    public internal(set) var breakdowns: [BreakdownReading] = []
    public internal(set) var rankings: [RankingReading] = []
    public internal(set) var heat: [HeatReading] = []
    public internal(set) var lists: [ListReading] = []

    /// A figure at the top.
    public struct TileReading: Sendable {
        public let tile: DashboardTile
        public let figure: SubjectFigure
    }

    /// The use of a quota in the calendar year up to the end of the period.
    public struct QuotaReading: Sendable {
        public let quota: Quota
        /// The limit of the whole year.
        public let limit: Int64
        public let used: MeasuredFigure
        /// The months from January to the end of the period.
        public let months: ClosedRange<MonthIndex>
        public let citations: [Citation]

        /// The share used, exactly; nil for a limit of zero.
        public var share: Rational? {
            try? used.exact.divided(by: Rational(limit))
        }

        /// The share of the year that has gone.
        public var elapsed: Rational? {
            try? Rational(Int128(months.count), over: 12)
        }
    }

    /// A course by month.
    public struct TrendReading: Sendable {
        public let trend: DashboardTrend
        /// One for each subject; with a comparison a second one of the months compared with.
        public let lines: [Line]

        public struct Line: Sendable {
            public let subject: FigureSubject
            public let isEarlier: Bool
            /// One for each month of the reading.
            public let figures: [SubjectFigure]
        }
    }

    /// A measure by the items of a dimension, the largest first.
    public struct BreakdownReading: Sendable {
        public let breakdown: DashboardBreakdown
        public let measure: MeasureDescription
        public let rows: [FigureRow]
        /// How many more items have something.
        public let hidden: Int
        public let total: FigureRow
    }

    /// The regions below in their order, the first and the last of them where there are many.
    public struct RankingReading: Sendable {
        public let ranking: DashboardRanking
        public let better: Better?
        public let rows: [RankedRegion]
        /// How many regions are left out, and after how many of the rows.
        public let hidden: (count: Int, after: Int)?
        /// The place of the region itself among its neighbours; nil where they may not be seen, or all
        /// stand alike.
        public let standing: Standing?
    }

    /// A region in a ranking.
    public struct RankedRegion: Sendable {
        public let region: NamedRegion
        public let figure: SubjectFigure
        /// 1, 2, 2, 4; nil without a value.
        public let place: Int?
    }

    /// The place of a region among those of its level within the region above.
    public struct Standing: Sendable {
        public let above: String
        public let place: Int
        public let count: Int
        /// How many share the place, the region itself among them.
        public let sharing: Int
        public let figure: SubjectFigure
    }

    /// The regions below by month.
    public struct HeatReading: Sendable {
        public let heat: DashboardHeat
        public let rows: [Row]
        /// All regions together, one for each month of the reading.
        public let total: [SubjectFigure]
        /// All regions and months together.
        public let whole: SubjectFigure

        public struct Row: Sendable {
            public let region: NamedRegion
            /// One for each month of the reading.
            public let figures: [SubjectFigure]
            /// All months together.
            public let whole: SubjectFigure
        }
    }

    /// Records that need looking at.
    public struct ListReading: Sendable {
        public let list: DashboardList
        public let kind: Kind
        public let rows: [Row]
        /// How many there are in all.
        public let count: Int

        public struct Row: Sendable {
            public let record: Record
            public let title: String
            /// The columns in words, empty where nothing is on file.
            public let cells: [Bilingual]
        }
    }
}
