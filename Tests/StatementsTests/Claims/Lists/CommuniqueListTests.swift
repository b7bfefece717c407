import Figures
import Testing

@testable import Statements

/// The housing ministry's communiqués of 2010 to 2013, whose lists were checked by hand.
@Suite("Lists of the ministry's communiqués")
struct CommuniqueListTests {
    private static let reason: Comment = "the communiqués are not beside this checkout"

    @Test(
        "Every list that was checked by hand is found with the same figures",
        .enabled(if: CommuniqueFiles.arePresent, reason))
    func checkedByHand() throws {
        let texts = try CommuniqueFiles.texts()
        let rows = try CommuniqueFiles.rows(CommuniqueFiles.checks).filter { $0[1].hasPrefix("list_") }
        var (found, missing): (Int, [String]) = (0, [])
        var claims: [String: [Claim]] = [:]
        for row in rows {
            let file = row[0]
            if claims[file] == nil {
                claims[file] = ListFinder().claims(in: TextReader().read(texts[file] ?? "", name: file))
            }
            if (claims[file] ?? []).contains(where: { Self.meets($0, row) }) {
                found += 1
            } else {
                missing.append(file + " " + row[1])
            }
        }
        #expect(rows.count == 93)
        #expect(missing.isEmpty, "found \(found) of \(rows.count)")
    }

    private static func meets(_ claim: Claim, _ row: [String]) -> Bool {
        let unit = ["list_count": "个", "list_sum_accidents": "起", "list_sum_deaths": "人"][row[1]] ?? ""
        let kind: Claim.Kind = row[1] == "list_count" ? .listCount : .listSum
        return claim.kind == kind && claim.stated == row[5] + unit && claim.recomputedText == row[3] + unit
            && (claim.verdict == .wrong) == (row[8] == "WRONG")
    }

    @Test("The known errors are flagged, and nothing else", .enabled(if: CommuniqueFiles.arePresent, reason))
    func knownErrors() throws {
        var wrong: [String] = []
        for (file, content) in try CommuniqueFiles.texts() {
            for claim in ListFinder().claims(in: TextReader().read(content, name: file))
            where claim.verdict == .wrong {
                wrong.append("\(file) \(claim.stated) \(claim.recomputedText ?? "")")
            }
        }
        #expect(wrong.sorted() == ["2011年1月.txt 41人 25人", "2012年全年.txt 115起 86起", "2013年2月.txt 4个 3个"])
    }

    @Test("The likely misprint is named with its reason", .enabled(if: CommuniqueFiles.arePresent, reason))
    func misprints() throws {
        let texts = try CommuniqueFiles.texts()
        let explanations = ["2011年1月.txt", "2012年全年.txt"].map { file in
            ListFinder().claims(in: TextReader().read(texts[file] ?? "", name: file))
                .filter { $0.verdict == .wrong }.map(\.explanation)
        }
        #expect(explanations[0].allSatisfy { $0.chinese.contains("58.33%") && $0.english.contains("58.33%") })
        #expect(explanations[1].allSatisfy { $0.chinese.contains("17.66%") && $0.english.contains("86起") })
    }
}
