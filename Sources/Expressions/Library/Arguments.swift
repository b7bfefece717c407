/// Typed access to evaluated arguments; a wrong type or a missing argument is an error, never a trap.
extension [Value] {
    func at(_ index: Int) throws(EvaluationError) -> Value {
        guard index < count else { throw .noSuchOverload("(\(count))") }
        return self[index]
    }

    private func mismatch(_ index: Int, _ expected: ValueType) -> EvaluationError {
        .noSuchOverload("\(expected.name)(\(index < count ? self[index].type.name : ""))")
    }

    func text(_ index: Int) throws(EvaluationError) -> String {
        guard case .string(let text) = try at(index) else { throw mismatch(index, .string) }
        return text
    }

    func integer(_ index: Int) throws(EvaluationError) -> Int64 {
        guard case .int(let number) = try at(index) else { throw mismatch(index, .int) }
        return number
    }

    func date(_ index: Int) throws(EvaluationError) -> CivilDate {
        guard case .date(let date) = try at(index) else { throw mismatch(index, .date) }
        return date
    }

    func timestamp(_ index: Int) throws(EvaluationError) -> Timestamp {
        guard case .timestamp(let moment) = try at(index) else { throw mismatch(index, .timestamp) }
        return moment
    }

    func duration(_ index: Int) throws(EvaluationError) -> Span {
        guard case .duration(let span) = try at(index) else { throw mismatch(index, .duration) }
        return span
    }

    func list(_ index: Int) throws(EvaluationError) -> [Value] {
        guard case .list(let elements) = try at(index) else { throw mismatch(index, .list(.dynamic)) }
        return elements
    }
}
