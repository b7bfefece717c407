import Expressions
import Figures
import Records
import Rulebooks
import Storage

extension Office {
    /// The records that a record's references point to, after the given values are applied.
    func related(
        to record: Record?, values: [String: Value], kind: Kind,
        reading: (Kind, Int64) throws -> Record?
    ) throws -> [Facts.Key: Record] {
        var related: [Facts.Key: Record] = [:]
        for (index, target) in kind.references {
            var ids: [Int64] = []
            if case .int(let id)? = values[kind.fields[index].id]?.storedReference { ids.append(id) }
            if let record, case .int(let id) = record.values[index] { ids.append(id) }
            guard let declaration = rulebook.kind(target) else { continue }
            for id in ids where related[Facts.Key(kind: target, id: id)] == nil {
                related[Facts.Key(kind: target, id: id)] = try reading(declaration, id)
            }
        }
        return related
    }

    /// To whom a notice goes: a party, the office of a region or the office above it.
    func addressee(_ addressee: Addressee, of record: Record) -> String? {
        switch addressee {
        case .responsible: record.responsible.map { "responsible:" + $0 } ?? "office:" + record.region
        case .office: "office:" + record.region
        case .upper: "office:" + (rulebook.regions.parent(record.region) ?? record.region)
        }
    }

    /// What a person is told when an action fails in the store rather than by a rule.
    func refusal(for error: any Error, action: Action) -> any Error {
        guard let problem = error as? StoreProblem else { return error }
        switch problem {
        case .duplicate(let id, let fields):
            let kind = rulebook.kind(id)
            let names = fields.map { kind?.field($0)?.name ?? Bilingual(zh: $0, en: $0) }
            return Refusal(
                RefusalReason(
                    .duplicate, field: fields.first,
                    "已有\(kind?.name.zh ?? id)使用相同的\(names.map(\.zh).joined(separator: "、"))。",
                    "Another \(kind?.name.en ?? id) on file has the same \(names.map(\.en).joined(separator: ", "))."
                ))
        case .conflict(_, _):
            return Refusal(
                RefusalReason(
                    .versionConflict, "该记录刚被他人更新，请重新查看后再办理。",
                    "The record was changed meanwhile; look at it again before you act."))
        default: return problem
        }
    }

    func unknownKind(_ id: String) -> RefusalReason {
        RefusalReason(.unknownKind, "规则书中没有“\(id)”这一类别。", "The rulebook has no kind `\(id)`.")
    }

    func numberNotRendered(_ kind: Kind) -> RefusalReason {
        RefusalReason(
            .numberNotRendered, "无法生成\(kind.name.zh)编号。",
            "The number of the \(kind.name.en) could not be rendered.")
    }
}

extension Value {
    /// A reference as an id, whatever form it was given in.
    var storedReference: Value {
        if case .object(let object) = self { return .int(object.id) }
        return self
    }
}
