import Exchange
import Foundation
import Ledger
import Records
import Rulebooks
import Storage

/// Takes files in step by step for those who import through pages: a file is put aside, checked without changing
/// anything, and then imported as it was checked, or given up.
///
/// Files put aside lie in the folder `uploads` and are known by the digest of their content.
public struct ImportDesk: Sendable {
    let office: Office
    let workspace: Workspace

    public init(_ office: Office, workspace: Workspace) {
        (self.office, self.workspace) = (office, workspace)
    }

    /// What is to be imported.
    public struct Order: Codable, Hashable, Sendable {
        public var kind: String
        public var map: String?
        public var fileName: String
        /// The name under which the file was put aside.
        public var upload: String
        /// The SHA-256 of the file in hexadecimal, and its length.
        public var digest: String
        public var bytes: Int64
        public var skipsBadRows = false

        public init(
            kind: String, map: String?, fileName: String, upload: String, digest: String, bytes: Int64
        ) {
            (self.kind, self.map, self.fileName) = (kind, map, fileName)
            (self.upload, self.digest, self.bytes) = (upload, digest, bytes)
        }
    }

    // MARK: Kinds

    /// The kinds of which an actor may import records: with the permission, those that its role registers.
    public func kinds(for actor: Actor) -> [Kind] {
        guard actor.permissions.contains(.import), !actor.isPublic else { return [] }
        return office.rulebook.kindOrder.compactMap(office.rulebook.kind).filter { kind in
            actor.role == Actor.anyRole || kind.lifecycle.create.by.contains(.role(actor.role))
        }
    }

    /// The import maps of a kind.
    public func maps(of kind: Kind) -> [ImportMap] {
        office.rulebook.maps.values.filter { $0.kindID == kind.id }.sorted { $0.id < $1.id }
    }

    // MARK: Files put aside

    /// Where a file is put aside; the name is one of `newUpload`.
    public func place(of upload: String) -> URL {
        workspace.uploads.appendingPathComponent(String(upload.filter { $0.isASCII && $0.isHexDigit }))
    }

    /// Where the rows stand that were refused.
    public func refusedRows(of upload: String) -> URL {
        place(of: upload).appendingPathExtension("refused.csv")
    }

    /// A name for a file to be put aside that nobody guesses; its folder is made.
    public func newUpload() throws -> String {
        do {
            try FileManager.default.createDirectory(
                at: workspace.uploads, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw WorkspaceProblem.unwritable(path: workspace.uploads.path)
        }
        return Hexadecimal.encode(office.randomBytes(16))
    }

    /// Removes a file put aside with what belongs to it.
    public func remove(_ upload: String) {
        try? FileManager.default.removeItem(at: place(of: upload))
        try? FileManager.default.removeItem(at: refusedRows(of: upload))
    }

    /// So long a file waits for its import, in seconds.
    public static let keptSeconds: Int64 = 86_400

    /// Removes files that waited longer than a day, and those that no job knows of.
    public func tidy() throws {
        let sorts = [JobSort.importCheck, .import].map(\.rawValue)
        let edge = office.moment.plus(-Self.keptSeconds)
        let jobs = try office.store.read {
            try $0.jobs(sorts: sorts, login: nil, before: nil, limit: 10_000)
        }
        let fresh = jobs.filter { !$0.state.isOver || ($0.endedAt ?? $0.queuedAt) > edge }
        let kept = Set(
            fresh.filter { $0.state != .discarded }.compactMap { $0.requested(Order.self)?.upload })
        let names = (try? FileManager.default.contentsOfDirectory(atPath: workspace.uploads.path)) ?? []
        for name in names {
            let upload = String(name.prefix { $0 != "." })
            if !kept.contains(upload) { remove(upload) }
        }
    }

    // MARK: Checking and importing

    /// Checks a file as an import would, and changes nothing.
    ///
    /// - Throws: `JobFailure` when the file cannot be imported at all.
    public func check(_ order: Order, by login: String, steps: JobRunner.Steps) throws -> ImportFindings {
        do {
            return try run(order, by: login, isDryRun: true, steps: steps)
        } catch {
            // Nothing can come of the file any more.
            remove(order.upload)
            throw error
        }
    }

    /// Imports a file that was checked; it must still be the same.
    public func perform(
        _ order: Order, by login: String, steps: JobRunner.Steps
    ) throws -> ImportFindings {
        let findings = try run(order, by: login, isDryRun: false, steps: steps)
        // What was taken in lies in the archive; the refused rows stay for a day.
        if findings.isDone { try? FileManager.default.removeItem(at: place(of: order.upload)) }
        return findings
    }

    private func run(
        _ order: Order, by login: String, isDryRun: Bool, steps: JobRunner.Steps
    ) throws -> ImportFindings {
        var request = ImportRequest(kind: order.kind, map: order.map, fileName: order.fileName)
        request.isDryRun = isDryRun
        request.skipsBadRows = order.skipsBadRows
        request.expectedDigest = order.digest
        let refusedFile = refusedRows(of: order.upload)
        try? FileManager.default.removeItem(at: refusedFile)
        let sink = try FileByteSink(path: refusedFile.path)
        // Rows that cannot be written aside are told by the list of errors all the same.
        var isWritable = true
        let total = Double(max(order.bytes, 1))
        let file = place(of: order.upload)
        let report = try Importer(office, archive: workspace.archive).run(
            request, file: file, by: .account(login),
            refusedRows: { bytes in
                guard isWritable else { return }
                do throws(ExchangeProblem) { try sink.write(bytes) } catch { isWritable = false }
            },
            progress: { bytes, rows in steps.note(share: min(1, Double(bytes) / total), count: rows) })
        var findings = ImportFindings(report)
        findings.hasRefusedRows = isWritable && report.refused > 0
        if !findings.hasRefusedRows { try? FileManager.default.removeItem(at: refusedFile) }
        if isDryRun {
            try findings.add(try ImportPreview(file, order, office), office)
            findings.sameFile = try office.store.read { reader in
                try reader.importRuns().last { $0.fileDigest == order.digest && $0.kind == order.kind }?.id
            }
        }
        return findings
    }
}

extension Workspace {
    /// Where files wait that were sent and are not taken in yet.
    var uploads: URL { folder.appendingPathComponent("uploads", isDirectory: true) }
}
