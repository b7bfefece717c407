import Expressions
import Figures
import Ledger
import Records
import Rulebooks
import Storage

/// Replays the ledger and compares it with everything that is on file.
///
/// The ledger's leaves are hashed anew and compared with the tiles and every signed checkpoint; each record
/// is rewound through its entries to its beginning, so that any member that differs from what the ledger says
/// names the record; imported rows are compared with the row hashes of their import; documents, salts and the
/// keyed indexes of personal fields with what they belong to; tallies are counted anew from the records.
/// Nothing is mended. Notices and the time at which a checkpoint was signed are not audited.
public struct Auditor: Sendable {
    let office: Office
    let keys: [VerifierKey]
    let archive: FileArchive?

    public init(_ office: Office, keys: [VerifierKey], archive: FileArchive? = nil) {
        self.office = office
        self.keys = keys
        self.archive = archive
    }

    /// One thing that is not as the ledger says.
    public struct Finding: Hashable, Sendable {
        /// What is concerned: `entry 17`, `hazard ZG-330106-2026-00003`, `tally hazards_found`…
        public var subject: String
        public var text: String
        public var textEnglish: String
    }

    /// What an audit looked at, and what it found.
    public struct Report: Sendable {
        public var entries: UInt64 = 0
        public var records: Int64 = 0
        public var importedRows: Int64 = 0
        public var cells: Int = 0
        public var checkpoints = 0
        public var documents = 0
        public var findings: [Finding] = []
        /// The root of the tree over all leaves as they are on file.
        public var root: Hash?
        /// Findings beyond this many are counted, not listed.
        public static let listed = 1_000
        public var further = 0

        public var isClean: Bool { findings.isEmpty }

        mutating func add(_ subject: String, _ text: String, _ textEnglish: String) {
            if findings.count < Self.listed {
                findings.append(Finding(subject: subject, text: text, textEnglish: textEnglish))
            } else {
                further += 1
            }
        }
    }

    /// Audits everything, against one snapshot.
    public func run() throws -> Report {
        try office.store.read { reader in
            var report = Report()
            var index = EntryIndex()
            guarded("ledger", &report) { report in try self.checkEntries(reader, &report, &index) }
            guarded("tiles", &report) { report in try self.checkTiles(reader, &report) }
            guarded("checkpoints", &report) { report in try self.checkCheckpoints(reader, &report, index) }
            var recount = Recount()
            for id in office.rulebook.kindOrder {
                guard let kind = office.rulebook.kind(id) else { continue }
                guarded(id, &report) { report in
                    try self.checkRecords(of: kind, reader, &report, index, &recount)
                }
            }
            guarded("document", &report) { report in self.checkMissingDocuments(&report, index, recount) }
            guarded("import", &report) { report in try self.checkImports(reader, &report, index, recount) }
            guarded("tally", &report) { report in try self.checkTallies(reader, &report, recount) }
            guarded("counter", &report) { report in try self.checkCounters(reader, &report, recount) }
            guarded("database", &report) { report in try self.checkEngine(reader, &report) }
            guarded("due", &report) { report in try self.checkDue(reader, &report) }
            return report
        }
    }

    /// Runs one part; what cannot be read is a finding, not the end of the audit.
    private func guarded(_ subject: String, _ report: inout Report, _ body: (inout Report) throws -> Void) {
        do {
            try body(&report)
        } catch StoreProblem.damaged(let kind, let record, let column) {
            report.addUnreadable("\(kind) \(record)", column: column)
        } catch {
            report.add(subject, "无法读出", "cannot be read")
        }
    }
}

extension Auditor.Report {
    mutating func addUnreadable(_ subject: String, column: String) {
        add(subject, "“\(column)”列的内容无法读出", "the content of column `\(column)` cannot be read")
    }
}

/// What a pass over the entries leaves for the rest of the audit.
struct EntryIndex {
    /// Import entries by import id.
    var imports: [Int64: CanonicalJSON] = [:]
    /// Roots at the sizes of stored checkpoints.
    var roots: [UInt64: Hash] = [:]
    /// The numbers of records created by an entry: compared with the rows that are there.
    var created: [Facts.Key: String] = [:]
    /// What entries say of the documents they issued, by number.
    var documents: [String: CanonicalJSON] = [:]
}

/// What a pass over the records leaves.
struct Recount {
    var cells: [TallyKey: Int64] = [:]
    /// How many records of each import there are.
    var importedRows: [Int64: Int64] = [:]
    /// When the first record of each import was put on file; the others of the import at the same moment.
    var importMoments: [Int64: Timestamp] = [:]
    /// The numbers of the documents that are on file.
    var documents: Set<String> = []
    /// The greatest sequence in use, by the counter it was taken from.
    var sequences: [String: Int64] = [:]
    /// Kinds with records that cannot be read: their tallies cannot be counted anew.
    var unreadable: Set<String> = []
}

extension CanonicalJSON {
    /// The number of an integer value.
    var number: Int64? {
        if case .integer(let number) = self { number } else { nil }
    }
}

extension Optional where Wrapped == CanonicalJSON {
    /// Whether this is a text of exactly these bytes; `==` on texts would equate normalised forms.
    func isText(_ text: String?) -> Bool {
        switch (self, text) {
        case (.string(let own)?, let text?): own.utf8.elementsEqual(text.utf8)
        case (nil, nil): true
        default: false
        }
    }
}
