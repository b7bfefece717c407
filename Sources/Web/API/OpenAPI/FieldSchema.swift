import Expressions
import Rulebooks

/// The schema of a field's values (JSON Schema 2020-12), as they are told and as they are given.
struct FieldSchema {
    let rulebook: Rulebook
    let language: Language

    /// As an answer has it: anything may be missing, and what is personal is masked.
    func told(_ field: Field) -> JSONValue {
        let schema = field.personal ? ["type": "string"] : typed(field.type, isTold: true)
        return described(optional(schema), field)
    }

    /// As a request gives it.
    ///
    /// - Parameter isNeeded: whether null will not do.
    func given(_ field: Field, isNeeded: Bool) -> JSONValue {
        let schema = typed(field.type, isTold: false)
        return described(isNeeded ? schema : optional(schema), field)
    }

    private func described(_ schema: JSONValue, _ field: Field) -> JSONValue {
        var schema = schema.setting("title", .string(field.name.text(language)))
        let unit = field.unit.map { language == .zh ? "单位：\($0.zh)。" : "Unit: \($0.en). " }
        let mask = field.personal ? (language == .zh ? "个人信息，读出时打码。" : "Personal: masked when read. ") : ""
        let text = (field.help?.text(language) ?? "") + (unit ?? "") + mask
        if !text.isEmpty { schema = schema.setting("description", .string(text)) }
        return schema
    }

    private func optional(_ schema: JSONValue) -> JSONValue {
        if let reference = schema["$ref"] { return ["anyOf": [["$ref": reference], ["type": "null"]]] }
        if case .array(let types)? = schema["type"] {
            return schema.setting("type", .array(types + ["null"]))
        }
        var schema = schema
        if let type = schema["type"] { schema = schema.setting("type", .array([type, "null"])) }
        if case .array(let items)? = schema["enum"] {
            schema = schema.setting("enum", .array(items + [.null]))
        }
        return schema
    }

    // MARK: Types

    private func typed(_ type: FieldType, isTold: Bool) -> JSONValue {
        switch type {
        case .text(let limits): return text(limits)
        case .integer(let min, let max):
            return .object([
                ("type", "integer"), ("format", "int64"), ("minimum", min.map { .integer($0) }),
                ("maximum", max.map { .integer($0) }),
            ])
        case .decimal(let places, _, _): return quantity(places, isTold)
        case .money: return quantity(2, isTold)
        case .boolean: return ["type": "boolean"]
        case .date: return ["type": "string", "format": "date"]
        case .moment: return ["type": "string", "format": "date-time"]
        case .code(let list): return codes(list)
        case .region: return ["type": "string", "pattern": "^[0-9]{12}$"]
        case .party:
            return ["type": "string", "pattern": "^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$"]
        case .person: return ["type": "string", "pattern": "^[0-9]{17}[0-9X]$"]
        case .reference(let kind): return isTold ? ["$ref": "#/components/schemas/Mention"] : number(kind)
        case .geo: return ["type": "string", "pattern": "^-?[0-9.]+,-?[0-9.]+$"]
        case .files(_, let most):
            return [
                "type": "array", "items": ["type": "string", "pattern": "^[0-9a-f]{64}$"],
                "maxItems": .integer(most),
            ]
        case .table(let columns, let most):
            let members = columns.map { column in
                JSONMember(column.id, isTold ? told(column) : given(column, isNeeded: column.required))
            }
            let needed = isTold ? [] : columns.filter(\.required).map(\.id)
            return .object([
                ("type", "array"), ("maxItems", .integer(most)),
                (
                    "items",
                    .object([
                        ("type", "object"), ("properties", .object(members)),
                        ("required", needed.isEmpty ? nil : .strings(needed)),
                        ("additionalProperties", false),
                    ])
                ),
            ])
        }
    }

    private func text(_ limits: TextLimits) -> JSONValue {
        // What other engines read otherwise than RE2 is left to the description of the refusal.
        let isCommon = limits.pattern.map { !$0.contains("\\p") && !$0.contains("(?") } ?? false
        let plain = limits.multiline ? nil : "^[^\\u0000-\\u001f\\u007f]*$"
        let pattern = isCommon ? limits.pattern.map { "^(?:\($0))$" } : plain
        return .object([
            ("type", "string"), ("minLength", .integer(limits.minimum ?? 1)),
            ("maxLength", limits.maximum.map { .integer($0) }), ("pattern", pattern.map(JSONValue.string)),
        ])
    }

    private func quantity(_ places: Int, _ isTold: Bool) -> JSONValue {
        let pattern = places == 0 ? "^-?[0-9]+$" : "^-?[0-9]+([.][0-9]{1,\(places)})?$"
        return .object([
            ("type", isTold ? "string" : ["string", "number"]), ("pattern", .string(pattern)),
        ])
    }

    private func number(_ kind: String) -> JSONValue {
        let name = rulebook.kind(kind)?.name.text(language) ?? kind
        return [
            "type": "string", "minLength": 1, "maxLength": 200,
            "description": .string(language == .zh ? "\(name)的编号" : "The number of a \(name)"),
        ]
    }

    /// The entries of a code list, of all its versions: which are in force the governing date says.
    private func codes(_ id: String) -> JSONValue {
        var seen: Set<String> = []
        let items = (rulebook.codeLists[id]?.versions ?? []).reversed().flatMap(\.item)
            .filter { seen.insert($0.id).inserted }
        let names = items.prefix(40).map { "\($0.id) \($0.name.text(language))" }.joined(
            separator: language == .zh ? "；" : "; ")
        return .object([
            ("type", "string"), ("enum", .strings(items.map(\.id))),
            ("description", .string(names + (items.count > 40 ? "…" : ""))),
        ])
    }

    // MARK: Examples

    /// A value such as the field may be given.
    func example(_ field: Field) -> JSONValue {
        switch field.type {
        case .text(let limits):
            let text = field.name.text(language)
            return .string(limits.maximum.map { String(text.prefix($0)) } ?? text)
        case .integer(let min, _): return .integer(max(1, min ?? 1))
        case .decimal, .money: return "12.5"
        case .boolean: return false
        case .date: return "2026-03-02"
        case .moment: return "2026-03-02T08:30:00+08:00"
        case .code(let list): return .string(rulebook.codeLists[list]?.items(on: nil).first?.id ?? "")
        case .region: return .string(rulebook.regions.roots.first ?? "110000000000")
        case .party: return "91330100799655058B"
        case .person: return "11010519491231002X"
        case .reference: return "1"
        case .geo: return "120.15,30.28"
        case .files: return []
        case .table: return []
        }
    }
}
