/// The form of a value in a rulebook file: what the loader checks and what the JSON Schema says.
indirect enum Shape: Sendable {
    /// A text for people or machines, not empty.
    case text
    /// An expression of the rule language.
    case expression
    /// A whole number within limits.
    case integer(min: Int, max: Int)
    /// A decimal number.
    case number
    case boolean
    /// A day, `yyyy-MM-dd`.
    case date
    /// Lower-case words with hyphens.
    case identifier
    /// Lower-case words with underscores, as expressions name things.
    case name
    /// One of some words.
    case choice([String])
    /// A length of time: `5 working days`.
    case term
    /// A length of time before, at or after something: `-2 days`, `0`.
    case offset
    /// Any scalar.
    case scalar
    /// Anything at all.
    case any
    case list(Shape)
    /// One value, or a list of them.
    case oneOrMany(Shape)
    case map(keys: Shape, values: Shape)
    case object(ObjectName)
    /// By the form the author chose; nil means that the form is refused.
    case either(scalar: Shape?, sequence: Shape?, mapping: Shape?)
}

/// A key of an item or of a part of one.
struct KeySpec: Sendable {
    let name: String
    let shape: Shape
    let isRequired: Bool
    let summary: String

    init(_ name: String, _ shape: Shape, required: Bool = false, _ summary: String) {
        self.name = name
        self.shape = shape
        self.isRequired = required
        self.summary = summary
    }
}

/// Everything in a rulebook that is a mapping with fixed keys.
enum ObjectName: String, Sendable, CaseIterable {
    case rulebook, kind, codes, judgement, policy, role, calendar, regions, indicator, document, report, map,
        scorecard, dashboard, quota
    case citation, field, judgedBy, datedExpression, rule, lifecycle, state, create, amend, void, action,
        spawn
    case filing, clock, datedTerm, step, measure, example, exampleStep, outcome
    case codesVersion, codeItem, judgementVersion, judgementRow, policyVersion, calendarYear, regionLevel
    case term, figure, scorecardVersion, scorecardItem, scorecardGrade
    case tile, trend, breakdown, ranking, heat, recordList, quotaVersion

    /// The items: what a document may be, by its first key.
    static let items: [ObjectName] = [
        .rulebook, .kind, .codes, .judgement, .policy, .role, .calendar, .regions, .indicator, .document,
        .report, .map, .scorecard, .dashboard, .quota,
    ]

    var isItem: Bool { Self.items.contains(self) }

    /// The keys, in the order in which documentation lists them.
    var keys: [KeySpec] {
        switch self {
        case .rulebook: KeyTable.rulebook
        case .kind: KeyTable.kind
        case .field: KeyTable.field
        case .judgedBy: KeyTable.judgedBy
        case .datedExpression: KeyTable.datedExpression
        case .rule: KeyTable.rule
        case .lifecycle: KeyTable.lifecycle
        case .state: KeyTable.named
        case .create: KeyTable.create
        case .amend: KeyTable.amend
        case .void: KeyTable.void
        case .action: KeyTable.action
        case .spawn: KeyTable.spawn
        case .filing: KeyTable.filing
        case .clock: KeyTable.clock
        case .datedTerm: KeyTable.datedTerm
        case .step: KeyTable.step
        case .measure: KeyTable.measure
        case .example: KeyTable.example
        case .exampleStep: KeyTable.exampleStep
        case .outcome: KeyTable.outcome
        default: itemKeys
        }
    }

    private var itemKeys: [KeySpec] {
        switch self {
        case .codes: KeyTable.codes
        case .codesVersion: KeyTable.codesVersion
        case .codeItem: KeyTable.codeItem
        case .judgement: KeyTable.judgement
        case .judgementVersion: KeyTable.judgementVersion
        case .judgementRow: KeyTable.judgementRow
        case .policy: KeyTable.policy
        case .policyVersion: KeyTable.policyVersion
        case .role: KeyTable.role
        case .calendar: KeyTable.calendar
        case .calendarYear: KeyTable.calendarYear
        case .regions: KeyTable.regions
        case .regionLevel: KeyTable.regionLevel
        case .indicator: KeyTable.indicator
        case .term: KeyTable.term
        case .document: KeyTable.document
        case .report: KeyTable.report
        case .figure: KeyTable.figure
        case .map: KeyTable.map
        case .scorecard: KeyTable.scorecard
        case .scorecardVersion: KeyTable.scorecardVersion
        case .scorecardItem: KeyTable.scorecardItem
        case .scorecardGrade: KeyTable.scorecardGrade
        default: pageKeys
        }
    }

    private var pageKeys: [KeySpec] {
        switch self {
        case .dashboard: KeyTable.dashboard
        case .tile: KeyTable.tile
        case .trend: KeyTable.trend
        case .breakdown: KeyTable.breakdown
        case .ranking: KeyTable.ranking
        case .heat: KeyTable.heat
        case .recordList: KeyTable.recordList
        case .quota: KeyTable.quota
        case .quotaVersion: KeyTable.quotaVersion
        default: KeyTable.citation
        }
    }
}

/// The one table of keys. The parts for kinds and for the other items are in files of their own.
enum KeyTable {
    static let sources = Shape.either(
        scalar: .text,
        sequence: .list(.either(scalar: .text, sequence: nil, mapping: .object(.citation))),
        mapping: .object(.citation))

    static let named: [KeySpec] = [
        KeySpec("name", .text, required: true, "The name in Simplified Chinese"),
        KeySpec("english", .text, required: true, "The name in English"),
    ]

    static let source = KeySpec("source", sources, "The law, standard or decision it rests on")

    static let since = KeySpec("since", .date, required: true, "The first day in force")
    static let until = KeySpec("until", .date, "The last day in force")

    /// What every item may have.
    static func item(_ name: ObjectName, _ keys: [KeySpec], id: Shape = .identifier) -> [KeySpec] {
        [KeySpec(name.rawValue, id, required: true, "The id")] + named + [
            source,
            KeySpec(
                "override", .boolean, "Whether the item takes the place of one that an earlier rulebook has"),
        ] + keys
    }

    static let citation: [KeySpec] = [
        KeySpec("law", .text, required: true, "The law or standard by its own name"),
        KeySpec("clause", .text, "The article or clause"),
        KeySpec(
            "verified", .boolean, "Whether it was compared with the official text; true unless said otherwise"
        ),
        KeySpec("note", .text, "What a reader should know about the source"),
    ]

    static let rulebook: [KeySpec] = [
        KeySpec("rulebook", .identifier, required: true, "The id of the rulebook"),
        KeySpec("name", .text, required: true, "The name in Simplified Chinese"),
        KeySpec("english", .text, required: true, "The name in English"),
        KeySpec("version", .text, required: true, "The version, in quotes"),
        KeySpec("time_zone_offset", .text, "How far civil time lies ahead of UTC, such as \"+08:00\""),
        KeySpec("extends", .identifier, "The rulebook that this one is laid over"),
    ]
}
