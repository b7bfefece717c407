import ArgumentParser
import Foundation
import Office
import Presentation
import Records
import Rulebooks
import Web

/// Makes the paper of a document that was issued.
struct DocumentCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "document",
        abstract: "把文书制成公文：PDF、DOCX、网页或文本 · Make a paper of a document: PDF, DOCX, page or text",
        discussion: """
            例 · Example:
              zhiheng document 330106责改〔2026〕1号 --format pdf --output 责改1号.pdf

            PDF 需要 weasyprint，DOCX 需要 pandoc。· PDF needs weasyprint, DOCX needs pandoc.
            """)

    @Argument(help: ArgumentHelp("文号 · Number of the document", valueName: "number"))
    var number: String
    @Option(help: ArgumentHelp("格式 pdf、docx、html、text · Format", valueName: "format"))
    var format: PaperPress.Format = .text
    @Option(help: ArgumentHelp("写入文件 · Write to a file", valueName: "file"))
    var output: String?
    @Option(help: ArgumentHelp("站点文件夹 · Folder of the site", valueName: "folder"))
    var site: String?
    @OptionGroup var actor: ActorOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard output != nil || format == .text || format == .html else {
            throw ValidationError("请用 --output 指明文件 · Name the file with --output")
        }
    }

    func perform(in session: Session) async throws {
        let office = try session.office()
        let sight = Sight(of: try session.actor(actor, in: office), in: office.rulebook)
        let press = try PaperPress(
            office, folder: SiteFolder(try SiteSource.folder(named: site)),
            settings: try PaperSettings(session.workspace, office))
        let bytes = try await press.make(try press.find(number, as: sight), format, session.language)
        guard let output else {
            FileHandle.standardOutput.write(Data(bytes))
            return
        }
        try OutputFile.write(Data(bytes), to: output)
        session.console.aside(
            session.console.text("\(number) 已写入 \(output)", "\(number) is in \(output)"), .good)
    }
}

extension PaperPress.Format: ExpressibleByArgument {}
