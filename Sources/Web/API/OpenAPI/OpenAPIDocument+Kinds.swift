import Office
import Records
import Rulebooks

/// What can be asked of each kind.
extension OpenAPIDocument {
    func operations(of kind: Kind) -> [Operation] {
        let base = "/records/\(kind.id)"
        let one = base + "/{number}"
        let name = kind.name.text(language)
        var operations = [
            list(kind, base, name), create(kind, base, name), read(kind, one, name),
            history(kind, one, name), proof(kind, one, name),
        ]
        for rule in kind.lifecycle.actions {
            let fields = (rule.asks + rule.may).compactMap(kind.field)
            operations.append(
                action(
                    kind, one, rule.id, "\(name)：\(rule.name.text(language))",
                    body(fields, needed: Set(rule.asks), example: true)))
        }
        if let rule = kind.lifecycle.amend {
            let fields =
                rule.fields.isEmpty
                ? kind.fields.filter { $0.derivation == nil } : rule.fields.compactMap(kind.field)
            operations.append(
                action(
                    kind, one, "amend", "\(name)：\(say("更正", "amend").text ?? "")",
                    body(fields, needed: [])))
        }
        if kind.lifecycle.void != nil {
            operations.append(
                action(
                    kind, one, "void", "\(name)：\(say("作废", "void").text ?? "")",
                    body([], needed: [], needsReason: true)))
        }
        if kind.fields.contains(where: { if case .files = $0.type { true } else { false } }) {
            operations.append(file(kind, one, name))
        }
        return operations
    }

    private func number(_ name: String) -> JSONValue {
        pathParameter("number", say("\(name)的编号", "The number of the \(name)"))
    }

    private func list(_ kind: Kind, _ path: String, _ name: String) -> Operation {
        let sortable = kind.fields.filter { !$0.personal }.map(\.id)
        return operation(
            "get", path, tag: kind.id, id: "list_\(kind.id)", summary: say("列出\(name)", "List \(name)"),
            description: say(
                "逐页读取：把 next 当作下一页的地址。", "Page by page: `next` is the address of the next page."),
            parameters: [
                queryParameter(
                    "where",
                    say(
                        "条件，可重复：字段=值、!=、<、<=、>、>=，字段~文字 表示包含；字段= 表示未填。",
                        "A condition, may be repeated: field=value, !=, <, <=, >, >=; field~text for containing; "
                            + "field= for missing."),
                    [
                        "type": "array", "items": ["type": "string", "minLength": 1, "maxLength": 300],
                        "maxItems": 20,
                    ],
                    example: .strings(["state=\(kind.lifecycle.initial)"])),
                queryParameter(
                    "region", say("区划代码或名称，含其下级", "A region by code or name, with all below it"),
                    ["type": "string", "minLength": 2]),
                queryParameter(
                    "sort", say("排序的列，前加 - 为倒序", "The column to sort by; `-` before it for descending"),
                    [
                        "type": "string",
                        "enum": .strings(
                            ["number", "state", "updated_at", "created_at", "id"].flatMap { [$0, "-" + $0] }
                                + sortable.filter { kind.field($0).map(Self.isSortable) ?? false }
                                .filter {
                                    !["number", "state", "updated_at", "created_at", "id"].contains($0)
                                }
                                .flatMap { [$0, "-" + $0] }),
                    ]),
                queryParameter(
                    "columns", say("要哪些字段，以逗号隔开", "Which fields, separated by commas"),
                    ["type": "string", "pattern": "^[a-z0-9_,]+$"]),
                Self.parameter("limit"), Self.parameter("after"),
                queryParameter("voided", say("是否包括已作废的", "Whether voided records are included"), Self.truth),
                queryParameter(
                    "count", say("是否同时给出总数", "Whether to count all that match"), Self.truth),
            ],
            good: [
                (
                    "200",
                    answered(
                        say("一页记录", "A page of records"),
                        Self.page(Self.reference(Self.recordName(kind) + "Summary"), counts: true),
                        headers: ["Link"])
                )
            ], problems: [409, 422], scope: .read)
    }

    private static func isSortable(_ field: Field) -> Bool {
        switch field.type {
        case .files, .table: false
        default: true
        }
    }

    static let truth: JSONValue = ["type": "boolean"]

    static func page(_ item: JSONValue, counts: Bool = false) -> JSONValue {
        var members: [JSONMember] = [
            JSONMember("items", ["type": "array", "items": item]),
            JSONMember("after", ["type": ["string", "null"]]),
            JSONMember("next", ["type": ["string", "null"]]),
        ]
        if counts { members.append(JSONMember("count", ["type": "integer"])) }
        return [
            "type": "object", "properties": .object(members), "required": ["items", "after", "next"],
            "additionalProperties": false,
        ]
    }

    private func create(_ kind: Kind, _ path: String, _ name: String) -> Operation {
        let rule = kind.lifecycle.create
        let fields = kind.fields.filter { $0.derivation == nil }
        let needed = Set(
            fields.filter { $0.required && $0.defaultValue == nil }.map(\.id) + rule.asks)
        return operation(
            "post", path, tag: kind.id, id: "create_\(kind.id)",
            summary: .string("\(name)：\(rule.name.text(language))"), parameters: [Self.parameter("key")],
            body: body(fields, needed: needed, example: true),
            good: [
                (
                    "201",
                    answered(
                        say("已登记", "Created"), Self.reference(Self.recordName(kind) + "Outcome"),
                        headers: ["ETag", "Location"])
                )
            ], problems: [409, 413, 415, 422], scope: .write)
    }

    private func read(_ kind: Kind, _ path: String, _ name: String) -> Operation {
        operation(
            "get", path, tag: kind.id, id: "get_\(kind.id)", summary: say("读取\(name)", "Read a \(name)"),
            parameters: [number(name), Self.parameter("known")],
            good: [
                (
                    "200",
                    answered(
                        say("记录", "The record"), Self.reference(Self.recordName(kind)), headers: ["ETag"])
                ), ("304", ["description": say("未变", "Not changed")]),
            ], scope: .read)
    }

    private func history(_ kind: Kind, _ path: String, _ name: String) -> Operation {
        operation(
            "get", path + "/history", tag: kind.id, id: "history_\(kind.id)",
            summary: say("\(name)的办理经过", "What happened to a \(name)"),
            parameters: [
                number(name), Self.parameter("limit"),
                queryParameter(
                    "after", say("上一页给出的续页标记", "`after` of the page before"),
                    ["type": "integer", "minimum": 0, "maximum": 2_147_483_647]),
            ],
            good: [
                ("200", answered(say("经过", "The history"), Self.page(Self.reference("Step"))))
            ], scope: .read)
    }

    private func proof(_ kind: Kind, _ path: String, _ name: String) -> Operation {
        operation(
            "get", path + "/proof", tag: kind.id, id: "proof_\(kind.id)",
            summary: say("\(name)最近一次办理的证明", "A proof of the last action on a \(name)"),
            description: say("以 zhiheng ledger verify 离线核验。", "Checked offline by zhiheng ledger verify."),
            parameters: [number(name)], good: [("200", Self.plainText(say("证明", "The proof")))],
            problems: [422], scope: .read)
    }

    static func plainText(_ description: JSONValue) -> JSONValue {
        [
            "description": description,
            "content": ["text/plain; charset=utf-8": ["schema": ["type": "string"]]],
        ]
    }

    private func file(_ kind: Kind, _ path: String, _ name: String) -> Operation {
        let types = ["image/jpeg", "image/png", "image/webp", "application/pdf", "application/octet-stream"]
        return operation(
            "get", path + "/files/{digest}", tag: kind.id, id: "file_\(kind.id)",
            summary: say("\(name)所附的文件", "A file that a \(name) holds"),
            parameters: [
                number(name),
                pathParameter(
                    "digest", say("文件内容的 SHA-256", "The SHA-256 of the file"),
                    ["type": "string", "pattern": "^[0-9a-f]{64}$"]), Self.parameter("known"),
            ],
            good: [
                (
                    "200",
                    [
                        "description": say("文件", "The file"),
                        "content": .object(types.map { JSONMember($0, [:]) }),
                    ]
                ), ("304", ["description": say("未变", "Not changed")]),
            ], scope: .files)
    }

    private func action(
        _ kind: Kind, _ path: String, _ action: String, _ summary: String, _ body: JSONValue
    ) -> Operation {
        operation(
            "post", path + "/actions/\(action)", tag: kind.id, id: "act_\(kind.id)_\(action)",
            summary: .string(summary),
            parameters: [
                number(kind.name.text(language)), Self.parameter("version"), Self.parameter("key"),
            ], body: body,
            good: [
                (
                    "200",
                    answered(
                        say("已办理", "Done"), Self.reference(Self.recordName(kind) + "Outcome"),
                        headers: ["ETag"])
                )
            ], problems: [409, 412, 413, 415, 422, 428], scope: .write)
    }

    // MARK: Bodies and records

    private func body(
        _ fields: [Field], needed: Set<String>, needsReason: Bool = false, example: Bool = false
    ) -> JSONValue {
        let needsFields = fields.contains { needed.contains($0.id) }
        var members: [JSONMember] = []
        if !fields.isEmpty {
            let required = fields.map(\.id).filter(needed.contains)
            members.append(
                JSONMember(
                    "fields",
                    .object([
                        ("type", "object"),
                        (
                            "properties",
                            .object(
                                fields.map {
                                    JSONMember($0.id, schemas.given($0, isNeeded: needed.contains($0.id)))
                                })
                        ),
                        ("required", required.isEmpty ? nil : .strings(required)),
                        ("additionalProperties", false),
                    ])))
        }
        members.append(
            JSONMember(
                "reason",
                .object([
                    ("type", needsReason ? "string" : ["string", "null"]),
                    ("minLength", needsReason ? 1 : nil),
                    ("maxLength", 2000), ("description", say("理由", "Why")),
                ])))
        let required = (needsFields ? ["fields"] : []) + (needsReason ? ["reason"] : [])
        let shown = fields.filter { needed.contains($0.id) }.map { JSONMember($0.id, schemas.example($0)) }
        return .object([
            ("required", .bool(!required.isEmpty)),
            (
                "content",
                [
                    "application/json": .object([
                        (
                            "schema",
                            .object([
                                ("type", "object"), ("properties", .object(members)),
                                ("required", required.isEmpty ? nil : .strings(required)),
                                ("additionalProperties", false),
                            ])
                        ), ("example", example && needsFields ? ["fields": .object(shown)] : nil),
                    ])
                ]
            ),
        ])
    }

    /// The name of a kind's schema: `hazard` becomes `Hazard`, `dangerous-work` `DangerousWork`.
    static func recordName(_ kind: Kind) -> String {
        kind.id.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
            + "Record"
    }

    /// The schemas of a kind's records: in a list, alone, and after an action.
    func recordSchemas(_ kind: Kind) -> [JSONMember] {
        let fields: JSONValue = .object([
            ("type", "object"),
            ("properties", .object(kind.fields.map { JSONMember($0.id, schemas.told($0)) })),
            ("additionalProperties", false),
        ])
        let states: JSONValue = ["type": "string", "enum": .strings(kind.lifecycle.states.map(\.id))]
        let head: [JSONMember] = [
            JSONMember("kind", ["const": .string(kind.id)]), JSONMember("number", ["type": "string"]),
            JSONMember("title", ["type": "string"]),
            JSONMember("version", ["type": "integer", "minimum": 1]),
            JSONMember("state", states), JSONMember("state_name", ["type": "string"]),
            JSONMember("region", ["type": "string"]),
            JSONMember("region_name", ["type": ["string", "null"]]),
            JSONMember("responsible", ["type": ["string", "null"]]),
            JSONMember("stage", ["type": "string"]), JSONMember("overdue", ["type": "boolean"]),
            JSONMember("voided", ["type": "boolean"]), JSONMember("public", ["type": "boolean"]),
            JSONMember("entered_at", ["type": "string", "format": "date-time"]),
            JSONMember("created_at", ["type": "string", "format": "date-time"]),
            JSONMember("updated_at", ["type": "string", "format": "date-time"]), JSONMember("fields", fields),
            JSONMember("masked", ["type": "array", "items": ["type": "string"]]),
        ]
        let rest: [JSONMember] = [
            JSONMember("clocks", ["type": "array", "items": Self.reference("Clock")]),
            JSONMember("actions", ["type": "array", "items": Self.reference("AvailableAction")]),
            JSONMember("documents", ["type": "array", "items": Self.reference("DocumentMention")]),
            JSONMember("links", ["type": "object", "additionalProperties": ["type": "string"]]),
        ]
        let name = Self.recordName(kind)
        return [
            JSONMember(name + "Summary", Self.closed(head)), JSONMember(name, Self.closed(head + rest)),
            JSONMember(
                name + "Outcome",
                Self.closed([
                    JSONMember("action", ["type": "string"]), JSONMember("position", ["type": "integer"]),
                    JSONMember(
                        "record", ["anyOf": [Self.reference(name), Self.reference("Mention")]]),
                    JSONMember("documents", ["type": "array", "items": Self.reference("DocumentMention")]),
                    JSONMember("spawned", ["type": "array", "items": Self.reference("Mention")]),
                    JSONMember("warnings", ["type": "array", "items": Self.reference("Warning")]),
                ])),
        ]
    }

    /// An object that has these members and no others.
    static func closed(_ members: [JSONMember], optional: Set<String> = []) -> JSONValue {
        [
            "type": "object", "properties": .object(members),
            "required": .strings(members.map(\.name).filter { !optional.contains($0) }),
            "additionalProperties": false,
        ]
    }
}
