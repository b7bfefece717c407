import Ledger
import Office
import Rulebooks
import Storage

extension Site {
    /// Checks the code that a paper carries: first by itself, as a stranger would with the public key, then against what is
    /// on file here.
    func verifyPaper(_ number: String, _ proof: String, _ context: SiteContext) throws -> Page {
        let language = context.language
        guard let code = try? DocumentCode(number: number, proof: proof) else {
            return paperVerdict("late", "code_malformed", number, steps: [], context)
        }
        guard let key = press.settings.key?.verifier else { return try verify(number, context) }
        let found = try office.store.read { reader -> (leaf: [UInt8], document: StoredDocument?)? in
            guard try code.index < reader.ledgerSize(), let entry = try reader.entry(at: code.index) else {
                return nil
            }
            return (entry.leaf, try reader.document(number: number))
        }
        let digest = try found?.document.map(DocumentProof.digest(of:))
        let report = code.verify(trusting: [key], leaf: found?.leaf, textDigest: digest ?? nil)
        let steps = report.steps.compactMap { step -> [String: Any]? in
            guard step.outcome != .notReached else { return nil }
            let words = Bilingual(zh: step.check.chinese, en: step.check.english).text(language)
            return [
                "text": words, "holds": step.outcome == .passed,
                "tone": step.outcome == .passed ? "done" : "late",
            ]
        }
        guard report.isValid, found != nil else {
            return paperVerdict("late", "code_false", number, steps: steps, context)
        }
        var page = try verify(number, context)
        guard var result = page.values["result"] as? [String: Any] else { return page }
        result["checks"] = steps
        result["origin"] = renderer.text(
            "code_origin",
            ["origin": key.name, "index": String(code.index), "size": String(code.size)], language)
        page.values["result"] = result
        return page
    }

    private func paperVerdict(
        _ tone: String, _ key: String, _ number: String, steps: [[String: Any]], _ context: SiteContext
    ) -> Page {
        let result: [String: Any] = [
            "tone": tone, "verdict": text(key, context), "explanation": text(key + "_why", context),
            "hasFacts": false, "checks": steps,
        ]
        var values = verifyPage(context, code: String(number.prefix(200)))
        values["result"] = result
        return Page(template: "verify", values: values)
    }
}
