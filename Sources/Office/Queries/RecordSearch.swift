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

    /// What was found of a kind.
    public struct Found: Sendable {
        public var records: [Record] = []
        /// Whether there are more, or more may be.
        public var hasMore = false
    }

    /// So much may be asked of the engine for one kind: about a twentieth of a second.
    private static let effort = 2_000_000
    /// A text is cut to so many characters.
    static let longest = 100

    /// The records of a kind whose number or title, or one of whose short text fields, contains every part of a text
    /// set off by spaces; the latest first.
    ///
    /// An empty text finds the latest. A record with exactly the number comes first.
    public func records(matching text: String, of kind: Kind, limit: Int) throws -> [Record] {
        try find(text, of: kind, limit: limit).records
    }

    /// The same, saying whether there are more.
    public func find(_ text: String, of kind: Kind, limit: Int) throws -> Found {
        try office.store.read { try find(text, of: kind, limit: limit, reader: $0) }
    }

    /// The same, from a snapshot that is open already.
    public func find(_ text: String, of kind: Kind, limit: Int, reader: any StoreReading) throws -> Found {
        let text = Self.cleaned(text)
        var found = Found()
        if !text.isEmpty, let exact = try reader.record(kind, number: text.uppercased()),
            sight.sees(exact, of: kind), !exact.voided
        {
            found.records.append(exact)
        }
        var query = RecordQuery()
        query.limit = limit + 1
        query.sort = ("id", true)
        guard let limited = narrowed(query, to: text, of: kind) else { return found }
        let more = try reader.within(effort: Self.effort) { try reader.records(limited, of: kind) }
        let known = Set(found.records.map(\.id))
        found.records += (more ?? []).filter { !known.contains($0.id) }
        found.hasMore = more == nil || found.records.count > limit
        found.records = Array(found.records.prefix(limit))
        return found
    }

    /// A query for what also contains a text, narrowed to what may be seen; nil when nothing may be.
    public func narrowed(_ query: RecordQuery, to text: String, of kind: Kind) -> RecordQuery? {
        let text = Self.cleaned(text)
        var query = query
        for part in text.split(separator: " ") {
            query.alternatives.append(places(of: String(part), in: kind))
        }
        guard var limited = sight.limit(query, of: kind) else { return nil }
        guard !text.isEmpty else { return limited }
        limited.words = SearchWords.words(ofQuestion: text)
        guard !limited.words.isEmpty else {
            // Signs alone are in no index, and nobody is called by them.
            limited.alternatives.append([])
            return limited
        }
        if sight.isEverybody { limited.words.append(SearchWords.publicWord) }
        if let prefix = limited.regionPrefix, !prefix.isEmpty, isLevel(prefix) {
            limited.words.append(SearchWords.word(ofRegion: prefix))
        }
        return limited
    }

    /// Whether digits are those of a level, as the words of records have them.
    private func isLevel(_ prefix: String) -> Bool { office.rulebook.regions.prefix(prefix) == prefix }

    /// Where a part of a text may stand.
    private func places(of part: String, in kind: Kind) -> [RecordQuery.Condition] {
        var places = [
            RecordQuery.Condition(column: "number", comparison: .contains, value: .string(part.uppercased()))
        ]
        // The database compares letter by letter; names are written in one of these ways.
        let capitalized = part.prefix(1).uppercased() + part.dropFirst().lowercased()
        let forms = Set([part, part.uppercased(), part.lowercased(), capitalized]).sorted()
        for field in SearchWords.fields(of: kind) where sight.sees(field, of: kind) {
            if case .party = field.type {
                places.append(
                    .init(
                        column: "field." + field.id, comparison: .startsWith,
                        value: .string(part.uppercased())))
            } else {
                places += forms.map {
                    .init(column: "field." + field.id, comparison: .contains, value: .string($0))
                }
            }
        }
        if sight.seesColumn("responsible", of: kind) {
            places.append(
                .init(column: "responsible", comparison: .startsWith, value: .string(part.uppercased())))
        }
        return places
    }

    /// A text on one line, its parts one space apart.
    static func cleaned(_ text: String) -> String {
        text.prefix(longest).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
