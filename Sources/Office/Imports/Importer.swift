import Crypto
import Exchange
import Expressions
import Figures
import Foundation
import Ledger
import Records
import Rulebooks
import Storage

/// Takes a file in as one action: every row checked as a creation is, then rows, tallies and one ledger
/// entry written together.
///
/// The file is read once and in order, in memory that does not grow with it. All or nothing, unless bad rows
/// are to be skipped.
public struct Importer: Sendable {
    let office: Office
    let archive: FileArchive

    public init(_ office: Office, archive: FileArchive) {
        self.office = office
        self.archive = archive
    }

    /// Imports a file.
    ///
    /// - Parameters:
    ///   - file: read twice when it is imported: once for its rows, once for the archive.
    ///   - refusedRows: receives the header and every refused row as it stands, to be mended and sent again.
    ///   - progress: called now and then with the bytes and rows read.
    /// - Returns: what was done. When rows were refused and not skipped, or in a dry run, nothing was.
    /// - Throws: `ImportProblem`, `ExchangeProblem`, `Refusal` or `StoreProblem`; nothing was changed.
    public func run(
        _ request: ImportRequest, file: URL, by identity: Request.Identity,
        refusedRows: ((_ bytes: UnsafeRawBufferPointer) -> Void)? = nil,
        progress: ((_ bytes: Int64, _ rows: Int64) -> Void)? = nil
    ) throws -> ImportReport {
        guard let kind = office.rulebook.kind(request.kind) else {
            throw ImportProblem.unknownKind(
                request.kind,
                suggestion: Suggestion.closest(to: request.kind, among: office.rulebook.kindOrder))
        }
        let map = try map(request, kind: kind)
        let digest = FileDigest()
        let source = ObservedByteSource(try FileByteSource(path: file.path)) { digest.update($0) }
        let reader = try CSVReader(source, options: options(map))
        var report = ImportReport(kind: kind.id, fileName: request.fileName)
        report.encoding = reader.encoding.encoding.name
        let plan =
            try map.map { (map) throws(ImportProblem) in
                try ColumnPlan(kind: kind, header: reader.header, map: map)
            } ?? ColumnPlan(kind: kind, header: reader.header)
        do {
            try office.store.write { writer in
                let run = try ImportTransaction(
                    office: office, writer: writer, kind: kind, plan: plan, request: request,
                    identity: identity)
                run.report = report
                run.refusedRows = refusedRows
                defer { report = run.report }
                if let refusedRows { Self.writeHeader(reader.header, refusedRows) }
                try run.takeAll(from: reader, progress: progress)
                run.report.fileDigest = digest.finish()
                if let expected = request.expectedDigest, expected != run.report.fileDigest {
                    throw ImportProblem.fileChanged
                }
                if request.isDryRun { throw ImportProblem.dryRun }
                if run.report.refused > 0, !request.skipsBadRows { throw ImportProblem.refusedRows }
                // In the archive before the entry that names it is durable: a crash between leaves a file too
                // many, never one too few.
                try archive.keep(file: file, digest: run.report.fileDigest)
                try run.finish()
            }
        } catch ImportProblem.refusedRows {
            return report
        } catch ImportProblem.dryRun {
            return report
        }
        report.isDone = true
        return report
    }

    private func map(_ request: ImportRequest, kind: Kind) throws(ImportProblem) -> ImportMap? {
        guard let id = request.map else { return nil }
        guard let map = office.rulebook.maps[id] else {
            throw .unknownMap(id, known: office.rulebook.maps.keys.sorted())
        }
        guard map.kindID == kind.id else { throw .mapForOtherKind(map: id, kind: map.kindID) }
        return map
    }

    func options(_ map: ImportMap?) -> CSVOptions {
        var options = CSVOptions()
        guard let map else { return options }
        switch map.encoding {
        case .auto: break
        case .utf8: options.encoding = .utf8
        case .gb18030: options.encoding = .gb18030
        }
        options.delimiter = CSVDelimiter(text: String(map.delimiter))
        return options
    }

    private static func writeHeader(_ header: CSVHeader, _ sink: (UnsafeRawBufferPointer) -> Void) {
        let line = header.names.map(quoted).joined(separator: ",") + "\n"
        Array(line.utf8).withUnsafeBytes(sink)
    }

    private static func quoted(_ text: String) -> String {
        text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline })
            ? "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : text
    }
}

/// The SHA-256 of a file, taken while it is read.
///
/// Confined to the import that reads the file.
private final class FileDigest {
    private var hasher = SHA256()

    func update(_ bytes: UnsafeRawBufferPointer) {
        hasher.update(bufferPointer: bytes)
    }

    func finish() -> String {
        Hexadecimal.encode(hasher.finalize())
    }
}
