import Foundation
import Ledger
import Office
import Records
import Rulebooks
import Storage

/// Makes official papers of documents: as a page, as PDF, as a file for word processors, as text.
public struct PaperPress: Sendable {
    let office: Office
    let renderer: PageRenderer
    let settings: PaperSettings
    /// The style sheet of papers, for files that stand alone.
    private let style: String
    /// Pandoc's pattern with the official styles.
    private let pattern: [UInt8]

    /// A press of its own, outside a site.
    ///
    /// - Throws: `SiteProblem` when a template, the style sheet or the pattern cannot be read.
    public init(_ office: Office, folder: SiteFolder, settings: PaperSettings) throws(SiteProblem) {
        let renderer = try PageRenderer(folder, assets: try AssetCatalogue(folder))
        try self.init(office, renderer, folder, settings)
    }

    init(
        _ office: Office, _ renderer: PageRenderer, _ folder: SiteFolder, _ settings: PaperSettings
    ) throws(SiteProblem) {
        (self.office, self.renderer, self.settings) = (office, renderer, settings)
        func bytes(_ name: String) throws(SiteProblem) -> [UInt8] {
            guard let data = try? Data(contentsOf: folder.assets.appendingPathComponent(name)) else {
                throw .asset(name)
            }
            return [UInt8](data)
        }
        style = String(decoding: try bytes("document.css"), as: UTF8.self)
        pattern = try bytes("document-reference.docx")
    }

    /// The forms a paper comes in.
    public enum Format: String, Sendable, CaseIterable {
        case html, pdf, docx, text

        var mediaType: String {
            switch self {
            case .html: "text/html; charset=utf-8"
            case .pdf: "application/pdf"
            case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            case .text: "text/plain; charset=utf-8"
            }
        }
    }

    /// A document that somebody may see, with its record.
    ///
    /// - Throws: `PaperProblem.unknownDocument` when there is none, or none that the sight allows.
    public func find(_ number: String, as sight: Sight) throws -> IssuedPaper {
        let found = try office.store.read { reader -> IssuedPaper? in
            guard let document = try reader.document(number: number),
                let kind = office.rulebook.kind(document.kind),
                let record = try reader.record(kind, id: document.record),
                sight.seesHistory(of: record, kind: kind)
            else { return nil }
            return IssuedPaper(document: document, found: FoundRecord(kind: kind, record: record))
        }
        guard let found else { throw PaperProblem.unknownDocument }
        return found
    }

    /// A paper in a form.
    ///
    /// - Throws: `ProgramProblem` when the program that makes the form is missing, busy or fails.
    public func make(_ paper: IssuedPaper, _ format: Format, _ language: Language) async throws -> [UInt8] {
        switch format {
        case .text:
            // Both texts with a zero byte between are what the digest is of.
            return Array(
                (language == .zh ? paper.document.text : paper.document.textEnglish).utf8)
        case .html: return Array(try standalone(try sheet(paper, language), language).utf8)
        case .pdf: return try await pdf(try sheet(paper, language), paper, language)
        case .docx: return try await docx(try sheet(paper, language), paper, language)
        }
    }

    // MARK: Files

    private func standalone(_ sheet: PaperSheet, _ language: Language) throws -> String {
        let html = try render("paper", sheet, language)
        // The one file of styles is written into the page, which then names nothing outside itself.
        return html.replacing(
            #"<link rel="stylesheet" href="paper.css">"#, with: "<style>\n\(style)</style>",
            maxReplacements: 1)
    }

    private func render(_ template: String, _ sheet: PaperSheet, _ language: Language) throws -> String {
        guard let html = renderer.render(template, sheet.values(renderer, language), language: language)
        else {
            throw SiteProblem.template(template)
        }
        return html
    }

    private func pdf(_ sheet: PaperSheet, _ paper: IssuedPaper, _ language: Language) async throws -> [UInt8]
    {
        let html = Array(try standalone(sheet, language).utf8)
        let job = ChildPrograms.Job(
            program: "weasyprint",
            arguments: [
                "--quiet", "--encoding", "utf-8", "--media-type", "print", "--pdf-identifier",
                String(Digest.hexadecimal(of: html).prefix(32)), "paper.html", "paper.pdf",
            ],
            files: ["paper.html": html], result: "paper.pdf", epoch: paper.document.issuedAt.seconds)
        return try await kept(job)
    }

    private func docx(_ sheet: PaperSheet, _ paper: IssuedPaper, _ language: Language) async throws -> [UInt8]
    {
        var files = [
            "paper.html": Array(try render("paper-document", sheet, language).utf8),
            "reference.docx": pattern,
        ]
        if let code = sheet.code { files["code.png"] = code.qr.png() }
        let job = ChildPrograms.Job(
            program: "pandoc",
            arguments: [
                "--from", "html", "--to", "docx", "--reference-doc", "reference.docx", "--output",
                "paper.docx",
                "paper.html",
            ],
            files: files, result: "paper.docx", epoch: paper.document.issuedAt.seconds)
        return try await kept(job)
    }

    /// A file as it was made before from the same, or made now.
    private func kept(_ job: ChildPrograms.Job) async throws -> [UInt8] {
        let place = settings.folder.map { folder in
            let parts = [job.program, String(job.epoch)] + job.arguments
            let inputs = job.files.keys.sorted().map { name in
                name + " " + Digest.hexadecimal(of: job.files[name] ?? [])
            }
            let digest = Digest.hexadecimal(of: Array((parts + inputs).joined(separator: "\n").utf8))
            return folder.appendingPathComponent(digest + "-" + job.result)
        }
        if let place, let data = try? Data(contentsOf: place), !data.isEmpty { return [UInt8](data) }
        let bytes = try await settings.programs.run(job)
        if let place {
            // A file that cannot be kept is made again next time; whoever waits for it gets it all the same.
            try? FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            try? Data(bytes).write(to: place, options: .atomic)
        }
        return bytes
    }
}

/// A document that was issued, and the record it is about.
public struct IssuedPaper: Sendable {
    public let document: StoredDocument
    public let found: FoundRecord

    public init(document: StoredDocument, found: FoundRecord) {
        (self.document, self.found) = (document, found)
    }

    /// What the file of a form is called: the document's number, without what file systems do not take.
    public func fileName(_ format: PaperPress.Format) -> String {
        let name = document.number.map { "/\\:*?\"<>|".contains($0) || $0.isWhitespace ? "_" : $0 }
        return String(name) + "." + (format == .text ? "txt" : format.rawValue)
    }
}
