import Exchange
import Expressions
import Records
import Rulebooks

/// Puts into words, for the person who sent a file, what is wrong with a row of it.
struct RowErrors: Sendable {
    let kind: Kind
    let plan: ColumnPlan

    func error(
        _ record: CSVRecord, entry: ColumnPlan.Entry, value: String?, code: String, zh: String, en: String
    ) -> RowError {
        RowError(
            row: record.row, line: record.line, column: plan.columnName(of: entry), value: value, code: code,
            reason: zh, reasonEnglish: en)
    }

    func error(
        _ record: CSVRecord, entry: ColumnPlan.Entry, value: String?, _ problem: FieldProblem
    ) -> RowError {
        error(
            record, entry: entry, value: value, code: problem.code.rawValue, zh: problem.message.zh,
            en: problem.message.en)
    }

    func error(_ problem: RowProblem) -> RowError {
        let column = problem.column.flatMap { column -> String? in
            plan.header.names.indices.contains(column - 1) ? plan.header.names[column - 1] : nil
        }
        return RowError(
            row: problem.row, line: problem.line, column: column, value: nil, code: problem.code,
            reason: problem.chinese, reasonEnglish: problem.english)
    }

    func error(_ reason: RefusalReason, _ record: CSVRecord) -> RowError {
        let entry = reason.field.flatMap { name in
            plan.entries.first { self.kind.fields[$0.field].id == name }
        }
        return RowError(
            row: record.row, line: record.line, column: entry.map(plan.columnName) ?? reason.field,
            value: nil,
            code: reason.rule.map { "\(reason.code.rawValue) \($0)" } ?? reason.code.rawValue,
            reason: reason.sentence, reasonEnglish: reason.sentenceEnglish)
    }

    func missingReference(_ record: CSVRecord, field: Int, text: String) -> RowError {
        let target = kind.fields[field]
        let entry = plan.entries.first { $0.field == field }
        return RowError(
            row: record.row, line: record.line, column: entry.map(plan.columnName) ?? target.id,
            value: String(text.prefix(80)), code: RefusalCode.referenceNotFound.rawValue,
            reason: "“\(target.name.zh)”所指的记录不在册",
            reasonEnglish: "\(target.id) names a record that is not on file")
    }
}
