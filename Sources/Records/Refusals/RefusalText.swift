import Expressions
import Rulebooks

/// The sentences of refusals, in both languages, in one place.
enum RefusalText {
    /// The name of the role an actor acts in; whoever holds the data folder has none in the rulebook.
    private static func roleName(_ actor: Actor, _ rulebook: Rulebook) -> Bilingual {
        if actor.isSystem { return Bilingual(zh: "系统", en: "the system") }
        return rulebook.roles[actor.role]?.name ?? Bilingual(zh: "本机操作员", en: "the operator of this folder")
    }

    static func unknownKind(_ id: String) -> RefusalReason {
        RefusalReason(
            .unknownKind, "规则书中没有“\(id)”这一类别。", "The rulebook has no kind `\(id)`.")
    }

    static func unknownAction(_ id: String, kind: Kind) -> RefusalReason {
        let known = kind.lifecycle.actions.map(\.id).joined(separator: ", ")
        return RefusalReason(
            .unknownAction, "\(kind.name.zh)没有“\(id)”这一办理动作；可用：\(known)。",
            "\(kind.name.en) has no action `\(id)`; there are: \(known).")
    }

    static func recordNotFound(_ kind: Kind) -> RefusalReason {
        RefusalReason(.recordNotFound, "没有这条\(kind.name.zh)记录。", "There is no such \(kind.name.en) record.")
    }

    static func versionConflict(_ record: Record, expected: Int64) -> RefusalReason {
        RefusalReason(
            .versionConflict,
            "\(record.number)已被他人更新（您看到第\(expected)版，现为第\(record.version)版），请重新查看后再办理。",
            "\(record.number) was changed meanwhile (you saw version \(expected), it is now \(record.version)); "
                + "look at it again before you act.")
    }

    static func wrongState(_ record: Record, action: ActionRule, kind: Kind) -> RefusalReason {
        let allowed = action.from.compactMap { kind.lifecycle.state($0)?.name }
        let now = kind.lifecycle.state(record.state)?.name ?? Bilingual(zh: record.state, en: record.state)
        return RefusalReason(
            .wrongState,
            "“\(action.name.zh)”只能在“\(allowed.map(\.zh).joined(separator: "、"))”状态下办理，当前为“\(now.zh)”。",
            "“\(action.name.en)” is possible in \(allowed.map(\.en).joined(separator: ", ")) only; "
                + "the record is in \(now.en).")
    }

    static func wrongState(_ record: Record, verb: Bilingual, kind: Kind) -> RefusalReason {
        let now = kind.lifecycle.state(record.state)?.name ?? Bilingual(zh: record.state, en: record.state)
        return RefusalReason(
            .wrongState, "当前状态“\(now.zh)”不允许\(verb.zh)。",
            "In the state \(now.en) it is not possible to \(verb.en).")
    }

    static func filingNotOpen(_ kind: Kind) -> RefusalReason {
        RefusalReason(
            .roleNotAllowed, "\(kind.name.zh)不接受公众提交。", "The public cannot file this: \(kind.name.en).")
    }

    static func roleNotAllowed(_ actor: Actor, by: [Performer], action: Bilingual, rulebook: Rulebook)
        -> RefusalReason
    {
        let names = by.map { performer -> Bilingual in
            switch performer {
            case .role(let id): rulebook.roles[id]?.name ?? Bilingual(zh: id, en: id)
            case .responsible: Bilingual(zh: "责任单位", en: "the responsible party")
            case .system: Bilingual(zh: "系统", en: "the system")
            }
        }
        let role = roleName(actor, rulebook)
        return RefusalReason(
            .roleNotAllowed,
            "“\(action.zh)”由\(names.map(\.zh).joined(separator: "、"))办理，您的角色是\(role.zh)。",
            "“\(action.en)” is for \(names.map(\.en).joined(separator: ", ")); your role is \(role.en).")
    }

    static func notPermitted(_ actor: Actor, permission: Permission, rulebook: Rulebook) -> RefusalReason {
        let role = roleName(actor, rulebook)
        return RefusalReason(
            .notPermitted, "角色“\(role.zh)”没有“\(permission.rawValue)”权限。",
            "The role \(role.en) lacks the permission `\(permission.rawValue)`.")
    }

    static func regionNotAllowed(_ record: Record, actor: Actor, rulebook: Rulebook) -> RefusalReason {
        RefusalReason(
            .regionNotAllowed,
            "该记录属于\(rulebook.regions.name(record.region)?.zh ?? record.region)，不在您的辖区内。",
            "The record belongs to \(rulebook.regions.name(record.region)?.en ?? record.region), "
                + "which is outside your region.")
    }

    static func partyNotResponsible() -> RefusalReason {
        RefusalReason(
            .partyNotResponsible, "只有该记录的责任单位可以办理。",
            "Only the party responsible for the record may do this.")
    }

    static func separatePersonNeeded(_ action: ActionRule, performed: String) -> RefusalReason {
        RefusalReason(
            .separatePersonNeeded, rule: performed,
            "“\(action.name.zh)”不得由办理“\(performed)”的同一人办理。",
            "“\(action.name.en)” may not be done by the person who did `\(performed)`.")
    }

    static func fieldMissing(_ field: Field) -> RefusalReason {
        RefusalReason(
            .fieldMissing, field: field.id, "请填写“\(field.name.zh)”。",
            "“\(field.name.en)” (\(field.id)) is needed.",
            missing: [field.id])
    }

    static func fieldNotAccepted(_ field: Field, action: String) -> RefusalReason {
        let why: Bilingual =
            field.derivation != nil
            ? Bilingual(zh: "由系统计算，不能填写", en: "is computed and cannot be entered")
            : Bilingual(zh: "不是本次办理所填的内容", en: "is not asked by this action")
        return RefusalReason(
            .fieldNotAccepted, field: field.id, rule: action, "“\(field.name.zh)”\(why.zh)。",
            "“\(field.name.en)” (\(field.id)) \(why.en).")
    }

    static func unknownField(_ name: String, kind: Kind) -> RefusalReason {
        let hint = Suggestion.closest(to: name, among: kind.fields.map(\.id))
        return RefusalReason(
            .unknownField, field: name,
            "\(kind.name.zh)没有字段“\(name)”。" + (hint.map { "是否为“\($0)”？" } ?? ""),
            "\(kind.name.en) has no field `\(name)`." + (hint.map { " Did you mean `\($0)`?" } ?? ""))
    }

    static func valueInvalid(_ field: Field, problem: FieldProblem) -> RefusalReason {
        RefusalReason(
            .valueInvalid, field: field.id, rule: problem.code.rawValue,
            "“\(field.name.zh)”：\(problem.message.zh)",
            "“\(field.name.en)” (\(field.id)): \(problem.message.en)")
    }

    static func referenceNotFound(_ field: Field, target: Kind?) -> RefusalReason {
        RefusalReason(
            .referenceNotFound, field: field.id,
            "“\(field.name.zh)”所指的\(target?.name.zh ?? "记录")不在册。",
            "“\(field.name.en)” (\(field.id)) names a \(target?.name.en ?? "record") that is not on file.")
    }

    static func referenceVoided(_ field: Field, number: String) -> RefusalReason {
        RefusalReason(
            .referenceVoided, field: field.id, "“\(field.name.zh)”所指的\(number)已作废。",
            "“\(field.name.en)” (\(field.id)) names \(number), which was voided.")
    }

    static func recordVoided(_ record: Record) -> RefusalReason {
        RefusalReason(
            .recordVoided, "\(record.number)已作废，不能再办理。",
            "\(record.number) was voided; nothing more can be done with it.")
    }

    static func reasonMissing(_ action: Bilingual) -> RefusalReason {
        RefusalReason(.reasonMissing, "\(action.zh)必须说明理由。", "A reason is needed to \(action.en).")
    }

    static func regionUndetermined(_ kind: Kind) -> RefusalReason {
        RefusalReason(
            .regionUndetermined, field: kind.region.field, "无法确定所属行政区划（依据“\(kind.region.description)”）。",
            "The region cannot be determined (from `\(kind.region.description)`).",
            missing: [kind.region.description])
    }

    static func ruleBroken(_ rule: CheckedRule) -> RefusalReason {
        let clause = rule.citations.first?.title
        return RefusalReason(
            .ruleBroken, rule: rule.id, rule.say.zh + (clause.map { "（\($0)）" } ?? ""),
            rule.say.en + (clause.map { " (\($0))" } ?? ""))
    }

    static func ruleUndetermined(_ rule: CheckedRule, missing: [String], kind: Kind) -> RefusalReason {
        let names = missing.map { name -> Bilingual in
            kind.field(name)?.name ?? Bilingual(zh: name, en: name)
        }
        return RefusalReason(
            .ruleUndetermined, rule: rule.id,
            "无法判断“\(rule.say.zh)”：缺少\(names.map(\.zh).joined(separator: "、"))。",
            "It cannot be decided whether this holds: “\(rule.say.en)”; missing: "
                + names.map(\.en).joined(separator: ", ") + ".",
            missing: missing)
    }

    static func notEvaluated(_ field: Field, error: EvaluationError) -> RefusalReason {
        if case .missing(let missing) = error {
            return RefusalReason(
                .ruleUndetermined, field: field.id, "无法得出“\(field.name.zh)”：\(error.messageZh)",
                "“\(field.name.en)” (\(field.id)) cannot be worked out: \(error.message)", missing: missing)
        }
        return RefusalReason(
            .expressionFailed, field: field.id, "计算“\(field.name.zh)”时出错：\(error.messageZh)",
            "“\(field.name.en)” (\(field.id)) could not be computed: \(error.message)")
    }

    static func expressionFailed(rule: String, error: EvaluationError) -> RefusalReason {
        RefusalReason(
            .expressionFailed, rule: rule, "规则计算出错：\(error.messageZh)", "A rule failed: \(error.message)")
    }

    static func clockNotDue() -> RefusalReason {
        RefusalReason(.clockNotDue, "该时限目前没有需要办理的步骤。", "The clock wants nothing now.")
    }

    static func nothingChanged() -> RefusalReason {
        RefusalReason(.nothingChanged, "没有任何变化。", "Nothing would change.")
    }
}
