import Exchange
import Expressions
import Records
import Rulebooks
import Storage

/// Writes the records of a kind as CSV, from one snapshot, in memory that does not grow with them.
///
/// The columns are `@number`, `@state`, `@region`, `@voided`, then every field that the actor may see, by its
/// id. Values are written as programs take them back: codes by id, dates as yyyy-MM-dd, references by number,
/// money in yuan.
public struct RecordExporter: Sendable {
    let office: Office

    public init(_ office: Office) {
        self.office = office
    }

    /// What was written.
    public struct Report: Hashable, Sendable {
        public var records: Int64 = 0
        /// The ids of personal fields that were written masked.
        public var maskedFields: [String] = []
    }

    /// Records read at once.
    private static let page = 1_000
    /// Numbers of referenced records kept in memory.
    private static let rememberedReferences = 50_000

    /// Exports what a query finds and the actor may see, in the order of the records' ids; its sort and page
    /// are ignored.
    ///
    /// - Parameters:
    ///   - unmasks: write personal fields in clear; entered in the ledger before the first row is written.
    ///   - conditions: the filters as they were written, for that entry.
    /// - Throws: `Refusal` when the actor may not, `StoreProblem`, `ExchangeProblem`.
    public func export(
        _ kind: Kind, _ query: RecordQuery, to sink: any ByteSink, options: CSVWriterOptions, by actor: Actor,
        unmasks: Bool = false, conditions: [String] = [], reason: String? = nil
    ) throws -> Report {
        guard actor.permissions.contains(.export) else {
            throw Refusal(
                RefusalReason(.notPermitted, "您的角色没有导出的权限。", "Your role may not export."))
        }
        let sight = Sight(of: actor, in: office.rulebook)
        let visible = try sight.narrow(query, of: kind)
        let columns = kind.fields.indices.filter { sight.sees(kind.fields[$0], of: kind) }
        let personal = columns.map { kind.fields[$0] }.filter(\.personal).map(\.id)
        if unmasks {
            var scope = UnmaskService.Scope(kind: kind.id, fields: personal)
            scope.conditions = conditions
            scope.reason = reason
            try UnmaskService(office).enter(scope, by: actor)
        }
        var report = Report()
        report.maskedFields = unmasks ? [] : personal
        let writer = CSVWriter(sink, options: options)
        try writer.write(["@number", "@state", "@region", "@voided"] + columns.map { kind.fields[$0].id })
        try office.store.read { reader in
            var references = ReferenceNumbers(office: office, limit: Self.rememberedReferences)
            try eachRecord(visible, of: kind, reader: reader) { record in
                try write(
                    record, kind: kind, columns: columns, unmasks: unmasks, to: writer,
                    references: &references, reader: reader)
                report.records += 1
            }
        }
        try writer.finish()
        return report
    }

    private func eachRecord(
        _ query: RecordQuery, of kind: Kind, reader: any StoreReading, _ body: (Record) throws -> Void
    ) throws {
        var last: Int64 = -1
        while true {
            var page = query
            page.sort = nil
            page.offset = 0
            page.limit = Self.page
            page.conditions.append(.init(column: "id", comparison: .greater, value: .int(last)))
            let records = try reader.records(page, of: kind)
            for record in records { try body(record) }
            guard records.count == Self.page, let final = records.last else { return }
            last = final.id
        }
    }

    private func write(
        _ record: Record, kind: Kind, columns: [Int], unmasks: Bool, to writer: CSVWriter,
        references: inout ReferenceNumbers, reader: any StoreReading
    ) throws {
        writer.append(record.number)
        writer.append(record.state)
        writer.append(record.region)
        writer.append(record.voided ? "true" : "false")
        for index in columns where record.values.indices.contains(index) {
            let (field, value) = (kind.fields[index], record.values[index])
            if case .reference(let target) = field.type, case .int(let id) = value {
                writer.append(try references.number(of: id, kind: target, reader: reader))
            } else {
                let isMasked = field.personal && !unmasks
                writer.append(
                    isMasked ? PersonalMask.masked(value, of: field) : ImportedRow.text(value))
            }
        }
        try writer.endRow()
    }
}

/// The numbers of records that others refer to, with a limited memory.
private struct ReferenceNumbers {
    let office: Office
    let limit: Int
    private var known: [Facts.Key: String] = [:]

    init(office: Office, limit: Int) {
        self.office = office
        self.limit = limit
    }

    mutating func number(of id: Int64, kind: String, reader: any StoreReading) throws -> String {
        let key = Facts.Key(kind: kind, id: id)
        if let number = known[key] { return number }
        if known.count >= limit { known.removeAll(keepingCapacity: true) }
        let number =
            try office.rulebook.kind(kind).flatMap { try reader.record($0, id: id) }?.number ?? String(id)
        known[key] = number
        return number
    }
}
