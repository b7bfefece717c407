import Office
import Records
import Rulebooks

/// The API described for programs (OpenAPI 3.1), generated from the rulebook: every kind has its own addresses.
struct OpenAPIDocument {
    let rulebook: Rulebook
    let language: Language
    let schemas: FieldSchema

    init(_ rulebook: Rulebook, _ language: Language) {
        (self.rulebook, self.language) = (rulebook, language)
        schemas = FieldSchema(rulebook: rulebook, language: language)
    }

    func say(_ zh: String, _ en: String) -> JSONValue { .string(language == .zh ? zh : en) }

    var kinds: [Kind] { rulebook.kindOrder.compactMap(rulebook.kind) }

    /// One operation.
    struct Operation {
        let method: String
        let path: String
        let tag: String
        let body: JSONValue
    }

    var json: JSONValue {
        let operations = generalOperations + kinds.flatMap { self.operations(of: $0) }
        var paths: [(String, [JSONMember])] = []
        for operation in operations {
            let member = JSONMember(operation.method, operation.body)
            if let place = paths.firstIndex(where: { $0.0 == operation.path }) {
                paths[place].1.append(member)
            } else {
                paths.append((operation.path, [member]))
            }
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": say("质衡接口", "Zhiheng API"), "version": .string(rulebook.version),
                "description": say(
                    "由规则书“\(rulebook.name.zh)”生成。每条记录带版本；办理须以 If-Match 给出所见版本，重发以 Idempotency-Key 识别。",
                    "Generated from the rulebook “\(rulebook.name.en)”. Every record has a version; actions say by "
                        + "If-Match which one was seen, and requests sent twice are known by Idempotency-Key."
                ),
            ],
            "servers": [["url": .string(APIAddress.base)]],
            "security": [["token": []]],
            "tags": .array(
                [
                    ["name": "rulebook", "description": say("规则书", "The rulebook")],
                    ["name": "general", "description": say("通用", "General")],
                    ["name": "webhooks", "description": say("事件推送", "Webhooks")],
                ]
                    + kinds.map { kind in
                        [
                            "name": .string(kind.id), "description": .string(kind.name.text(language)),
                        ]
                    }),
            "paths": .object(paths.map { JSONMember($0.0, .object($0.1)) }),
            "components": components,
        ]
    }

    // MARK: Parts that operations share

    func pathParameter(
        _ name: String, _ description: JSONValue, _ schema: JSONValue = ["type": "string", "minLength": 1]
    )
        -> JSONValue
    {
        ["name": .string(name), "in": "path", "required": true, "description": description, "schema": schema]
    }

    func queryParameter(
        _ name: String, _ description: JSONValue, _ schema: JSONValue, example: JSONValue? = nil
    ) -> JSONValue {
        .object([
            ("name", .string(name)), ("in", "query"), ("description", description), ("schema", schema),
            ("example", example),
        ])
    }

    static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }
    static func parameter(_ name: String) -> JSONValue {
        ["$ref": .string("#/components/parameters/\(name)")]
    }

    /// An answer of JSON with a schema.
    func answered(
        _ description: JSONValue, _ schema: JSONValue, headers: [String] = [], others: [JSONMember] = []
    ) -> JSONValue {
        .object([
            ("description", description),
            (
                "headers",
                headers.isEmpty
                    ? nil
                    : .object(
                        headers.map { JSONMember($0, ["$ref": .string("#/components/headers/\($0)")]) })
            ),
            (
                "content",
                .object([JSONMember("application/json", ["schema": schema])] + others)
            ),
        ])
    }

    /// An operation's answers: what it gives, and the problems it may have.
    func responses(_ good: [(String, JSONValue)], problems: [Int]) -> JSONValue {
        let all = Set(problems + [400, 404, 405, 429, 503]).sorted()
        return .object(
            good.map { JSONMember($0.0, $0.1) }
                + all.map {
                    let kind = $0 == 429 || $0 == 503 ? "Later" : "Problem"
                    return JSONMember("\($0)", ["$ref": .string("#/components/responses/\(kind)")])
                })
    }

    func operation(
        _ method: String, _ path: String, tag: String, id: String, summary: JSONValue,
        description: JSONValue? = nil,
        parameters: [JSONValue] = [], body: JSONValue? = nil, good: [(String, JSONValue)],
        problems: [Int] = [], scope: TokenScope? = nil, isOpen: Bool = false
    ) -> Operation {
        var told = description
        if let scope {
            let need = say("所需用途：\(scope.rawValue)。", "Scope: \(scope.rawValue). ").text ?? ""
            told = .string(need + (description?.text ?? ""))
        }
        return Operation(
            method: method, path: path, tag: tag,
            body: .object([
                ("operationId", .string(id)), ("tags", [.string(tag)]), ("summary", summary),
                ("description", told), ("security", isOpen ? [] : nil),
                ("parameters", parameters.isEmpty ? nil : .array(parameters)), ("requestBody", body),
                ("responses", responses(good, problems: problems + (isOpen ? [] : [401, 403]))),
            ]))
    }
}
