import Expressions
import Figures
import Foundation
import Office
import Records
import Rulebooks
import Storage
import Testing

/// A second field by rulebook alone: San Francisco's restaurant inspections, compared with figures worked out
/// apart from the program.
@Suite("Food inspection, by rulebook alone")
struct FoodTests {
    private static let folder = Project.root.appendingPathComponent("examples/food-inspection")
    private static let data = Project.shared("data/sf-food/violations.csv")?.deletingLastPathComponent()

    /// A line of `expected.csv`: file or `figures`, figure, period, reason and value.
    private struct Expectation {
        let file: String
        let figure: String
        let period: String
        let reason: String
        let value: String
    }

    private func expectations() throws -> [Expectation] {
        let text = try String(contentsOf: Self.folder.appendingPathComponent("expected.csv"), encoding: .utf8)
        return text.split(separator: "\n").dropFirst().compactMap { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard cells.count >= 5 else { return nil }
            return Expectation(
                file: cells[0], figure: cells[1], period: cells[2], reason: cells[3], value: cells[4])
        }
    }

    @Test(
        "Its bad rows are refused with reasons, the rest lands, and the figures are right",
        .enabled(if: data != nil, "needs ../shared/data/sf-food"))
    func everything() throws {
        let data = try #require(Self.data)
        let rulebook = try Workspace.load([try RulebookFolder.files(at: Self.folder)])
        let test = try TestOffice(rulebook, at: "2026-11-21T01:00:00Z")
        var reports: [String: ImportReport] = [:]
        for (kind, file, map) in [
            ("establishment", "businesses.csv", "sf-businesses"),
            ("food-inspection", "inspections.csv", "sf-inspections"),
            ("finding", "violations.csv", "sf-violations"),
        ] {
            var request = ImportRequest(kind: kind, map: map, fileName: file)
            request.skipsBadRows = true
            reports[file] = try Importer(test.office, archive: test.workspace.archive).run(
                request, file: data.appendingPathComponent(file), by: .account("operator"))
        }
        let expected = try expectations()
        #expect(expected.count > 50)
        for line in expected {
            if let report = reports[line.file] {
                check(line, report)
            } else if line.file == "figures" {
                try check(line, test)
            }
        }
        try test.expectCleanAudit()
        #expect(try FiguresService(test.office).rebuild(checkOnly: true).differences.isEmpty)
    }

    private func check(_ line: Expectation, _ report: ImportReport) {
        let found: Int64
        switch line.figure {
        case "rows": found = report.rowsRead
        case "landed": found = report.taken
        case "refused": found = report.refused
        case "refused-by-reason":
            let code: (String) -> Bool =
                switch line.reason {
                case "duplicate": { $0 == RefusalCode.duplicate.rawValue }
                case "no-inspection": { $0 == RefusalCode.referenceNotFound.rawValue }
                case "correction-not-a-date": { $0 == "IM-0101" }
                default: { $0.hasSuffix(" " + line.reason) }
                }
            found = report.reasons.filter { code($0.key.code) }.map(\.value).reduce(0, +)
        default: return
        }
        #expect(String(found) == line.value, "\(line.file) \(line.figure) \(line.reason)")
    }

    private func check(_ line: Expectation, _ test: TestOffice) throws {
        let period: Period? = line.period == "all" ? nil : Period(line.period)
        let service = FiguresService(test.office)
        let found: String
        if let indicator = test.rulebook.indicators[line.figure] {
            found = try service.indicator(indicator, FigureQuery(measures: [], period: period)).total.text
        } else {
            let result = try service.figures(FigureQuery(measures: [line.figure], period: period))
            found = result.total[line.figure]?.text ?? ""
        }
        let unit = test.rulebook.indicators[line.figure]?.unit ?? ""
        #expect(found == line.value + unit, "\(line.figure) \(line.period)")
    }
}
