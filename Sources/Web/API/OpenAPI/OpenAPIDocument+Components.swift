import Office
import Rulebooks

/// What the operations refer to: schemas, parameters, headers and problems.
extension OpenAPIDocument {
    var components: JSONValue {
        let schemas = sharedSchemas + kinds.flatMap { recordSchemas($0) }
        return [
            "securitySchemes": [
                "token": [
                    "type": "http", "scheme": "bearer",
                    "description": say(
                        "访问令牌，以 zhiheng token create 建立。用途：\(scopes)。",
                        "A token, made by zhiheng token create. Scopes: \(scopes)."),
                ]
            ],
            "schemas": .object(schemas), "parameters": parameters, "headers": headers,
            "responses": [
                "Problem": problem(say("问题（RFC 9457）", "A problem (RFC 9457)"), headers: nil),
                "Later": problem(
                    say("稍后再试", "Try again later"),
                    headers: ["Retry-After": ["$ref": "#/components/headers/Retry-After"]]),
            ],
        ]
    }

    private var scopes: String {
        TokenScope.allCases.map { "\($0.rawValue) \($0.name.text(language))" }
            .joined(separator: language == .zh ? "、" : ", ")
    }

    private func problem(_ description: JSONValue, headers: JSONValue?) -> JSONValue {
        .object([
            ("description", description), ("headers", headers),
            (
                "content",
                [
                    "application/problem+json": [
                        "schema": Self.reference("Problem"),
                        "example": [
                            "type": .string(APIAddress.problem("ZH-0110")),
                            "title": say("缺少必填内容", "A field is missing"), "status": 422,
                            "detail": say("请填写“整改期限”。", "“Due on” (due_on) is needed."), "code": "ZH-0110",
                            "reasons": [
                                [
                                    "code": "ZH-0110", "type": .string(APIAddress.problem("ZH-0110")),
                                    "field": "due_on",
                                    "detail": say("请填写“整改期限”。", "“Due on” (due_on) is needed."),
                                    "missing": ["due_on"],
                                ]
                            ], "request": "6b1f0c",
                        ],
                    ]
                ]
            ),
        ])
    }

    private var parameters: JSONValue {
        let key: JSONValue = [
            "name": "Idempotency-Key", "in": "header",
            "schema": ["type": "string", "pattern": "^[!-~]{1,255}$"],
            "description": say(
                "同一请求重发时用同一个键：只办一次，答复相同；保留 24 小时。",
                "The same for the same request sent again: it is done once and answered the same, for 24 hours."
            ),
        ]
        return [
            "limit": queryParameter(
                "limit", say("每页条数", "Rows in a page"),
                [
                    "type": "integer", "minimum": 1, "maximum": .integer(APICall.mostRows),
                    "default": .integer(APICall.usualRows),
                ]),
            "after": queryParameter(
                "after", say("上一页给出的续页标记", "`after` of the page before"),
                ["type": "string", "pattern": "^[0-9a-f]{16,}$"]),
            "key": key,
            "version": [
                "name": "If-Match", "in": "header", "required": true,
                "schema": ["type": "string", "pattern": "^\"[0-9]{1,18}(-[0-9a-f]+)?\"$"],
                "description": say("所见版本，即记录的 ETag", "The version that was seen: the record's ETag"),
                "example": "\"1\"",
            ],
            "known": [
                "name": "If-None-Match", "in": "header",
                "schema": [
                    "type": "string",
                    "pattern": "^([*]|(W/)?\"[!#-~]*\"(, (W/)?\"[!#-~]*\")*)$",
                ],
                "description": say("已有的 ETag", "The ETag one has"),
            ],
        ]
    }

    private var headers: JSONValue {
        let text: JSONValue = ["type": "string"]
        return [
            "ETag": ["description": say("版本", "The version"), "schema": text],
            "Location": ["description": say("新地址", "The new address"), "schema": text],
            "Link": ["description": say("下一页", "The next page"), "schema": text],
            "Retry-After": [
                "description": say("几秒后再试", "Seconds to wait"), "schema": ["type": "integer"],
            ],
        ]
    }

    private var sharedSchemas: [JSONMember] {
        let text: JSONValue = ["type": "string"]
        let textOrNot: JSONValue = ["type": ["string", "null"]]
        let truth: JSONValue = ["type": "boolean"]
        let whole: JSONValue = ["type": "integer"]
        let moment: JSONValue = ["type": "string", "format": "date-time"]
        let momentOrNot: JSONValue = ["type": ["string", "null"], "format": "date-time"]
        let texts: JSONValue = ["type": "array", "items": text]
        let numberOrNot: JSONValue = ["type": ["number", "null"]]
        func member(_ name: String, _ schema: JSONValue) -> JSONMember { JSONMember(name, schema) }
        let reason = Self.closed(
            [
                member("code", text), member("type", text), member("field", text), member("rule", text),
                member("detail", text), member("missing", texts),
            ], optional: ["field", "rule", "missing"])
        let figureRow: JSONValue = [
            "type": "object",
            "properties": [
                "key": text, "label": text, "value": numberOrNot, "undetermined": whole,
                "previous": numberOrNot, "difference": numberOrNot, "change": numberOrNot,
                "share": numberOrNot, "rank": ["type": ["integer", "null"]], "unit": textOrNot,
                "change_text": textOrNot, "why_none": text,
            ], "required": ["value", "undetermined", "previous"], "additionalProperties": false,
        ]
        return [
            member(
                "Problem",
                Self.closed([
                    member("type", text), member("title", text), member("status", whole),
                    member("detail", text), member("code", text),
                    member("reasons", ["type": "array", "items": Self.reference("Reason")]),
                    member("request", text),
                ])), member("Reason", reason),
            member(
                "Mention",
                Self.closed(
                    [
                        member("kind", text), member("number", text), member("title", text),
                        member("href", text),
                    ],
                    optional: ["href"])),
            member(
                "Clock",
                Self.closed([
                    member("clock", text), member("name", text), member("started_at", moment),
                    member("due_on", ["type": ["string", "null"], "format": "date"]),
                    member("due_at", momentOrNot), member("suspended_at", momentOrNot),
                    member("overdue", truth),
                ])),
            member(
                "AvailableAction",
                Self.closed([
                    member("action", text), member("name", text), member("possible", truth),
                    member("asks", texts), member("may", texts),
                    member("obstacles", ["type": "array", "items": Self.reference("Reason")]),
                    member("href", text),
                ])),
            member(
                "DocumentMention",
                Self.closed([
                    member("number", text), member("document", text), member("name", text),
                    member("issued_at", moment), member("href", text),
                ])),
            member(
                "Document",
                Self.closed([
                    member("number", text), member("document", text), member("name", text),
                    member("issued_at", moment), member("href", text),
                    member("record", Self.reference("Mention")), member("version", whole),
                    member("text", text), member("text_english", text), member("proven", truth),
                ])), member("Warning", Self.closed([member("field", textOrNot), member("detail", text)])),
            member(
                "Step",
                Self.closed([
                    member("position", ["type": ["integer", "null"]]), member("version", whole),
                    member("performed_at", momentOrNot), member("action", text), member("action_name", text),
                    member("actor", text), member("role", text), member("reason", textOrNot),
                    member(
                        "changes",
                        [
                            "type": "array",
                            "items": Self.closed([
                                member("name", text), member("before", text), member("after", text),
                            ]),
                        ]), member("documents", texts), member("note", textOrNot),
                ])),
            member(
                "Region",
                Self.closed([
                    member("code", text), member("name", textOrNot), member("full_name", textOrNot),
                    member("level", textOrNot), member("parent", textOrNot),
                ])),
            member(
                "KeptFile",
                Self.closed([member("digest", text), member("size", whole), member("media_type", text)])),
            member(
                "Checkpoint",
                Self.closed([member("size", whole), member("note", text), member("signed_at", moment)])),
            member("FigureRow", figureRow),
            member(
                "FigureMention",
                [
                    "type": "object",
                    "properties": [
                        "figure": text, "type": ["enum": ["measure", "indicator"]], "href": text,
                    ],
                    "required": ["figure", "type", "href"],
                ]),
            member(
                "Figure",
                Self.closed(
                    [
                        member("figure", text), member("type", ["enum": ["measure", "indicator"]]),
                        member("name", text), member("unit", textOrNot), member("period", textOrNot),
                        member("comparison", text),
                        member("rows", ["type": "array", "items": Self.reference("FigureRow")]),
                        member("count", whole), member("total", Self.reference("FigureRow")),
                    ], optional: ["unit"])),
            member(
                "Webhook",
                Self.closed(
                    [
                        member("id", whole), member("address", text), member("topics", texts),
                        member("kinds", ["type": ["array", "null"], "items": text]),
                        member("state", ["enum": ["active", "suspended"]]), member("created_at", moment),
                        member("position", whole), member("failures", whole), member("secret", text),
                    ], optional: ["secret"])),
            member(
                "Delivery",
                Self.closed([
                    member("id", whole), member("event", text), member("topic", text),
                    member("state", ["enum": ["waiting", "delivered", "dead", "withheld"]]),
                    member("attempts", whole), member("attempted_at", momentOrNot),
                    member("next_at", momentOrNot), member("status", ["type": ["integer", "null"]]),
                    member("problem", textOrNot), member("created_at", moment),
                ])),
        ]
    }
}
