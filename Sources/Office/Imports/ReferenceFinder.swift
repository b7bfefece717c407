import Expressions
import Records
import Rulebooks
import Storage

/// Finds the records that rows refer to, remembering what it found; what it remembers is bounded.
struct ReferenceFinder {
    private let office: Office
    private let writer: any StoreWriting
    private let fields: [(index: Int, kind: Kind)]
    private var known: [Int: [String: Record?]] = [:]
    /// How many records are remembered per field.
    private static let limit = 50_000

    init(office: Office, kind: Kind, writer: any StoreWriting) {
        self.office = office
        self.writer = writer
        fields = kind.references.compactMap { index, target in
            office.rulebook.kind(target).map { (index, $0) }
        }
    }

    /// Replaces reference texts by identities; calls back for each that leads nowhere.
    mutating func resolve(
        _ values: inout [Value], facts: inout Facts, missing: (_ field: Int, _ text: String) -> Void
    ) throws {
        for (index, target) in fields {
            guard case .string(let text) = values[index] else { continue }
            guard let record = try find(text, field: index, target: target), !record.voided else {
                missing(index, text)
                continue
            }
            values[index] = .int(record.id)
            facts.related[Facts.Key(kind: target.id, id: record.id)] = record
        }
    }

    private mutating func find(_ text: String, field: Int, target: Kind) throws -> Record? {
        if let found = known[field]?[text] { return found }
        let id = try writer.recordID(target, reference: text)
        let record = try id.flatMap { try writer.record(target, id: $0) }
        if known[field, default: [:]].count >= Self.limit { known[field] = [:] }
        known[field, default: [:]][text] = .some(record)
        return record
    }
}
