import Expressions
import Office
import Records
import Rulebooks
import Storage

/// Turns the fields of a request into values of a kind's fields; each must be of the type that its field declares.
struct EnteredJSON {
    let office: Office
    let kind: Kind

    /// The values, with everything wrong gathered.
    ///
    /// - Throws: `Refusal`, `StoreProblem`.
    func values(_ fields: JSONValue?, for record: Record? = nil) throws -> [String: Value] {
        guard let fields else { return [:] }
        guard case .object(let members) = fields else {
            throw APIProblem.invalid("fields", "须为对象", "must be an object")
        }
        var entries: [(name: String, raw: RawValue)] = []
        var reasons: [RefusalReason] = []
        for member in members {
            // By id only: programs do not write names.
            guard let field = kind.field(member.name) else {
                reasons.append(.unknownField(member.name, kind: kind))
                continue
            }
            if let raw = Self.raw(member.value, field) {
                entries.append((field.id, raw))
            } else {
                reasons.append(Self.wrongType(field))
            }
        }
        do {
            let values = try EnteredFields(office, kind: kind).values(entries, for: record)
            guard reasons.isEmpty else { throw Refusal(reasons) }
            return values
        } catch let refusal as Refusal where !reasons.isEmpty && refusal.reasons != reasons {
            throw Refusal(reasons + refusal.reasons)
        }
    }

    /// What a value of JSON stands for; nil when it is of another type than the field's.
    private static func raw(_ json: JSONValue, _ field: Field) -> RawValue? {
        switch (field.type, json) {
        case (_, .null): return .null
        case (.boolean, .bool(let flag)): return .scalar(flag ? "true" : "false")
        case (.integer, .number(let text)), (.decimal, .number(let text)), (.money, .number(let text)):
            return .scalar(text)
        case (.integer, _), (.boolean, _): return nil
        case (.decimal, .string(let text)), (.money, .string(let text)):
            return text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E }
                && !text.isEmpty
                ? .scalar(text) : nil
        case (.files, .array(let items)):
            let digests = items.compactMap(\.text)
            return digests.count == items.count ? .list(digests.map(RawValue.scalar)) : nil
        case (.table(let columns, _), .array(let rows)): return table(rows, columns)
        case (.files, _), (.table, _): return nil
        case (_, .string(let text)): return text.isEmpty ? nil : .scalar(text)
        default: return nil
        }
    }

    private static func table(_ rows: [JSONValue], _ columns: [Field]) -> RawValue? {
        var raw: [RawValue] = []
        for row in rows {
            guard case .object(let members) = row else { return nil }
            var entries: [RawEntry] = []
            for member in members {
                guard let column = columns.first(where: { $0.id == member.name }) else {
                    entries.append(RawEntry(key: member.name, value: .null))
                    continue
                }
                guard let value = self.raw(member.value, column) else { return nil }
                entries.append(RawEntry(key: member.name, value: value))
            }
            raw.append(.map(entries))
        }
        return .list(raw)
    }

    private static func wrongType(_ field: Field) -> RefusalReason {
        RefusalReason(
            .valueInvalid, field: field.id,
            "“\(field.name.zh)”须为 \(field.type.keyword) 类型的 JSON 值；不填请写 null。",
            "“\(field.name.en)” (\(field.id)) must be a value of JSON of type \(field.type.keyword); write null for none."
        )
    }
}
