import Expressions
import Testing

/// Evaluates without variables and answers the notation of the value, or the error's English sentence.
func evaluated(_ source: String, _ bindings: [String: Value] = [:]) -> String {
    let (environment, slots) = ConformanceNotation.environment(for: bindings)
    do {
        let program = try environment.compile(source)
        return outcome(program, slots)
    } catch {
        return "problem: \(error)"
    }
}

/// The same without the static check.
func evaluatedUnchecked(_ source: String, _ bindings: [String: Value] = [:]) -> String {
    let (environment, slots) = ConformanceNotation.environment(for: bindings)
    do {
        let program = try environment.compileUnchecked(source)
        return outcome(program, slots)
    } catch {
        return "problem: \(error)"
    }
}

private func outcome(_ program: Program, _ slots: [Value]) -> String {
    do {
        return ConformanceNotation.encode(try program.evaluate(slots))
    } catch {
        return "error: \(error.message)"
    }
}

/// Expects every expression to be true, with and without the static check.
func expectTrue(_ sources: [String], _ location: SourceLocation = #_sourceLocation) {
    for source in sources {
        #expect(evaluated(source) == "{\"bool\": true}", "\(source)", sourceLocation: location)
        #expect(evaluatedUnchecked(source) == "{\"bool\": true}", "\(source)", sourceLocation: location)
    }
}

/// Expects every expression to be refused, before or when it is evaluated.
func expectFailure(_ sources: [String], _ location: SourceLocation = #_sourceLocation) {
    for source in sources {
        let result = evaluatedUnchecked(source)
        let isRefused = result.hasPrefix("error:") || result.hasPrefix("problem:")
        #expect(isRefused, "\(source) gave \(result)", sourceLocation: location)
        let checked = evaluated(source)
        let isRefusedChecked = checked.hasPrefix("error:") || checked.hasPrefix("problem:")
        #expect(isRefusedChecked, "\(source) gave \(checked)", sourceLocation: location)
    }
}

/// Expects the value of an expression in the conformance notation.
func expectValue(_ source: String, _ expected: String, _ location: SourceLocation = #_sourceLocation) {
    #expect(evaluated(source) == expected, "\(source)", sourceLocation: location)
}
