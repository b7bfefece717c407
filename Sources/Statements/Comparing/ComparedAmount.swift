import Figures
import Rulebooks

/// An amount in a sentence: what it is called, and what it is compared with.
public struct ComparedAmount: Hashable, Sendable {
    /// What stands before the number in Chinese (发生事故, 死亡) and behind it in English (incidents, deaths).
    public let phrase: Bilingual
    /// The amount as the subject of a clause: 事故起数, 死亡人数; incidents, deaths.
    public let subject: Bilingual
    /// What stands behind the number in Chinese: 起, 人. English sentences use the phrase instead.
    public let unit: Bilingual
    /// The decimal places; `value` and `previous` are in units of ten to the minus that.
    public let places: Int
    /// The amount now.
    public let value: Int64
    /// The amount compared with; nil when nothing is.
    public let previous: Int64?

    /// Makes an amount.
    public init(
        phrase: Bilingual, subject: Bilingual, unit: Bilingual, places: Int = 0, value: Int64,
        previous: Int64?
    ) {
        (self.phrase, self.subject, self.unit) = (phrase, subject, unit)
        (self.places, self.value, self.previous) = (places, value, previous)
    }

    /// Makes an amount of a figure, in words derived from the measure's name and unit.
    ///
    /// 事故起数 in 起 gives 发生事故23起 and the subject 事故起数; 死亡人数 in 人 gives 死亡26人. What is counted in
    /// 起 happens, so 发生 stands before it. In English the name itself follows the number, in lower case.
    public init(_ measure: MeasureDescription, _ figure: MeasuredFigure) {
        let unit = measure.unit ?? Bilingual(zh: "", en: "")
        let english = EnglishNouns.lowercased(measure.name.en)
        self.init(
            phrase: Bilingual(zh: Self.phrase(measure.name.zh, unit: unit.zh), en: english),
            subject: Bilingual(zh: Self.subject(measure.name.zh, unit: unit.zh), en: english), unit: unit,
            places: figure.places, value: figure.value, previous: figure.previous)
    }

    private static func phrase(_ name: String, unit: String) -> String {
        var noun = Substring(name)
        if !unit.isEmpty, noun.hasSuffix(unit + "数") {
            noun = noun.dropLast(unit.count + 1)
        } else if noun.hasSuffix("数") {
            noun = noun.dropLast()
        }
        return unit == "起" && !noun.hasPrefix("发生") ? "发生\(noun)" : String(noun)
    }

    private static func subject(_ name: String, unit: String) -> String {
        let counters: Set<String> = ["起", "人", "条", "件", "次", "家", "个", "项", "批", "台", "份"]
        guard counters.contains(unit), name.last.map({ !"数额率量".contains($0) }) ?? false else { return name }
        return name + unit + "数"
    }

    /// How the amount moved.
    enum Movement: Hashable {
        case fall
        case rise
        case unchanged
        case fromZero
    }

    var movement: Movement? {
        previous.map { previous in
            if value == previous { return .unchanged }
            if previous == 0 { return .fromZero }
            return value < previous ? .fall : .rise
        }
    }

    var isHappening: Bool { phrase.zh.hasPrefix("发生") }

    var valueText: String { Rational(unscaled: value, places: places).text(places: places) }

    /// The size of the change; its sign is in the words.
    var differenceText: String {
        let now = Rational(unscaled: value, places: places)
        let before = Rational(unscaled: previous ?? value, places: places)
        return (try? now.subtracting(before))?.magnitude.text(places: places) ?? "—"
    }

    func rateText(_ style: PercentStyle) -> String {
        guard let previous, case .rate(let rate) = RateOfChange(from: previous, to: value) else { return "—" }
        return rate.magnitude.percentText(style)
    }
}

/// English nouns behind numbers.
enum EnglishNouns {
    /// The noun with a small first letter, unless the first word is an abbreviation.
    static func lowercased(_ name: String) -> String {
        guard let first = name.first, name.dropFirst().first?.isUppercase != true else { return name }
        return first.lowercased() + name.dropFirst()
    }

    /// `3 incidents`, `1 incident`, `no incidents`.
    static func counted(_ number: String, _ noun: String) -> String {
        switch number {
        case "0": "no \(noun)"
        case "1": "1 \(singular(noun))"
        default: "\(number) \(noun)"
        }
    }

    /// The noun for one: the first word that looks like a plural loses its ending.
    static func singular(_ noun: String) -> String {
        if noun == "people" { return "person" }
        var words = noun.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        for index in words.indices {
            let word = words[index]
            let isPlural =
                word.count > 3 && word.hasSuffix("s") && !["ss", "us", "is"].contains(word.suffix(2))
            guard isPlural else { continue }
            words[index] = word.hasSuffix("ies") ? word.dropLast(3) + "y" : String(word.dropLast())
            break
        }
        return words.joined(separator: " ")
    }

    /// `a`, `a and b`, `a, b and c`.
    static func listed(_ parts: [String]) -> String {
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
        return parts.dropLast().joined(separator: ", ") + " and " + last
    }
}
