/// The registry of everything that can be wrong with a rulebook. Codes are stable and never reused.
public enum RulebookProblemCode: String, Sendable, CaseIterable {
    /// The bytes are not UTF-8.
    case notUTF8 = "RB-0101"
    /// The text is not YAML.
    case yamlSyntax = "RB-0102"
    /// A line is indented with a tab.
    case tabIndentation = "RB-0103"
    /// The file holds no item.
    case emptyFile = "RB-0104"
    /// Anchors, aliases and tags are not used in rulebooks.
    case anchorRefused = "RB-0105"
    /// A key stands twice in one mapping.
    case duplicateKey = "RB-0106"
    /// The values lie too deep in each other.
    case tooDeep = "RB-0107"
    /// The file is larger than any rulebook file needs to be.
    case tooLarge = "RB-0108"
    /// A document is not a mapping.
    case notAMapping = "RB-0109"

    /// A document does not begin with the key of an item.
    case unknownItem = "RB-0201"
    /// A key that the item does not have.
    case unknownKey = "RB-0202"
    /// A key that the item cannot be without.
    case missingKey = "RB-0203"
    /// A value of the wrong form.
    case wrongForm = "RB-0204"
    /// A name that is not written as names are.
    case badIdentifier = "RB-0205"
    /// A text that is no date.
    case badDate = "RB-0206"
    /// A word that is not among those possible.
    case badChoice = "RB-0207"
    /// A text that is no length of time.
    case badTerm = "RB-0208"
    /// A text that is no number, or not one within the limits.
    case badNumber = "RB-0209"
    /// Two items of one type with one id.
    case duplicateID = "RB-0210"
    /// The rulebook has no `rulebook.yaml`.
    case noRulebookFile = "RB-0211"
    /// `override` is missing where an item exists already, or stands where there is nothing to override.
    case badOverride = "RB-0212"
    /// Keys that exclude, or need, each other.
    case conflictingKeys = "RB-0213"
    /// An action of an example that cannot be read.
    case badInvocation = "RB-0214"

    /// A name that nothing is declared under.
    case unknownReference = "RB-0301"
    /// A field that the kind does not have.
    case unknownField = "RB-0302"
    /// A state that the lifecycle does not have.
    case unknownState = "RB-0303"
    /// An action that the lifecycle does not have.
    case unknownAction = "RB-0304"
    /// A file that the rulebook does not hold.
    case missingFile = "RB-0305"

    /// An expression that cannot be compiled.
    case badExpression = "RB-0401"
    /// An expression whose result is not of the type needed.
    case wrongResult = "RB-0402"
    /// Derived fields that depend on each other.
    case cycle = "RB-0403"
    /// The arithmetic of an indicator that cannot be read.
    case badArithmetic = "RB-0404"
    /// A text compared with a field that can never hold it.
    case impossibleComparison = "RB-0405"
    /// A measure that depends on more than the record: it would change without anybody acting.
    case impureMeasure = "RB-0406"

    /// A state that no action leads to.
    case unreachableState = "RB-0501"
    /// A state that is not closed and that no action leaves.
    case deadEnd = "RB-0502"
    /// A lifecycle without a closed state.
    case noClosedState = "RB-0503"
    /// An action or correction that nobody may perform.
    case nobody = "RB-0505"
    /// A filing by the public that the public may not perform.
    case filingClosed = "RB-0506"

    /// A default that the field cannot hold.
    case badDefault = "RB-0601"
    /// Limits that exclude every value.
    case badLimits = "RB-0602"
    /// A pattern that is no regular expression.
    case badPattern = "RB-0603"
    /// A number pattern that cannot be read.
    case badNumberPattern = "RB-0604"
    /// A path that does not lead to a value of the type needed.
    case badPath = "RB-0605"
    /// A field of the wrong type for its use.
    case wrongFieldType = "RB-0606"
    /// A name that expressions already use for something else.
    case reservedName = "RB-0607"

    /// Dated versions out of order.
    case unsortedVersions = "RB-0701"
    /// Dated versions that overlap, or one that ends before it begins.
    case overlappingVersions = "RB-0702"
    /// Something that needs a source and cites none.
    case missingSource = "RB-0703"

    /// A row of a file of divisions that cannot be read.
    case badRegionRow = "RB-0801"

    /// Notice: a source that was not compared with the official text.
    case unverifiedSource = "RB-0901"
}

/// One thing wrong with a rulebook.
public struct RulebookProblem: Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, by its stable code.
    public let code: RulebookProblemCode
    /// Where.
    public let position: SourcePosition
    /// What is wrong, in a sentence.
    public let message: Bilingual
    /// What to do.
    public let hint: Bilingual?

    /// `file:line:column: CODE message (hint)`, in a language.
    public func text(_ language: Language) -> String {
        let advice = hint.map { language == .zh ? "（\($0.zh)）" : " (\($0.en))" } ?? ""
        return "\(position): \(code.rawValue) \(message.text(language))\(advice)"
    }

    /// The problem in English.
    public var description: String { text(.en) }
}

/// Everything found wrong with a rulebook, in the order of its files.
public struct RulebookProblems: Error, Hashable, Sendable, CustomStringConvertible {
    /// At least one problem.
    public let problems: [RulebookProblem]

    /// One problem a line, in a language.
    public func text(_ language: Language) -> String {
        problems.map { $0.text(language) }.joined(separator: "\n")
    }

    /// One problem a line, in English.
    public var description: String { text(.en) }
}
