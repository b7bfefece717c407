import Exchange
import Expressions
import Ledger
import Records
import Rulebooks
import Storage

/// Writes a list as people see it: the chosen columns in words, in the order of the list.
///
/// Unlike `RecordExporter`, whose files programs take back, this one names things as the pages do. That a list was taken
/// out is entered in the ledger before the first row is written: by whom, of what, by which conditions.
public struct ListExporter: Sendable {
    /// How the ledger names it.
    public static let action = "export-list"
    /// A file holds so many rows; a longer list is narrowed, or taken out by `zhiheng export`.
    public static let mostRows = 50_000
    /// Records read at once.
    private static let page = 500

    /// The form of a file.
    public enum Form: String, Sendable, CaseIterable {
        case csv, xlsx
    }

    let office: Office
    let sight: Sight
    let language: Language
    private let reading: RecordReading

    public init(_ office: Office, _ sight: Sight, language: Language) {
        (self.office, self.sight, self.language) = (office, sight, language)
        reading = RecordReading(office, language: language, sight: sight)
    }

    /// Writes the records that a query finds to a new file.
    ///
    /// - Parameters:
    ///   - query: already narrowed by the sight; its page is ignored, its order is kept.
    ///   - conditions: as the person wrote them, for the ledger.
    /// - Returns: how many records were written.
    /// - Throws: `Refusal` when the actor may not export, or the list is too long; `StoreProblem`, `ExchangeProblem`.
    public func export(
        _ kind: Kind, _ query: RecordQuery, columns: [Field], as form: Form, path: String,
        conditions: [String]
    ) throws -> Int {
        guard sight.actor.permissions.contains(.export) else {
            throw Refusal(RefusalReason(.notPermitted, "您的角色没有导出的权限。", "Your role may not export."))
        }
        let columns = columns.filter { sight.sees($0, of: kind) }
        let count = try office.store.read { reader in
            try reader.within(effort: 20_000_000) {
                try reader.count(query, of: kind, upTo: Self.mostRows + 1)
            }
        }
        guard let count, count <= Self.mostRows else { throw Refusal(Self.tooLong) }
        try enter(kind, conditions: conditions, form: form, count: count)
        var sheet = try Sheet(
            form, path: path, headings: headings(kind, columns), widths: widths(kind, columns))
        var written = 0
        try office.store.read { reader in
            var query = query
            query.limit = Self.page
            query.offset = 0
            var place = RecordPage.Place.first
            while true {
                let page = try RecordPage.read(
                    query, of: kind, at: place, size: Self.page, time: office.time, reader: reader)
                for record in page.records where written < Self.mostRows {
                    try sheet.write(cells(of: record, kind, columns, reader))
                    written += 1
                }
                guard let next = page.next, written < Self.mostRows else { return }
                place = next
            }
        }
        try sheet.finish()
        return written
    }

    private static let tooLong = RefusalReason(
        .valueInvalid, "符合条件的超过 \(mostRows) 条，一个文件放不下。请增加筛选条件，或按区划、日期分几次导出。",
        "More than \(mostRows) records match, too many for one file. Add filters, or export by region or period."
    )

    /// Enters in the ledger that the list is taken out.
    private func enter(_ kind: Kind, conditions: [String], form: Form, count: Int) throws {
        var envelope = EntryLeaf.Envelope(
            action: Self.action, actor: sight.actor, at: office.moment, rulebook: office.rulebook.digest)
        envelope.members["form"] = .string(form.rawValue)
        envelope.members["rows"] = .integer(Int64(count))
        if !conditions.isEmpty {
            envelope.members["conditions"] = .array(conditions.prefix(50).map(CanonicalJSON.string))
        }
        let entry = EntryLeaf.entry(envelope, kind: kind.id)
        try office.store.write { try $0.append([entry]) }
    }

    // MARK: Columns

    private func headings(_ kind: Kind, _ columns: [Field]) -> [String] {
        let isChinese = language == .zh
        var headings = [isChinese ? "编号" : "Number"] + columns.map { $0.name.text(language) }
        headings.append(isChinese ? "状态" : "State")
        if !kind.clocks.isEmpty {
            headings += isChinese ? ["到期日", "是否超期"] : ["Due", "Overdue"]
        }
        return headings + (isChinese ? ["区划代码", "区划"] : ["Region code", "Region"])
    }

    private func widths(_ kind: Kind, _ columns: [Field]) -> [Int] {
        let fields = columns.map { field in
            switch field.type {
            case .date: 12
            case .integer, .decimal, .money, .boolean: 12
            case .text(let limits): min(50, max(12, (limits.maximum ?? 100) / 4))
            default: 22
            }
        }
        return [24] + fields + [12] + (kind.clocks.isEmpty ? [] : [12, 8]) + [14, 24]
    }

    private func cells(
        of record: Record, _ kind: Kind, _ columns: [Field], _ reader: any StoreReading
    ) throws -> [SpreadsheetCell] {
        let found = FoundRecord(kind: kind, record: record)
        let words = language == .zh ? ("是", "否") : ("yes", "no")
        var cells: [SpreadsheetCell] = [.text(record.number)]
        cells += try columns.map { try cell(of: $0, found, reader) }
        cells.append(.text(kind.lifecycle.state(record.state)?.name.text(language) ?? record.state))
        if !kind.clocks.isEmpty {
            let due = record.clocks.filter { $0.suspendedAt == nil }.compactMap(\.due).map(
                office.time.day(of:)
            ).min()
            cells.append(due.map(Self.day) ?? .empty)
            cells.append(.text(record.overdue ? words.0 : words.1))
        }
        cells.append(.text(record.region))
        cells.append(.text(office.rulebook.regions.fullName(record.region)?.text(language) ?? ""))
        return cells
    }

    private func cell(
        of field: Field, _ found: FoundRecord, _ reader: any StoreReading
    ) throws -> SpreadsheetCell {
        guard let index = found.kind.fieldIndex[field.id], found.record.values.indices.contains(index) else {
            return .empty
        }
        let value = found.record.values[index]
        if value == .null { return .empty }
        if !field.personal {
            switch (field.type, value) {
            case (.date, .date(let day)): return Self.day(day)
            case (.integer, .int(let number)): return .number(String(number), places: 0)
            case (.decimal(let places, _, _), .decimal(let number)):
                return .number(number.description, places: places)
            case (.money, .decimal(let number)): return .number(number.description, places: 2)
            default: break
            }
        }
        return .text(try reading.field(index, of: found, reader: reader, unmasked: []).text)
    }

    private static func day(_ day: CivilDate) -> SpreadsheetCell {
        let parts = day.parts
        return .day(year: parts.year, month: parts.month, day: parts.day)
    }
}

/// A file in one of the forms.
private enum Sheet {
    case csv(CSVWriter)
    case xlsx(SpreadsheetWriter)

    init(_ form: ListExporter.Form, path: String, headings: [String], widths: [Int]) throws {
        switch form {
        case .csv:
            let writer = CSVWriter(try FileByteSink(path: path, overwrites: true), options: .excel)
            try writer.write(headings)
            self = .csv(writer)
        case .xlsx: self = .xlsx(try SpreadsheetWriter(path: path, headings: headings, widths: widths))
        }
    }

    mutating func write(_ cells: [SpreadsheetCell]) throws {
        switch self {
        case .csv(let writer): try writer.write(cells.map(Self.text))
        case .xlsx(let writer): writer.write(cells)
        }
    }

    func finish() throws {
        switch self {
        case .csv(let writer): try writer.finish()
        case .xlsx(let writer): try writer.finish()
        }
    }

    private static func text(_ cell: SpreadsheetCell) -> String {
        switch cell {
        case .empty: ""
        case .text(let text): text
        case .number(let text, _): text
        case .day(let year, let month, let day):
            CivilDate(year: year, month: month, day: day)?.description ?? ""
        }
    }
}
