import Exchange
import Expressions
import Records
import Rulebooks
import Storage

/// The public records of the kinds as data sets, with what their columns mean.
///
/// Only records that are public and only the fields that the kind publishes; a personal field never, even where a
/// kind lists it.
public struct OpenData: Sendable {
    let office: Office
    let sight: Sight

    /// The columns of every data set before the fields.
    static let systemColumns = ["@number", "@state", "@region"]
    /// Records read at once.
    public static let page = 500

    public init(_ office: Office) {
        self.office = office
        sight = .everybody(in: office.rulebook)
    }

    /// The kinds with public records, in the order of the rulebook.
    public var kinds: [Kind] { office.rulebook.kindOrder.compactMap(office.rulebook.kind).filter(sight.sees) }

    /// The fields of a data set.
    public func fields(of kind: Kind) -> [Field] {
        kind.fields.filter { field in
            guard sight.sees(field, of: kind), !field.personal else { return false }
            // Files are called by their digest, by which nobody without an account gets them.
            if case .files = field.type { return false }
            return true
        }
    }

    /// How many records a data set has, and when the last of them changed.
    public func summary(of kind: Kind) throws -> (count: Int, changedAt: Timestamp?) {
        var query = RecordQuery()
        query.limit = 1
        guard var limited = sight.limit(query, of: kind) else { return (0, nil) }
        return try office.store.read { reader in
            let count = try reader.count(limited, of: kind)
            limited.sort = ("updated_at", true)
            return (count, try reader.records(limited, of: kind).first?.updatedAt)
        }
    }

    /// The heading of a data set as CSV.
    public func heading(of kind: Kind, options: CSVWriterOptions) throws -> [UInt8] {
        try Self.rows(options) { writer in
            try writer.write(Self.systemColumns + fields(of: kind).map(\.id))
        }
    }

    /// The next records of a data set as CSV, in the order of their identities.
    ///
    /// - Parameter id: of the last record that was written; 0 for the first page.
    /// - Returns: the bytes, and the last record written; nil at the end.
    public func rows(
        of kind: Kind, after id: Int64, options: CSVWriterOptions
    ) throws -> (bytes: [UInt8], last: Int64?) {
        var query = RecordQuery()
        query.limit = Self.page
        query.conditions.append(.init(column: "id", comparison: .greater, value: .int(id)))
        guard let limited = sight.limit(query, of: kind) else { return ([], nil) }
        var options = options
        options.writesByteOrderMark = false
        let fields = fields(of: kind)
        return try office.store.read { reader in
            let records = try reader.records(limited, of: kind)
            let bytes = try Self.rows(options) { writer in
                for record in records { try write(record, kind, fields, to: writer, reader) }
            }
            return (bytes, records.count == Self.page ? records.last?.id : nil)
        }
    }

    private func write(
        _ record: Record, _ kind: Kind, _ fields: [Field], to writer: CSVWriter, _ reader: any StoreReading
    ) throws {
        writer.append(record.number)
        writer.append(record.state)
        writer.append(record.region)
        for field in fields {
            guard case .clear(let value) = sight.value(field, of: record, kind: kind) else {
                writer.append("")
                continue
            }
            if case .reference(let target) = field.type, case .int(let other) = value {
                let found = try office.rulebook.kind(target).flatMap { try reader.record($0, id: other) }
                writer.append(found?.number ?? "")
            } else {
                writer.append(value == .null ? "" : ImportedRow.text(value))
            }
        }
        try writer.endRow()
    }

    private static func rows(
        _ options: CSVWriterOptions, _ body: (CSVWriter) throws -> Void
    ) throws -> [UInt8] {
        let sink = MemoryByteSink()
        let writer = CSVWriter(sink, options: options)
        try body(writer)
        try writer.finish()
        return sink.bytes
    }
}

// MARK: - The dictionary

extension OpenData {
    /// One column of a data set, as the dictionary describes it.
    public struct Column: Hashable, Sendable {
        public let dataset: String
        public let id: String
        public let name: Bilingual
        public let type: String
        public let unit: Bilingual?
        /// The code list that its values are items of, or the kind whose numbers they are.
        public let refersTo: String?
    }

    /// The columns of a data set in order.
    public func columns(of kind: Kind) -> [Column] {
        let system = [
            Column(
                dataset: kind.id, id: "@number", name: Bilingual(zh: "编号", en: "Number"), type: "text",
                unit: nil, refersTo: nil),
            Column(
                dataset: kind.id, id: "@state", name: Bilingual(zh: "状态", en: "State"), type: "code",
                unit: nil, refersTo: Self.stateList(kind)),
            Column(
                dataset: kind.id, id: "@region", name: Bilingual(zh: "区划代码", en: "Region code"),
                type: "region", unit: nil, refersTo: nil),
        ]
        return system
            + fields(of: kind).map { field in
                let refersTo: String? =
                    switch field.type {
                    case .code(let list): list
                    case .reference(let target): target
                    default: nil
                    }
                return Column(
                    dataset: kind.id, id: field.id, name: field.name, type: field.type.keyword,
                    unit: field.unit, refersTo: refersTo)
            }
    }

    /// What the states of a kind are called as a code list.
    static func stateList(_ kind: Kind) -> String { kind.id + ".state" }

    /// One item of a code list that a data set uses.
    public struct Item: Hashable, Sendable {
        public let list: String
        public let id: String
        public let name: Bilingual
        /// The code that a standard gives it.
        public let code: String?
    }

    /// The items of every code list that a data set uses, those of earlier versions among them.
    public var items: [Item] {
        var items: [Item] = []
        var seen: Set<String> = []
        for kind in kinds {
            items += kind.lifecycle.states.map {
                Item(list: Self.stateList(kind), id: $0.id, name: $0.name, code: nil)
            }
            for column in columns(of: kind) {
                guard let list = column.refersTo, let codes = office.rulebook.codeLists[list],
                    seen.insert(list).inserted
                else { continue }
                var known: Set<String> = []
                for item in codes.versions.flatMap(\.item) where known.insert(item.id).inserted {
                    items.append(Item(list: list, id: item.id, name: item.name, code: item.code))
                }
            }
        }
        return items
    }

    /// The columns of all data sets as CSV.
    public func dictionaryCSV(_ options: CSVWriterOptions) throws -> [UInt8] {
        try Self.rows(options) { writer in
            try writer.write([
                "dataset", "column", "name", "name_english", "type", "unit", "unit_english", "refers_to",
            ])
            for column in kinds.flatMap(columns(of:)) {
                try writer.write([
                    column.dataset, column.id, column.name.zh, column.name.en, column.type,
                    column.unit?.zh ?? "", column.unit?.en ?? "", column.refersTo ?? "",
                ])
            }
        }
    }

    /// The items of all code lists as CSV.
    public func codesCSV(_ options: CSVWriterOptions) throws -> [UInt8] {
        try Self.rows(options) { writer in
            try writer.write(["list", "item", "name", "name_english", "code"])
            for item in items {
                try writer.write([item.list, item.id, item.name.zh, item.name.en, item.code ?? ""])
            }
        }
    }
}
