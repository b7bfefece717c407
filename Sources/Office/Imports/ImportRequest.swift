import Rulebooks

/// What is to be imported, and how.
public struct ImportRequest: Sendable {
    /// The id of the kind.
    public var kind: String
    /// The id of an import map; nil to match columns to fields by their names.
    public var map: String?
    /// The file's name, for the record.
    public var fileName: String
    /// Check everything, change nothing.
    public var isDryRun = false
    /// Take the good rows even when there are bad ones.
    public var skipsBadRows = false
    /// The SHA-256 that the file must have, in hexadecimal: that of the file that was looked at before.
    public var expectedDigest: String?

    public init(kind: String, map: String? = nil, fileName: String) {
        self.kind = kind
        self.map = map
        self.fileName = fileName
    }
}

/// Why a row was refused.
public struct RowError: Hashable, Sendable {
    /// The row, counted from 1 without the header; the physical line in which it begins.
    public var row: Int64
    public var line: Int64
    /// The column's name in the file, when one is concerned.
    public var column: String?
    /// What stood there, shortened.
    public var value: String?
    public var code: String
    public var reason: String
    public var reasonEnglish: String
}

/// What an import did, or would do.
public struct ImportReport: Sendable {
    /// How many errors are listed; all are counted.
    public static let listedErrors = 1_000

    public var kind: String
    public var fileName: String
    public var fileDigest = ""
    public var encoding = ""
    public var rowsRead: Int64 = 0
    public var taken: Int64 = 0
    public var refused: Int64 = 0
    public var left: Int64 = 0
    public var errorCount: Int64 = 0
    public var errors: [RowError] = []
    /// How many rows each reason concerns.
    public var reasons: [Reason: Int64] = [:]
    public var warnings: Int64 = 0
    /// The first warnings, in both languages.
    public var listedWarnings: [(row: Int64, text: String, textEnglish: String)] = []
    /// The import's id; nil when nothing was changed.
    public var importID: Int64?
    /// The position of its entry in the ledger; nil when nothing was changed.
    public var position: UInt64?
    /// Whether records were put on file.
    public var isDone = false

    /// A kind of error: its code, where, and a sentence without the value.
    public struct Reason: Hashable, Sendable {
        public var code: String
        public var column: String?
    }

    mutating func note(_ error: RowError) {
        errorCount += 1
        reasons[Reason(code: error.code, column: error.column), default: 0] += 1
        if errors.count < Self.listedErrors { errors.append(error) }
    }
}

/// What keeps an import from even beginning.
public enum ImportProblem: Error, Hashable, Sendable {
    case unknownKind(String, suggestion: String?)
    case unknownMap(String, known: [String])
    case mapForOtherKind(map: String, kind: String)
    /// A column that is no field of the kind; nothing is dropped silently.
    case unknownColumn(String, suggestion: String?, known: [String])
    case repeatedColumn(String)
    /// Required fields that no column gives.
    case missingColumns([String])
    /// An expression of the map does not fit the file's columns.
    case mapDoesNotFit(field: String, position: String, zh: String, en: String)
    /// Bad rows, and no leave to skip them: nothing was changed.
    case refusedRows
    /// A dry run is over: nothing was changed.
    case dryRun
    /// The file is not the one that was looked at before.
    case fileChanged
}
