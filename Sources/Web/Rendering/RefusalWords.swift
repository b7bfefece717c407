import Records
import Rulebooks

extension RefusalReason {
    /// The sentence in both languages.
    var words: Bilingual { Bilingual(zh: sentence, en: sentenceEnglish) }
}

extension Site {
    /// What `part/errors` names: everything wrong with what was sent, each leading to its field.
    ///
    /// - Parameter prefix: of the ids of the form's fields; nil where no form was sent.
    func errorValues(_ reasons: [RefusalReason], prefix: String?, _ language: Language) -> [String: Any] {
        let errors = reasons.map { reason -> [String: Any] in
            var error: [String: Any] = ["text": reason.words.text(language), "code": reason.code.rawValue]
            if let field = reason.field, let prefix { error["href"] = "#\(prefix)-\(field)" }
            if let rule = reason.rule, [.ruleBroken, .ruleUndetermined].contains(reason.code) {
                error["ruleHref"] = address(ofRule: rule, saying: reason.sentence)
            }
            return error
        }
        guard !errors.isEmpty else { return ["errors": errors] }
        let heading = renderer.text("errors_heading", ["count": String(errors.count)], language)
        return ["errors": errors, "errorsHeading": heading]
    }
}
