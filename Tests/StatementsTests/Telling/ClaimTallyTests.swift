import Testing

@testable import Statements

@Suite("Claims counted")
struct ClaimTallyTests {
    private func tally(_ verdicts: [Verdict]) -> ClaimTally {
        var made = HandMade("占50%")
        for verdict in verdicts { made.add(stated: "50%", in: "占50%", verdict: verdict) }
        return ClaimTally(made.claims)
    }

    @Test("The summary names what there is")
    func summary() {
        let some = tally([.holds, .holds, .truncated, .wrong, .unverifiable])
        #expect(some.summary.english == "5 claims: 2 hold, 1 cut off, 1 wrong, 1 cannot be verified")
        #expect(some.summary.chinese == "5 处：成立 2，截尾未进位 1，有误 1，无从核对 1")
        #expect(tally([.holds]).summary.english == "1 claim: 1 holds")
        #expect(ClaimTally().summary.english == "No claims to check")
    }

    @Test("Documents are added up")
    func adding() {
        var sum = tally([.wrong, .explained])
        sum.add(tally([.wrong]))
        #expect(sum[.wrong] == 2 && sum[.explained] == 1 && sum[.holds] == 0)
        #expect(sum.total == 3)
    }

    @Test("Every verdict has its place by urgency, and a mark")
    func urgency() {
        #expect(Set(Verdict.byUrgency) == Set(Verdict.allCases))
        #expect(Verdict.byUrgency.map(\.urgency) == Array(0..<Verdict.allCases.count))
        #expect(Verdict.allCases.allSatisfy { $0.mark.unicodeScalars.count == 1 })
    }
}
