import Expressions

/// A value of YAML before the rulebook says what it means.
public indirect enum RawValue: Hashable, Sendable {
    /// Nothing: `null`, `~` or empty.
    case null
    /// A scalar as written, without quotes.
    case scalar(String)
    /// A sequence.
    case list([RawValue])
    /// A mapping in the order written.
    case map([RawEntry])

    /// The scalar's text, or nil.
    public var text: String? {
        if case .scalar(let text) = self { return text }
        return nil
    }

    /// The value under a key of a mapping, or nil.
    public subscript(key: String) -> RawValue? {
        guard case .map(let entries) = self else { return nil }
        return entries.first { $0.key == key }?.value
    }
}

/// A key of a mapping and its value.
public struct RawEntry: Hashable, Sendable {
    /// The key.
    public let key: String
    /// The value.
    public let value: RawValue

    /// Makes an entry.
    public init(key: String, value: RawValue) {
        self.key = key
        self.value = value
    }
}

/// A case that `rulebook test` plays.
public struct Example: Sendable {
    /// What it shows.
    public let name: String?
    /// The fields of the record; a map stands for the fields of a referenced record.
    public let given: [RawEntry]
    /// The actions performed, in order.
    public let after: [ExampleStep]
    /// The day up to which clocks are run.
    public let on: CivilDate?
    /// What must then be so.
    public let then: ExampleOutcome
    /// Where it is written.
    public let position: SourcePosition

    /// Makes an example; without arguments one that gives nothing and expects nothing.
    public init(
        name: String? = nil, given: [RawEntry] = [], after: [ExampleStep] = [], on: CivilDate? = nil,
        then: ExampleOutcome = ExampleOutcome(), position: SourcePosition
    ) {
        (self.name, self.given, self.after, self.on) = (name, given, after, on)
        (self.then, self.position) = (then, position)
    }
}

/// An action of an example.
public struct ExampleStep: Hashable, Sendable {
    /// The action and the values given.
    public let invocation: ExampleInvocation
    /// The day it is performed on; nil means the day of the step before.
    public let on: CivilDate?
    /// The role it is performed in; nil means any that may.
    public let by: String?
}

/// What must be so at the end of an example; nil means that nothing is said about it.
public struct ExampleOutcome: Hashable, Sendable {
    /// The state.
    public let state: String?
    /// The last step that a clock took.
    public let clock: String?
    /// The code or rule id by which the last action is refused.
    public let refused: String?
    /// Values of fields.
    public let fields: [RawEntry]
    /// Fields on which a judgement or rule waits.
    public let undetermined: [String]

    /// Makes an outcome; without arguments nothing is expected.
    public init(
        state: String? = nil, clock: String? = nil, refused: String? = nil, fields: [RawEntry] = [],
        undetermined: [String] = []
    ) {
        (self.state, self.clock, self.refused) = (state, clock, refused)
        (self.fields, self.undetermined) = (fields, undetermined)
    }
}
