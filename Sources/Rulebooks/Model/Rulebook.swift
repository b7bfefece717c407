import Expressions

/// A rulebook, loaded and checked: everything policy says, ready to be asked.
///
/// Made only by `RulebookLoader`, so every reference in it leads somewhere and every expression is compiled.
/// Immutable, and a class only so that handing it on costs one reference rather than a copy of all its parts.
public final class Rulebook: Sendable {
    /// The id, such as `national`.
    public let id: String
    /// The name people read.
    public let name: Bilingual
    /// The version as its authors number it, such as `2026.11`.
    public let version: String
    /// How far civil time lies ahead of UTC, in seconds.
    public let timeZoneOffsetSeconds: Int
    /// SHA-256, in lower-case hexadecimal, of the canonical list of the files and their own digests.
    public let digest: String
    /// The files the rulebook was read from, sorted by path.
    public let files: [RulebookFile]

    /// The kinds by id.
    public let kinds: [String: Kind]
    /// The ids of the kinds in the order of the files.
    public let kindOrder: [String]
    /// The code lists by id.
    public let codeLists: [String: CodeList]
    /// The judgements by id.
    public let judgements: [String: Judgement]
    /// The policies by id.
    public let policies: [String: Policy]
    /// The roles by id.
    public let roles: [String: Role]
    /// The calendars of working days by id.
    public let calendars: [String: WorkingCalendar]
    /// The administrative divisions; empty when the rulebook has none.
    public let regions: RegionTable
    /// The indicators by id.
    public let indicators: [String: Indicator]
    /// The templates of notices by id.
    public let documents: [String: DocumentTemplate]
    /// The templates of reports by id.
    public let reports: [String: ReportTemplate]
    /// The maps by which files of other systems are imported, by id.
    public let maps: [String: ImportMap]
    /// The scorecards by id.
    public let scorecards: [String: Scorecard]
    /// The dashboards in the order of the files.
    public let dashboards: [Dashboard]
    /// The quotas by id.
    public let quotas: [String: Quota]
    /// The measures of all kinds by name.
    public let measures: [String: MeasureReference]
    /// What a reader should know though nothing is wrong: sources not yet verified, and the like.
    public let notices: [RulebookNotice]

    init(
        id: String, name: Bilingual, version: String, timeZoneOffsetSeconds: Int, digest: String,
        files: [RulebookFile], kinds: [String: Kind], kindOrder: [String], codeLists: [String: CodeList],
        judgements: [String: Judgement], policies: [String: Policy], roles: [String: Role],
        calendars: [String: WorkingCalendar], regions: RegionTable, indicators: [String: Indicator],
        documents: [String: DocumentTemplate], reports: [String: ReportTemplate], maps: [String: ImportMap],
        scorecards: [String: Scorecard], dashboards: [Dashboard], quotas: [String: Quota],
        measures: [String: MeasureReference], notices: [RulebookNotice]
    ) {
        self.id = id
        self.name = name
        self.version = version
        self.timeZoneOffsetSeconds = timeZoneOffsetSeconds
        self.digest = digest
        self.files = files
        self.kinds = kinds
        self.kindOrder = kindOrder
        self.codeLists = codeLists
        self.judgements = judgements
        self.policies = policies
        self.roles = roles
        self.calendars = calendars
        self.regions = regions
        self.indicators = indicators
        self.documents = documents
        self.reports = reports
        self.maps = maps
        self.scorecards = scorecards
        self.dashboards = dashboards
        self.quotas = quotas
        self.measures = measures
        self.notices = notices
    }

    /// The kind of an id, or nil.
    public func kind(_ id: String) -> Kind? { kinds[id] }

    /// The calendar that working days are counted by: the only one, or `china` when there are several.
    public var calendar: WorkingCalendar { WorkingCalendar.ruling(among: calendars) }

    /// The bytes of a file of the rulebook, or nil.
    public func file(_ path: String) -> [UInt8]? { files.first { $0.path == path }?.bytes }
}

/// A measure and the kind it counts.
public struct MeasureReference: Sendable {
    /// The kind the measure belongs to.
    public let kindID: String
    /// The measure.
    public let measure: Measure
}

/// Something a reader of the rulebook should know though nothing is wrong.
public struct RulebookNotice: Hashable, Sendable {
    /// The stable code, `RB-09xx`.
    public let code: String
    /// Where it is written.
    public let position: SourcePosition
    /// What to know.
    public let message: Bilingual
}
