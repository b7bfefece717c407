import HTTPTypes
import Records
import Rulebooks

/// Why a program's request is not answered as it wishes, beside what an action is refused for.
enum APIProblem: Error {
    /// There is no such address, or nothing that this token may know of.
    case notFound
    /// The address knows other methods only.
    case methodNotAllowed([String])
    /// There is no token, or none that is good.
    case tokenNeeded
    /// The token is not for this.
    case scopeMissing(String)
    /// The token is not for this kind.
    case kindNotAllowed(String)
    /// The request cannot be read, or has a parameter too many; where and what.
    case malformed(String, Bilingual)
    /// A parameter is of the right form and names nothing; which and what.
    case meaningless(String, Bilingual)
    /// The body is of another media type than is taken.
    case unsupportedType(String)
    /// The body is larger than is taken.
    case tooLarge(Int)
    /// Too many requests; to be tried again after so many seconds.
    case tooMany(retryAfterSeconds: Int)
    /// `If-Match` is missing.
    case versionNeeded
    /// `If-Match` names another version than the present one.
    case versionStale(present: String)
    /// The key was used for another request.
    case keyReused
    /// Nothing of what `Accept` wants can be given.
    case notAcceptable

    /// The stable code; `docs/errors.md` explains each.
    var code: String {
        switch self {
        case .notFound: "API-0101"
        case .methodNotAllowed: "API-0102"
        case .tokenNeeded: "API-0103"
        case .scopeMissing: "API-0104"
        case .kindNotAllowed: "API-0105"
        case .malformed: "API-0106"
        case .unsupportedType: "API-0107"
        case .tooLarge: "API-0108"
        case .tooMany: "API-0109"
        case .versionNeeded: "API-0110"
        case .versionStale: "API-0111"
        case .keyReused: "API-0112"
        case .notAcceptable: "API-0113"
        case .meaningless: "API-0114"
        }
    }

    var status: HTTPResponse.Status {
        switch self {
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .tokenNeeded: .unauthorized
        case .scopeMissing, .kindNotAllowed: .forbidden
        case .malformed: .badRequest
        case .unsupportedType: .unsupportedMediaType
        case .tooLarge: .contentTooLarge
        case .tooMany: .tooManyRequests
        case .versionNeeded: .preconditionRequired
        case .versionStale: .preconditionFailed
        case .keyReused, .meaningless: .unprocessableContent
        case .notAcceptable: .notAcceptable
        }
    }

    /// The member of the request that is wrong, when it is one.
    var field: String? {
        switch self {
        case .malformed(let place, _), .meaningless(let place, _): place.isEmpty ? nil : place
        default: nil
        }
    }

    var message: Bilingual {
        switch self {
        case .notFound:
            Bilingual(
                zh: "没有这个地址，或者此令牌无权知道它。", en: "There is no such address, or none that this token may see.")
        case .methodNotAllowed(let methods):
            Bilingual(
                zh: "此地址只支持 \(methods.joined(separator: "、"))。",
                en: "This address takes \(methods.joined(separator: ", ")) only.")
        case .tokenNeeded:
            Bilingual(
                zh: "请在 Authorization 中给出有效的访问令牌：Bearer zhiheng_…。",
                en: "Give a token that is in force: Authorization: Bearer zhiheng_….")
        case .scopeMissing(let scope):
            Bilingual(zh: "此令牌没有“\(scope)”用途。", en: "The token lacks the scope `\(scope)`.")
        case .kindNotAllowed(let kind):
            Bilingual(zh: "此令牌不能用于类别“\(kind)”。", en: "The token is not for the kind `\(kind)`.")
        case .malformed(_, let message), .meaningless(_, let message): message
        case .unsupportedType(let wanted):
            Bilingual(zh: "请求内容须为 \(wanted)。", en: "The body must be \(wanted).")
        case .tooLarge(let limit):
            Bilingual(zh: "请求内容不得超过 \(limit) 字节。", en: "The body may have \(limit) bytes at most.")
        case .tooMany(let seconds):
            Bilingual(
                zh: "请求过于频繁，请在 \(seconds) 秒后再试。", en: "Too many requests. Try again in \(seconds) seconds.")
        case .versionNeeded:
            Bilingual(
                zh: "请用 If-Match 给出您看到的版本，即该记录的 ETag。",
                en: "Say by If-Match which version you saw: the record's ETag.")
        case .versionStale(let present):
            Bilingual(
                zh: "该记录已被他人更新，现为第 \(present) 版。请重新读取后再办理。",
                en:
                    "The record was changed meanwhile and is at version \(present). Read it again before you act."
            )
        case .keyReused:
            Bilingual(
                zh: "此 Idempotency-Key 已用于另一个请求，请换一个。",
                en: "This Idempotency-Key was used for another request. Take another key.")
        case .notAcceptable:
            Bilingual(zh: "无法给出 Accept 所要的格式。", en: "Nothing that Accept asks for can be given.")
        }
    }

    /// A parameter or member that means nothing here.
    static func unknown(_ name: String) -> APIProblem {
        let shown = String(name.prefix(80))
        return .malformed(
            shown, Bilingual(zh: "没有参数“\(shown)”。", en: "There is no parameter `\(shown)`."))
    }

    static func invalid(_ name: String, _ zh: String, _ en: String) -> APIProblem {
        .malformed(name, Bilingual(zh: "“\(name)”：\(zh)。", en: "`\(name)`: \(en)."))
    }
}
