/// The JSON Schema (draft 2020-12) of rulebook files, for editors that complete and check as one types.
public enum RulebookSchema {
    /// The schema as JSON text. It is made from the table of keys that the loader itself checks against.
    public static func jsonSchema() -> String {
        let items = ObjectName.items.map { Json.object([("$ref", .text("#/$defs/\($0.rawValue)"))]) }
        let definitions = ObjectName.allCases.map { ($0.rawValue, definition($0)) }
        let schema = Json.object([
            ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            ("title", .text("Zhiheng rulebook")),
            ("oneOf", .list(items)),
            ("$defs", .object(definitions)),
        ])
        return schema.text(indentation: 0) + "\n"
    }

    private static func definition(_ name: ObjectName) -> Json {
        let keys = name.keys
        let properties = keys.map { key in (key.name, schema(key.shape, description: key.summary)) }
        return .object([
            ("type", .text("object")),
            ("properties", .object(properties)),
            ("required", .list(keys.filter(\.isRequired).map { .text($0.name) })),
            ("additionalProperties", .flag(false)),
        ])
    }

    private static func schema(_ shape: Shape, description: String? = nil) -> Json {
        var members = members(shape)
        if let description { members.append(("description", .text(description))) }
        return .object(members)
    }

    private static func members(_ shape: Shape) -> [(String, Json)] {
        switch shape {
        case .text: [("type", .list([.text("string"), .text("number"), .text("boolean")]))]
        case .expression:
            [
                ("type", .list([.text("string"), .text("number"), .text("boolean")])),
                ("minLength", .number(1)),
            ]
        case .integer(let min, let max):
            [("type", .text("integer")), ("minimum", .number(min)), ("maximum", .number(max))]
        case .number: [("type", .list([.text("number"), .text("string")]))]
        case .boolean: [("type", .text("boolean"))]
        case .date: [("type", .text("string")), ("pattern", .text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
        case .identifier: [("type", .text("string")), ("pattern", .text("^[a-z][a-z0-9]*(-[a-z0-9]+)*$"))]
        case .name: [("type", .text("string")), ("pattern", .text("^[a-z][a-z0-9]*(_[a-z0-9]+)*$"))]
        case .choice(let words): [("enum", .list(words.map(Json.text)))]
        case .term: [("type", .text("string")), ("pattern", .text("^[0-9]+ (\(units))$"))]
        case .offset:
            [
                (
                    "anyOf",
                    .list([
                        .object([("const", .number(0))]),
                        .object([
                            ("type", .text("string")), ("pattern", .text("^(0|[+-]?[0-9]+ (\(units)))$")),
                        ]),
                    ])
                )
            ]
        case .scalar: [("type", .list([.text("string"), .text("number"), .text("boolean")]))]
        case .any: []
        case .list(let element): [("type", .text("array")), ("items", schema(element))]
        case .oneOrMany(let element):
            [("anyOf", .list([schema(element), schema(.list(element))]))]
        case .map(let keys, let values):
            [
                ("type", .text("object")), ("propertyNames", keyNames(keys)),
                ("additionalProperties", schema(values)),
            ]
        case .object(let name): [("$ref", .text("#/$defs/\(name.rawValue)"))]
        case .either(let scalar, let sequence, let mapping):
            [("anyOf", .list([scalar, sequence, mapping].compactMap { $0 }.map { schema($0) }))]
        }
    }

    /// The names of properties are texts in JSON, whatever they look like.
    private static func keyNames(_ shape: Shape) -> Json {
        if case .integer = shape { return .object([("pattern", .text("^[0-9]+$"))]) }
        return schema(shape)
    }

    private static var units: String {
        TermUnit.allCases.flatMap { [$0.singular, $0.plural] }.joined(separator: "|")
    }
}

/// JSON with its members in the order given.
private indirect enum Json {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([Json])
    case object([(String, Json)])

    func text(indentation: Int) -> String {
        let outer = String(repeating: "  ", count: indentation)
        let inner = outer + "  "
        switch self {
        case .text(let text): return Self.quoted(text)
        case .number(let number): return String(number)
        case .flag(let flag): return flag ? "true" : "false"
        case .list(let items):
            return "[" + items.map { $0.text(indentation: indentation) }.joined(separator: ", ") + "]"
        case .object(let members):
            if members.isEmpty { return "{}" }
            let lines = members.map {
                "\(inner)\(Self.quoted($0.0)): \($0.1.text(indentation: indentation + 1))"
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(outer)}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
