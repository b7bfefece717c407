import Expressions
import Foundation
import Office
import Records
import Rulebooks
import Storage

/// Reads `field=value` as somebody typed it into values of a kind's fields.
///
/// References go by number or key; a table is a JSON array of objects; `@file` stands for the text of a file,
/// or, for a field of files, for the file itself (several with commas); `field=` takes a value off the file.
struct FieldArguments {
    let office: Office
    let kind: Kind
    let archive: FileArchive
    private let coercion: FieldCoercion

    init(_ office: Office, kind: Kind, archive: FileArchive) {
        (self.office, self.kind, self.archive) = (office, kind, archive)
        coercion = FieldCoercion(office.rulebook)
    }

    /// The values, with everything wrong gathered.
    ///
    /// - Parameter record: the record acted on; its governing date decides which codes are in force.
    func values(_ arguments: [String], for record: Record? = nil) throws -> [String: Value] {
        var values: [String: Value] = [:]
        var reasons: [RefusalReason] = []
        let pairs = try arguments.map(Self.split)
        let ordered =
            pairs.filter { $0.name == kind.governedBy } + pairs.filter { $0.name != kind.governedBy }
        for (name, text) in ordered {
            guard let field = field(name) else {
                // The decision itself says what is wrong with a field that the kind does not have.
                values[name] = .string(text)
                continue
            }
            do {
                values[field.id] = try value(text, field, on: governingDay(values, record))
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

    private static func split(_ argument: String) throws -> (name: String, text: String) {
        guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
            throw CommandFailure(
                .usage, "“\(argument)”看不懂。请写成 字段=值，例如 found_on=2026-03-02。",
                "`\(argument)` cannot be read. Write field=value, for instance found_on=2026-03-02.")
        }
        return (String(argument[..<equals]), String(argument[argument.index(after: equals)...]))
    }

    private func field(_ name: String) -> Field? {
        kind.field(name)
            ?? kind.fields.first { $0.name.zh == name || $0.name.en.lowercased() == name.lowercased() }
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

    // MARK: One value

    private func value(_ text: String, _ field: Field, on day: CivilDate) throws -> Value {
        if text.isEmpty { return .null }
        switch field.type {
        case .reference(let target): return try reference(text, to: target, field)
        case .files: return try coerced(.list(try files(text).map(RawValue.scalar)), field, day)
        case .table: return try coerced(try table(text, field), field, day)
        default: return try coerced(.scalar(text.hasPrefix("@") ? try contents(text) : text), field, day)
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

    private func reference(_ text: String, to target: String, _ field: Field) throws -> Value {
        guard let kind = office.rulebook.kind(target),
            let id = try office.store.read({ try $0.recordID(kind, reference: text) })
        else {
            let name = office.rulebook.kind(target)?.name ?? Bilingual(zh: target, en: target)
            throw Refusal(
                RefusalReason(
                    .referenceNotFound, field: field.id, "“\(field.name.zh)”：没有编号或键为“\(text)”的\(name.zh)。",
                    "\(field.name.en): there is no \(name.en) with the number or key `\(text)`."))
        }
        return .int(id)
    }

    /// Keeps files in the archive and gives their digests; what is not `@file` is a digest already.
    private func files(_ text: String) throws -> [String] {
        try text.split(separator: ",").map { part in
            let part = part.trimmingCharacters(in: .whitespaces)
            return part.hasPrefix("@") ? try archive.keep(try bytes(part)) : part
        }
    }

    private func contents(_ argument: String) throws -> String {
        String(decoding: try bytes(argument), as: UTF8.self)
    }

    private func bytes(_ argument: String) throws -> [UInt8] {
        let path = String(argument.dropFirst())
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
            throw WorkspaceProblem.unreadable(path: path)
        }
        return [UInt8](data)
    }

    private func table(_ text: String, _ field: Field) throws -> RawValue {
        let json = text.hasPrefix("@") ? try contents(text) : text
        guard let decoded = try? JSONDecoder().decode(JSONValue.self, from: Data(json.utf8)) else {
            throw Refusal(
                RefusalReason(
                    .valueInvalid, field: field.id,
                    "“\(field.name.zh)”应写成 JSON 数组，例如 [{\"列\":\"值\"}]。",
                    "\(field.name.en) is written as a JSON array, for instance [{\"column\":\"value\"}]."))
        }
        return decoded.raw
    }
}

/// JSON read without losing digits.
private enum JSONValue: Decodable {
    case null
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .text(flag ? "true" : "false")
        } else if let number = try? container.decode(Decimal.self) {
            self = .text("\(number)")
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([JSONValue].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    var raw: RawValue {
        switch self {
        case .null: .null
        case .text(let text): .scalar(text)
        case .list(let items): .list(items.map(\.raw))
        case .object(let members):
            .map(members.sorted { $0.key < $1.key }.map { RawEntry(key: $0.key, value: $0.value.raw) })
        }
    }
}
