import Expressions
import Testing

@testable import Rulebooks

@Suite struct CoercionTests {
    static func field(_ type: FieldType, unit: Bilingual? = nil) -> Field {
        Field(
            id: "f", name: Bilingual(zh: "字段", en: "Field"), help: nil, type: type, required: false,
            defaultValue: nil, unit: unit, personal: false, derivation: nil, citations: [],
            position: SourcePosition(file: "x", line: 1, column: 1))
    }

    private let coercion: FieldCoercion

    init() throws { coercion = FieldCoercion(try Fixture.rulebook()) }

    private func value(_ text: String, _ type: FieldType, on date: String? = nil) -> Value? {
        let day = date.flatMap { CivilDate($0) }
        return try? coercion.value(of: text, for: Self.field(type), on: day).get()
    }

    private func code(_ text: String, _ type: FieldType, on date: String? = nil) -> FieldProblemCode? {
        guard
            case .failure(let problem) = coercion.value(
                of: text, for: Self.field(type), on: date.flatMap { CivilDate($0) })
        else { return nil }
        #expect(!problem.message.zh.isEmpty && !problem.message.en.isEmpty && problem.field == "f")
        return problem.code
    }

    @Test func textsAreLimited() {
        #expect(value("  高处 坠落　", .text(TextLimits())) == .string("高处 坠落"))
        #expect(value(" ", .text(TextLimits())) == .null)
        #expect(code("ab", .text(TextLimits(minimum: 3))) == .badLength)
        #expect(code("隐患情况", .text(TextLimits(maximum: 3))) == .badLength)
        #expect(code("a\nb", .text(TextLimits())) == .badCharacters)
        #expect(value("a\nb", .text(TextLimits(multiline: true))) == .string("a\nb"))
        #expect(code("a\u{0}b", .text(TextLimits(multiline: true))) == .badCharacters)
        let pattern = FieldType.text(TextLimits(pattern: "[A-Z]{2}|\\d+\""))
        #expect(value("AB", pattern) == .string("AB"))
        #expect(value("12\"", pattern) == .string("12\""))
        #expect(code("ABC", pattern) == .badPattern)
    }

    @Test func numbersAreExact() {
        #expect(value("1,234", .integer(min: nil, max: nil)) == .int(1234))
        #expect(value("１２", .integer(min: nil, max: nil)) == .int(12))
        #expect(value("3.0", .integer(min: nil, max: nil)) == .int(3))
        #expect(code("1,2", .integer(min: nil, max: nil)) == .notANumber)
        #expect(code("1,2345", .integer(min: nil, max: nil)) == .notANumber)
        #expect(value("-1,234,567", .integer(min: nil, max: nil)) == .int(-1_234_567))
        #expect(code("3.5", .integer(min: nil, max: nil)) == .tooManyPlaces)
        #expect(code("-1", .integer(min: 0, max: nil)) == .outOfRange)
        #expect(code("99999999999999999999", .integer(min: nil, max: nil)) == .notANumber)
        #expect(code("NaN", .integer(min: nil, max: nil)) == .notANumber)
        let decimal = FieldType.decimal(places: 2, min: nil, max: ExactDecimal("100"))
        #expect(value("12.5", decimal) == .decimal(ExactDecimal(unscaled: 1250, scale: 2)))
        #expect(code("12.555", decimal) == .tooManyPlaces)
        #expect(code("100.01", decimal) == .outOfRange)
    }

    @Test(arguments: [
        ("1234.5", Int64(123_450)), ("1.2万元", 1_200_000), ("3亿元", 30_000_000_000), ("¥1,234.50", 123_450),
        ("5元", 500), ("0.01", 1), ("１２万", 12_000_000), ("-3", -300),
    ])
    func moneyIsFen(_ text: String, _ fen: Int64) {
        let field = FieldType.money(minFen: nil, maxFen: nil)
        #expect(value(text, field) == .decimal(ExactDecimal(unscaled: fen, scale: 2)))
    }

    @Test(arguments: ["", "元", "1.234元", "一万元", "1.2万亿亿", "1e30", "12万3"])
    func whatIsNoMoneyIsRefused(_ text: String) {
        let field = FieldType.money(minFen: 0, maxFen: nil)
        #expect(text.isEmpty ? value(text, field) == .null : code(text, field) != nil)
    }

    @Test(arguments: ["2026-03-02", "2026/3/2", "20260302", "2026年3月2日", "2026.03.02", "２０２６－０３－０２"])
    func datesOfManyForms(_ text: String) {
        #expect(value(text, .date) == CivilDate("2026-03-02").map(Value.date))
    }

    @Test(arguments: [
        "2026-02-29", "26-3-2", "2026-3", "2026-13-01", "3月2日", "2026-03-02x", "99999999", "2026--2",
    ])
    func whatIsNoDateIsRefused(_ text: String) { #expect(code(text, .date) == .notADate) }

    @Test(arguments: [
        "2008-01-02T12:44", "2008-01-02 12:44:00", "2008-01-02T04:44:00Z", "2008/1/2 12:44",
        "2008年1月2日12时44分",
        "2008-01-02T12:44:00.5+08:00",
    ])
    func momentsOfManyForms(_ text: String) {
        #expect(value(text, .moment) == Timestamp(rfc3339: "2008-01-02T04:44:00Z").map(Value.timestamp))
    }

    @Test(arguments: ["2008-01-02", "2008-01-02 25:00", "2008-01-02 12:60", "12:44", "2008-01-02 1244"])
    func whatIsNoMomentIsRefused(_ text: String) { #expect(code(text, .moment) == .notAMoment) }

    @Test func booleansOfManyForms() {
        for text in ["true", "是", "YES", "1"] { #expect(value(text, .boolean) == .bool(true)) }
        for text in ["false", "否", "no", "0"] { #expect(value(text, .boolean) == .bool(false)) }
        #expect(code("maybe", .boolean) == .notABoolean)
    }

    @Test func codesAreTakenAsOfTheDay() {
        let type = FieldType.code(list: "hazard-category")
        for text in ["fall", "09", "高处坠落", "fall from height", "坠落"] {
            #expect(value(text, type, on: "2020-01-01") == .string("fall"), "\(text)")
        }
        #expect(code("collapse", type) == .unknownCode)
        #expect(value("坍塌", type, on: "2020-01-01") == .string("collapse"))
        #expect(code("坠落", type, on: "1980-01-01") == .unknownCode)
    }

    @Test func regionsOfManyForms() {
        let type = FieldType.region(level: nil)
        for text in ["330106", "330106000000", "浙江省杭州市西湖区"] {
            #expect(value(text, type) == .string("330106000000"), "\(text)")
        }
        #expect(value("33", type) == .string("330000000000"))
        #expect(value("330103", type) == .string("330103000000"))
        #expect(code("西湖区", type) == .unknownRegion)
        #expect(code("999999", type) == .unknownRegion)
        #expect(code("3301", .region(level: "county")) == .regionTooCoarse)
        #expect(value("330106", .region(level: "county")) == .string("330106000000"))
    }

    @Test(arguments: ["91330100799655058B", "9144030071526726XG", "91350100M000100Y43", "91110000MA00000077"])
    func creditCodesPass(_ text: String) {
        #expect(value(text, .party) == .string(text))
        #expect(coercion.warning(for: .string(text), of: Self.field(.party)) == nil)
    }

    @Test func creditCodesWithAnotherCheckDigitAreWarnedOf() {
        #expect(value("913301007996550580", .party) != nil)
        let warning = coercion.warning(for: .string("913301007996550580"), of: Self.field(.party))
        #expect(warning?.code == .creditCheckDigit)
        for bad in ["9133010079965505", "91330100799655058I", "9133O100799655058B", "一二三"] {
            #expect(code(bad, .party) == .notACreditCode, "\(bad)")
        }
    }

    @Test func identityNumbersAreChecked() {
        for text in ["11010519491231002X", "440524188001010014", "11010519491231002x"] {
            #expect(value(text, .person) == .string(text.uppercased()))
        }
        #expect(code("110105194912310021", .person) == .identityCheckDigit)
        #expect(code("11010519491331002X", .person) == .notAnIdentityNumber)
        #expect(code("110105491231002", .person) == .notAnIdentityNumber)
    }

    @Test func placesAndFiles() {
        #expect(value("120.15, 30.28", .geo) == .string("120.15,30.28"))
        for bad in ["120.15", "181,30", "120,91", "a,b", "1,2,3"] {
            #expect(code(bad, .geo) == .notAPlace, "\(bad)")
        }
        let digest = String(repeating: "ab", count: 32)
        let files = FieldType.files(accept: [], max: 1)
        #expect(value(digest.uppercased(), files) == .list([.string(digest)]))
        #expect(code("a.jpg", files) == .notFiles)
        #expect(code("\(digest) \(digest)", files) == .tooMany)
    }

    @Test func tablesAreChecked() throws {
        let columns = [Self.field(.integer(min: 0, max: 9))]
        let table = Self.field(.table(columns: columns, maxRows: 2))
        let row = RawValue.map([RawEntry(key: "f", value: .scalar("3"))])
        let good = try coercion.value(of: .list([row]), for: table, on: nil).get()
        #expect(good == .list([.map(try #require(ValueMap([(.string("f"), .int(3))])))]))
        let refused: [(RawValue, FieldProblemCode)] = [
            (.list([row, row, row]), .tooMany), (.scalar("x"), .wrongForm),
            (.list([.scalar("x")]), .wrongForm),
            (.list([.map([RawEntry(key: "g", value: .null)])]), .unknownColumn),
            (.list([.map([RawEntry(key: "f", value: .scalar("10"))])]), .outOfRange),
        ]
        for (raw, expected) in refused {
            guard case .failure(let problem) = coercion.value(of: raw, for: table, on: nil) else {
                Issue.record("\(raw) is refused")
                continue
            }
            #expect(problem.code == expected)
        }
    }

    @Test func typedValuesAreValidated() {
        let integer = Self.field(.integer(min: 0, max: nil))
        #expect(coercion.validate(.int(1), for: integer, on: nil).isEmpty)
        #expect(coercion.validate(.null, for: integer, on: nil).isEmpty)
        #expect(coercion.validate(.string("1"), for: integer, on: nil).map(\.code) == [.wrongForm])
        #expect(coercion.validate(.int(-1), for: integer, on: nil).map(\.code) == [.outOfRange])
        let code = Self.field(.code(list: "hazard-grade"))
        #expect(coercion.validate(.string("major"), for: code, on: nil).isEmpty)
        #expect(coercion.validate(.string("重大"), for: code, on: nil).map(\.code) == [.unknownCode])
    }

    @Test func valuesAreShownToPeople() {
        func shown(_ value: Value, _ type: FieldType, unit: Bilingual? = nil, _ language: Language = .zh)
            -> String
        {
            coercion.display(value, for: Self.field(type, unit: unit), language: language)
        }
        let yuan = Bilingual(zh: "元", en: "yuan")
        let amount = Value.decimal(ExactDecimal(unscaled: -123_456_789, scale: 2))
        #expect(shown(amount, .money(minFen: nil, maxFen: nil), unit: yuan) == "-1,234,567.89元")
        #expect(shown(.int(999), .integer(min: nil, max: nil), unit: yuan, .en) == "999 yuan")
        #expect(shown(.bool(true), .boolean) == "是" && shown(.bool(false), .boolean, .en) == "No")
        #expect(shown(.string("major"), .code(list: "hazard-grade")) == "重大")
        #expect(shown(.string("collapse"), .code(list: "hazard-category"), .en) == "Collapse")
        #expect(shown(.string("330106000000"), .region(level: nil)) == "浙江省杭州市西湖区")
        #expect(shown(.null, .boolean).isEmpty)
        let moment = Timestamp(rfc3339: "2008-01-02T04:44:00Z").map(Value.timestamp)
        #expect(shown(moment ?? .null, .moment) == "2008-01-02 12:44")
    }
}
