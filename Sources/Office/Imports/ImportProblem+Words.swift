import Rulebooks

extension ImportProblem {
    /// What kept the import from beginning and what to do, in both languages.
    public var words: Bilingual {
        switch self {
        case .unknownKind(let kind, let suggestion):
            Bilingual(
                zh: "规则书中没有“\(kind)”这一类别。" + (suggestion.map { "是否为“\($0)”？" } ?? ""),
                en: "The rulebook has no kind `\(kind)`."
                    + (suggestion.map { " Did you mean `\($0)`?" } ?? ""))
        case .unknownMap(let map, let known):
            Bilingual(
                zh: "规则书中没有导入映射“\(map)”；可用：\(Self.zh(known))。",
                en: "The rulebook has no import map `\(map)`; there are: \(Self.en(known)).")
        case .mapForOtherKind(let map, let kind):
            Bilingual(
                zh: "导入映射“\(map)”用于“\(kind)”，不用于这一类别。",
                en: "The import map `\(map)` is for `\(kind)`, not for this kind.")
        case .unknownColumn(let column, let suggestion, let known):
            Bilingual(
                zh: "文件中的列“\(column)”不是该类别的字段" + (suggestion.map { "，是否为“\($0)”？" } ?? "。")
                    + "\n请改列名、删去该列，或选用导入映射。可填字段：\(Self.zh(known))",
                en: "The column `\(column)` is no field of the kind"
                    + (suggestion.map { "; did you mean `\($0)`?" } ?? ".")
                    + "\nRename it, remove it, or choose an import map. Fields: \(Self.en(known))")
        case .repeatedColumn(let column):
            Bilingual(
                zh: "文件中有两列都叫“\(column)”。请改名或删去其一。",
                en: "Two columns of the file are called `\(column)`. Rename or remove one.")
        case .missingColumns(let columns):
            Bilingual(
                zh: "文件缺少必填的列：\(Self.zh(columns))。",
                en: "The file lacks columns that are required: \(Self.en(columns)).")
        case .mapDoesNotFit(let field, let position, let zh, let en):
            Bilingual(
                zh: "导入映射与文件不符，字段“\(field)”（\(position)）：\(zh)",
                en: "The map does not fit the file, field `\(field)` (\(position)): \(en)")
        case .refusedRows:
            Bilingual(zh: "有的行未能通过检查，没有导入任何记录。", en: "Rows were refused; nothing was imported.")
        case .dryRun:
            Bilingual(zh: "仅作检查，没有导入任何记录。", en: "This was a dry run; nothing was imported.")
        case .fileChanged:
            Bilingual(
                zh: "文件在核对之后有了变化，没有导入任何记录。请重新上传并核对。",
                en: "The file changed after it was checked; nothing was imported. Upload and check it again.")
        }
    }

    /// The most names in one sentence.
    private static let namesShown = 16

    private static func zh(_ names: [String]) -> String {
        let shown = names.prefix(namesShown).joined(separator: "、")
        return names.count > namesShown ? "\(shown) 等 \(names.count) 项" : shown
    }

    private static func en(_ names: [String]) -> String {
        let shown = names.prefix(namesShown).joined(separator: ", ")
        return names.count > namesShown ? "\(shown) and \(names.count - namesShown) more" : shown
    }
}
