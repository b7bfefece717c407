/// The keys of dashboards and quotas.
extension KeyTable {
    /// The most lines a trend draws: as many as can be told apart in print without colour.
    static let mostLines = 3

    private static let optionalNames: [KeySpec] = [
        KeySpec("name", .text, "The name in Simplified Chinese, where that of the figure does not do"),
        KeySpec("english", .text, "The name in English"),
    ]

    private static let oneMeasure = KeySpec("measure", .name, "The measure")
    private static let oneIndicator = KeySpec("indicator", .identifier, "The indicator instead of a measure")
    private static let restrictions = KeySpec(
        "where", .map(keys: .name, values: .oneOrMany(.scalar)), "For a dimension, the items counted")
    private static let compare = KeySpec(
        "compare", .choice(DashboardComparison.allCases.map(\.rawValue)),
        "The same months of the year before, or as many months directly before")
    private static let better = KeySpec(
        "better", .choice(Better.allCases.map(\.rawValue)),
        "Whether more or less is good; an indicator says so itself")
    private static let most = KeySpec("most", .integer(min: 1, max: 50), "How many are shown; 10 by default")

    static let dashboard: [KeySpec] = item(
        .dashboard,
        [
            KeySpec(
                "for", .oneOrMany(.identifier), "The roles it is for; all that may see figures by default"),
            KeySpec("opens_for", .oneOrMany(.identifier), "The roles that begin here when they sign in"),
            KeySpec(
                "period", .choice(DashboardPeriod.allCases.map(\.rawValue)),
                "The period it opens with; the year to date by default"),
            KeySpec("tiles", .list(.object(.tile)), required: true, "The figures at the top"),
            KeySpec("quotas", .list(.identifier), "The quotas whose use is shown"),
            KeySpec("trends", .list(.object(.trend)), "The courses by month"),
            KeySpec("breakdowns", .list(.object(.breakdown)), "Measures by an item of a dimension"),
            KeySpec("rankings", .list(.object(.ranking)), "The regions below, from the best to the worst"),
            KeySpec("heat", .list(.object(.heat)), "The regions below by month"),
            KeySpec("lists", .list(.object(.recordList)), "The records that need looking at"),
        ])

    static let tile: [KeySpec] = [oneMeasure, oneIndicator, restrictions, compare, better] + optionalNames

    static let trend: [KeySpec] =
        [
            KeySpec("measures", .list(.name), "The measures, one line each, at most three"), oneIndicator,
            restrictions, compare,
        ] + optionalNames

    static let breakdown: [KeySpec] =
        [
            KeySpec("measure", .name, required: true, "The measure"), restrictions,
            KeySpec("by", .name, required: true, "The dimension"), compare, most,
        ] + optionalNames

    static let ranking: [KeySpec] = [oneMeasure, oneIndicator, restrictions, better, most] + optionalNames

    static let heat: [KeySpec] = [oneMeasure, oneIndicator, restrictions] + optionalNames

    static let recordList: [KeySpec] =
        named + [
            KeySpec("kind", .identifier, required: true, "The kind of the records"),
            KeySpec(
                "where", .map(keys: .name, values: .scalar),
                "What they have: fields, or `state`, `overdue`, `public`, with the value"),
            KeySpec("columns", .list(.name), "The fields shown beside number, title and state"),
            KeySpec("sort", .text, "The field they are sorted by, with `-` in front from the largest"),
            most,
        ]

    static let quota: [KeySpec] = item(
        .quota,
        [
            KeySpec("measure", .name, required: true, "What is held against it, from January on"),
            restrictions,
            KeySpec("versions", .list(.object(.quotaVersion)), required: true, "The dated limits"),
        ])

    static let quotaVersion: [KeySpec] = [
        since, until, source,
        KeySpec(
            "limits", .map(keys: .text, values: .integer(min: 0, max: 1_000_000_000_000)), required: true,
            "The most in a calendar year by the code of a region"),
    ]
}
