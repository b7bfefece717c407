import Expressions
import GRDB
import Records
import Rulebooks

// GRDB has a class of the same name.
import struct Records.Record

/// Pages of records, and how many there are.
///
/// A page is found in one of two ways: by walking along its order until enough records match, or by finding all that
/// match and sorting them. Walking is quick where matches are frequent, sorting where they are rare. Which it is cannot
/// be known without looking, so walking is tried for so many rows and no more.
///
/// Statements are not kept here: what people ask for has too many forms.
extension SQLiteReader {
    /// So many matches are sorted without walking first.
    private static let fewMatches: Int64 = 10_000
    /// So many rows are passed on a walk along the ids, where they lie in the file one after another.
    private static let longWalk = 20_000
    /// So many along an index, where each row is looked up.
    private static let shortWalk = 6_000

    func records(_ query: RecordQuery, of kind: Kind) throws -> [Record] {
        let coding = coding(of: kind)
        let translation = QueryTranslation(kind: kind, table: coding.table, cipher: cipher)
        var records: [Record] = []
        var rest = query
        // Runs of the order are read one after another, so what is passed over is read as well.
        let passed = query.after == nil ? max(0, query.offset) : 0
        rest.limit = max(0, query.limit) + passed
        let wanted = rest.limit
        for stretch in try translation.stretches(query) where records.count < wanted {
            rest.limit = wanted - records.count
            records += try self.records(rest, translation, coding, only: stretch)
        }
        if passed > 0 { records.removeFirst(min(passed, records.count)) }
        guard !kind.clocks.isEmpty else { return records }
        for position in records.indices {
            records[position].clocks = try clocks(of: kind, record: records[position].id)
        }
        return records
    }

    private func records(
        _ query: RecordQuery, _ translation: QueryTranslation, _ coding: RecordCoding,
        only stretch: QueryTranslation.Stretch
    ) throws -> [Record] {
        guard query.limit > 0 else { return [] }
        if !query.words.isEmpty { return try worded(query, translation, coding, only: stretch) }
        let index = try leadingIndex(query, coding)
        if index == nil, translation.hasIndexedOrder(query),
            let records = try walked(query, translation, coding, only: stretch)
        {
            return records
        }
        return try sorted(query, translation, coding, only: stretch, by: index)
    }

    /// The records found by walking along the order; nil when too few were met.
    private func walked(
        _ query: RecordQuery, _ translation: QueryTranslation, _ coding: RecordCoding,
        only stretch: QueryTranslation.Stretch
    ) throws -> [Record]? {
        var translation = translation
        let place = try translation.place(stretch, query)
        let conditions = try translation.conditions(query)
        let order = try translation.order(query, only: stretch)
        let table = SQLText.name(coding.table.name)
        let start = " FROM \(table)" + (place.map { " WHERE " + $0 } ?? "") + order
        guard !conditions.isEmpty else {
            return try fetch(
                "SELECT \"id\"\(start) LIMIT \(query.limit)", translation, coding, order)
        }
        let length = query.sort == nil || query.sort?.column == "id" ? Self.longWalk : Self.shortWalk
        let walk =
            "SELECT \"id\" AS \"id\", (\(conditions.joined(separator: " AND "))) AS \"is met\"\(start) LIMIT \(length)"
        let records = try fetch(
            "SELECT \"id\" FROM (\(walk)) WHERE \"is met\" LIMIT \(query.limit)", translation, coding, order)
        if records.count == query.limit { return records }
        // A walk that came to the end has met all there are.
        let isWhole =
            try count("SELECT count(*) FROM (SELECT 1\(start) LIMIT \(length))", translation) < length
        return isWhole ? records : nil
    }

    /// The records found by looking for all that match, by whatever index leads to them.
    private func sorted(
        _ query: RecordQuery, _ translation: QueryTranslation, _ coding: RecordCoding,
        only stretch: QueryTranslation.Stretch, by index: String?
    ) throws -> [Record] {
        var translation = translation
        let filter = try translation.filter(query, only: stretch)
        let order = try translation.order(query, only: stretch)
        let table = Self.table(coding, by: index)
        return try fetch(
            "SELECT \"id\" FROM \(table)\(filter)\(order) LIMIT \(query.limit)", translation, coding, order)
    }

    /// The records of the ids that a question gives. Only these are read whole, not all that were sorted.
    private func fetch(
        _ ids: String, _ translation: QueryTranslation, _ coding: RecordCoding, _ order: String
    ) throws -> [Record] {
        let statement = try PreparedStatement.fresh(
            coding.table.selectSQL + " WHERE \"id\" IN (\(ids))\(order)", in: db)
        translation.bind(to: statement)
        defer { statement.reset() }
        var records: [Record] = []
        while try statement.step() { records.append(try coding.record(in: statement)) }
        return records
    }

    private func count(_ sql: String, _ translation: QueryTranslation) throws -> Int {
        let statement = try PreparedStatement.fresh(sql, in: db)
        translation.bind(to: statement)
        guard try statement.step() else { return 0 }
        defer { statement.reset() }
        return Int(statement.integer(0))
    }

    /// An index that leads to few records, among which all matches are; nil where none does.
    ///
    /// The engine does not know how many lie in a region before it has looked, and would choose by the state.
    private func leadingIndex(_ query: RecordQuery, _ coding: RecordCoding) throws -> String? {
        for narrow in QueryTranslation.narrowest(query, coding) {
            var translation = QueryTranslation(kind: coding.kind, table: coding.table, cipher: cipher)
            let filter = try translation.filter(narrow.part)
            let rows = "FROM \(Self.table(coding, by: narrow.index))\(filter)"
            let sql = "SELECT count(*) FROM (SELECT 1 \(rows) LIMIT \(Self.fewMatches))"
            if try count(sql, translation) < Self.fewMatches { return narrow.index }
        }
        return nil
    }

    private static func table(_ coding: RecordCoding, by index: String?) -> String {
        let name = coding.table.name
        return SQLText.name(name) + (index.map { " INDEXED BY " + SQLText.name("\(name).\($0)") } ?? "")
    }

    // MARK: How many

    func count(_ query: RecordQuery, of kind: Kind) throws -> Int { try count(query, of: kind, upTo: nil) }

    func count(_ query: RecordQuery, of kind: Kind, upTo most: Int?) throws -> Int {
        let table = catalog.table(of: kind)
        var translation = QueryTranslation(kind: kind, table: table, cipher: cipher)
        let words = try translation.wordCondition(query, reader: self)
        let filter = try translation.filter(query)
        let all = filter + (words.map { (filter.isEmpty ? " WHERE " : " AND ") + $0 } ?? "")
        let index = try words == nil ? leadingIndex(query, coding(of: kind)) : nil
        let rows = "FROM \(Self.table(coding(of: kind), by: index))\(all)"
        guard let most else { return try count("SELECT count(*) \(rows)", translation) }
        return try count("SELECT count(*) FROM (SELECT 1 \(rows) LIMIT \(max(0, most)))", translation)
    }
}

extension QueryTranslation {
    /// The parts of a query that an index answers by itself, each as a query that finds no less than the whole, with the
    /// index by the end of its name.
    static func narrowest(
        _ query: RecordQuery, _ coding: RecordCoding
    ) -> [(part: RecordQuery, index: String)] {
        var parts: [(part: RecordQuery, index: String)] = []
        func part(_ conditions: [RecordQuery.Condition], _ index: String, inRegion: Bool = false) {
            var part = RecordQuery()
            part.includesVoided = true
            part.conditions = conditions
            if inRegion { part.regionPrefix = query.regionPrefix }
            parts.append((part, index))
        }
        for condition in query.conditions where condition.comparison == .equal && !condition.value.isNull {
            switch condition.column {
            case "responsible": part([condition], "responsible")
            case "overdue" where condition.value == .bool(true): part([condition], "overdue", inRegion: true)
            case "public"
            where condition.value == .bool(true) && coding.kind.publicWhen != nil && !query.includesVoided:
                let isOfRegion = !(query.regionPrefix ?? "").isEmpty
                part([condition], isOfRegion ? "public-region" : "public", inRegion: true)
                parts[parts.count - 1].part.includesVoided = false
            default:
                if let index = coding.index(on: condition.column) { part([condition], index) }
            }
        }
        guard query.regionPrefix?.isEmpty == false else { return parts }
        let states = query.conditions.filter { $0.column == "state" && $0.comparison == .equal }
        if query.onlyOpen, coding.kind.family == .matter {
            part(states, "open", inRegion: true)
            parts[parts.count - 1].part.onlyOpen = true
        } else {
            part(states, "region", inRegion: true)
        }
        return parts
    }
}

extension RecordCoding {
    /// The end of the name of the index on a field's column alone; nil where there is none.
    func index(on column: String) -> String? {
        let id = column.hasPrefix("field.") ? String(column.dropFirst("field.".count)) : column
        guard let target = table.column(ofField: id) else { return nil }
        let isReference = if case .reference = target.form { true } else { false }
        let isIndexed = isReference || target.blindIndexName != nil || kind.measures.contains { $0.at == id }
        return isIndexed ? "field.\(target.name)" : nil
    }
}
