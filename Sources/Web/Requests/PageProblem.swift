import HTTPTypes
import Hummingbird
import Records
import Rulebooks

/// Why a page is not shown or a form not taken, as the visitor is told.
enum PageProblem: Error {
    /// There is no such page, or nothing that this visitor may know of.
    case notFound
    /// The visitor must sign in first.
    case signInNeeded
    /// The account may not do this.
    case forbidden
    /// The address or the form cannot be read.
    case malformed
    /// The form is not in a form that browsers send.
    case unsupportedForm
    /// The form is larger than is taken.
    case tooLarge
    /// The form was not sent from a page of this site, or from one that is too old.
    case formExpired
    /// A file is neither a picture nor a PDF.
    case fileNotTaken
    /// The request is for a site of another name.
    case wrongHost
    /// The password that somebody else gave is to be changed first.
    case passwordChangeNeeded
    /// A large import is being written, and nothing else can be for the moment.
    case busy
    /// The file that was sent is no table of text: empty, or with bytes that no text has.
    case tableNotTaken
    /// What was sent holds no rulebook.
    case rulebookNotTaken
    /// Too many requests; to be tried again after so many seconds.
    case tooMany(retryAfterSeconds: Int)

    /// The stable code; `docs/errors.md` explains each.
    var code: String {
        switch self {
        case .notFound: "WEB-0101"
        case .signInNeeded: "WEB-0102"
        case .forbidden: "WEB-0103"
        case .malformed: "WEB-0104"
        case .unsupportedForm: "WEB-0105"
        case .tooLarge: "WEB-0106"
        case .formExpired: "WEB-0107"
        case .tooMany: "WEB-0108"
        case .fileNotTaken: "WEB-0111"
        case .wrongHost: "WEB-0112"
        case .passwordChangeNeeded: "WEB-0131"
        case .busy: "WEB-0132"
        case .tableNotTaken: "WEB-0133"
        case .rulebookNotTaken: "WEB-0134"
        }
    }

    var status: HTTPResponse.Status {
        switch self {
        case .notFound: .notFound
        case .signInNeeded: .unauthorized
        case .forbidden: .forbidden
        case .malformed: .badRequest
        case .unsupportedForm: .unsupportedMediaType
        case .tooLarge: .contentTooLarge
        case .formExpired: .forbidden
        case .tooMany: .tooManyRequests
        case .wrongHost: .misdirectedRequest
        case .fileNotTaken, .tableNotTaken, .rulebookNotTaken: .unprocessableContent
        case .passwordChangeNeeded: .forbidden
        case .busy: .serviceUnavailable
        }
    }

    var message: Bilingual {
        switch self {
        case .notFound:
            Bilingual(
                zh: "没有这个页面，或者您无权知道它。请检查网址，或从首页重新查找。",
                en:
                    "There is no such page, or none that you may see. Check the address, or start from the home page."
            )
        case .signInNeeded: Bilingual(zh: "请先登录。", en: "Please sign in first.")
        case .forbidden:
            Bilingual(
                zh: "您的角色不能办理此事。如确有需要，请联系安全管理员。",
                en: "Your role may not do this. If you need to, ask the security administrator.")
        case .malformed:
            Bilingual(
                zh: "网址或表单无法读取。请返回上一页重新填写。",
                en: "The address or the form cannot be read. Go back and fill it in again.")
        case .unsupportedForm:
            Bilingual(
                zh: "不支持这种表单格式。请通过本站页面提交。",
                en: "Forms of this sort are not taken. Please send it from a page of this site.")
        case .tooLarge:
            Bilingual(
                zh: "提交的内容过大。请减少照片或缩小文件后重试。",
                en: "What was sent is too large. Send fewer or smaller files.")
        case .formExpired:
            Bilingual(
                zh: "表单已过期。请重新打开页面后再提交；您未办理任何事项。",
                en: "The form has expired. Open the page again and send it once more; nothing was done.")
        case .fileNotTaken:
            Bilingual(
                zh: "只接收照片（JPEG、PNG、WebP）和 PDF 文件。请重新选择。",
                en: "Only pictures (JPEG, PNG, WebP) and PDF files are taken. Choose others.")
        case .wrongHost:
            Bilingual(
                zh: "这个网址不属于本站。请使用管理员告知的网址。",
                en: "This address is not one of this site. Use the address that your administrator gave you.")
        case .passwordChangeNeeded:
            Bilingual(
                zh: "当前口令由管理员设置，请先修改口令再办理其他事项。",
                en: "Your password was given by an administrator. Change it before you do anything else.")
        case .busy:
            Bilingual(
                zh: "正在写入一个大文件的导入结果，暂时不能办理；您未办理任何事项。请稍后再试。",
                en:
                    "A large import is being written, and nothing else can be for the moment; nothing was done. Try again soon."
            )
        case .tableNotTaken:
            Bilingual(
                zh: "没有收到可以导入的文件。请选择带有列名的 CSV 文件。",
                en: "No file that can be imported was received. Choose a CSV file with column names.")
        case .rulebookNotTaken:
            Bilingual(
                zh: "没有收到规则书。请选择含有 rulebook.yaml 的文件夹。",
                en: "No rulebook was received. Choose a folder that holds rulebook.yaml.")
        case .tooMany(let seconds):
            Bilingual(
                zh: "操作过于频繁，请在 \(seconds) 秒后再试。", en: "Too many requests. Try again in \(seconds) seconds.")
        }
    }
}
