import Expressions
import Records
import Rulebooks
import Storage

/// Turns what people enter, on a page or at the command line, into values of a kind's fields.
///
/// References go by number or key. An empty text takes a value off the file.
public struct EnteredFields: Sendable {
    let office: Office
    let kind: Kind
    /// Who enters; nil when whoever enters may refer to every record.
    let sight: Sight?
    private let coercion: FieldCoercion

    /// - Parameter sight: takes records that its actor may not see for records that do not exist.
    public init(_ office: Office, kind: Kind, sight: Sight? = nil) {
        (self.office, self.kind, self.sight) = (office, kind, sight)
        coercion = FieldCoercion(office.rulebook)
    }

    /// The field of an id, or of a name in either language.
    public func field(_ name: String) -> Field? {
        kind.field(name)
            ?? kind.fields.first { $0.name.zh == name || $0.name.en.lowercased() == name.lowercased() }
    }

    /// The values, with everything wrong gathered.
    ///
    /// - Parameters:
    ///   - entries: what was entered for each field, in any order.
    ///   - record: the record acted on; its governing date decides which codes are in force.
    /// - Throws: `Refusal` with a reason for every entry that means nothing; `StoreProblem`.
    public func values(
        _ entries: [(name: String, raw: RawValue)], for record: Record? = nil
    ) throws -> [String: Value] {
        var values: [String: Value] = [:]
        var reasons: [RefusalReason] = []
        // The governing date goes first: it decides which entries of a code list are in force.
        let ordered =
            entries.filter { $0.name == kind.governedBy } + entries.filter { $0.name != kind.governedBy }
        for (name, raw) in ordered {
            guard let field = field(name) else {
                // The decision itself says what is wrong with a field that the kind does not have.
                if case .scalar(let text) = raw { values[name] = .string(text) } else { values[name] = .null }
                continue
            }
            do {
                values[field.id] = try value(raw, field, on: governingDay(values, record))
            } catch let refusal as Refusal {
                reasons += refusal.reasons
            }
        }
        guard reasons.isEmpty else {
            // Nothing will be decided, so names that the kind does not have are told here.
            let unknown = ordered.map(\.name).filter { field($0) == nil }
            throw Refusal(unknown.map { .unknownField($0, kind: kind) } + reasons)
        }
        return values
    }

    private func governingDay(_ values: [String: Value], _ record: Record?) -> CivilDate {
        guard let name = kind.governedBy else {
            return record.map { office.time.day(of: $0.createdAt) } ?? office.today
        }
        switch values[name] ?? record?.value(name, in: kind) {
        case .date(let day)?: return day
        case .timestamp(let moment)?: return office.time.day(of: moment)
        default: return office.today
        }
    }

    private func value(_ raw: RawValue, _ field: Field, on day: CivilDate) throws -> Value {
        switch (field.type, raw) {
        case (_, .null), (_, .scalar("")): return .null
        case (.reference(let target), .scalar(let text)): return try reference(text, to: target, field)
        default: return try coerced(raw, field, day)
        }
    }

    private func coerced(_ raw: RawValue, _ field: Field, _ day: CivilDate) throws -> Value {
        switch coercion.value(of: raw, for: field, on: day) {
        case .success(let value): return value
        case .failure(let problem):
            let hint = codesHint(problem, field)
            throw Refusal(
                RefusalReason(
                    .valueInvalid, field: field.id, rule: problem.code.rawValue, problem.message.zh + hint.zh,
                    problem.message.en + hint.en))
        }
    }

    /// Where the entries of a code list can be looked up, or all of them when they are few.
    private func codesHint(_ problem: FieldProblem, _ field: Field) -> Bilingual {
        guard problem.code == .unknownCode, case .code(let id) = field.type,
            let list = office.rulebook.codeLists[id]
        else { return Bilingual(zh: "", en: "") }
        let items = list.items(on: nil)
        guard items.count <= 10 else {
            return Bilingual(
                zh: "；可用的见 zhiheng rulebook codes \(id)", en: "; see zhiheng rulebook codes \(id)")
        }
        return Bilingual(
            zh: "；可用：" + items.map { "\($0.id) \($0.name.zh)" }.joined(separator: "、"),
            en: "; there are: " + items.map { "\($0.id) (\($0.name.en))" }.joined(separator: ", "))
    }

    private func id(of text: String, _ kind: Kind, _ reader: any StoreReading) throws -> Int64? {
        guard let id = try reader.recordID(kind, reference: text), let sight, !sight.isUnlimited else {
            return try reader.recordID(kind, reference: text)
        }
        return try reader.record(kind, id: id).map { sight.sees($0, of: kind) } == true ? id : nil
    }

    private func reference(_ text: String, to target: String, _ field: Field) throws -> Value {
        guard let kind = office.rulebook.kind(target),
            let id = try office.store.read({ try id(of: text, kind, $0) })
        else {
            let name = office.rulebook.kind(target)?.name ?? Bilingual(zh: target, en: target)
            throw Refusal(
                RefusalReason(
                    .referenceNotFound, field: field.id, "“\(field.name.zh)”：没有编号或键为“\(text)”的\(name.zh)。",
                    "\(field.name.en): there is no \(name.en) with the number or key `\(text)`."))
        }
        return .int(id)
    }
}
