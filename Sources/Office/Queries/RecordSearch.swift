import Expressions
import Records
import Rulebooks
import Storage

/// Finds records by a part of what people call them.
public struct RecordSearch: Sendable {
    let office: Office
    let sight: Sight

    /// - Parameter sight: leaves out what its actor may not see.
    public init(_ office: Office, _ sight: Sight) {
        (self.office, self.sight) = (office, sight)
    }

    /// The records of a kind whose number or title, or one of whose short text fields, contains a text; the latest first.
    ///
    /// An empty text finds the latest.
    public func records(matching text: String, of kind: Kind, limit: Int) throws -> [Record] {
        var query = RecordQuery()
        query.limit = limit
        query.sort = ("id", true)
        if !text.isEmpty {
            var alternatives = [
                RecordQuery.Condition(column: "number", comparison: .contains, value: .string(text))
            ]
            let named = Set(kind.title?.program.paths.compactMap(\.first) ?? [])
            for field in kind.fields where !field.personal && sight.sees(field, of: kind) {
                switch field.type {
                case .text(let limits) where !limits.multiline || named.contains(field.id):
                    alternatives.append(
                        .init(column: "field." + field.id, comparison: .contains, value: .string(text)))
                case .party:
                    alternatives.append(
                        .init(column: "field." + field.id, comparison: .equal, value: .string(text)))
                default: continue
                }
            }
            query.alternatives.append(alternatives)
        }
        guard let limited = sight.limit(query, of: kind) else { return [] }
        return try office.store.read { try $0.records(limited, of: kind) }
    }
}
