/// Conditions: each in a quick form that tells only that there is an error, and an exact one that tells which.
enum Logic {
    /// False as soon as one part is false, whatever the others are; else the errors, else true.
    static func conjunction(_ parts: [Truth]) -> Truth { chain(parts, decisive: false) }

    /// True as soon as one part is true, whatever the others are; else the errors, else false.
    static func disjunction(_ parts: [Truth]) -> Truth { chain(parts, decisive: true) }

    private static func chain(_ parts: [Truth], decisive: Bool) -> Truth {
        let exacts = parts.map(\.exact)
        return Truth(quick: quickChain(parts.map(\.quick), Tristate(decisive))) {
            frame throws(EvaluationError) in
            var failure: EvaluationError?
            for part in exacts {
                do throws(EvaluationError) {
                    if try part(frame) == decisive { return decisive }
                } catch {
                    failure = failure?.merged(error) ?? error
                }
            }
            if let failure { throw failure }
            return !decisive
        }
    }

    private static func quickChain(
        _ parts: [@Sendable (Frame) -> Tristate], _ decisive: Tristate
    ) -> @Sendable (Frame) -> Tristate {
        let other = Tristate(decisive == .no)
        if parts.count == 2 {
            let (left, right) = (parts[0], parts[1])
            return { frame in
                let first = left(frame)
                if first == decisive { return decisive }
                let second = right(frame)
                if second == decisive { return decisive }
                return first == .error || second == .error ? .error : other
            }
        }
        return { frame in
            var result = other
            for part in parts {
                let outcome = part(frame)
                if outcome == decisive { return decisive }
                if outcome == .error { result = .error }
            }
            return result
        }
    }

    static func negation(_ operand: Truth) -> Truth {
        let (quick, exact) = (operand.quick, operand.exact)
        return Truth(
            quick: { frame in
                switch quick(frame) {
                case .yes: .no
                case .no: .yes
                case .error: .error
                }
            },
            exact: { frame throws(EvaluationError) in !(try exact(frame)) })
    }

    static func choice(_ test: Truth, _ yes: Truth, _ no: Truth) -> Truth {
        Truth(
            quick: { frame in
                switch test.quick(frame) {
                case .yes: yes.quick(frame)
                case .no: no.quick(frame)
                case .error: .error
                }
            },
            exact: { frame throws(EvaluationError) in
                try test.exact(frame) ? try yes.exact(frame) : try no.exact(frame)
            })
    }

    static func comparison(_ operation: Operator, _ left: Code, _ right: Code) -> Truth {
        let (first, second) = (left.value, right.value)
        return Truth { frame throws(EvaluationError) in
            let value: Value
            do throws(EvaluationError) { value = try first(frame) } catch {
                throw gathered(error, second, frame)
            }
            return try Comparison.holds(operation, value, try second(frame))
        }
    }

    /// Both sides are of static type int; a slot against a constant needs neither closure nor error.
    static func integerComparison(_ operation: Operator, _ left: Code, _ right: Code) -> Truth {
        if case .int(let number)? = left.constant, right.constant == nil {
            return integerComparison(operation.mirrored, right, Code(constant: .int(number)))
        }
        let (first, second) = (left.asInteger, right.asInteger)
        let exact: @Sendable (Frame) throws(EvaluationError) -> Bool = { frame throws(EvaluationError) in
            let number: Int64
            do throws(EvaluationError) { number = try first(frame) } catch {
                throw gathered(error, second, frame)
            }
            return Comparison.holds(operation, number, try second(frame))
        }
        guard let slot = left.slot, case .int(let bound)? = right.constant else { return Truth(exact) }
        return Truth(
            quick: { frame in
                guard slot < frame.slots.count, case .int(let number) = frame.slots[slot] else {
                    return .error
                }
                return Tristate(Comparison.holds(operation, number, bound))
            },
            exact: exact)
    }
}
