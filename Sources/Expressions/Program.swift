/// A compiled expression: immutable, and usable from any number of threads at once.
public struct Program: Sendable {
    /// The text it was compiled from.
    public let source: String
    /// The static type of the result; dynamic when it is known only on evaluation.
    public let resultType: ValueType
    /// Every path read from a variable, such as `["site", "region"]`, each once, in the order of the text.
    public let paths: [[String]]
    /// The slots it reads, ascending.
    public let usedSlots: [Int]

    private let value: Evaluate
    private let truth: Truth
    private let localCount: Int

    init(
        source: String, resultType: ValueType, paths: [[String]], usedSlots: [Int], code: Code,
        localCount: Int
    ) {
        (self.source, self.resultType, self.paths) = (source, resultType, paths)
        (self.usedSlots, self.localCount) = (usedSlots, localCount)
        value = code.value
        truth = code.asTruth
    }

    /// Evaluates over the slots of the environment's variables; slots not given count as not on file.
    public func evaluate(_ slots: [Value]) throws(EvaluationError) -> Value {
        try value(Frame(slots: slots, locals: locals))
    }

    /// Evaluates a condition. A result that is no boolean is a failure.
    public func decide(_ slots: [Value]) -> Verdict {
        switch truth.quick(Frame(slots: slots, locals: locals)) {
        case .yes: .holds
        case .no: .fails
        case .error: explained(slots)
        }
    }

    private var locals: Locals? { localCount == 0 ? nil : Locals(count: localCount) }

    /// The error is looked for only now: on the quick way none is ever built.
    private func explained(_ slots: [Value]) -> Verdict {
        do {
            return try truth.exact(Frame(slots: slots, locals: locals)) ? .holds : .fails
        } catch {
            if case .missing(let paths) = error { return .undetermined(missing: paths) }
            return .failed(error)
        }
    }
}

/// What a condition says of a record.
public enum Verdict: Hashable, Sendable {
    /// It is true.
    case holds
    /// It is false.
    case fails
    /// It depends on fields that are not on file, named by their paths.
    case undetermined(missing: [String])
    /// It has no answer because of an error other than missing fields.
    case failed(EvaluationError)
}
