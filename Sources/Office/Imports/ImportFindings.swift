import Exchange
import Foundation
import Records
import Rulebooks

/// What checking or importing a file found, as it is kept with its job.
public struct ImportFindings: Codable, Sendable {
    /// An error of a row.
    public struct Row: Codable, Hashable, Sendable {
        public var row: Int64
        public var column: String?
        public var value: String?
        public var code: String
        public var zh: String
        public var en: String
    }

    /// A column of the file and the field it is read as; nil for one that is not read.
    public struct Column: Codable, Hashable, Sendable {
        public var heading: String
        public var field: String?
        /// What stands there in the first row.
        public var sample: String
    }

    public var encoding = ""
    public var rowsRead: Int64 = 0
    public var taken: Int64 = 0
    public var refused: Int64 = 0
    public var left: Int64 = 0
    public var errorCount: Int64 = 0
    /// The first thousand errors.
    public var errors: [Row] = []
    public var warnings: Int64 = 0
    public var listedWarnings: [Row] = []
    public var isDone = false
    public var importID: Int64?
    /// The position of the ledger's entry.
    public var position: UInt64?
    /// Whether the refused rows can be had as a file.
    public var hasRefusedRows = false
    public var columns: [Column] = []
    /// The first rows, in the order of the columns.
    public var sampleRows: [[String]] = []
    /// An import that took in the very same file before.
    public var sameFile: Int64?

    init(_ report: ImportReport) {
        encoding = report.encoding
        (rowsRead, taken, refused, left) = (report.rowsRead, report.taken, report.refused, report.left)
        errorCount = report.errorCount
        errors = report.errors.map {
            Row(
                row: $0.row, column: $0.column, value: $0.value.map { String($0.prefix(80)) },
                code: $0.code, zh: $0.reason, en: $0.reasonEnglish)
        }
        warnings = report.warnings
        listedWarnings = report.listedWarnings.map {
            Row(row: $0.row, code: "", zh: $0.text, en: $0.textEnglish)
        }
        (isDone, importID, position) = (report.isDone, report.importID, report.position)
    }

    mutating func add(_ preview: ImportPreview, _ office: Office) throws {
        (columns, sampleRows) = (preview.columns, preview.rows)
    }
}

/// The first rows of a file, and what its columns are read as.
struct ImportPreview {
    private(set) var columns: [ImportFindings.Column] = []
    private(set) var rows: [[String]] = []

    private static let rowCount = 5
    private static let columnCount = 60

    init(_ file: URL, _ order: ImportDesk.Order, _ office: Office) throws {
        guard let kind = office.rulebook.kind(order.kind) else { return }
        let importer = Importer(office, archive: FileArchive(folder: file.deletingLastPathComponent()))
        let map = order.map.flatMap { office.rulebook.maps[$0] }
        let reader = try CSVReader(
            try FileByteSource(path: file.path), options: importer.options(map))
        while rows.count < Self.rowCount, let row = try reader.next() {
            guard case .row(let record) = row else { continue }
            rows.append(record.strings.prefix(Self.columnCount).map { String($0.prefix(60)) })
        }
        let plan =
            try? map.map { try ColumnPlan(kind: kind, header: reader.header, map: $0) }
            ?? ColumnPlan(kind: kind, header: reader.header)
        var fields: [String: [String]] = [:]
        for entry in plan?.entries ?? [] {
            for name in plan?.columns(of: entry) ?? [] {
                fields[name, default: []].append(kind.fields[entry.field].id)
            }
        }
        columns = reader.header.names.prefix(Self.columnCount).enumerated().map { index, name in
            let sample = rows.first.map { $0.indices.contains(index) ? $0[index] : "" } ?? ""
            return ImportFindings.Column(
                heading: name, field: fields[name]?.first, sample: sample)
        }
    }
}
