import Expressions
import Records
import Rulebooks
import Storage

/// A record with the kind it is an instance of.
public struct FoundRecord: Sendable {
    public let kind: Kind
    public let record: Record

    public init(kind: Kind, record: Record) {
        (self.kind, self.record) = (kind, record)
    }
}

/// Finds a record by what people call it: its number, whatever its kind.
public struct RecordFinder: Sendable {
    let office: Office

    public init(_ office: Office) {
        self.office = office
    }

    /// The record of a number, as an actor may see it.
    ///
    /// `kind:NUMBER` and `kind:KEY` name the kind as well. A record that the actor may not see is not told
    /// apart from one that does not exist.
    ///
    /// - Throws: `Refusal` when there is none, or when several kinds use the number; `StoreProblem`.
    public func find(_ name: String, as actor: Actor) throws -> FoundRecord {
        try find(name, as: Sight(of: actor, in: office.rulebook))
    }

    /// The record of a number, as a sight allows; see `find(_:as:)` of an actor.
    public func find(_ name: String, as sight: Sight) throws -> FoundRecord {
        try office.store.read { try find(name, as: sight, reader: $0) }
    }

    /// The record of a number, from a snapshot that is open already.
    public func find(_ name: String, as sight: Sight, reader: any StoreReading) throws -> FoundRecord {
        let found = try candidates(name, reader: reader).filter { sight.sees($0.record, of: $0.kind) }
        guard let first = found.first else { throw Refusal(Self.notFound(name)) }
        guard found.count == 1 else { throw Refusal(Self.ambiguous(name, among: found.map(\.kind))) }
        return first
    }

    private func candidates(_ name: String, reader: any StoreReading) throws -> [FoundRecord] {
        if let colon = name.firstIndex(of: ":"), let kind = office.rulebook.kind(String(name[..<colon])) {
            let rest = String(name[name.index(after: colon)...])
            guard let id = try reader.recordID(kind, reference: rest),
                let record = try reader.record(kind, id: id)
            else { return [] }
            return [FoundRecord(kind: kind, record: record)]
        }
        return try office.rulebook.kindOrder.compactMap { id in
            guard let kind = office.rulebook.kind(id), let record = try reader.record(kind, number: name)
            else {
                return nil
            }
            return FoundRecord(kind: kind, record: record)
        }
    }

    private static func notFound(_ name: String) -> RefusalReason {
        RefusalReason(
            .recordNotFound, "没有编号为“\(name)”的记录。请核对编号，或先列出该类记录查找。",
            "There is no record with the number `\(name)`. Check the number, or list the kind to find it.")
    }

    private static func ambiguous(_ name: String, among kinds: [Kind]) -> RefusalReason {
        RefusalReason(
            .recordNotFound,
            "编号“\(name)”在\(kinds.map(\.name.zh).joined(separator: "、"))中都有。请写成“类别:编号”，例如 \(kinds[0].id):\(name)。",
            "The number `\(name)` is used by \(kinds.map(\.name.en).joined(separator: ", ")). "
                + "Write kind:number, for instance \(kinds[0].id):\(name).")
    }
}
