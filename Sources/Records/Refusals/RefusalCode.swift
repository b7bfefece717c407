import Rulebooks

/// The stable codes under which an action is refused.
///
/// A code is never reused: a retired one stays listed here. Texts may improve; the code's meaning may not change.
public enum RefusalCode: String, CaseIterable, Hashable, Sendable {
    case unknownKind = "ZH-0101"
    case unknownAction = "ZH-0102"
    case recordNotFound = "ZH-0103"
    case versionConflict = "ZH-0104"
    case wrongState = "ZH-0105"
    case roleNotAllowed = "ZH-0106"
    case regionNotAllowed = "ZH-0107"
    case partyNotResponsible = "ZH-0108"
    case separatePersonNeeded = "ZH-0109"
    case fieldMissing = "ZH-0110"
    case fieldNotAccepted = "ZH-0111"
    case unknownField = "ZH-0112"
    case ruleBroken = "ZH-0113"
    case ruleUndetermined = "ZH-0114"
    case valueInvalid = "ZH-0115"
    case duplicate = "ZH-0116"
    case referenceNotFound = "ZH-0117"
    case recordVoided = "ZH-0118"
    case reasonMissing = "ZH-0119"
    case regionUndetermined = "ZH-0120"
    case notPermitted = "ZH-0121"
    case accountUnknown = "ZH-0122"
    case accountDisabled = "ZH-0123"
    case clockNotDue = "ZH-0124"
    case expressionFailed = "ZH-0125"
    case nothingChanged = "ZH-0126"
    case referenceVoided = "ZH-0127"
    case personalDataErased = "ZH-0128"
    case numberNotRendered = "ZH-0129"
    case signInRefused = "ZH-0130"
    case signInLocked = "ZH-0131"
    case passwordUnsuitable = "ZH-0132"
    case rolesSeparate = "ZH-0141"
    case lastHolder = "ZH-0142"
    case alreadyDone = "ZH-0143"
    case fileChanged = "ZH-0144"

    /// The HTTP status an answer over the network carries.
    public var httpStatus: Int {
        switch self {
        case .unknownKind, .unknownAction, .recordNotFound: 404
        case .versionConflict, .duplicate, .wrongState, .recordVoided, .clockNotDue, .lastHolder,
            .alreadyDone, .fileChanged:
            409
        case .roleNotAllowed, .regionNotAllowed, .partyNotResponsible, .separatePersonNeeded, .notPermitted,
            .accountDisabled, .rolesSeparate:
            403
        case .accountUnknown, .signInRefused: 401
        case .signInLocked: 429
        default: 422
        }
    }
}

/// One reason for a refusal: its code, what it concerns, and a sentence a person can act on.
public struct RefusalReason: Hashable, Sendable {
    public var code: RefusalCode
    /// The field concerned, when there is one.
    public var field: String?
    /// The id of the rule or the clause of the law that refuses.
    public var rule: String?
    /// The sentence in Simplified Chinese and in English.
    public var sentence: String
    public var sentenceEnglish: String
    /// The facts that would have to be on file, for what could not be decided.
    public var missing: [String]

    public init(
        _ code: RefusalCode, field: String? = nil, rule: String? = nil, _ sentence: String,
        _ sentenceEnglish: String,
        missing: [String] = []
    ) {
        self.code = code
        self.field = field
        self.rule = rule
        self.sentence = sentence
        self.sentenceEnglish = sentenceEnglish
        self.missing = missing
    }
}

extension RefusalReason {
    /// A field that a kind does not have, with the one that was probably meant.
    public static func unknownField(_ name: String, kind: Kind) -> RefusalReason {
        RefusalText.unknownField(name, kind: kind)
    }
}

/// The answer to an action that cannot be performed: every reason found, not the first only.
public struct Refusal: Error, Hashable, Sendable {
    public var reasons: [RefusalReason]

    public init(_ reasons: [RefusalReason]) {
        self.reasons = reasons
    }

    public init(_ reason: RefusalReason) {
        self.reasons = [reason]
    }

    /// Whether one of the reasons has a code.
    public func has(_ code: RefusalCode) -> Bool {
        reasons.contains { $0.code == code }
    }
}
