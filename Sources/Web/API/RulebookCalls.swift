import Expressions
import Hummingbird
import Office
import Records
import Rulebooks

/// The rulebook as programs read it; it is public.
extension APICall {
    static func both(_ text: Bilingual) -> JSONValue {
        .object([("zh", .string(text.zh)), ("en", .string(text.en))])
    }

    private func tagged(_ json: JSONValue) throws -> Response { try answer(json) { $0 } }

    func description() throws -> Response {
        let bytes = site.api.descriptions[language] ?? []
        return answer(bytes: bytes, type: Self.json)
    }

    // MARK: Kinds

    func kinds() throws -> Response {
        _ = try query([])
        return try tagged(
            .object([
                ("rulebook", .string(rulebook.id)), ("version", .string(rulebook.version)),
                ("digest", .string(rulebook.digest)),
                (
                    "items",
                    .array(
                        rulebook.kindOrder.compactMap(rulebook.kind).map { kind in
                            .object([
                                ("kind", .string(kind.id)), ("name", Self.both(kind.name)),
                                ("family", .string(kind.family.rawValue)),
                                ("href", .string(APIAddress.base + "/kinds/" + kind.id)),
                            ])
                        })
                ),
            ]))
    }

    func kindDescription() throws -> Response {
        _ = try query([])
        guard let kind = rulebook.kind(try part("kind")) else { throw APIProblem.notFound }
        let states = kind.lifecycle.states.map { state -> JSONValue in
            .object([
                ("state", .string(state.id)), ("name", Self.both(state.name)),
                ("closed", .bool(kind.lifecycle.closed.contains(state.id))),
            ])
        }
        return try tagged(
            .object([
                ("kind", .string(kind.id)), ("name", Self.both(kind.name)),
                ("family", .string(kind.family.rawValue)), ("key", .strings(kind.key)),
                ("fields", .array(kind.fields.map(field))), ("initial", .string(kind.lifecycle.initial)),
                ("states", .array(states)), ("create", action(kind.lifecycle.create)),
                ("actions", .array(kind.lifecycle.actions.map(action))),
                (
                    "amend",
                    kind.lifecycle.amend.map { rule in
                        .object([
                            ("by", .strings(rule.by.map(\.description))), ("states", .strings(rule.states)),
                            ("fields", .strings(rule.fields)),
                        ])
                    } ?? .null
                ),
                (
                    "void",
                    kind.lifecycle.void.map { rule in
                        .object([
                            ("by", .strings(rule.by.map(\.description))), ("states", .strings(rule.states)),
                        ])
                    } ?? .null
                ),
                (
                    "clocks",
                    .array(
                        kind.clocks.map {
                            .object([("clock", .string($0.id)), ("name", Self.both($0.name))])
                        })
                ),
                ("measures", .strings(kind.measures.map(\.id))),
            ]))
    }

    private func field(_ field: Field) -> JSONValue {
        var members: [(String, JSONValue?)] = [
            ("field", .string(field.id)), ("name", Self.both(field.name)),
            ("type", .string(field.type.keyword)), ("required", .bool(field.required)),
            ("personal", .bool(field.personal)), ("derived", .bool(field.derivation != nil)),
            ("help", field.help.map(Self.both)), ("unit", field.unit.map(Self.both)),
        ]
        switch field.type {
        case .code(let list): members.append(("codes", .string(list)))
        case .reference(let kind): members.append(("to", .string(kind)))
        case .files(let accept, let most):
            members += [("accept", .strings(accept)), ("max", .integer(most))]
        case .table(let columns, let most):
            members += [("columns", .array(columns.map(self.field))), ("max", .integer(most))]
        case .decimal(let places, _, _): members.append(("places", .integer(places)))
        default: break
        }
        return .object(members)
    }

    private func action(_ rule: ActionRule) -> JSONValue {
        .object([
            ("action", .string(rule.id)), ("name", Self.both(rule.name)), ("from", .strings(rule.from)),
            ("to", .optional(rule.to)), ("by", .strings(rule.by.map(\.description))),
            ("asks", .strings(rule.asks)), ("may", .strings(rule.may)),
            ("separate_from", .strings(rule.separateFrom)), ("issues", .optional(rule.issues)),
        ])
    }

    // MARK: Code lists

    func codeLists() throws -> Response {
        _ = try query([])
        let lists = rulebook.codeLists.values.sorted { $0.id < $1.id }
        return try tagged(
            .object([
                (
                    "items",
                    .array(
                        lists.map { list in
                            .object([
                                ("codes", .string(list.id)), ("name", Self.both(list.name)),
                                ("href", .string(APIAddress.base + "/codes/" + list.id)),
                            ])
                        })
                )
            ]))
    }

    func codeList() throws -> Response {
        let asked = try query(["on"])
        guard let list = rulebook.codeLists[try part("list")] else { throw APIProblem.notFound }
        var day: CivilDate?
        if let text = asked["on"] {
            guard let read = CivilDate(text) else {
                throw APIProblem.invalid("on", "须为日期，如 2026-03-02", "must be a day such as 2026-03-02")
            }
            day = read
        }
        let items = list.items(on: day).map { item -> JSONValue in
            .object([
                ("id", .string(item.id)), ("name", Self.both(item.name)), ("under", .optional(item.under)),
                ("code", .optional(item.code)),
            ])
        }
        return try tagged(
            .object([
                ("codes", .string(list.id)), ("name", Self.both(list.name)), ("items", .array(items)),
            ]))
    }

    // MARK: Regions

    func regions() throws -> Response {
        let asked = try query(["under"])
        var codes = rulebook.regions.roots
        if let under = asked["under"] {
            guard let region = rulebook.regions.resolve(under) else { throw unknownRegion("under", under) }
            codes = rulebook.regions.children(region.code)
        }
        return try tagged(.object([("items", .array(codes.map(region)))]))
    }

    func region() throws -> Response {
        _ = try query([])
        guard let found = rulebook.regions.region(try part("code")) else { throw APIProblem.notFound }
        return try tagged(region(found.code))
    }

    private func region(_ code: String) -> JSONValue {
        let regions = rulebook.regions
        return .object([
            ("code", .string(code)), ("name", .optional(regions.name(code)?.text(language))),
            ("full_name", .optional(regions.fullName(code)?.text(language))),
            ("level", .optional(regions.level(code))), ("parent", .optional(regions.parent(code))),
        ])
    }

    func unknownRegion(_ parameter: String, _ text: String) -> APIProblem {
        let shown = text.prefix(60)
        return .meaningless(
            parameter,
            Bilingual(
                zh: "没有代码或名称为“\(shown)”的行政区划。",
                en: "There is no region with the code or name `\(shown)`."))
    }
}
