import Expressions
import Records
import Rulebooks

/// Finds the kind that somebody wrote.
enum KindArgument {
    /// A kind by its id or its name.
    static func kind(_ text: String, in rulebook: Rulebook) throws -> Kind {
        if let kind = rulebook.kind(text) { return kind }
        let kinds = rulebook.kindOrder.compactMap(rulebook.kind)
        if let kind = kinds.first(where: {
            $0.name.zh == text || $0.name.en.lowercased() == text.lowercased()
        }) {
            return kind
        }
        let hint = Suggestion.closest(to: text, among: rulebook.kindOrder)
        throw Refusal(
            RefusalReason(
                .unknownKind,
                "规则书中没有“\(text)”这一类别。" + (hint.map { "是否为“\($0)”？" } ?? "可用 zhiheng rulebook list 查看。"),
                "The rulebook has no kind `\(text)`. "
                    + (hint.map { "Did you mean `\($0)`?" } ?? "See zhiheng rulebook list.")))
    }
}
