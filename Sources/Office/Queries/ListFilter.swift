import Expressions
import Records
import Rulebooks
import Storage

/// Turns what people write to find records into a query.
///
/// A filter is `field=value`, `!=`, `<`, `<=`, `>`, `>=`, or `field~part` for a text that contains another.
/// `field=` asks for records without the field, `field!=` for those with it. Fields go by id or by name;
/// `state`, `number`, `overdue` and the other system columns of `RecordQuery` can be asked for as well.
public struct ListFilter: Sendable {
    let office: Office
    let kind: Kind
    /// Who asks; nil when whoever asks sees everything anyhow.
    let sight: Sight?
    private let coercion: FieldCoercion

    /// - Parameter sight: narrows every query to what its actor may see, and takes hidden fields for unknown.
    public init(_ office: Office, kind: Kind, sight: Sight? = nil) {
        self.office = office
        self.kind = kind
        self.sight = sight
        coercion = FieldCoercion(office.rulebook)
    }

    /// A query for all of the filters, everything wrong with them gathered.
    ///
    /// - Parameters:
    ///   - region: a region by code or name; nil for all.
    ///   - sort: a field, or `-field` for descending order.
    /// - Throws: `Refusal`, also when the sight may see nothing of it, or `StoreProblem` when a reference cannot be looked up.
    public func query(filters: [String], region: String? = nil, sort: String? = nil) throws -> RecordQuery {
        var query = RecordQuery()
        var reasons: [RefusalReason] = []
        for filter in filters {
            do {
                query.conditions += try conditions(filter)
            } catch let refusal as Refusal {
                reasons += refusal.reasons
            }
        }
        if let region {
            if let found = office.rulebook.regions.resolve(region) {
                query.regionPrefix = office.rulebook.regions.prefix(found.code)
            } else {
                reasons.append(Self.unknownRegion(region))
            }
        }
        if let sort {
            let isDescending = sort.hasPrefix("-")
            let name = isDescending ? String(sort.dropFirst()) : sort
            do throws(Refusal) {
                query.sort = (try column(name).name, isDescending)
            } catch {
                reasons += error.reasons
            }
        }
        guard reasons.isEmpty else { throw Refusal(reasons) }
        return try sight?.narrow(query, of: kind) ?? query
    }

    // MARK: One filter

    private typealias Condition = RecordQuery.Condition

    private static let operators: [(text: String, comparison: Condition.Comparison)] = [
        (">=", .greaterOrEqual), ("<=", .lessOrEqual), ("!=", .notEqual), ("=", .equal), (">", .greater),
        ("<", .less), ("~", .contains),
    ]

    private func conditions(_ filter: String) throws -> [Condition] {
        let (name, comparison, text) = try Self.split(filter)
        let column = try column(name)
        if text.isEmpty {
            switch comparison {
            case .equal: return [Condition(column: column.name, comparison: .isMissing, value: .null)]
            case .notEqual: return [Condition(column: column.name, comparison: .isPresent, value: .null)]
            default: break
            }
        }
        if comparison == .contains {
            return [Condition(column: column.name, comparison: .contains, value: .string(text))]
        }
        switch column.form {
        case .moment: return try moments(column.name, comparison, text)
        case .region: return try regions(column.name, comparison, text)
        case .state: return [Condition(column: column.name, comparison: comparison, value: try state(text))]
        case .truth:
            return [Condition(column: column.name, comparison: comparison, value: try truth(text, name))]
        case .number:
            guard let number = Int64(text) else { throw Self.invalid(name, text) }
            return [Condition(column: column.name, comparison: comparison, value: .int(number))]
        case .text: return [Condition(column: column.name, comparison: comparison, value: .string(text))]
        case .field(let field):
            return [Condition(column: column.name, comparison: comparison, value: try value(text, field))]
        }
    }

    private static func split(
        _ filter: String
    ) throws(Refusal) -> (name: String, comparison: Condition.Comparison, text: String) {
        var index = filter.startIndex
        while index < filter.endIndex {
            let rest = filter[index...]
            if let found = operators.first(where: { rest.hasPrefix($0.text) }) {
                let name = filter[..<index].trimmingPrefix { $0.isWhitespace }
                let text = rest.dropFirst(found.text.count)
                return (trimmed(name), found.comparison, trimmed(text))
            }
            index = filter.index(after: index)
        }
        throw Refusal(
            RefusalReason(
                .valueInvalid, "筛选条件“\(filter)”看不懂。请写成 字段=值、字段>=值 或 字段~文字。",
                "The filter `\(filter)` cannot be read. Write field=value, field>=value or field~text."))
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// The identity of no record: identities begin with 1.
    private static let noRecord: Int64 = -1

    private func value(_ text: String, _ field: Field) throws -> Value {
        if case .reference(let target) = field.type, let targetKind = office.rulebook.kind(target) {
            guard let id = try office.store.read({ try $0.recordID(targetKind, reference: text) }) else {
                // Whether there is such a record is not for those to know who may not see all of them.
                if let sight, !sight.isUnlimited { return .int(Self.noRecord) }
                throw Refusal(
                    RefusalReason(
                        .referenceNotFound, field: field.id, "没有编号或名称键为“\(text)”的\(targetKind.name.zh)。",
                        "There is no \(targetKind.name.en) with the number or key `\(text)`."))
            }
            return .int(id)
        }
        switch coercion.value(of: text, for: field, on: nil) {
        case .success(let value): return value
        case .failure(let problem):
            // A filter may ask for an entry of an older version of a code list.
            if case .code(let list) = field.type, office.rulebook.codeLists[list]?.anyItem(text) != nil {
                return .string(text)
            }
            throw Refusal(
                RefusalReason(
                    .valueInvalid, field: field.id, rule: problem.code.rawValue, problem.message.zh,
                    problem.message.en))
        }
    }

    /// A plain day stands for all of it: `occurred_at<=2026-03-02` takes in the evening.
    private func moments(
        _ column: String, _ comparison: Condition.Comparison, _ text: String
    ) throws(Refusal) -> [Condition] {
        guard let day = CivilDate(text) else {
            guard let moment = Timestamp(rfc3339: text) else { throw Self.invalid(column, text) }
            return [Condition(column: column, comparison: comparison, value: .timestamp(moment))]
        }
        guard let start = office.time.start(of: day),
            let end = day.adding(days: 1).flatMap(office.time.start(of:))
        else { throw Self.invalid(column, text) }
        func condition(_ comparison: Condition.Comparison, _ moment: Timestamp) -> Condition {
            Condition(column: column, comparison: comparison, value: .timestamp(moment))
        }
        switch comparison {
        case .equal: return [condition(.greaterOrEqual, start), condition(.less, end)]
        case .less: return [condition(.less, start)]
        case .lessOrEqual: return [condition(.less, end)]
        case .greater: return [condition(.greaterOrEqual, end)]
        case .greaterOrEqual: return [condition(.greaterOrEqual, start)]
        default: throw Self.invalid(column, text)
        }
    }

    /// A region stands for all that lies in it.
    private func regions(
        _ column: String, _ comparison: Condition.Comparison, _ text: String
    ) throws(Refusal) -> [Condition] {
        guard let region = office.rulebook.regions.resolve(text) else {
            throw Refusal(Self.unknownRegion(text))
        }
        guard comparison == .equal else {
            return [Condition(column: column, comparison: comparison, value: .string(region.code))]
        }
        let prefix = office.rulebook.regions.prefix(region.code)
        return [Condition(column: column, comparison: .startsWith, value: .string(prefix))]
    }

    private func state(_ text: String) throws(Refusal) -> Value {
        let states = kind.lifecycle.states
        if let state = states.first(where: { $0.id == text || $0.name.zh == text || $0.name.en == text }) {
            return .string(state.id)
        }
        let known = states.map { "\($0.id) \($0.name.zh)" }.joined(separator: "、")
        let knownEnglish = states.map { "\($0.id) (\($0.name.en))" }.joined(separator: ", ")
        throw Refusal(
            RefusalReason(
                .valueInvalid, field: "state", "\(kind.name.zh)没有状态“\(text)”；可用：\(known)。",
                "\(kind.name.en) has no state `\(text)`; there are: \(knownEnglish)."))
    }

    private func truth(_ text: String, _ column: String) throws(Refusal) -> Value {
        switch text.lowercased() {
        case "true", "yes", "是", "1": return .bool(true)
        case "false", "no", "否", "0": return .bool(false)
        default: throw Self.invalid(column, text)
        }
    }

    private static func invalid(_ column: String, _ text: String) -> Refusal {
        Refusal(
            RefusalReason(
                .valueInvalid, field: column, "“\(column)”不能与“\(text)”比较。请核对其类型和写法。",
                "`\(column)` cannot be compared with `\(text)`. Check its type and how it is written."))
    }

    private static func unknownRegion(_ text: String) -> RefusalReason {
        RefusalReason(
            .valueInvalid, field: "region", "没有代码或名称为“\(text)”的行政区划。",
            "There is no region with the code or name `\(text)`.")
    }
}

// MARK: - Columns

extension ListFilter {
    /// A column that can be asked for.
    struct Column: Sendable {
        enum Form: Sendable {
            case text, number, truth, moment, region, state
            case field(Field)
        }
        let name: String
        let form: Form
    }

    private static let systemColumns: [String: Column.Form] = [
        "id": .number, "number": .text, "region": .region, "responsible": .text, "state": .state,
        "stage": .text,
        "overdue": .truth, "voided": .truth, "public": .truth, "version": .number, "entered_at": .moment,
        "created_at": .moment, "updated_at": .moment, "import_id": .number, "next_due": .moment,
    ]

    /// The column that a name means: a field before a system column of the same name.
    func column(_ name: String) throws(Refusal) -> Column {
        let lowercased = name.lowercased()
        let field =
            kind.field(name)
            ?? kind.fields.first { $0.name.zh == name || $0.name.en.lowercased() == lowercased }
        if let field, sight?.sees(field, of: kind) ?? true {
            let column = Self.systemColumns[field.id] == nil ? field.id : "field." + field.id
            switch field.type {
            case .moment: return Column(name: column, form: .moment)
            case .region: return Column(name: column, form: .region)
            default: return Column(name: column, form: .field(field))
            }
        }
        if let form = Self.systemColumns[lowercased], sight?.seesColumn(lowercased, of: kind) ?? true {
            return Column(name: lowercased, form: form)
        }
        let known =
            kind.fields.filter { sight?.sees($0, of: kind) ?? true }.map(\.id)
            + Self.systemColumns.keys.sorted()
        let hint = Suggestion.closest(to: name, among: known)
        throw Refusal(
            RefusalReason(
                .unknownField, field: name,
                "\(kind.name.zh)没有字段“\(name)”。" + (hint.map { "是否为“\($0)”？" } ?? ""),
                "\(kind.name.en) has no field `\(name)`." + (hint.map { " Did you mean `\($0)`?" } ?? "")))
    }
}
