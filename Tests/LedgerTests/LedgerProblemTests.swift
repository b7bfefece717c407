import Testing

@testable import Ledger

@Suite struct LedgerProblemTests {
    private let problems: [LedgerProblem] = [
        .malformedText(what: .hash), .malformedJSON(offset: 3, reason: .tooDeep), .notCanonical,
        .outsideTree(index: 1, size: 1), .sizesReversed(old: 2, new: 1), .malformedTile,
        .tileTooShort(level: 0, index: 1), .leafTooLong(count: 70_000), .malformedEntryBundle, .proofLength,
        .notIncluded, .notConsistent, .malformedNote(.size), .badSignature(keyName: "k"), .noTrustedSignature,
        .originMismatch(origin: "o"), .malformedKey, .malformedBundle(line: 1), .notCommitted(field: "f"),
        .wrongOpening(field: "f"), .malformedCode, .otherDocument,
    ]

    @Test func codesAreUnique() {
        #expect(Set(problems.map(\.code)).count == problems.count)
        #expect(problems.allSatisfy { $0.code.wholeMatch(of: /LEDGER-0[1-6]0[1-9]/) != nil })
    }

    @Test func everyProblemSpeaksBothLanguages() {
        let chinese = { (text: String) in
            text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
        }
        for problem in problems {
            #expect(problem.english.hasSuffix("."))
            #expect(!chinese(problem.english))
            #expect(chinese(problem.chinese))
            #expect(problem.chinese.hasSuffix("。"))
        }
        for item in LedgerProblem.Item.allCases { #expect(chinese(item.chinese) && !chinese(item.english)) }
        for reason in LedgerProblem.JSONReason.allCases {
            #expect(chinese(reason.chinese) && !chinese(reason.english))
        }
        for reason in LedgerProblem.NoteReason.allCases {
            #expect(chinese(reason.chinese) && !chinese(reason.english))
        }
    }
}
