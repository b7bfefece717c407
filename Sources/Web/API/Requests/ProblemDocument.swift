import Figures
import HTTPTypes
import Hummingbird
import NIOCore
import Office
import Records
import Rulebooks
import Storage

/// A problem as it is told (RFC 9457): its type, title and status, what happened, and every reason found.
struct ProblemDocument {
    struct Reason {
        var code: String
        var field: String?
        var rule: String?
        var message: Bilingual
        var missing: [String] = []
    }

    var code: String
    var status: Int
    var detail: Bilingual
    var reasons: [Reason] = []
    var headers: HTTPFields = [:]

    static let mediaType = "application/problem+json"

    func json(_ language: Language, request id: String) -> JSONValue {
        .object([
            ("type", .string(APIAddress.problem(code))),
            ("title", .string((ProblemTitles.title(code) ?? detail).text(language))),
            ("status", .integer(status)), ("detail", .string(detail.text(language))), ("code", .string(code)),
            ("reasons", .array(reasons.map { $0.json(language) })), ("request", .string(id)),
        ])
    }

    func response(_ language: Language, request id: String) -> Response {
        var headers = headers
        headers[.contentType] = Self.mediaType
        headers[.cacheControl] = "no-store"
        headers[.contentLanguage] = language == .zh ? "zh-CN" : "en"
        return Response(
            status: .init(code: status), headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: json(language, request: id).encoded)))
    }
}

extension ProblemDocument.Reason {
    init(_ reason: RefusalReason) {
        self.init(
            code: reason.code.rawValue, field: reason.field, rule: reason.rule, message: reason.words,
            missing: reason.missing)
    }

    func json(_ language: Language) -> JSONValue {
        .object([
            ("code", .string(code)), ("type", .string(APIAddress.problem(code))),
            ("field", field.map(JSONValue.string)), ("rule", rule.map(JSONValue.string)),
            ("detail", .string(message.text(language))),
            ("missing", missing.isEmpty ? nil : .strings(missing)),
        ])
    }
}

extension ProblemDocument {
    /// What a program is told about anything that was thrown; nothing internal leaks.
    init(_ error: any Error, _ context: SiteContext) {
        switch error {
        case let problem as APIProblem: self.init(problem)
        case let refusal as Refusal: self.init(refusal)
        case let problem as FigureProblem:
            let status = ProblemTitles.all.first { $0.code == problem.code }?.status ?? 422
            self.init(code: problem.code, status: status, detail: problem.message)
        case let problem as PageProblem:
            switch problem {
            case .notFound: self.init(APIProblem.notFound)
            case .tooMany(let seconds): self.init(APIProblem.tooMany(retryAfterSeconds: seconds))
            case .tooLarge: self.init(APIProblem.tooLarge(context.maxUploadSize))
            case .wrongHost:
                self.init(code: problem.code, status: problem.status.code, detail: problem.message)
            default: self.init(code: "API-0106", status: 400, detail: problem.message)
            }
        case StoreProblem.unsuitable(_, let column):
            self.init(APIProblem.invalid(column, "该列不能这样查询", "the column cannot be asked so"))
        case let problem as StoreProblem:
            context.logger.error("storage", metadata: ["problem": "\(problem)"])
            self.init(code: "WEB-0109", status: 503, detail: Self.unavailable)
            headers[.retryAfter] = "5"
        case let error as any HTTPResponseError:
            self.init(
                error.status == .notFound
                    ? APIProblem.notFound
                    : APIProblem.malformed(
                        "", Bilingual(zh: "请求无法读取。", en: "The request cannot be read.")))
        default:
            context.logger.error("unexpected", metadata: ["error": "\(error)"])
            self.init(code: "WEB-0110", status: 500, detail: Self.unforeseen)
        }
    }

    init(_ problem: APIProblem) {
        self.init(code: problem.code, status: problem.status.code, detail: problem.message)
        if let field = problem.field {
            reasons = [Reason(code: problem.code, field: field, message: problem.message)]
        }
        switch problem {
        case .tooMany(let seconds): headers[.retryAfter] = "\(seconds)"
        case .methodNotAllowed(let methods): headers[.allow] = methods.joined(separator: ", ")
        case .tokenNeeded: headers[.wwwAuthenticate] = "Bearer realm=\"zhiheng\""
        case .scopeMissing(let scope):
            headers[.wwwAuthenticate] =
                "Bearer realm=\"zhiheng\", error=\"insufficient_scope\", scope=\"\(scope)\""
        default: break
        }
    }

    init(_ refusal: Refusal) {
        let first = refusal.reasons.first
        let words = refusal.reasons.map(\.words)
        self.init(
            code: first?.code.rawValue ?? "API-0106", status: first?.code.httpStatus ?? 422,
            detail: Bilingual(
                zh: words.map(\.zh).joined(separator: ""), en: words.map(\.en).joined(separator: " ")),
            reasons: refusal.reasons.map(Reason.init))
    }

    private static let unavailable = Bilingual(
        zh: "数据库暂时不可用，请求没有生效。请稍后再试。",
        en: "The database is unavailable for the moment; nothing was done. Try again later.")
    private static let unforeseen = Bilingual(
        zh: "系统出现未预料的问题。请把请求编号告诉管理员。",
        en: "Something unforeseen went wrong. Tell an administrator the request's number.")
}
