import Expressions

/// Turns what people write into values of fields, and values back into text: the one place where YAML,
/// imports, forms and the command line agree on what a text means.
///
/// Immutable, and a class only so that handing it on costs one reference.
public final class FieldCoercion: Sendable {
    let codeLists: [String: CodeList]
    let regions: RegionTable
    let offsetSeconds: Int
    /// The names of the roles by id.
    let roles: [String: Bilingual]

    /// Makes a coercion with the code lists, regions and time zone of a rulebook.
    public init(_ rulebook: Rulebook) {
        codeLists = rulebook.codeLists
        regions = rulebook.regions
        offsetSeconds = rulebook.timeZoneOffsetSeconds
        roles = rulebook.roles.mapValues(\.name)
    }

    init(assembly: Assembly) {
        codeLists = assembly.codeLists
        regions = assembly.regions
        offsetSeconds = assembly.timeZoneOffsetSeconds
        roles = assembly.roles.mapValues(\.name)
    }

    /// The value that a text means for a field; codes as of a day (nil: the latest version).
    ///
    /// Blank text is `.null`. A reference stays a text, for the records to be looked up in. The value
    /// fits the limits of the field.
    public static func value(
        of text: String, for field: Field, in rulebook: Rulebook, on date: CivilDate?
    ) -> Result<Value, FieldProblem> {
        FieldCoercion(rulebook).value(of: text, for: field, on: date)
    }

    /// What keeps a value from standing in a field; empty when nothing does.
    public static func validate(
        _ value: Value, for field: Field, in rulebook: Rulebook, on date: CivilDate?
    ) -> [FieldProblem] {
        FieldCoercion(rulebook).validate(value, for: field, on: date)
    }

    /// A value as people read it, with its unit.
    public static func display(
        _ value: Value, for field: Field, in rulebook: Rulebook, language: Language
    ) -> String {
        FieldCoercion(rulebook).display(value, for: field, language: language)
    }

    /// The value that a text means for a field; see the static function of this name.
    public func value(of text: String, for field: Field, on date: CivilDate?) -> Result<Value, FieldProblem> {
        let trimmed = TextForms.trimmed(text)
        if trimmed.isEmpty { return .success(.null) }
        do {
            let value = try read(trimmed, field, date)
            if let problem = validate(value, for: field, on: date).first { return .failure(problem) }
            return .success(value)
        } catch {
            return .failure(error)
        }
    }

    /// The value that a value of YAML means: scalars as texts, lists for files and tables.
    public func value(of raw: RawValue, for field: Field, on date: CivilDate?) -> Result<Value, FieldProblem>
    {
        switch (raw, field.type) {
        case (.null, _): return .success(.null)
        case (.scalar(let text), _): return value(of: text, for: field, on: date)
        case (.list(let items), .files):
            let digests = items.compactMap(\.text)
            guard digests.count == items.count else { return .failure(.wrongForm(field, "[…]")) }
            return checked(.list(digests.map { .string($0.lowercased()) }), field, date)
        case (.list(let rows), .table(let columns, _)):
            do {
                var values: [Value] = []
                for raw in rows { values.append(try row(raw, columns, field, date)) }
                return checked(.list(values), field, date)
            } catch {
                return .failure(error)
            }
        default: return .failure(.wrongForm(field, "…"))
        }
    }

    /// What deserves a second look though it is accepted: a credit code whose check digit does not agree.
    ///
    /// Codes of the first pilot years were issued so; they are in force and cannot be refused (GB 32100).
    public func warning(for value: Value, of field: Field) -> FieldProblem? {
        guard case .party = field.type, case .string(let code) = value, CreditCode.isWellFormed(code),
            !CreditCode.hasRightCheckDigit(code)
        else { return nil }
        return FieldProblem(
            code: .creditCheckDigit, field: field.id,
            message: Bilingual(
                zh: "统一社会信用代码的校验码不符，请核对",
                en: "The check digit of the credit code does not agree; please check it"),
            value: code)
    }

    private func checked(_ value: Value, _ field: Field, _ date: CivilDate?) -> Result<Value, FieldProblem> {
        validate(value, for: field, on: date).first.map(Result.failure) ?? .success(value)
    }

    private func row(
        _ raw: RawValue, _ columns: [Field], _ field: Field, _ date: CivilDate?
    ) throws(FieldProblem) -> Value {
        guard case .map(let entries) = raw else { throw .wrongForm(field, raw.text ?? "[…]") }
        var map = ValueMap()
        for entry in entries {
            guard let column = columns.first(where: { $0.id == entry.key }) else {
                throw FieldProblem(
                    code: .unknownColumn, field: "\(field.id).\(entry.key)",
                    message: Bilingual(
                        zh: "“\(field.name.zh)”没有“\(entry.key)”这一列",
                        en: "\(field.name.en) has no column \(entry.key)"),
                    value: entry.key)
            }
            let value = try value(of: entry.value, for: column, on: date).get()
            if !value.isNull { _ = map.insert(.string(entry.key), value) }
        }
        return .map(map)
    }
}

extension FieldCoercion {
    private func read(_ text: String, _ field: Field, _ date: CivilDate?) throws(FieldProblem) -> Value {
        switch field.type {
        case .text: return .string(text)
        case .integer, .decimal, .money: return try number(text, field)
        case .boolean: return try boolean(text, field)
        case .date:
            guard let day = TextForms.date(text) else {
                throw field.problem(
                    .notADate, text, zh: "不是日期，如 2026-03-02", en: "is no date such as 2026-03-02")
            }
            return .date(day)
        case .moment: return try moment(text, field)
        case .code(let list):
            guard let item = codeLists[list]?.resolve(text, on: date) else {
                throw unknownCode(text, field, date)
            }
            return .string(item.id)
        case .region: return try region(text, field)
        case .party, .person: return .string(TextForms.halfWidth(text).uppercased())
        case .reference: return .string(text)
        case .geo: return try place(text, field)
        case .files:
            let digests = text.split { $0.isWhitespace || $0 == "," || $0 == ";" }
            return .list(digests.map { .string($0.lowercased()) })
        case .table: throw .wrongForm(field, text)
        }
    }

    private func number(_ text: String, _ field: Field) throws(FieldProblem) -> Value {
        guard let plain = TextForms.ungrouped(TextForms.halfWidth(text)) else {
            throw field.problem(.notANumber, text, zh: "的千分位逗号不对", en: "has commas in the wrong places")
        }
        if case .money = field.type {
            guard let amount = TextForms.yuan(plain) else {
                throw field.problem(
                    .notANumber, text, zh: "不是金额，如 1234.5 或 1.2万元", en: "is no amount such as 1234.5 or 1.2万元"
                )
            }
            guard let exact = amount.rescaled(to: 2) else { throw field.tooManyPlaces(text, 2) }
            return .decimal(exact)
        }
        guard let number = ExactDecimal(plain) else {
            throw field.problem(.notANumber, text, zh: "不是数字", en: "is no number")
        }
        if case .decimal(let places, _, _) = field.type {
            guard let exact = number.rescaled(to: UInt8(clamping: places)) else {
                throw field.tooManyPlaces(text, places)
            }
            return .decimal(exact)
        }
        guard let whole = number.rescaled(to: 0) else { throw field.tooManyPlaces(text, 0) }
        return .int(whole.unscaled)
    }

    private func boolean(_ text: String, _ field: Field) throws(FieldProblem) -> Value {
        switch text.lowercased() {
        case "true", "是", "yes", "1", "y": return .bool(true)
        case "false", "否", "no", "0", "n": return .bool(false)
        default: throw field.problem(.notABoolean, text, zh: "应为是或否", en: "is neither yes nor no")
        }
    }

    private func moment(_ text: String, _ field: Field) throws(FieldProblem) -> Value {
        guard let moment = TextForms.moment(text, offsetSeconds: offsetSeconds) else {
            throw field.problem(
                .notAMoment, text, zh: "不是时刻，如 2026-03-02 08:30", en: "is no moment such as 2026-03-02 08:30")
        }
        return .timestamp(moment)
    }

    private func region(_ text: String, _ field: Field) throws(FieldProblem) -> Value {
        let plain = TextForms.halfWidth(text)
        if let region = regions.resolve(plain) { return .string(region.code) }
        // Without a table of divisions only the form can be checked.
        if regions.isEmpty, let number = regions.paddedNumber(plain) {
            return .string(regions.padded(number))
        }
        throw field.problem(
            .unknownRegion, text, zh: "不是区划的代码或唯一的名称", en: "is no code, or unique name, of a region")
    }

    private func place(_ text: String, _ field: Field) throws(FieldProblem) -> Value {
        let parts = TextForms.halfWidth(text).split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { ExactDecimal(TextForms.trimmed(String($0))) }
        guard parts.count == 2, numbers.count == 2 else { throw field.notAPlace(text) }
        return .string("\(numbers[0]),\(numbers[1])")
    }

    func unknownCode(_ text: String, _ field: Field, _ date: CivilDate?) -> FieldProblem {
        guard case .code(let list) = field.type else { return .wrongForm(field, text) }
        let items = codeLists[list]?.items(on: date) ?? []
        if items.isEmpty, let date {
            return field.problem(
                .unknownCode, text, zh: "的代码表 \(list) 在 \(date) 没有有效版本",
                en: "has no version of the code list \(list) in force on \(date)")
        }
        let names = items.map(\.id) + items.map(\.name.zh) + items.map(\.name.en)
        let suggestion = Suggestion.closest(to: text, among: names)
        return field.problem(
            .unknownCode, text,
            zh: "不在代码表 \(list) 中" + (suggestion.map { "；是否为“\($0)”？" } ?? ""),
            en: "is not in the code list \(list)" + (suggestion.map { "; did you mean `\($0)`?" } ?? ""))
    }
}

extension Field {
    func problem(_ code: FieldProblemCode, _ value: String, zh: String, en: String) -> FieldProblem {
        let shown = value.count > 60 ? "\(value.prefix(60))…" : value
        return FieldProblem(
            code: code, field: id,
            message: Bilingual(zh: "“\(name.zh)”：“\(shown)”\(zh)", en: "\(name.en): `\(shown)` \(en)"),
            value: value)
    }

    func tooManyPlaces(_ value: String, _ places: Int) -> FieldProblem {
        places == 0
            ? problem(.tooManyPlaces, value, zh: "不是整数，或过大", en: "is no whole number, or too large")
            : problem(
                .tooManyPlaces, value, zh: "超过 \(places) 位小数，或过大",
                en: "has more than \(places) decimal places, or is too large")
    }

    func notAPlace(_ value: String) -> FieldProblem {
        problem(
            .notAPlace, value, zh: "不是经纬度，如 120.15,30.28",
            en: "is no longitude and latitude such as 120.15,30.28")
    }
}

extension FieldProblem {
    static func wrongForm(_ field: Field, _ value: String) -> FieldProblem {
        field.problem(
            .wrongForm, value, zh: "不是 \(field.type.keyword) 类型的值",
            en: "is no value of type \(field.type.keyword)")
    }
}
