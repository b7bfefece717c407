import Office
import Rulebooks

extension CommandFailure {
    init(_ problem: ImportProblem) {
        var text = problem.words
        if let hint = Self.hint(problem) { text = Bilingual(zh: text.zh + hint.zh, en: text.en + hint.en) }
        self.init(.refused, items: [Item(code: nil, text: text)])
    }

    /// What to write instead.
    private static func hint(_ problem: ImportProblem) -> Bilingual? {
        switch problem {
        case .mapForOtherKind(_, let kind):
            Bilingual(zh: "请写 zhiheng import \(kind)。", en: " Write zhiheng import \(kind).")
        case .unknownColumn:
            Bilingual(zh: "\n导入映射用 --map 指明。", en: "\nAn import map is named with --map.")
        default: nil
        }
    }
}
