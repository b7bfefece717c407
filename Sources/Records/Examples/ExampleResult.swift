import Rulebooks

/// What became of one example of the rulebook.
public struct ExampleResult: Hashable, Sendable {
    /// The id of the kind.
    public let kind: String
    /// The example's name, or its place in the list.
    public let name: String
    public let position: SourcePosition
    /// Every expectation that was not met, in both languages; empty when the example passed.
    public let failures: [Bilingual]
    /// The actions that were performed, `create` among them; refused ones are not.
    public let performed: [String]

    public var passed: Bool { failures.isEmpty }
}
