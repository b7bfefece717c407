extension Overload {
    /// `size`, `type`, `dyn`, and the text functions of the standard library.
    static let basics: [Overload] =
        [ValueType.string, .bytes, .list(.dynamic), .map(.dynamic, .dynamic)].flatMap { type in
            [
                Overload("size", [type], .int, body: Texts.size),
                Overload("size", isMethod: true, [type], .int, body: Texts.size),
            ]
        } + [
            Overload("type", [.dynamic], .type) { arguments throws(EvaluationError) in
                .type(try arguments.at(0).type)
            },
            Overload("dyn", [.dynamic], .dynamic) { arguments throws(EvaluationError) in try arguments.at(0)
            },
            predicate("contains") { $0.utf8.count >= $1.utf8.count && Texts.contains($0, $1) },
            predicate("startsWith") { $0.utf8.starts(with: $1.utf8) },
            predicate("endsWith") { $0.utf8.reversed().starts(with: $1.utf8.reversed()) },
        ]

    private static func predicate(
        _ name: String, _ test: @escaping @Sendable (String, String) -> Bool
    ) -> Overload {
        Overload(name, isMethod: true, [.string, .string], .bool) { arguments throws(EvaluationError) in
            .bool(test(try arguments.text(0), try arguments.text(1)))
        }
    }

    private static func method(
        _ name: String, _ parameters: [ValueType], _ result: ValueType, _ body: @escaping FunctionBody
    ) -> Overload {
        Overload(name, isMethod: true, [.string] + parameters, result, body: body)
    }

    /// The strings extension.
    static let strings: [Overload] = [
        method("charAt", [.int], .string) { arguments throws(EvaluationError) in
            let scalars = Array(try arguments.text(0).unicodeScalars)
            let index = try Texts.bounded(try arguments.integer(1), scalars.count)
            return .string(index == scalars.count ? "" : String(scalars[index]))
        },
        method("indexOf", [.string], .int, Texts.indexOf),
        method("indexOf", [.string, .int], .int, Texts.indexOf),
        method("lastIndexOf", [.string], .int, Texts.lastIndexOf),
        method("lastIndexOf", [.string, .int], .int, Texts.lastIndexOf),
        method("lowerAscii", [], .string) { arguments throws(EvaluationError) in
            .string(Texts.mapped(try arguments.text(0)) { $0 >= 0x41 && $0 <= 0x5A ? $0 + 32 : $0 })
        },
        method("upperAscii", [], .string) { arguments throws(EvaluationError) in
            .string(Texts.mapped(try arguments.text(0)) { $0 >= 0x61 && $0 <= 0x7A ? $0 - 32 : $0 })
        },
        method("replace", [.string, .string], .string, Texts.replace),
        method("replace", [.string, .string, .int], .string, Texts.replace),
        method("split", [.string], .list(.string), Texts.split),
        method("split", [.string, .int], .list(.string), Texts.split),
        method("substring", [.int], .string, Texts.substring),
        method("substring", [.int, .int], .string, Texts.substring),
        method("trim", [], .string) { arguments throws(EvaluationError) in
            .string(Texts.trimmed(try arguments.text(0)))
        },
        method("reverse", [], .string) { arguments throws(EvaluationError) in
            .string(Texts.joined(try arguments.text(0).unicodeScalars.reversed()))
        },
        method("format", [.list(.dynamic)], .string) { arguments throws(EvaluationError) in
            .string(try Formatter.format(try arguments.text(0), try arguments.list(1)))
        },
        method("quote", [], .string) { arguments throws(EvaluationError) in
            .string(Notation.quoted(try arguments.text(0)))
        },
        Overload("strings.quote", [.string], .string) { arguments throws(EvaluationError) in
            .string(Notation.quoted(try arguments.text(0)))
        },
        Overload("join", isMethod: true, [.list(.string)], .string, body: Texts.join),
        Overload("join", isMethod: true, [.list(.string), .string], .string, body: Texts.join),
    ]
}
