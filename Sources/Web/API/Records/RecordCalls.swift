import HTTPTypes
import Hummingbird
import Office
import Records
import Rulebooks
import Storage

extension APICall {
    static let listParameters = [
        "where", "region", "sort", "columns", "limit", "after", "voided", "count",
    ]
    static let mostRows = 200
    static let usualRows = 50

    // MARK: Lists

    func records() throws -> Response {
        let sight = try sight()
        let kind = try kind(part("kind"), sight)
        let asked = try query(Self.listParameters, many: ["where"])
        let filters = asked.all("where")
        guard filters.count <= 20, filters.allSatisfy({ $0.utf8.count <= 1_000 }) else {
            throw APIProblem.invalid("where", "条件过多或过长", "there are too many conditions, or one is too long")
        }
        var query = try ListFilter(office, kind: kind, sight: sight).query(
            filters: filters, region: asked["region"], sort: asked["sort"] ?? "-id")
        query.includesVoided = try Self.flag(asked, "voided")
        query.limit = try Self.number(asked, "limit", 1...Self.mostRows, usually: Self.usualRows)
        let question =
            ([kind.id, asked["region"] ?? "", asked["sort"] ?? "", asked["voided"] ?? ""] + filters.sorted())
            .joined(separator: "\u{1F}")
        if let after = asked["after"] {
            guard let cursor = ListCursor(after, question: question) else {
                throw APIProblem.meaningless(
                    "after",
                    Bilingual(
                        zh: "不是此查询的续页标记。", en: "That is no place in the list that this query asks for."))
            }
            query.after = cursor.place
        }
        let isCounted = try Self.flag(asked, "count")
        let fields = try columns(asked["columns"], kind, sight)
        let (items, next, count) = try page(query, of: kind, fields, sight, isCounted)
        var members: [(String, JSONValue?)] = [("items", .array(items))]
        var headers: HTTPFields = [:]
        if let next {
            let after = ListCursor.text(next, question: question)
            let address = APIAddress.records(kind.id) + "?" + asked.replacing("after", with: after).encoded
            members += [("after", .string(after)), ("next", .string(address))]
            if let name = HTTPField.Name("Link") { headers[name] = "<\(address)>; rel=\"next\"" }
        } else {
            members += [("after", .null), ("next", .null)]
        }
        if let count { members.append(("count", .integer(count))) }
        return answer(.object(members), headers: headers)
    }

    private func page(
        _ query: RecordQuery, of kind: Kind, _ fields: [Field]?, _ sight: Sight, _ isCounted: Bool
    ) throws -> (items: [JSONValue], next: RecordCursor?, count: Int?) {
        let documents = RecordDocument(office, language, sight)
        return try office.store.read { reader in
            // One more than is shown tells whether there is a next page.
            var wider = query
            wider.limit += 1
            let found = try reader.records(wider, of: kind)
            let shown = found.prefix(query.limit)
            let items = try shown.map {
                try documents.summary(FoundRecord(kind: kind, record: $0), fields: fields, reader)
            }
            let next =
                found.count > query.limit
                ? shown.last.flatMap { RecordCursor(behind: $0, of: kind, in: query) } : nil
            var whole = query
            whole.after = nil
            return (items, next, isCounted ? try reader.count(whole, of: kind) : nil)
        }
    }

    /// The fields named; nil for all.
    private func columns(_ text: String?, _ kind: Kind, _ sight: Sight) throws -> [Field]? {
        guard let text else { return nil }
        return try text.split(separator: ",", omittingEmptySubsequences: false).prefix(200).map { part in
            let name = String(part)
            guard let field = kind.field(name), sight.sees(field, of: kind) else {
                throw Refusal(.unknownField(name, kind: kind))
            }
            return field
        }
    }

    // MARK: One record

    func oneRecord() throws -> Response {
        let sight = try sight()
        _ = try query([])
        let found = try record(sight)
        let json = try office.store.read { try RecordDocument(office, language, sight).whole(found, $0) }
        return try answer(json) { "\(found.record.version)-\($0)" }
    }

    func history() throws -> Response {
        let sight = try sight()
        let asked = try query(["limit", "after"])
        let found = try record(sight)
        let limit = try Self.number(asked, "limit", 1...Self.mostRows, usually: Self.usualRows)
        let after = try Self.number(asked, "after", 0...Int(Int32.max), usually: 0)
        let steps = try office.store.read {
            try HistoryService(office, language: language, sight: sight).steps(of: found, reader: $0)
        }.dropFirst(after)
        let shown = steps.prefix(limit)
        let isMore = steps.count > shown.count
        let next = APIAddress.record(found.kind.id, found.record.number) + "/history?"
        return answer(
            .object([
                ("items", .array(shown.map(json))), ("after", isMore ? .string("\(after + limit)") : .null),
                ("next", isMore ? .string(next + "limit=\(limit)&after=\(after + limit)") : .null),
            ]))
    }

    private func json(_ step: HistoryStep) -> JSONValue {
        .object([
            ("position", step.position.map { .integer($0) } ?? .null), ("version", .integer(step.version)),
            ("performed_at", .optional(step.performedAt?.description)), ("action", .string(step.action)),
            ("action_name", .string(step.actionName)), ("actor", .string(step.actor)),
            ("role", .string(step.role)), ("reason", .optional(step.reason)),
            (
                "changes",
                .array(
                    step.changes.map {
                        .object([
                            ("name", .string($0.name)), ("before", .string($0.before)),
                            ("after", .string($0.after)),
                        ])
                    })
            ),
            ("documents", .strings(step.documents)), ("note", .optional(step.note)),
        ])
    }
}
