import Expressions

/// Words that descriptions of rulebooks share.
enum Wording {
    static let name = Bilingual(zh: "名称", en: "name")
    static let source = Bilingual(zh: "出处", en: "source")
    static let yes = Bilingual(zh: "是", en: "yes")

    /// A day as officials write it: 2026年3月6日, 2026-03-06.
    static func day(_ day: CivilDate) -> Bilingual {
        Bilingual(zh: "\(day.year)年\(day.month)月\(day.day)日", en: day.description)
    }

    /// From when to when a version is in force; nil for one without dates.
    static func span(since: CivilDate?, until: CivilDate?) -> Bilingual? {
        let start = since.flatMap { $0 == CivilDate.earliest ? nil : day($0) }
        let end = until.map(day)
        switch (start, end) {
        case (nil, nil): return nil
        case (let start?, nil): return Bilingual(zh: "\(start.zh)起", en: "from \(start.en)")
        case (nil, let end?): return Bilingual(zh: "至\(end.zh)止", en: "until \(end.en)")
        case (let start?, let end?):
            return Bilingual(zh: "\(start.zh)至\(end.zh)", en: "from \(start.en) to \(end.en)")
        }
    }

    /// Names one after another.
    static func list(_ names: [Bilingual]) -> Bilingual {
        Bilingual(
            zh: names.map(\.zh).joined(separator: "、"), en: names.map(\.en).joined(separator: ", "))
    }

    /// Laws and clauses, with a word where a text has not been compared with the official one.
    static func sources(_ citations: [Citation]) -> Bilingual {
        Bilingual(
            zh: citations.map { $0.title + ($0.verified ? "" : "（未核对）") }.joined(separator: "；"),
            en: citations.map { $0.title + ($0.verified ? "" : " (unverified)") }.joined(separator: "; "))
    }

    /// The same in both languages.
    static func same(_ text: String) -> Bilingual { Bilingual(zh: text, en: text) }

    /// An expression on one line.
    static func formula(_ formula: Formula) -> Bilingual {
        same(formula.source.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }

    /// A term with its sign: before or after.
    static func offset(_ term: TermLength) -> Bilingual {
        let length = TermLength(amount: Int(clamping: term.amount.magnitude), unit: term.unit)
        if term.amount == 0 { return Bilingual(zh: "到期时", en: "when due") }
        return term.amount < 0
            ? Bilingual(zh: "到期前\(length.text(.zh))", en: "\(length.text(.en)) before it is due")
            : Bilingual(zh: "逾期\(length.text(.zh))", en: "\(length.text(.en)) overdue")
    }

    /// Who a step of a clock addresses.
    static func addressee(_ addressee: Addressee) -> Bilingual {
        switch addressee {
        case .responsible: Bilingual(zh: "责任单位", en: "the responsible party")
        case .office: Bilingual(zh: "监管机构", en: "the office")
        case .upper: Bilingual(zh: "上级监管机构", en: "the office above")
        }
    }

    /// A policy's value with its unit.
    static func value(_ value: Value, unit: String?) -> Bilingual {
        let text: String
        switch value {
        case .null: text = ""
        case .bool(let flag): return flag ? Wording.yes : Bilingual(zh: "否", en: "no")
        case .int(let number): text = String(number)
        case .uint(let number): text = String(number)
        case .decimal(let number): text = number.description
        case .string(let string): text = string
        case .date(let date): return day(date)
        default: text = ""
        }
        guard let unit, !unit.isEmpty else { return same(text) }
        return Bilingual(zh: text + unit, en: "\(text) \(unit)")
    }
}
