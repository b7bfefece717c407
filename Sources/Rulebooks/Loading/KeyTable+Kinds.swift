extension KeyTable {
    private static let performers = Shape.list(.identifier)
    private static let names = Shape.list(.name)
    private static let say = KeySpec("say", .text, "What a person reads, in Simplified Chinese")
    private static let sayEnglish = KeySpec("say_english", .text, "What a person reads, in English")

    static let fieldTypes = [
        "text", "integer", "decimal", "money", "boolean", "date", "moment", "code", "region", "party",
        "person",
        "reference", "geo", "files", "table",
    ]

    static let kind: [KeySpec] = item(
        .kind,
        [
            KeySpec(
                "family", .choice(Family.allCases.map(\.rawValue)), required: true,
                "register, matter or return"),
            KeySpec("number", .text, required: true, "How records are numbered"),
            KeySpec("key", names, "The fields whose values together are unique"),
            KeySpec("title", .expression, "How a record is called in lists; its number by default"),
            KeySpec("fields", .map(keys: .name, values: .object(.field)), required: true, "The fields"),
            KeySpec("region", .text, required: true, "The path to the region a record belongs to"),
            KeySpec("responsible", .text, "The path to the party that must act and may see"),
            KeySpec("governed_by", .name, "The date that decides which versions are in force"),
            KeySpec("rules", .list(.object(.rule)), "Rules checked on every action"),
            KeySpec("public", .expression, "When the public may see a record"),
            KeySpec("public_fields", names, "What the public may then see"),
            KeySpec("filing", .object(.filing), "What the public may file without an account"),
            KeySpec("lifecycle", .object(.lifecycle), required: true, "States and actions"),
            KeySpec("clocks", .map(keys: .identifier, values: .object(.clock)), "Deadlines"),
            KeySpec("measures", .map(keys: .name, values: .object(.measure)), "What is counted"),
            KeySpec("examples", .list(.object(.example)), "Cases that `rulebook test` plays"),
        ])

    static let field: [KeySpec] =
        named + [
            KeySpec("type", .choice(fieldTypes), required: true, "What it holds"),
            KeySpec("required", .boolean, "Whether a record cannot be without it"),
            KeySpec("default", .any, "The value of a new record unless another is given"),
            KeySpec("help", .text, "A sentence of help, in Simplified Chinese"),
            KeySpec("help_english", .text, "A sentence of help, in English"),
            KeySpec("unit", .text, "The unit, in Simplified Chinese"),
            KeySpec("unit_english", .text, "The unit, in English"),
            source,
            KeySpec("min", .number, "The least value, or the fewest characters"),
            KeySpec("max", .number, "The greatest value, or the most characters, files or rows"),
            KeySpec("pattern", .text, "A regular expression (RE2) that the whole text must match"),
            KeySpec("multiline", .boolean, "Whether the text may have several lines"),
            KeySpec("names", .choice(["role"]), "What of the rulebook the text names, by its id"),
            KeySpec("personal", .boolean, "Whether the value is personal"),
            KeySpec("places", .integer(min: 0, max: 9), "The decimal places"),
            KeySpec("of", .identifier, "The code list"),
            KeySpec("level", .identifier, "The coarsest level of region allowed"),
            KeySpec("to", .identifier, "The kind referred to"),
            KeySpec("accept", .oneOrMany(.text), "The media types of files"),
            KeySpec("columns", .map(keys: .name, values: .object(.field)), "The columns of a table"),
            KeySpec(
                "computed",
                .either(scalar: .expression, sequence: .list(.object(.datedExpression)), mapping: nil),
                "The formula it is derived by"),
            KeySpec("judged_by", .object(.judgedBy), "The judgement it is derived by"),
            KeySpec("computed_by_judgement", .boolean, "Whether a judgement fills it"),
        ]

    static let judgedBy: [KeySpec] = [
        KeySpec("judgement", .identifier, required: true, "The judgement"),
        KeySpec("settled", .name, "The boolean field that tells whether the result is settled"),
        KeySpec("clause", .name, "The text field that takes the clause"),
    ]

    static let datedExpression: [KeySpec] = [
        since, until, KeySpec("value", .expression, required: true, "The formula"), source,
    ]

    static let rule: [KeySpec] = [
        KeySpec("id", .identifier, "A stable id"),
        KeySpec("when", .expression, required: true, "What must hold"),
        KeySpec("say", .text, required: true, "What is said when it does not, in Simplified Chinese"),
        KeySpec("say_english", .text, required: true, "What is said when it does not, in English"),
        KeySpec("since", .date, "The first governing date it applies to"),
        until, source,
    ]

    static let lifecycle: [KeySpec] = [
        KeySpec("initial", .identifier, required: true, "The state of a new record"),
        KeySpec("imported", .identifier, "The state in which imported records arrive"),
        KeySpec("states", .map(keys: .identifier, values: .object(.state)), required: true, "The states"),
        KeySpec(
            "closed", .list(.identifier), required: true, "The states in which nothing remains to be done"),
        KeySpec("create", .object(.create), required: true, "Who may create a record"),
        KeySpec("amend", .object(.amend), "Who may correct what"),
        KeySpec("void", .object(.void), "Who may void a record"),
        KeySpec("actions", .map(keys: .identifier, values: .object(.action)), "The actions"),
    ]

    private static let performing: [KeySpec] = [
        KeySpec("by", performers, required: true, "Roles, `responsible` or `system`"),
        KeySpec("asks", names, "Fields that must be given"),
        KeySpec("may", names, "Fields that may be given"),
        KeySpec("rules", .list(.object(.rule)), "Rules checked in addition"),
        KeySpec("issues", .identifier, "The document issued"),
        KeySpec("separate_from", .oneOrMany(.identifier), "Actions whose performer may not perform this one"),
        KeySpec("sets", .map(keys: .name, values: .expression), "Fields set, with their formulas"),
        KeySpec("creates", .object(.spawn), "The record created in the same transaction"),
        KeySpec("for_each", .name, "The table field of which every row creates a record"),
        source,
    ]

    static let create: [KeySpec] =
        [
            KeySpec("name", .text, "The name in Simplified Chinese"),
            KeySpec("english", .text, "The name in English"),
        ] + performing

    static let action: [KeySpec] =
        named + [
            KeySpec("from", .oneOrMany(.identifier), required: true, "The states it may be performed in"),
            KeySpec("to", .identifier, "The state it leads to; none leaves the state as it is"),
        ] + performing

    static let amend: [KeySpec] = [
        KeySpec("by", performers, required: true, "Who may"),
        KeySpec("in", .list(.identifier), "In which states; in all that are not closed by default"),
        KeySpec("fields", names, required: true, "Which fields"),
    ]

    static let void: [KeySpec] = [
        KeySpec("by", performers, required: true, "Who may"),
        KeySpec("in", .list(.identifier), "In which states; in all by default"),
    ]

    static let spawn: [KeySpec] = [
        KeySpec("kind", .identifier, required: true, "The kind of the new record"),
        KeySpec("with", .map(keys: .name, values: .expression), "Its fields, with formulas over this record"),
        KeySpec("link", .name, "Its reference field that is set to this record"),
        KeySpec("for_each", .name, "The table field of which every row creates a record"),
    ]

    static let clock: [KeySpec] =
        named + [
            KeySpec("in", .list(.identifier), required: true, "The states in which it runs"),
            KeySpec("due", .expression, "The date or moment at which it is due"),
            KeySpec(
                "within", .either(scalar: .term, sequence: .list(.object(.datedTerm)), mapping: nil),
                "The term at whose end it is due"),
            KeySpec(
                "from", .expression, "The date or moment the term counts from; entering the state by default"),
            KeySpec("suspended_in", .list(.identifier), "The states in which it stands still"),
            KeySpec("when", .expression, "When the clock exists at all"),
            KeySpec("extend", .name, "The integer field of calendar days added"),
            KeySpec("steps", .list(.object(.step)), "What happens before and after it is due"),
            source,
        ]

    static let filing: [KeySpec] =
        named + [
            KeySpec("advice", .text, "What to know before filing, in Simplified Chinese"),
            KeySpec("advice_english", .text, "What to know before filing, in English"),
            KeySpec("consent", .text, "What whoever files agrees to, in Simplified Chinese"),
            KeySpec("consent_english", .text, "What whoever files agrees to, in English"),
            KeySpec("asks", names, required: true, "Fields that must be given"),
            KeySpec("may", names, "Fields that may be given"),
            KeySpec("shows", names, "Fields that the receipt shows"),
            KeySpec("documents", .list(.identifier), "Documents that the receipt shows"),
            KeySpec(
                "per_day", .integer(min: 1, max: 1000), "How many filings one address may make in a day"),
            source,
        ]

    static let datedTerm: [KeySpec] = [
        since, until, KeySpec("value", .term, required: true, "The term"), source,
    ]

    static let step: [KeySpec] = [
        KeySpec("at", .offset, required: true, "When, counted from the due day"),
        KeySpec("do", .identifier, required: true, "An entry of the code list clock-step"),
        KeySpec("when", .expression, "When it is done at all"),
        KeySpec("issues", .identifier, "The document issued"),
        KeySpec("to", .choice(Addressee.allCases.map(\.rawValue)), "Whom it addresses"),
        KeySpec("public", .boolean, "Whether the public sees it"),
        KeySpec("sets", .map(keys: .name, values: .expression), "Fields it fills"),
        KeySpec("enters", .identifier, "The state it moves the record to"),
    ]

    static let measure: [KeySpec] =
        named + [
            KeySpec("count", .expression, "`all`, `overdue`, or the condition on what is counted"),
            KeySpec("sum", .expression, "What is added up"),
            KeySpec("places", .integer(min: 0, max: 9), "The decimal places of a sum"),
            KeySpec("at", .name, "The date by which a record counts; none makes a stock"),
            KeySpec("by", names, "The fields by which it is broken down"),
            KeySpec("public", .boolean, "Whether its figures are for everybody"),
            KeySpec("unit", .text, "The unit, in Simplified Chinese"),
            KeySpec("unit_english", .text, "The unit, in English"),
            source,
        ]

    static let example: [KeySpec] = [
        KeySpec("name", .text, "What it shows"),
        KeySpec("given", .map(keys: .name, values: .any), required: true, "The fields of the record"),
        KeySpec(
            "after", .list(.either(scalar: .text, sequence: nil, mapping: .object(.exampleStep))),
            "The actions performed, in order"),
        KeySpec("on", .date, "The day up to which clocks are run"),
        KeySpec("then", .object(.outcome), required: true, "What must then be so"),
    ]

    static let exampleStep: [KeySpec] = [
        KeySpec("do", .text, required: true, "The action"),
        KeySpec("with", .map(keys: .name, values: .any), "The values given"),
        KeySpec("on", .date, "The day it is performed on"),
        KeySpec("by", .identifier, "The role it is performed in"),
    ]

    static let outcome: [KeySpec] = [
        KeySpec("state", .identifier, "The state"),
        KeySpec("clock", .text, "The last step that a clock took"),
        KeySpec("refused", .text, "The code or rule id by which the last action is refused"),
        KeySpec("fields", .map(keys: .name, values: .any), "Values of fields"),
        KeySpec("undetermined", .list(.text), "Fields on which a judgement or rule waits"),
    ]
}
