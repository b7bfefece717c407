import Exchange
import Records
import Rulebooks
import Storage

/// Why a job came to nothing, as people are told.
public struct JobFailure: Codable, Hashable, Sendable, Error {
    public var code: String
    public var zh: String
    public var en: String

    public init(code: String, zh: String, en: String) { (self.code, self.zh, self.en) = (code, zh, en) }

    /// The sentence in a language.
    public func text(_ language: Language) -> String { language == .zh ? zh : en }

    /// What an error of the office, the store or a file means; nothing internal shows.
    init(_ error: any Error) {
        switch error {
        case let failure as JobFailure: self = failure
        case let refusal as Refusal:
            self.init(
                code: refusal.reasons.first?.code.rawValue ?? "",
                zh: refusal.reasons.map(\.sentence).joined(separator: "\n"),
                en: refusal.reasons.map(\.sentenceEnglish).joined(separator: "\n"))
        case let problem as ImportProblem:
            self.init(code: problem == .fileChanged ? RefusalCode.fileChanged.rawValue : "", problem.words)
        case let problem as ExchangeProblem:
            self.init(code: problem.code, zh: problem.chinese, en: problem.english)
        case let problem as StoreProblem: self.init(code: "", problem.message)
        default:
            self.init(
                code: "", zh: "发生了意料之外的问题，没有改动任何内容。详情见运行日志。",
                en: "Something unforeseen happened; nothing was changed. The log of the process says more.")
        }
    }

    private init(code: String, _ text: Bilingual) { self.init(code: code, zh: text.zh, en: text.en) }
}
