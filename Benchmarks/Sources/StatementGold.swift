import Figures
import Foundation
import Statements

/// How what is found in texts compares with what people found there.
///
/// Recall is the part of the gold file that was found; precision the part of what was found, of the kinds that
/// the gold file is about, that the gold file has.
struct StatementGold {
    let reader: TextReader
    let shared: SharedFiles

    func run() throws {
        try claims()
        try communiques()
        try targets()
    }

    // MARK: Claims

    private struct GoldClaim: Decodable {
        let document, kind, stated, verdict: String
        let line: Int
        let numerator, denominator: String?

        /// What makes two claims the same.
        var name: [String] { [document, String(line), kind, stated] }
        var judgement: [String?] { [verdict, numerator, denominator] }
    }

    private func claims() throws {
        Printing.heading("figure-claims.jsonl")
        let gold: [GoldClaim] = try shared.lines("gold/figure-claims.jsonl")
        let kinds = Set(gold.map(\.kind))
        var found: [GoldClaim] = []
        for document in Set(gold.map(\.document)).sorted() {
            let text = reader.read(try shared.text("documents/" + document), name: document)
            var lines = ClaimLines(text)
            let bytes = lines.lines(StatementChecker(table: nil).check(text))
            found += try bytes.split(separator: 0x0A).map {
                try JSONDecoder().decode(GoldClaim.self, from: Data($0))
            }
        }
        let relevant = found.filter { kinds.contains($0.kind) }
        var rest = relevant
        var (alike, judgedAlike) = (0, 0)
        for claim in gold {
            let exact = rest.firstIndex { $0.name == claim.name && $0.judgement == claim.judgement }
            guard let place = exact ?? rest.firstIndex(where: { $0.name == claim.name }) else {
                Printing.line("not found", claim.name.joined(separator: " "))
                continue
            }
            alike += 1
            if exact == nil {
                let judged = rest[place].judgement.map { $0 ?? "null" }.joined(separator: " ")
                Printing.line("judged otherwise: " + claim.name.joined(separator: " "), judged)
            } else {
                judgedAlike += 1
            }
            rest.remove(at: place)
        }
        ratio("found", alike, of: gold.count)
        ratio("recall: with verdict and operands as in the gold file", judgedAlike, of: gold.count)
        ratio("precision: of the same kinds found, in the gold file", judgedAlike, of: relevant.count)
    }

    // MARK: Communiqués

    private func communiques() throws {
        Printing.heading("mohurd-checks.csv and mohurd-known-errors.csv")
        var found: [String: [Claim]] = [:]
        for name in try shared.texts(in: StatementBenchmark.communiques) {
            let text = reader.read(try shared.text("\(StatementBenchmark.communiques)/\(name)"), name: name)
            found[name] = StatementChecker(table: nil).check(text)
        }
        try checks(found)
        let errors = try shared.rows("gold/mohurd-known-errors.csv")
        var (flagged, innocent, wrong) = (0, 0, 0)
        for error in errors {
            let claims = found[error["file"] ?? ""] ?? []
            if claims.contains(where: { $0.verdict == .wrong && Self.involves($0, error["printed"] ?? "") }) {
                flagged += 1
            } else {
                Printing.line("not flagged", "\(error["file"] ?? "") \(error["field"] ?? "")")
            }
        }
        for (name, claims) in found.sorted(by: { $0.key < $1.key }) {
            let known = errors.filter { $0["file"] == name }.compactMap { $0["printed"] }
            for claim in claims where claim.verdict == .wrong {
                wrong += 1
                if known.contains(where: { Self.involves(claim, $0) }) { continue }
                innocent += 1
                Printing.line("called wrong: \(name) \(claim.stated)", claim.explanation.english)
            }
        }
        ratio("recall: known errors flagged", flagged, of: errors.count)
        ratio("precision: claims called wrong that rest on a known error", wrong - innocent, of: wrong)
    }

    private func checks(_ found: [String: [Claim]]) throws {
        let checks = try shared.rows("gold/mohurd-checks.csv")
        var rest = found
        var counts: [String: (alike: Int, of: Int)] = [:]
        for check in checks {
            guard let file = check["file"], let name = check["check"], let claimed = check["claimed"] else {
                continue
            }
            counts[name, default: (0, 0)].of += 1
            let isWrong = check["verdict"] == "WRONG"
            let place = rest[file]?.firstIndex { claim in
                Self.answers(claim, name, claimed) && claim.verdict != .unverifiable
                    && (claim.verdict == .wrong) == isWrong
            }
            guard let place else {
                Printing.line("not found", "\(file) \(name) \(claimed)")
                continue
            }
            rest[file]?.remove(at: place)
            counts[name]?.alike += 1
        }
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
            ratio("recall: \(name)", count.alike, of: count.of)
        }
        let all = counts.values.reduce(into: (0, 0)) { $0 = ($0.0 + $1.alike, $0.1 + $1.of) }
        ratio("recall: all checks", all.0, of: all.1)
    }

    private static func answers(_ claim: Claim, _ check: String, _ claimed: String) -> Bool {
        switch check {
        case "list_count": claim.kind == .listCount && number(claim.stated) == claimed
        case "list_sum_accidents": claim.kind == .listSum && claim.stated == claimed + "起"
        case "list_sum_deaths": claim.kind == .listSum && claim.stated == claimed + "人"
        default: claim.kind == .change && claim.stated == claimed + "%"
        }
    }

    private static func number(_ stated: String) -> String {
        String(stated.prefix { $0.isNumber || $0 == "." })
    }

    /// Whether a claim states a figure, or is computed from it.
    private static func involves(_ claim: Claim, _ printed: String) -> Bool {
        number(claim.stated) == printed || claim.operands.contains { $0.value.description == printed }
    }

    // MARK: Targets

    private struct GoldTarget: Decodable {
        let document, name, value, unit: String
        let `operator`: String
    }

    private func targets() throws {
        Printing.heading("plan-targets.jsonl")
        let gold: [GoldTarget] = try shared.lines("gold/plan-targets.jsonl")
        var (alike, found) = (0, 0)
        for document in Set(gold.map(\.document)).sorted() {
            let text = reader.read(try shared.text("documents/" + document), name: document)
            var rest = TargetReader().targets(in: text)
            found += rest.count
            for target in gold where target.document == document {
                let place = rest.firstIndex {
                    $0.name == target.name && $0.comparison.rawValue == target.operator
                        && $0.valueText == target.value && $0.unit == target.unit
                }
                guard let place else {
                    Printing.line("not found", target.name)
                    continue
                }
                alike += 1
                rest.remove(at: place)
            }
            for target in rest {
                let value = "\(target.comparison.rawValue) \(target.valueText)\(target.unit)"
                Printing.line("beyond the gold file: " + target.name, value)
            }
        }
        ratio("recall: name, operator, value and unit as in the gold file", alike, of: gold.count)
        ratio("precision", alike, of: found)
    }

    private func ratio(_ name: String, _ count: Int, of all: Int) {
        let share = all == 0 ? "—" : String(format: "%.1f %%", Double(count) * 100 / Double(all))
        Printing.line(name, "\(count) of \(all), \(share)")
    }
}
