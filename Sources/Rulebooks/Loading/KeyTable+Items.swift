extension KeyTable {
    private static let restrictions = KeySpec(
        "where", .map(keys: .name, values: .oneOrMany(.scalar)), "For a dimension, the items counted")

    static let codes: [KeySpec] = item(
        .codes,
        [
            KeySpec("versions", .list(.object(.codesVersion)), "The list in dated versions"),
            KeySpec(
                "items", .map(keys: .identifier, values: .object(.codeItem)),
                "The items of a list without versions"),
        ])

    static let codesVersion: [KeySpec] = [
        since, until, source,
        KeySpec("items", .map(keys: .identifier, values: .object(.codeItem)), required: true, "The items"),
    ]

    static let codeItem: [KeySpec] =
        named + [
            KeySpec("under", .identifier, "The item above it"),
            KeySpec("code", .text, "The code that a standard gives it"),
            KeySpec("aliases", .list(.text), "Other texts that mean it"),
            KeySpec("successor", .oneOrMany(.identifier), "The items of the next version in its place"),
            source,
        ]

    static let judgement: [KeySpec] = item(
        .judgement,
        [
            KeySpec("of", .identifier, required: true, "The kind whose fields the rows read"),
            KeySpec("versions", .list(.object(.judgementVersion)), required: true, "The dated versions"),
        ])

    static let judgementVersion: [KeySpec] = [
        since, until, source,
        KeySpec("rows", .list(.object(.judgementRow)), required: true, "The rows from the top"),
        KeySpec("otherwise", .identifier, "What is given when no row holds"),
    ]

    static let judgementRow: [KeySpec] = [
        KeySpec("give", .identifier, required: true, "What the row gives"),
        KeySpec("when", .expression, required: true, "When it gives it"),
        KeySpec("clause", .text, "The clause it rests on"),
        KeySpec("say", .text, "The reason, in Simplified Chinese"),
        KeySpec("say_english", .text, "The reason, in English"),
    ]

    static let policy: [KeySpec] = item(
        .policy,
        [
            KeySpec(
                "type", .choice(["integer", "decimal", "text", "boolean"]), required: true,
                "The type of the values"),
            KeySpec("unit", .text, "The unit"),
            KeySpec("versions", .list(.object(.policyVersion)), required: true, "The dated values"),
        ])

    static let policyVersion: [KeySpec] = [
        since, until, KeySpec("value", .scalar, required: true, "The value"), source,
    ]

    static let role: [KeySpec] = item(
        .role,
        [
            KeySpec(
                "may", .list(.choice(Permission.allCases.map(\.rawValue))),
                "What holders may do with the machine"),
            KeySpec("level", .identifier, "The level of region it belongs to"),
            KeySpec(
                "separate_from", .list(.identifier), "Roles that the same person may not hold as well"),
            KeySpec(
                "at_least", .integer(min: 1, max: 100), "So many active accounts must always stay"),
        ])

    static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    static let calendar: [KeySpec] = item(
        .calendar,
        [
            KeySpec("weekend", .list(.choice(weekdays)), required: true, "The days of the week not worked"),
            KeySpec(
                "years", .map(keys: .integer(min: 1, max: 9999), values: .object(.calendarYear)),
                required: true,
                "The years for which holidays are known"),
        ])

    static let calendarYear: [KeySpec] = [
        KeySpec("holidays", .list(.text), "Days off, or spans of them: 2026-10-01..2026-10-08"),
        KeySpec("workdays", .list(.text), "Weekend days that are worked"),
        source,
    ]

    static let regions: [KeySpec] = item(
        .regions,
        [
            KeySpec("levels", .list(.object(.regionLevel)), required: true, "The levels from the coarsest"),
            KeySpec("pad", .integer(min: 2, max: 18), required: true, "The length of a full code"),
            KeySpec("files", .oneOrMany(.text), required: true, "CSV files of code, name and English name"),
            KeySpec("history", .text, "CSV file of code, name, from and until"),
            KeySpec("successions", .text, "CSV file of from, to, on and source"),
        ])

    static let regionLevel: [KeySpec] =
        [
            KeySpec("digits", .integer(min: 2, max: 18), required: true, "The significant digits"),
            KeySpec("id", .identifier, required: true, "The id"),
        ] + named

    static let indicator: [KeySpec] = item(
        .indicator,
        [
            KeySpec(
                "terms", .map(keys: .name, values: .object(.term)), required: true,
                "The measures it is made of"),
            KeySpec("value", .text, required: true, "Arithmetic over the terms"),
            KeySpec("unit", .text, "The unit"),
            KeySpec(
                "places", .integer(min: 0, max: 9), required: true, "The decimal places it is printed with"),
            KeySpec("better", .choice(Better.allCases.map(\.rawValue)), "Whether more or less is better"),
            KeySpec("public", .boolean, "Whether its figures are for everybody"),
        ])

    static let term: [KeySpec] = [
        KeySpec("measure", .name, required: true, "The measure"), restrictions,
    ]

    static let document: [KeySpec] = item(
        .document,
        [
            KeySpec("of", .identifier, required: true, "The kind it is about"),
            KeySpec("number", .text, "How notices are numbered"),
            KeySpec("template", .text, required: true, "The Mustache file in Chinese"),
            KeySpec("template_english", .text, required: true, "The Mustache file in English"),
        ])

    static let report: [KeySpec] = item(
        .report,
        [
            KeySpec(
                "period", .choice(ReportPeriod.allCases.map(\.rawValue)), required: true,
                "The period it covers"),
            KeySpec("template", .text, required: true, "The Mustache file in Chinese"),
            KeySpec("template_english", .text, required: true, "The Mustache file in English"),
            KeySpec(
                "figures", .map(keys: .name, values: .object(.figure)), required: true, "The figures by name"),
        ])

    static let figure: [KeySpec] = [
        KeySpec("measure", .name, "The measure"),
        KeySpec("measures", .list(.name), "The measures of a table"),
        KeySpec("indicator", .identifier, "The indicator instead of a measure"),
        restrictions,
        KeySpec("compare", .choice(["month", "quarter", "half", "year"]), "The period it is compared with"),
        KeySpec("share_of", .name, "The figure it is a share of"),
        KeySpec("by", .text, "The dimension of a table, or region.LEVEL"),
        KeySpec("sort", .text, "The order of a table's rows"),
        KeySpec("keep", .text, "Which of a table's rows are kept"),
    ]

    static let map: [KeySpec] = item(
        .map,
        [
            KeySpec("kind", .identifier, required: true, "The kind of the records"),
            KeySpec(
                "state", .text,
                "The state they arrive in, or `= ` and an expression over the fields that gives it"),
            KeySpec("encoding", .choice(TextEncoding.allCases.map(\.rawValue)), "The encoding of the file"),
            KeySpec("delimiter", .text, "The character between values"),
            KeySpec("columns", .map(keys: .text, values: .name), "Names in expressions for columns"),
            KeySpec("fields", .map(keys: .name, values: .expression), required: true, "The fields filled"),
            KeySpec("skip_when", .expression, "Rows left out and counted"),
        ])

    static let scorecard: [KeySpec] = item(
        .scorecard,
        [
            KeySpec("of", .identifier, required: true, "The kind whose fields the items read"),
            KeySpec("versions", .list(.object(.scorecardVersion)), required: true, "The dated versions"),
        ])

    static let scorecardVersion: [KeySpec] = [
        since, until, source,
        KeySpec("base", .number, "The points everyone starts with; none by default"),
        KeySpec(
            "items", .map(keys: .identifier, values: .object(.scorecardItem)), required: true, "The items"),
        KeySpec(
            "grades", .map(keys: .identifier, values: .object(.scorecardGrade)), "The grades from the highest"
        ),
    ]

    static let scorecardItem: [KeySpec] =
        named + [
            KeySpec("points", .expression, required: true, "The points, negative to deduct"),
            KeySpec("when", .expression, "When the item applies"),
            KeySpec("min", .number, "The least it may give"),
            KeySpec("max", .number, "The most it may give"),
            source,
        ]

    static let scorecardGrade: [KeySpec] =
        named + [
            KeySpec("from", .number, required: true, "The least score")
        ]
}
