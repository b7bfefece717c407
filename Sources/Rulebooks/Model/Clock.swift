import Expressions

/// A deadline with its reminders and escalations.
///
/// Immutable, and a class only so that handing it on costs one reference rather than a copy of all its parts.
public final class ClockDefinition: Sendable {
    /// The id.
    public let id: String
    /// The name people read.
    public let name: Bilingual
    /// The states in which it runs.
    public let runsIn: Set<String>
    /// When it is due.
    public let due: DueRule
    /// The states in which it stands still.
    public let suspendedIn: Set<String>
    /// When the clock exists at all; nil means always.
    public let when: Formula?
    /// The integer field of calendar days added to the due day.
    public let extendField: String?
    /// What happens before and after it is due, in order of time.
    public let steps: [ClockStep]
    /// What it rests on.
    public let citations: [Citation]
    /// Where it is written.
    public let position: SourcePosition

    init(
        id: String, name: Bilingual, runsIn: Set<String>, due: DueRule, suspendedIn: Set<String>,
        when: Formula?, extendField: String?, steps: [ClockStep], citations: [Citation],
        position: SourcePosition
    ) {
        self.id = id
        self.name = name
        self.runsIn = runsIn
        self.due = due
        self.suspendedIn = suspendedIn
        self.when = when
        self.extendField = extendField
        self.steps = steps
        self.citations = citations
        self.position = position
    }
}

/// When a clock is due.
public enum DueRule: Sendable {
    /// On the date, or at the moment, that a formula gives.
    case expression(Formula)
    /// A term after a date or moment; without `from` after the state was entered.
    case within([Dated<TermLength>], from: Formula?)
}

/// A length of time as laws give it: 5 working days, 2 hours, 1 year.
public struct TermLength: Hashable, Sendable, CustomStringConvertible {
    /// How many; negative before a deadline.
    public let amount: Int
    /// Of what.
    public let unit: TermUnit

    /// Makes a length.
    public init(amount: Int, unit: TermUnit) {
        self.amount = amount
        self.unit = unit
    }

    /// The length in English: `5 working days`.
    public var description: String {
        "\(amount) \(amount.magnitude == 1 ? unit.singular : unit.plural)"
    }

    /// The length in a language.
    public func text(_ language: Language) -> String {
        language == .zh ? "\(amount)\(unit.chinese)" : description
    }
}

/// A unit of a term. Days are calendar days; 日 and 工作日 are never confused.
public enum TermUnit: String, Sendable, CaseIterable {
    /// Sixty seconds.
    case minutes
    /// Sixty minutes.
    case hours
    /// Calendar days.
    case days
    /// Days that the working calendar counts.
    case workingDays
    /// Calendar months; a day that does not exist becomes the month's last.
    case months
    /// Calendar years.
    case years

    /// The unit of one.
    public var singular: String { self == .workingDays ? "working day" : String(rawValue.dropLast()) }
    /// The unit of several.
    public var plural: String { self == .workingDays ? "working days" : rawValue }

    var chinese: String {
        switch self {
        case .minutes: "分钟"
        case .hours: "小时"
        case .days: "日"
        case .workingDays: "个工作日"
        case .months: "个月"
        case .years: "年"
        }
    }
}

/// Whom a step of a clock addresses.
public enum Addressee: String, Sendable, CaseIterable {
    /// The party responsible.
    case responsible
    /// The office of the record.
    case office
    /// The office above it.
    case upper
}

/// Something a clock does before, at or after its due day.
public struct ClockStep: Sendable {
    /// When, counted from the due day; negative before it.
    public let at: TermLength
    /// What, an entry of the code list `clock-step`: remind, urge, supervise, list.
    public let step: String
    /// When it is done at all; nil means always.
    public let when: Formula?
    /// The document it issues.
    public let issues: String?
    /// Whom it addresses.
    public let addressee: Addressee
    /// Whether the public sees it.
    public let isPublic: Bool
    /// Fields it fills.
    public let sets: [Assignment]
    /// The state it moves the record to; nil leaves the state alone.
    public let enters: String?
    /// Where it is written.
    public let position: SourcePosition
}
