import Expressions
import Figures
import Ledger
import Records
import Rulebooks
import Statements
import Storage

/// Composes the rulebook's reports from figures, at a checkpoint of the ledger.
public struct ReportService: Sendable {
    let office: Office
    let key: SigningKey?

    /// - Parameter key: signs the checkpoint that a report names; without it a report names the size and root only.
    public init(_ office: Office, key: SigningKey? = nil) {
        self.office = office
        self.key = key
    }

    /// The text of a report for a region and a period.
    ///
    /// - Throws: `ReportProblem.unknownReport`, `StatementProblems`, `FigureProblem`.
    public func compose(
        _ id: String, region: String, period: Period, language: Language
    ) throws -> Statement {
        guard let template = office.rulebook.reports[id] else {
            throw ReportProblem.unknownReport(id, known: office.rulebook.reports.keys.sorted())
        }
        let definition = try ReportDefinition(template, in: office.rulebook)
        let checkpoint = try key.map { try LedgerService(office, key: $0).checkpoint() }
        return try office.store.read { reader in
            let name = try checkpoint.map { "\($0.size)" } ?? "\(reader.ledgerSize())"
            return try ReportComposer(office.catalogue, source: StoredCells(reader))
                .compose(definition, region: region, period: period, language: language, checkpoint: name)
        }
    }
}

extension ReportService {
    /// The text of a report for a region that a sight's actor may see figures of.
    ///
    /// - Throws: `Refusal` when it may not, `ReportProblem.unknownReport`, `StatementProblems`, `FigureProblem`.
    public func compose(
        _ id: String, region: String, period: Period, language: Language, as sight: Sight
    ) throws -> Statement {
        try compose(
            id, region: sight.figureRegion(region), period: period, language: language)
    }
}

/// What keeps a report from being composed.
public enum ReportProblem: Error, Hashable, Sendable {
    case unknownReport(String, known: [String])
}
