import Figures
import Records
import Rulebooks

/// What each code means in general: the titles of problems, and the page that their `type` leads to.
enum ProblemTitles {
    /// The title of a code; nil for a code that answers over the network never carry.
    static func title(_ code: String) -> Bilingual? { all.first { $0.code == code }?.title }

    /// Every code an answer may carry, with its status.
    static let all: [(code: String, status: Int, title: Bilingual)] =
        own + RefusalCode.allCases.map { ($0.rawValue, $0.httpStatus, title(of: $0)) } + figures

    private static let own: [(code: String, status: Int, title: Bilingual)] = [
        ("API-0101", 404, Bilingual(zh: "没有这个地址", en: "No such address")),
        ("API-0102", 405, Bilingual(zh: "不支持这种方法", en: "Method not allowed")),
        ("API-0103", 401, Bilingual(zh: "需要访问令牌", en: "Token needed")),
        ("API-0104", 403, Bilingual(zh: "令牌没有这项用途", en: "Scope missing")),
        ("API-0105", 403, Bilingual(zh: "令牌不能用于这一类别", en: "Kind not allowed")),
        ("API-0106", 400, Bilingual(zh: "请求无法读取", en: "Request cannot be read")),
        ("API-0107", 415, Bilingual(zh: "内容格式不支持", en: "Media type not taken")),
        ("API-0108", 413, Bilingual(zh: "内容过大", en: "Body too large")),
        ("API-0109", 429, Bilingual(zh: "请求过于频繁", en: "Too many requests")),
        ("API-0110", 428, Bilingual(zh: "须给出版本", en: "Version needed")),
        ("API-0111", 412, Bilingual(zh: "版本已过时", en: "Version is stale")),
        ("API-0112", 422, Bilingual(zh: "请求键已用过", en: "Key used for another request")),
        ("API-0113", 406, Bilingual(zh: "无法给出所要的格式", en: "Not acceptable")),
        ("API-0114", 422, Bilingual(zh: "参数所指的不存在", en: "A parameter names nothing")),
        ("WEB-0109", 503, Bilingual(zh: "数据库暂时不可用", en: "Storage unavailable")),
        ("WEB-0112", 421, Bilingual(zh: "不是本站的主机名", en: "Another host's request")),
        ("WEB-0110", 500, Bilingual(zh: "未预料的问题", en: "Something unforeseen")),
    ]

    private static let figures: [(code: String, status: Int, title: Bilingual)] = [
        ("FIG-0101", 404, Bilingual(zh: "没有这个计量", en: "No such measure")),
        ("FIG-0102", 422, Bilingual(zh: "没有这个维度", en: "No such dimension")),
        ("FIG-0103", 422, Bilingual(zh: "没有这个区划级别", en: "No such level of regions")),
        ("FIG-0104", 422, Bilingual(zh: "没有这个区划", en: "No such region")),
        ("FIG-0105", 422, Bilingual(zh: "没有指定计量", en: "No measure named")),
        ("FIG-0106", 422, Bilingual(zh: "比较须有期间", en: "A comparison needs a period")),
        ("FIG-0107", 422, Bilingual(zh: "期间看不懂", en: "No such period")),
        ("FIG-0201", 422, Bilingual(zh: "合计超出范围", en: "Sum out of range")),
    ]

    private static func title(of code: RefusalCode) -> Bilingual {
        switch code {
        case .unknownKind: Bilingual(zh: "没有这一类别", en: "No such kind")
        case .unknownAction: Bilingual(zh: "没有这一办理动作", en: "No such action")
        case .recordNotFound: Bilingual(zh: "没有这条记录", en: "No such record")
        case .versionConflict: Bilingual(zh: "记录已被更新", en: "The record was changed")
        case .wrongState: Bilingual(zh: "当前状态不能办理", en: "Not possible in this state")
        case .roleNotAllowed: Bilingual(zh: "角色不能办理", en: "Not for this role")
        case .regionNotAllowed: Bilingual(zh: "不在辖区内", en: "Outside the region")
        case .partyNotResponsible: Bilingual(zh: "不是责任单位", en: "Another party is responsible")
        case .separatePersonNeeded: Bilingual(zh: "须由他人办理", en: "Somebody else must do it")
        case .fieldMissing: Bilingual(zh: "缺少必填内容", en: "A field is missing")
        case .fieldNotAccepted: Bilingual(zh: "不能填写该字段", en: "Field not taken")
        case .unknownField: Bilingual(zh: "没有这个字段", en: "No such field")
        case .ruleBroken: Bilingual(zh: "不符合规则", en: "A rule does not hold")
        case .ruleUndetermined: Bilingual(zh: "规则尚无法判断", en: "A rule is undetermined")
        case .valueInvalid: Bilingual(zh: "值不合要求", en: "A value does not fit")
        case .duplicate: Bilingual(zh: "已有相同记录", en: "Already on file")
        case .referenceNotFound: Bilingual(zh: "所指记录不在册", en: "Reference not on file")
        case .recordVoided: Bilingual(zh: "记录已作废", en: "The record was voided")
        case .reasonMissing: Bilingual(zh: "须说明理由", en: "A reason is needed")
        case .regionUndetermined: Bilingual(zh: "无法确定区划", en: "Region undetermined")
        case .notPermitted: Bilingual(zh: "没有权限", en: "Not permitted")
        case .accountUnknown: Bilingual(zh: "没有这个账号", en: "No such account")
        case .accountDisabled: Bilingual(zh: "账号已停用", en: "Account not active")
        case .clockNotDue: Bilingual(zh: "时限未到", en: "Clock not due")
        case .expressionFailed: Bilingual(zh: "计算出错", en: "An expression failed")
        case .nothingChanged: Bilingual(zh: "没有变化", en: "Nothing would change")
        case .referenceVoided: Bilingual(zh: "所指记录已作废", en: "Reference was voided")
        case .personalDataErased: Bilingual(zh: "个人信息已删除", en: "Personal data was erased")
        case .numberNotRendered: Bilingual(zh: "无法生成编号", en: "No number could be given")
        case .signInRefused: Bilingual(zh: "登录失败", en: "Sign-in refused")
        case .signInLocked: Bilingual(zh: "登录锁定", en: "Sign-in locked")
        case .passwordUnsuitable: Bilingual(zh: "口令不合要求", en: "Password not suitable")
        case .rolesSeparate: Bilingual(zh: "不能由同一人担任", en: "Not for the same person")
        case .lastHolder: Bilingual(zh: "须有人担任", en: "Somebody must hold the role")
        case .alreadyDone: Bilingual(zh: "已经办过", en: "Already done")
        case .fileChanged: Bilingual(zh: "文件已变", en: "The file changed")
        }
    }
}
