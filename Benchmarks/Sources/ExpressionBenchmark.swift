import Expressions

/// A condition of a rulebook, against the same condition written by hand in Swift over the same slots.
struct ExpressionBenchmark {
    let ground: Ground
    let repetitions: Int

    private static let source = "deaths >= 3 || injuries >= 10"
    private static let evaluations = 4_000_000

    func run() throws {
        Printing.heading("expression: \(Self.source)")
        var environment = Environment()
        environment.declare("deaths", .int, optional: true)
        environment.declare("injuries", .int, optional: true)
        let program = try environment.compile(Self.source, expecting: .bool)
        let records = Self.records()
        try agree(program, on: records)
        var counts = Set<Int>()
        let figures = Measuring.inTurn(repetitions) {
            rate { counts.insert(count(records) { program.decide($0) == .holds }) }
        } peer: {
            rate { counts.insert(count(records) { Self.byHand($0) == true }) }
        }
        guard counts.count == 1 else { throw Disagreement() }
        Printing.compared(
            "evaluations a second on one core; peer: by hand", own: figures.own, peer: figures.peer,
            unit: "/s")
    }

    struct Disagreement: Error {}

    private func agree(_ program: Program, on records: [[Value]]) throws {
        for record in records {
            switch (program.decide(record), Self.byHand(record)) {
            case (.holds, true?), (.fails, false?), (.undetermined, nil): continue
            default: throw Disagreement()
            }
        }
    }

    private func rate(_ body: () -> Void) -> Double {
        Double(Self.evaluations) / max(1e-9, Measuring.seconds(body))
    }

    @inline(never)
    private func count(_ records: [[Value]], _ condition: ([Value]) -> Bool) -> Int {
        var found = 0
        for index in 0..<Self.evaluations where condition(records[index & 1023]) { found += 1 }
        return found
    }

    /// Nil where a number that is not on file could change the answer.
    @inline(never)
    private static func byHand(_ slots: [Value]) -> Bool? {
        let deaths: Int64? = if case .int(let number) = slots[0] { number } else { nil }
        let injuries: Int64? = if case .int(let number) = slots[1] { number } else { nil }
        if let deaths, deaths >= 3 { return true }
        if let injuries, injuries >= 10 { return true }
        return deaths == nil || injuries == nil ? nil : false
    }

    /// 1,024 records, one number in 128 missing: most conditions are about facts that are there.
    private static func records() -> [[Value]] {
        (0..<1024).map { index in
            let deaths: Value = index % 128 == 5 ? .null : .int(Int64(index % 7 == 0 ? index % 5 : 0))
            let injuries: Value = index % 128 == 77 ? .null : .int(Int64(index % 13))
            return [deaths, injuries]
        }
    }
}
