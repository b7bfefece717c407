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
    let archive: FileArchive
    /// Where files named by relative paths lie; nil for the folder one is in.
    private let folder: URL?
    private let entered: EnteredFields

    init(_ office: Office, kind: Kind, archive: FileArchive, folder: URL? = nil) {
        (self.archive, self.folder) = (archive, folder)
        entered = EnteredFields(office, kind: kind)
    }

    /// The values, with everything wrong gathered.
    ///
    /// - Parameter record: the record acted on; its governing date decides which codes are in force.
    func values(_ arguments: [String], for record: Record? = nil) throws -> [String: Value] {
        let entries = try arguments.map(Self.split).map {
            ($0.name, try raw($0.text, entered.field($0.name)))
        }
        return try entered.values(entries, for: record)
    }

    /// The values of entries that stand in a file as JSON.
    func values(_ entries: [(name: String, json: JSONValue)], for record: Record? = nil) throws
        -> [String: Value]
    {
        let raw = try entries.map { entry -> (name: String, raw: RawValue) in
            let field = entered.field(entry.name)
            switch (entry.json, field?.type) {
            case (.text(let text), _): return (entry.name, try self.raw(text, field))
            case (.list(let items), .files?):
                let names = items.map { item in if case .text(let name) = item { name } else { "" } }
                return (entry.name, .list(try names.flatMap(files).map(RawValue.scalar)))
            default: return (entry.name, entry.json.raw)
            }
        }
        return try entered.values(raw, for: record)
    }

    private static func split(_ argument: String) throws -> (name: String, text: String) {
        guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
            throw CommandFailure(
                .usage, "“\(argument)”看不懂。请写成 字段=值，例如 found_on=2026-03-02。",
                "`\(argument)` cannot be read. Write field=value, for instance found_on=2026-03-02.")
        }
        return (String(argument[..<equals]), String(argument[argument.index(after: equals)...]))
    }

    private func raw(_ text: String, _ field: Field?) throws -> RawValue {
        if text.isEmpty { return .null }
        switch field?.type {
        case .files?: return .list(try files(text).map(RawValue.scalar))
        case .table?: return try table(text, field)
        default: return .scalar(text.hasPrefix("@") ? try contents(text) : text)
        }
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
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path, relativeTo: folder)) else {
            throw WorkspaceProblem.unreadable(path: path)
        }
        return [UInt8](data)
    }

    private func table(_ text: String, _ field: Field?) throws -> RawValue {
        let json = text.hasPrefix("@") ? try contents(text) : text
        guard let decoded = try? JSONDecoder().decode(JSONValue.self, from: Data(json.utf8)) else {
            throw Refusal(
                RefusalReason(
                    .valueInvalid, field: field?.id,
                    "“\(field?.name.zh ?? "")”应写成 JSON 数组，例如 [{\"列\":\"值\"}]。",
                    "\(field?.name.en ?? "") is written as a JSON array, for instance [{\"column\":\"value\"}]."
                ))
        }
        return decoded.raw
    }
}

/// JSON read without losing digits.
enum JSONValue: Decodable {
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

    /// The same with every text put in another way.
    func mapped(_ change: (String) -> String) -> JSONValue {
        switch self {
        case .null: self
        case .text(let text): .text(change(text))
        case .list(let items): .list(items.map { $0.mapped(change) })
        case .object(let members): .object(members.mapValues { $0.mapped(change) })
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
