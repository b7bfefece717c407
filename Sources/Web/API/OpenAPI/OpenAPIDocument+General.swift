import Figures
import Office
import Rulebooks

/// What can be asked beside records.
extension OpenAPIDocument {
    var generalOperations: [Operation] {
        rulebookOperations + figureOperations + otherOperations + webhookOperations
    }

    private static let anything: JSONValue = ["type": "object"]

    private var rulebookOperations: [Operation] {
        let list: JSONValue = [
            "type": "object", "properties": ["items": ["type": "array", "items": ["type": "object"]]],
            "required": ["items"],
        ]
        func read(
            _ path: String, _ id: String, _ summary: JSONValue, _ parameters: [JSONValue], _ schema: JSONValue
        )
            -> Operation
        {
            operation(
                "get", path, tag: "rulebook", id: id, summary: summary,
                parameters: parameters + [Self.parameter("known")],
                good: [
                    ("200", answered(say("规则书的一部分", "A part of the rulebook"), schema, headers: ["ETag"])),
                    ("304", ["description": say("未变", "Not changed")]),
                ], isOpen: true)
        }
        let kind: JSONValue = ["type": "string", "enum": .strings(kinds.map(\.id))]
        let lists: JSONValue = ["type": "string", "enum": .strings(rulebook.codeLists.keys.sorted())]
        return [
            operation(
                "get", "/openapi.json", tag: "rulebook", id: "openapi",
                summary: say("本说明", "This description"),
                good: [("200", answered(say("OpenAPI 3.1", "OpenAPI 3.1"), Self.anything))], isOpen: true),
            read("/kinds", "kinds", say("全部类别", "All kinds"), [], list),
            read(
                "/kinds/{kind}", "kind", say("一个类别：字段、状态和办理动作", "A kind: fields, states and actions"),
                [pathParameter("kind", say("类别", "The kind"), kind)], Self.anything),
            read("/codes", "code_lists", say("全部代码表", "All code lists"), [], list),
            read(
                "/codes/{list}", "code_list", say("一个代码表", "A code list"),
                [
                    pathParameter("list", say("代码表", "The list"), lists),
                    queryParameter(
                        "on", say("哪一天有效的，默认最新", "In force on which day; the latest unless given"),
                        ["type": "string", "format": "date"]),
                ], list),
            read(
                "/regions", "regions", say("行政区划", "Regions"),
                [
                    queryParameter(
                        "under", say("列出此区划的下级", "Those below this one"),
                        ["type": "string", "pattern": "^[0-9]{2,12}$"])
                ],
                list),
            read(
                "/regions/{code}", "region", say("一个行政区划", "A region"),
                [
                    pathParameter(
                        "code", say("代码", "The code"), ["type": "string", "pattern": "^[0-9]{2,12}$"])
                ], Self.reference("Region")),
        ]
    }

    private var figureOperations: [Operation] {
        let names = rulebook.measures.keys.sorted() + rulebook.indicators.keys.sorted()
        let list: JSONValue = [
            "type": "object",
            "properties": ["items": ["type": "array", "items": Self.reference("FigureMention")]],
            "required": ["items"],
        ]
        let levels = rulebook.regions.levels.map { "region.\($0.id)" }
        return [
            operation(
                "get", "/figures", tag: "general", id: "figures",
                summary: say("可查询的计量和指标", "The measures and indicators"),
                good: [("200", answered(say("计量和指标", "Measures and indicators"), list))], scope: .figures),
            operation(
                "get", "/figures/{name}", tag: "general", id: "figure",
                summary: say("查询数据", "Ask for a figure"),
                parameters: [
                    pathParameter(
                        "name", say("计量或指标", "A measure or an indicator"),
                        ["type": "string", "enum": .strings(names)]),
                    queryParameter(
                        "region", say("区划代码或名称；默认本辖区", "A region; one's own unless given"),
                        ["type": "string", "minLength": 2]),
                    queryParameter(
                        "period", say("期间", "The period"),
                        ["type": "string", "pattern": "^[1-9][0-9]{3}(H[12]|Q[1-4]|-(0[1-9]|1[0-2]))?$"],
                        example: "2026H1"),
                    queryParameter(
                        "by",
                        say(
                            "分组：维度、month 或 \(levels.joined(separator: "、"))",
                            "A dimension, month, or \(levels.joined(separator: ", "))"),
                        ["type": "string", "pattern": "^[a-z][a-z0-9_.-]*$"]),
                    queryParameter(
                        "compare", say("同比 year 或环比 previous", "With the year before, or the period before"),
                        ["type": "string", "enum": ["none", "year", "previous"]]),
                    queryParameter(
                        "where", say("维度=值,值；可重复", "DIMENSION=VALUE,VALUE; may be repeated"),
                        [
                            "type": "array", "maxItems": 20,
                            "items": [
                                "type": "string", "pattern": "^[a-z][a-z0-9_]*=[^,=]+$", "maxLength": 200,
                            ],
                        ]),
                    queryParameter(
                        "limit", say("最多几行", "The most rows"),
                        ["type": "integer", "minimum": 1, "maximum": .integer(APICall.mostFigureRows)]),
                ],
                good: [("200", answered(say("数据", "The figure"), Self.reference("Figure")))],
                problems: [422], scope: .figures),
        ]
    }

    private var otherOperations: [Operation] {
        let pictures = ["image/jpeg", "image/png", "image/webp", "application/pdf"]
        let sent: JSONValue = .object(pictures.map { JSONMember($0, [:]) })
        return [
            operation(
                "get", "/me", tag: "general", id: "me", summary: say("此令牌代表谁", "Who the token stands for"),
                good: [("200", answered(say("账号和令牌", "The account and the token"), Self.anything))]),
            operation(
                "post", "/files", tag: "general", id: "keep_file",
                summary: say("上传图片或 PDF", "Send a picture or PDF"),
                description: say(
                    "返回内容的 SHA-256，填入记录的附件字段。格式按内容识别。",
                    "Gives the SHA-256 of the content, to be put into a field of files. Known by content."),
                body: ["required": true, "content": sent],
                good: [("201", answered(say("已保存", "Kept"), Self.reference("KeptFile")))],
                problems: [413, 415], scope: .files),
            operation(
                "get", "/documents/{number}", tag: "general", id: "document",
                summary: say("一份文书", "A document"),
                parameters: [pathParameter("number", say("文号", "The number"))],
                good: [
                    (
                        "200",
                        answered(
                            say("文书", "The document"), Self.reference("Document"), others: [Self.text])
                    )
                ], problems: [406], scope: .read),
            operation(
                "get", "/ledger/checkpoint", tag: "general", id: "checkpoint",
                summary: say("台账日志的检查点", "The ledger's checkpoint"),
                good: [
                    (
                        "200",
                        answered(
                            say("检查点", "The checkpoint"), Self.reference("Checkpoint"),
                            others: [Self.text])
                    )
                ], problems: [406], scope: .read),
        ]
    }

    private static let text = JSONMember("text/plain; charset=utf-8", ["schema": ["type": "string"]])

    private var webhookOperations: [Operation] {
        let id = pathParameter(
            "id", say("编号", "The id"), ["type": "integer", "minimum": 1, "maximum": 2_147_483_647])
        let one = Self.reference("Webhook")
        let body: JSONValue = [
            "required": true,
            "content": [
                "application/json": [
                    "schema": [
                        "type": "object",
                        "properties": [
                            "address": ["type": "string", "format": "uri", "maxLength": 1000],
                            "topics": [
                                "type": "array", "minItems": 1, "maxItems": 50,
                                "items": ["type": "string", "minLength": 1, "maxLength": 200],
                                "description": say("主题：*、类别.* 或 类别.动作", "`*`, KIND.* or KIND.ACTION"),
                            ],
                        ], "required": ["address"], "additionalProperties": false,
                    ],
                    "example": ["address": "https://example.org/zhiheng", "topics": ["*"]],
                ]
            ],
        ]
        return [
            operation(
                "get", "/webhooks", tag: "webhooks", id: "webhooks",
                summary: say("本账号的事件推送", "The account's webhooks"),
                good: [
                    (
                        "200",
                        answered(
                            say("事件推送", "Webhooks"),
                            Self.closed([JSONMember("items", ["type": "array", "items": one])]))
                    )
                ], scope: .webhooks),
            operation(
                "post", "/webhooks", tag: "webhooks", id: "create_webhook",
                summary: say("设立事件推送", "Set up a webhook"), parameters: [Self.parameter("key")],
                body: body,
                good: [
                    (
                        "201",
                        answered(say("密钥只显示这一次", "The secret is told this once"), one, headers: ["Location"])
                    )
                ], problems: [409, 413, 415, 422], scope: .webhooks),
            operation(
                "get", "/webhooks/{id}", tag: "webhooks", id: "webhook",
                summary: say("一个事件推送", "A webhook"), parameters: [id],
                good: [("200", answered(say("事件推送", "The webhook"), one))], scope: .webhooks),
            operation(
                "delete", "/webhooks/{id}", tag: "webhooks", id: "remove_webhook",
                summary: say("删除事件推送", "Remove a webhook"), parameters: [id],
                good: [("204", ["description": say("已删除", "Removed")])], scope: .webhooks),
            operation(
                "post", "/webhooks/{id}/resume", tag: "webhooks", id: "resume_webhook",
                summary: say("恢复暂停的推送", "Resume a suspended webhook"), parameters: [id],
                good: [("200", answered(say("事件推送", "The webhook"), one))], scope: .webhooks),
            operation(
                "get", "/webhooks/{id}/deliveries", tag: "webhooks", id: "deliveries",
                summary: say("推送情况，新的在前", "Deliveries, the newest first"),
                parameters: [
                    id, Self.parameter("limit"),
                    queryParameter(
                        "after", say("上一页给出的续页标记", "`after` of the page before"),
                        ["type": "integer", "minimum": 1, "maximum": 2_147_483_647]),
                ],
                good: [
                    ("200", answered(say("推送", "Deliveries"), Self.page(Self.reference("Delivery"))))
                ],
                scope: .webhooks),
        ]
    }
}
