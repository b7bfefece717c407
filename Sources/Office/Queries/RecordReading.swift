import Expressions
import Records
import Rulebooks
import Storage

/// A field of a record as a person reads it.
public struct FieldReading: Sendable {
    public let field: Field
    /// The value in words, masked when it is personal; empty when nothing is on file.
    public let text: String
    /// The value as it is stored, for programs: ids of codes, dates as yyyy-MM-dd; masked when personal.
    public let plain: String
    public let isMasked: Bool
}

/// Puts records into words: fields by their names, references by number and title, codes by name.
public struct RecordReading: Sendable {
    let office: Office
    let language: Language
    /// Whose eyes the records are read with; nil when whoever reads sees everything anyhow.
    let sight: Sight?
    private let coercion: FieldCoercion

    /// - Parameter sight: leaves out what its actor may not see. Without one nothing is left out, though
    ///   personal fields are masked all the same.
    public init(_ office: Office, language: Language, sight: Sight? = nil) {
        self.office = office
        self.language = language
        self.sight = sight
        coercion = FieldCoercion(office.rulebook)
    }

    /// The fields that are on file and may be seen, in the order of the kind.
    ///
    /// Of the records they refer to, the number and the title are told and nothing else.
    /// - Parameter unmasked: personal fields to be shown in clear; see `UnmaskService`.
    public func fields(
        of found: FoundRecord, reader: any StoreReading, unmasked: Set<String> = []
    ) throws -> [FieldReading] {
        if let sight, !sight.sees(found.record, of: found.kind) { return [] }
        return try found.kind.fields.indices.compactMap { index in
            guard found.record.values.indices.contains(index), found.record.values[index] != .null,
                sight?.sees(found.kind.fields[index], of: found.kind) ?? true
            else { return nil }
            return try self.field(index, of: found, reader: reader, unmasked: unmasked)
        }
    }

    /// One field in words, masked when it is personal; nil where nothing is on file or nothing of it may be seen.
    public func text(of field: Field, in found: FoundRecord, reader: any StoreReading) throws -> String? {
        guard let index = found.kind.fieldIndex[field.id], found.record.values.indices.contains(index),
            found.record.values[index] != .null, sight?.sees(field, of: found.kind) ?? true,
            sight?.sees(found.record, of: found.kind) ?? true
        else { return nil }
        return try self.field(index, of: found, reader: reader, unmasked: []).text
    }

    func field(
        _ index: Int, of found: FoundRecord, reader: any StoreReading, unmasked: Set<String>
    ) throws -> FieldReading {
        let field = found.kind.fields[index]
        let value = found.record.values[index]
        if field.personal, !(unmasked.contains(field.id) && sight?.mayUnmask ?? true) {
            let text = PersonalMask.masked(value, of: field)
            return FieldReading(field: field, text: text, plain: text, isMasked: true)
        }
        if case .reference(let target) = field.type, case .int(let id) = value {
            guard let kind = office.rulebook.kind(target), let record = try reader.record(kind, id: id) else {
                return FieldReading(field: field, text: String(id), plain: String(id), isMasked: false)
            }
            let title = self.title(of: record, kind: kind)
            return FieldReading(
                field: field, text: title == record.number ? title : "\(record.number) \(title)",
                plain: record.number, isMasked: false)
        }
        return FieldReading(
            field: field, text: coercion.display(value, for: field, language: language),
            plain: ImportedRow.text(value), isMasked: false)
    }

    /// How a record is called in lists: what its kind's title gives, else its number.
    ///
    /// A title made of personal fields, or of fields hidden from the sight, is not told.
    public func title(of record: Record, kind: Kind) -> String {
        guard let formula = kind.title,
            (sight ?? Sight(of: .system, in: office.rulebook)).seesTitle(of: record, kind: kind),
            case .string(let title)? = try? formula.program.evaluate(
                office.decider.slots(of: record, kind: kind)),
            !title.isEmpty
        else { return record.number }
        return title
    }

    /// A value of a field in words, for whoever may know it.
    public func text(of value: Value, field: Field) -> String {
        coercion.display(value, for: field, language: language)
    }

    /// The documents issued about a record, oldest first; none when they may not be read.
    public func documents(of found: FoundRecord, reader: any StoreReading) throws -> [StoredDocument] {
        if let sight, !sight.seesHistory(of: found.record, kind: found.kind) { return [] }
        return try reader.documents(kind: found.kind.id, record: found.record.id)
    }

    /// The rows of a table field, each cell in words.
    public func rows(of value: Value, columns: [Field]) -> [[String]] {
        guard case .list(let rows) = value else { return [] }
        return rows.map { row in
            columns.map { column in
                guard case .map(let map) = row, let cell = map[.string(column.id)] else { return "" }
                return coercion.display(cell, for: column, language: language)
            }
        }
    }

    /// A moment as civil date and time at the rulebook's offset, to the minute.
    public func moment(_ moment: Timestamp) -> String {
        let (date, second) = moment.civil(offsetSeconds: office.rulebook.timeZoneOffsetSeconds)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(date) \(two(second / 3600)):\(two(second / 60 % 60))"
    }

    /// A due time: a day, or a moment.
    public func due(_ due: ClockDue) -> String {
        switch due {
        case .day(let day): day.description
        case .moment(let moment): self.moment(moment)
        }
    }

    /// How an action is called, from the name that the ledger gives it.
    public func actionName(_ identifier: String, kind: Kind?) -> String {
        if let rule = kind?.lifecycle.action(identifier) { return rule.name.text(language) }
        if identifier.hasPrefix("clock.") { return clockActionName(identifier, kind: kind) }
        let name: Bilingual? =
            switch identifier {
            case "create": kind?.lifecycle.create.name ?? Bilingual(zh: "登记", en: "Register")
            case "amend": Bilingual(zh: "更正", en: "Amend")
            case "void": Bilingual(zh: "作废", en: "Void")
            case "import": Bilingual(zh: "导入", en: "Import")
            case UnmaskService.action: Bilingual(zh: "查看个人信息", en: "Unmask personal data")
            case "adopt-rulebook": Bilingual(zh: "采用规则书", en: "Adopt a rulebook")
            case "erase-personal-data": Bilingual(zh: "删除个人信息", en: "Erase personal data")
            default: nil
            }
        return name?.text(language) ?? identifier
    }

    /// `clock.CLOCK.STEP`: the clock's name and what it did.
    private func clockActionName(_ identifier: String, kind: Kind?) -> String {
        let parts = identifier.split(separator: ".", maxSplits: 2).map(String.init)
        guard parts.count == 3 else { return identifier }
        let clock = kind?.clock(parts[1])?.name.text(language) ?? parts[1]
        return "\(clock) · \(stepName(parts[2]))"
    }

    /// How a clock's step is called.
    public func stepName(_ step: String) -> String {
        let own: Bilingual? =
            switch step {
            case "overdue": Bilingual(zh: "逾期", en: "overdue")
            case "pass": Bilingual(zh: "不适用，略过", en: "does not apply, passed over")
            case "undetermined": Bilingual(zh: "无法判断", en: "undetermined")
            default: nil
            }
        return (own ?? office.rulebook.codeLists["clock-step"]?.anyItem(step)?.name)?.text(language) ?? step
    }
}
