import Expressions

extension FieldCoercion {
    /// A value as people read it, with its unit; see the static function of this name.
    ///
    /// Personal values are not masked here: whoever shows them decides that.
    public func display(_ value: Value, for field: Field, language: Language) -> String {
        let text = plain(value, field, language)
        guard let unit = field.unit, !text.isEmpty else { return text }
        return language == .zh ? "\(text)\(unit.zh)" : "\(text) \(unit.en)"
    }

    private func plain(_ value: Value, _ field: Field, _ language: Language) -> String {
        switch (field.type, value) {
        case (_, .null): ""
        case (.money, .decimal(let amount)), (.decimal, .decimal(let amount)):
            TextForms.grouped(amount.description)
        case (.integer, .int(let number)): TextForms.grouped(String(number))
        case (.boolean, .bool(let flag)):
            language == .zh ? (flag ? "是" : "否") : (flag ? "Yes" : "No")
        case (.code(let list), .string(let id)): codeLists[list]?.anyItem(id)?.name.text(language) ?? id
        case (.region, .string(let code)): regions.fullName(code)?.text(language) ?? code
        case (.text(let limits), .string(let id)) where limits.namesRole:
            roles[id]?.text(language) ?? id
        case (_, .date(let day)): day.description
        case (_, .timestamp(let moment)): TextForms.civil(moment, offsetSeconds: offsetSeconds)
        case (.files, .list(let digests)):
            language == .zh
                ? "\(digests.count) 个文件" : digests.count == 1 ? "1 file" : "\(digests.count) files"
        case (.table, .list(let rows)):
            language == .zh ? "\(rows.count) 行" : rows.count == 1 ? "1 row" : "\(rows.count) rows"
        case (_, .string(let text)): text
        case (_, .int(let number)): String(number)
        case (_, .decimal(let number)): number.description
        case (_, .bool(let flag)): flag ? "true" : "false"
        case (_, .object(let record)): String(record.id)
        default: ""
        }
    }
}
