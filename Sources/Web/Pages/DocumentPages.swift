import HTTPTypes
import Hummingbird
import NIOCore
import Office
import Records
import Rulebooks
import Storage

extension Site {
    /// Documents as papers: `/documents/NUMBER` as a page, with `.pdf`, `.docx`, `.txt` behind it as a file.
    func addDocuments(to pages: RouterGroup<SiteContext>) {
        pages.get("/documents/:number") { [self] _, context in
            let sight = try context.staffSight()
            guard let asked = try context.parameters.require("number").removingPercentEncoding else {
                throw PageProblem.malformed
            }
            let (number, format) = Self.paper(named: asked)
            do {
                let paper = try press.find(number, as: sight)
                if format == .html { return try documentPage(paper, context) }
                return try await file(of: paper, format, context)
            } catch PaperProblem.unknownDocument {
                throw PageProblem.notFound
            } catch let problem as ProgramProblem {
                return paperProblem(problem, context)
            }
        }
    }

    /// The number and the form that the last part of an address names.
    private static func paper(named name: String) -> (number: String, format: PaperPress.Format) {
        for (ending, format) in [(".pdf", PaperPress.Format.pdf), (".docx", .docx), (".txt", .text)]
        where name.hasSuffix(ending) && name.count > ending.count {
            return (String(name.dropLast(ending.count)), format)
        }
        return (name, .html)
    }

    /// Where a document can be had as a file.
    static func downloads(of number: String, _ language: Language) -> [[String: Any]] {
        let address = "/documents/" + FormFields.encoded(number)
        let query = "?lang=" + (language == .zh ? "zh" : "en")
        return [("PDF", ".pdf"), ("DOCX", ".docx")].map { label, ending in
            ["href": address + ending + query, "label": label, "number": number]
        }
    }

    private func documentPage(_ paper: IssuedPaper, _ context: SiteContext) throws -> Response {
        let language = context.language
        var values = try press.sheet(paper, language).values(renderer, language)
        let address = "/documents/" + FormFields.encoded(paper.document.number)
        values["backHref"] = Self.href(of: paper.found)
        values["downloads"] = Self.downloads(of: paper.document.number, language)
        values["languageHref"] = address + "?lang=" + (language == .zh ? "en" : "zh")
        values["otherLanguage"] = language == .zh ? "en" : "zh-CN"
        values["languageLabel"] = text("paper_other_language", context)
        return response(Page(template: "document", values: values), context)
    }

    private func file(
        of paper: IssuedPaper, _ format: PaperPress.Format, _ context: SiteContext
    ) async throws -> Response {
        let bytes = try await press.make(paper, format, context.language)
        let name = FormFields.encoded(paper.fileName(format))
        return Response(
            status: .ok,
            headers: [
                .contentType: format.mediaType, .cacheControl: "private, no-cache",
                .contentDisposition: "\(format == .pdf ? "inline" : "attachment"); filename*=UTF-8''\(name)",
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// A form cannot be made; the page can still be printed.
    private func paperProblem(_ problem: ProgramProblem, _ context: SiteContext) -> Response {
        logger.warning("paper", metadata: ["problem": "\(problem)"])
        var response = problemPage(
            status: .serviceUnavailable, code: problem.code, messages: [problem.message], context)
        if problem == .busy { response.headers[.retryAfter] = "5" }
        return response
    }
}
