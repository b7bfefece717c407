import Rulebooks

/// What keeps a document from being read as text.
///
/// Each case has a stable ``code`` and says in both languages what to do.
public enum TextDocumentProblem: Error, Hashable, Sendable {
    /// The program that reads such documents is not installed.
    case converterMissing(program: String, package: String, name: String)
    /// The program that reads such documents could not read this one.
    case notConverted(program: String, name: String)
    /// The program that reads such documents did not come to an end in time.
    case converterTooSlow(program: String, name: String, seconds: Int)
    /// The document is in Word's format of before 2007.
    case oldWord(name: String)
    /// The document is larger than ``TextDocument/maximumBytes``.
    case tooLarge(name: String)

    /// The stable code.
    public var code: String {
        switch self {
        case .converterMissing: "STM-0301"
        case .notConverted: "STM-0302"
        case .converterTooSlow: "STM-0303"
        case .oldWord: "STM-0304"
        case .tooLarge: "STM-0305"
        }
    }

    /// What is wrong, where, and what to do, in both languages.
    public var message: Bilingual {
        switch self {
        case .converterMissing(let program, let package, let name):
            Bilingual(
                zh: "读取 \(name) 需要 \(program)，本机没有安装。请安装软件包 \(package)，或将文件另存为文本（UTF-8）后重试。",
                en:
                    "Reading \(name) needs \(program), which is not installed. Install the package \(package), "
                    + "or save the document as text (UTF-8) and try again.")
        case .notConverted(let program, let name):
            Bilingual(
                zh: "\(program) 未能读出 \(name) 的文字。请核对文件是否完好、有无密码，或将其另存为文本（UTF-8）后重试。",
                en: "\(program) could not read the text of \(name). See whether it is whole and has no "
                    + "password, or save it as text (UTF-8) and try again.")
        case .converterTooSlow(let program, let name, let seconds):
            Bilingual(
                zh: "\(program) 在 \(seconds) 秒内没有读完 \(name)。请将文件拆分，或另存为文本（UTF-8）后重试。",
                en: "\(program) did not finish reading \(name) within \(seconds) seconds. Split the "
                    + "document, or save it as text (UTF-8) and try again.")
        case .oldWord(let name):
            Bilingual(
                zh: "\(name) 是旧版 Word 格式（.doc），无法读取。请另存为 .docx 或文本（UTF-8）后重试。",
                en: "\(name) is in the old format of Word (.doc), which cannot be read. Save it as .docx "
                    + "or as text (UTF-8) and try again.")
        case .tooLarge(let name):
            Bilingual(
                zh: "\(name) 超过 \(TextDocument.maximumBytes >> 20) MiB，无法整篇读取。请拆分后重试。",
                en: "\(name) has more than \(TextDocument.maximumBytes >> 20) MiB and cannot be read "
                    + "whole. Split it and try again.")
        }
    }
}
