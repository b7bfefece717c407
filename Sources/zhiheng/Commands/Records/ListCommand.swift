import ArgumentParser
import Expressions
import Office
import Presentation
import Records
import Rulebooks
import Storage

/// Lists the records of a kind.
struct ListCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "列出一类记录 · List the records of a kind",
        discussion: """
            筛选 · Filters:
              --where state=notified --where 'found_on>=2026-01-01' --where description~脚手架
              --where closed_on=      （未填写 · not on file）
            """)

    @Argument(help: ArgumentHelp("类别 · Kind", valueName: "kind"))
    var kind: String
    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("筛选，可多次给出 · Filter, may be repeated", valueName: "filter"))
    var filters: [String] = []
    @Option(help: ArgumentHelp("行政区划 · Region", valueName: "region"))
    var region: String?
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("排序字段，降序加 - · Field to sort by, - for descending", valueName: "field"))
    var sort: String?
    @Option(help: ArgumentHelp("每页条数 · Records a page", valueName: "n"))
    var limit: Int = 50
    @Option(help: ArgumentHelp("第几页 · Which page", valueName: "n"))
    var page: Int = 1
    @Option(help: ArgumentHelp("列，用逗号隔开 · Columns, with commas", valueName: "a,b"))
    var columns: String?
    @OptionGroup var actor: ActorOption
    @OptionGroup var form: FormatOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...10_000).contains(limit) else {
            throw ValidationError("--limit 取 1 至 10000 · --limit takes 1 to 10000")
        }
        guard (1...1_000_000).contains(page) else {
            throw ValidationError("--page 取 1 至 1000000 · --page takes 1 to 1000000")
        }
    }

    func perform(in session: Session) throws {
        let office = try session.office()
        let kind = try KindArgument.kind(self.kind, in: office.rulebook)
        let sight = Sight(of: try session.actor(actor, in: office), in: office.rulebook)
        var query = try ListFilter(office, kind: kind, sight: sight).query(
            filters: filters, region: region, sort: sort)
        query.limit = limit
        query.offset = (page - 1) * limit
        let writer = RecordTable(office, kind: kind, language: session.language, sight: sight)
        let chosen = try writer.columns(named: columns)
        let (table, count) = try office.store.read { reader in
            let records = try reader.records(query, of: kind)
            let shown = columns == nil && form.format == .table ? writer.told(chosen, by: records) : chosen
            return (
                try writer.table(records, columns: shown, reader: reader), try reader.count(query, of: kind)
            )
        }
        if form.format != .table || !table.rows.isEmpty { session.console.table(table, as: form.format) }
        guard form.format == .table else { return }
        foot(shown: table.rows.count, of: count, kind: kind, session.console)
    }

    private func foot(shown: Int, of count: Int, kind: Kind, _ console: Console) {
        let name = kind.name.text(console.language)
        if count == 0 {
            return console.line(console.text("没有符合条件的\(name)", "No \(name) matches"), .muted)
        }
        let pages = (count + limit - 1) / limit
        let total = NumberText.grouped(count)
        let text =
            pages == 1
            ? console.text("共 \(total) 条", "\(total) in all")
            : console.text("共 \(total) 条，第 \(page)/\(pages) 页", "\(total) in all, page \(page) of \(pages)")
        console.line(text, .muted)
        if shown > 0, page < pages {
            console.line(console.text("下一页：--page \(page + 1)", "Next: --page \(page + 1)"), .muted)
        }
    }
}

/// Lays records out in a table.
struct RecordTable {
    let office: Office
    let kind: Kind
    let language: Language
    private let reading: RecordReading
    private let sight: Sight

    init(_ office: Office, kind: Kind, language: Language, sight: Sight) {
        (self.office, self.kind, self.language, self.sight) = (office, kind, language, sight)
        reading = RecordReading(office, language: language, sight: sight)
    }

    /// A column of the table.
    enum Column {
        case number, title, state, region, responsible, due
        case field(Int)
    }

    /// The columns somebody named, else those that tell most: number, title, state, due day, region.
    func columns(named text: String?) throws -> [Column] {
        guard let text else {
            var columns: [Column] = [.number]
            if kind.title != nil { columns.append(.title) }
            columns += leadingFields.map(Column.field)
            columns.append(.state)
            if !kind.clocks.isEmpty { columns.append(.due) }
            return columns + [.region]
        }
        return try text.split(separator: ",").map { part in
            let name = part.trimmingCharacters(in: .whitespaces)
            if let column = Self.named[name] { return column }
            if let index = kind.fieldIndex[name] ?? kind.fields.firstIndex(where: { $0.name.zh == name }) {
                return .field(index)
            }
            let hint = Suggestion.closest(to: name, among: kind.fields.map(\.id) + Self.named.keys)
            throw Refusal(
                RefusalReason(
                    .unknownField, field: name,
                    "\(kind.name.zh)没有字段“\(name)”。" + (hint.map { "是否为“\($0)”？" } ?? ""),
                    "\(kind.name.en) has no field `\(name)`." + (hint.map { " Did you mean `\($0)`?" } ?? ""))
            )
        }
    }

    /// The columns without the due day, when no record on the page has one.
    func told(_ columns: [Column], by records: [Record]) -> [Column] {
        guard records.allSatisfy({ $0.clocks.allSatisfy { $0.due == nil } }) else { return columns }
        return columns.filter { if case .due = $0 { false } else { true } }
    }

    private static let named: [String: Column] = [
        "number": .number, "title": .title, "state": .state, "region": .region, "responsible": .responsible,
        "due": .due,
    ]

    /// Up to three fields that are required, short and no matter of where or who.
    private var leadingFields: [Int] {
        let all = kind.fields.indices.filter { index in
            let field = kind.fields[index]
            guard field.id != kind.region.field, !field.personal else { return false }
            switch field.type {
            case .date, .moment, .code, .integer: return field.required
            default: return false
            }
        }
        return Array(all.prefix(3))
    }

    func table(_ records: [Record], columns: [Column], reader: any StoreReading) throws -> TextTable {
        var table = TextTable(columns: columns.map(heading))
        for record in records {
            let found = FoundRecord(kind: kind, record: record)
            table.rows.append(try columns.map { try cell($0, found, reader) })
        }
        return table
    }

    private func heading(_ column: Column) -> TableColumn {
        func name(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
        switch column {
        case .number: return TableColumn(key: "number", title: name("编号", "Number"), overflow: .keep)
        case .title: return TableColumn(key: "title", title: name("名称", "Title"), maximumWidth: 36)
        case .state: return TableColumn(key: "state", title: name("状态", "State"))
        case .region: return TableColumn(key: "region", title: name("区划", "Region"), maximumWidth: 24)
        case .responsible: return TableColumn(key: "responsible", title: name("责任单位", "Responsible"))
        case .due: return TableColumn(key: "due", title: name("期限", "Due"))
        case .field(let index):
            let field = kind.fields[index]
            let title = field.name.text(language)
            switch field.type {
            case .integer, .decimal, .money:
                return TableColumn(key: field.id, title: title, alignment: .decimal)
            default: return TableColumn(key: field.id, title: title, maximumWidth: 40)
            }
        }
    }

    private func cell(_ column: Column, _ found: FoundRecord, _ reader: any StoreReading) throws -> TableCell
    {
        let record = found.record
        switch column {
        case .number: return .text(record.number, .accent)
        case .title: return .text(reading.title(of: record, kind: kind))
        case .state: return state(record)
        case .region:
            let name = office.rulebook.regions.name(record.region)?.text(language)
            return .text(name ?? record.region)
        case .responsible:
            return sight.isEverybody ? .missing : record.responsible.map { .text($0) } ?? .missing
        case .due:
            guard !sight.isEverybody,
                let due = record.clocks.compactMap(\.due).min(by: {
                    office.time.day(of: $0) < office.time.day(of: $1)
                })
            else { return .missing }
            return .text(reading.due(due), record.overdue ? .danger : nil)
        case .field(let index): return try fieldCell(index, found, reader)
        }
    }

    private func fieldCell(_ index: Int, _ found: FoundRecord, _ reader: any StoreReading) throws -> TableCell
    {
        guard found.record.values.indices.contains(index), found.record.values[index] != .null else {
            return .missing
        }
        let field = kind.fields[index]
        guard !field.personal, sight.sees(field, of: kind) else {
            return try wordCell(index, found, reader)
        }
        switch (field.type, found.record.values[index]) {
        case (.integer, .int(let number)): return .integer(number)
        case (.decimal, .decimal(let number)), (.money, .decimal(let number)):
            return .decimal(number.description)
        case (.boolean, .bool(let flag)): return TableCell(.truth(flag))
        default: return try wordCell(index, found, reader)
        }
    }

    private func wordCell(_ index: Int, _ found: FoundRecord, _ reader: any StoreReading) throws -> TableCell
    {
        let id = kind.fields[index].id
        let reading = try self.reading.fields(of: found, reader: reader).first { $0.field.id == id }
        return reading.map { .text($0.text) } ?? .missing
    }

    private func state(_ record: Record) -> TableCell {
        if record.voided { return .text(language == .zh ? "已作废" : "Voided", .muted) }
        let name = kind.lifecycle.state(record.state)?.name.text(language) ?? record.state
        let isClosed = kind.lifecycle.closed.contains(record.state)
        return .text(name, record.overdue ? .danger : isClosed ? .muted : nil)
    }
}
