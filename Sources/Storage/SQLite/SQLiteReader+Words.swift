import GRDB
import Records
import Rulebooks

// GRDB has a class of the same name.
import struct Records.Record

/// The words by which records are found.
///
/// They lie in a full-text index without the texts themselves. Its rows are told apart by a number made of the kind's
/// number, the record's id and how often the record's words have changed: the index cannot forget, so that new words are
/// a new row, and whatever it finds is compared with the record itself.
enum WordRow {
    private static let kindShift: Int64 = 48
    private static let recordShift: Int64 = 8
    /// The greatest id that finds room; records beyond are not found by words.
    static let lastRecord: Int64 = 1 << (kindShift - recordShift) - 1
    /// So often may a record's words change.
    static let lastGeneration: Int64 = 1 << recordShift - 1
    /// What takes a record's id from a row's number.
    static let recordSQL = "((rowid >> \(recordShift)) & \(lastRecord))"

    /// The number of a row.
    static func number(kind: Int64, record: Int64, generation: Int64 = 0) -> Int64 {
        kind << kindShift | record << recordShift | generation
    }

    /// The question for rows that have all of some words.
    ///
    /// What the index takes for several words is asked for as several: it keeps no places, so it knows no phrases.
    static func match(_ words: [String]) -> String {
        words.flatMap { word -> [String] in
            let isBeginning = word.hasSuffix("*")
            let pieces = word.utf8.split { !isPartOfWord($0) }.map { String(Substring($0)) }
            guard let last = pieces.last else { return ["\"\(noWord)\""] }
            return pieces.dropLast().map { "\"\($0)\"" } + ["\"\(last)\"" + (isBeginning ? "*" : "")]
        }.joined(separator: " AND ")
    }

    /// A word that no record has: of a text without any, nothing is found.
    private static let noWord = "\u{E00F}"

    /// Letters and digits, and all beyond ASCII: what the index's own division into words goes by.
    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: byte >= 0x80
        }
    }
}

extension SQLiteReader {
    /// So many records that have the words are looked at, the latest first.
    private static let mostCandidates = 5_000

    func wordsNoted(of kind: Kind) throws -> Int64 { try wordKind(kind)?.through ?? 0 }

    /// The number of a kind in the index, and the last id up to which words are noted.
    func wordKind(_ kind: Kind) throws -> (number: Int64, through: Int64)? {
        let statement = try cached("SELECT number, through FROM zhiheng_words_kind WHERE kind = ?1")
        statement.bind(1, kind.id)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return (statement.integer(0), statement.integer(1))
    }

    /// A page of records that have the words of a query, the latest first: those without words noted, then those that
    /// the index gives. Whatever the query's order is, the order is that of ids, descending.
    func worded(
        _ query: RecordQuery, _ translation: QueryTranslation, _ coding: RecordCoding,
        only stretch: QueryTranslation.Stretch
    ) throws -> [Record] {
        guard stretch == .present else { return [] }
        let known = try wordKind(coding.kind)
        var plain = query
        plain.words = []
        plain.sort = ("id", true)
        plain.offset = 0
        let through = known?.through ?? 0
        var tail = plain
        tail.conditions.append(.init(column: "id", comparison: .greater, value: .int(through)))
        var records = try self.records(tail, of: coding.kind)
        for position in records.indices { records[position].clocks = [] }
        guard records.count < query.limit, let known else { return records }
        var translation = translation
        let filter = try translation.filter(plain, only: .present)
        let match = translation.note(text: WordRow.match(query.words))
        let last = min(query.after.map { $0.id - 1 } ?? through, through)
        let low = WordRow.number(kind: known.number, record: 0)
        let high = WordRow.number(
            kind: known.number, record: max(0, last), generation: WordRow.lastGeneration)
        let found = """
            SELECT \(WordRow.recordSQL) AS "found id" FROM zhiheng_words
            WHERE zhiheng_words MATCH \(match) AND rowid BETWEEN \(low) AND \(high)
            ORDER BY rowid DESC LIMIT \(Self.mostCandidates)
            """
        let table = coding.table
        let statement = try PreparedStatement.fresh(
            table.selectSQL.replacing(
                " FROM \(SQLText.name(table.name))",
                with: " FROM (\(found)) CROSS JOIN \(SQLText.name(table.name)) ON \"id\" = \"found id\"")
                + filter + " LIMIT \(2 * query.limit)", in: db)
        translation.bind(to: statement)
        defer { statement.reset() }
        var seen = Set(records.map(\.id))
        while try statement.step(), records.count < query.limit {
            let record = try coding.record(in: statement)
            if seen.insert(record.id).inserted { records.append(record) }
        }
        return records
    }
}

extension QueryTranslation {
    /// What restricts a count to records that have the words of a query; nil where it names none.
    mutating func wordCondition(_ query: RecordQuery, reader: SQLiteReader) throws -> String? {
        guard !query.words.isEmpty else { return nil }
        guard let known = try reader.wordKind(kind) else { return nil }
        let match = note(text: WordRow.match(query.words))
        let low = WordRow.number(kind: known.number, record: 0)
        let high = WordRow.number(
            kind: known.number, record: WordRow.lastRecord, generation: WordRow.lastGeneration)
        return """
            ("id" > \(known.through) OR "id" IN (SELECT \(WordRow.recordSQL) FROM zhiheng_words
            WHERE zhiheng_words MATCH \(match) AND rowid BETWEEN \(low) AND \(high)))
            """
    }

    /// Takes note of a text to bind; what stands for it in the statement.
    mutating func note(text: String) -> String { parameter(.text(text)) }
}

extension SQLiteWriter {
    func note(words: [String], of record: Int64, kind: Kind) throws {
        let known = try self.wordKind(kind)
        let number = try known?.number ?? newWordKind(kind)
        guard (1...WordRow.lastRecord).contains(record) else { return }
        var generation: Int64 = 0
        if record <= known?.through ?? 0 {
            let again = try cached(
                """
                INSERT INTO zhiheng_words_again (kind, record, generation) VALUES (?1, ?2, 1)
                ON CONFLICT DO UPDATE SET generation = generation + 1 RETURNING generation
                """)
            again.bind(1, number)
            again.bind(2, record)
            guard try again.step() else { return }
            generation = again.integer(0)
            try again.run()
            guard generation <= WordRow.lastGeneration else { return }
        }
        let statement = try cached("INSERT INTO zhiheng_words (rowid, words) VALUES (?1, ?2)")
        statement.bind(1, WordRow.number(kind: number, record: record, generation: generation))
        statement.bind(2, words.joined(separator: " "))
        try statement.run()
    }

    func set(wordsNoted through: Int64, of kind: Kind) throws {
        if try wordKind(kind) == nil { _ = try newWordKind(kind) }
        let statement = try cached("UPDATE zhiheng_words_kind SET through = max(through, ?2) WHERE kind = ?1")
        statement.bind(1, kind.id)
        statement.bind(2, through)
        try statement.run()
    }

    private func newWordKind(_ kind: Kind) throws -> Int64 {
        let statement = try cached(
            """
            INSERT INTO zhiheng_words_kind (kind, number, through)
            VALUES (?1, (SELECT coalesce(max(number), 0) + 1 FROM zhiheng_words_kind), 0) RETURNING number
            """)
        statement.bind(1, kind.id)
        guard try statement.step() else { throw StoreProblem.unavailable(reason: .failed) }
        let number = statement.integer(0)
        try statement.run()
        return number
    }
}
