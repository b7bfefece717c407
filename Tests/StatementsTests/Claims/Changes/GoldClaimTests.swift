import Figures
import Foundation
import Testing

@testable import Statements

/// The claims that were judged by hand, and the ministry's communiqués.
@Suite struct GoldClaimTests {
    private struct Row: Decodable {
        let document: String
        let line: Int
        let kind: String
        let stated: String
        let numerator: String?
        let denominator: String?
        let recomputed: String?
        let verdict: String
    }

    @Test func everyClaimJudgedByHandIsFoundAndJudgedAlike() throws {
        let shared = CommuniqueFiles.shared
        guard
            let gold = try? String(
                contentsOf: shared.appending(path: "gold/figure-claims.jsonl"), encoding: .utf8)
        else {
            print("skipped: gold/figure-claims.jsonl is not on this computer")
            return
        }
        let rows = try gold.split(separator: "\n").map {
            try JSONDecoder().decode(Row.self, from: Data($0.utf8))
        }
        for (document, rows) in Dictionary(grouping: rows, by: \.document) {
            let text = try String(
                contentsOf: shared.appending(path: "documents/" + document), encoding: .utf8)
            let read = TextReader(simplified: Checked.traditional).read(text, name: document)
            var claims = StatementChecker().check(read)
            for row in rows {
                let found = claims.firstIndex {
                    agrees($0, row, line: read.source.line(at: $0.range.lowerBound))
                }
                #expect(found != nil, "\(document) \(row.line): \(row.stated) \(row.verdict)")
                if let found { claims.remove(at: found) }
            }
            #expect(claims.filter { $0.verdict == .wrong }.isEmpty)
        }
    }

    private func agrees(_ claim: Claim, _ row: Row, line: Int) -> Bool {
        guard line == row.line, claim.kind.rawValue == row.kind, claim.verdict.rawValue == row.verdict,
            claim.stated == row.stated.replacingOccurrences(of: "％", with: "%")
        else { return false }
        guard let numerator = row.numerator, let denominator = row.denominator else {
            return claim.operands.count < 2
        }
        guard claim.operands.count >= 2, let top = PrintedNumber.parsed(numerator),
            let bottom = PrintedNumber.parsed(denominator)
        else { return false }
        // 3536.5 of 27502 in hundred millions: the same factor on both.
        let factor = try? claim.operands[0].value.divided(by: top)
        return factor == (try? claim.operands[1].value.divided(by: bottom))
            && claim.recomputedText == row.recomputed
    }

    @Test func everyYearOnYearFigureOfTheCommuniquesIsFoundAndJudgedAlike() throws {
        guard CommuniqueFiles.arePresent else {
            print("skipped: the communiqués are not on this computer")
            return
        }
        var claims: [String: [Claim]] = [:]
        for (name, text) in try CommuniqueFiles.texts() {
            claims[name] = StatementChecker().check(TextReader().read(text, name: name))
        }
        // file, check, sentence, current, delta, base, claimed, computed, verdict
        for row in try CommuniqueFiles.rows(CommuniqueFiles.checks) where row[1].hasPrefix("yoy") {
            let verdict = row[8] == "ok" ? Verdict.holds : .wrong
            let base = PrintedNumber.parsed(row[5])
            let found = claims[row[0], default: []].contains {
                $0.kind == .change && $0.stated == row[6] + "%" && $0.verdict == verdict
                    && $0.operands.count > 1 && $0.operands[1].value == base
            }
            #expect(found, "\(row[0]) \(row[1]) \(row[6])")
        }
    }

    @Test func nothingElseInTheCommuniquesIsCalledWrong() throws {
        guard CommuniqueFiles.arePresent else {
            print("skipped: the communiqués are not on this computer")
            return
        }
        var wrong: Set<String> = []
        for (name, text) in try CommuniqueFiles.texts() {
            for claim in StatementChecker().check(TextReader().read(text, name: name))
            where claim.verdict == .wrong {
                wrong.insert("\(name) \(claim.stated)")
            }
        }
        #expect(
            wrong.subtracting([
                "2011年1月.txt 58.33%", "2011年1月.txt 41人", "2012年全年.txt 17.66%", "2012年全年.txt 115起",
                "2013年2月.txt 4个", "2012年全年.txt 487起",
            ]).isEmpty, "\(wrong.sorted())")
        #expect(wrong.isSuperset(of: ["2011年1月.txt 58.33%", "2012年全年.txt 17.66%"]))
    }
}
