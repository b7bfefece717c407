import Exchange
import Expressions
import Figures
import Foundation
import Ledger
import Office
import Records
import Rulebooks
import Statements
import Storage
import Web

extension CommandFailure {
    /// The one place where every problem of the parts becomes a text and an exit code.
    ///
    /// A problem that nobody foresaw is told as such: nothing internal leaves the process.
    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let refusal as Refusal: self.init(refusal)
        case let problem as WorkspaceProblem: self.init(problem)
        case let problem as StoreProblem: self.init(problem)
        case let problem as ImportProblem: self.init(problem)
        case let problem as ReportProblem: self.init(problem)
        case let problem as DocumentProblem: self.init(problem)
        case let problem as TextDocumentProblem:
            self.init(.folder, items: [Item(code: problem.code, text: problem.message)])
        case let problems as RulebookProblems: self.init(problems)
        case let problems as ExpressionProblems: self.init(problems)
        case let problem as EvaluationError:
            self.init(.usage, problem.messageZh, problem.message)
        case let problem as ExchangeProblem:
            self.init(.folder, code: problem.code, problem.chinese, problem.english)
        case let problem as LedgerProblem:
            self.init(.refused, code: problem.code, problem.chinese, problem.english)
        case let problem as FigureProblem:
            self.init(.refused, items: [Item(code: problem.code, text: problem.message)])
        case let problem as StatementProblem: self.init(StatementProblems([problem]))
        case let problems as StatementProblems: self.init(problems)
        case let problem as ProgramProblem:
            self.init(.folder, items: [Item(code: problem.code, text: problem.message)])
        case let problem as PaperProblem:
            self.init(
                problem == .address ? .usage : .refused,
                items: [Item(code: problem.code, text: problem.message)])
        case let problem as SiteProblem: self.init(.folder, problem.message.zh, problem.message.en)
        case is CocoaError:
            self.init(
                .folder, "无法读写文件。请检查路径、权限和磁盘空间。",
                "A file could not be read or written. Check its path, the permissions and the disk.")
        default:
            self.init(
                .storage, "程序遇到没有预料到的情况，未能完成。请重试；若再次出现，请报告所执行的命令。",
                "Something unforeseen happened and nothing more was done. Try again; if it happens again, "
                    + "report the command.")
        }
    }

    private init(_ refusal: Refusal) {
        let items = refusal.reasons.map {
            Item(code: $0.code.rawValue, text: Bilingual(zh: $0.sentence, en: $0.sentenceEnglish))
        }
        self.init(.refused, heading: Bilingual(zh: "未办理", en: "Not done"), items: items)
    }

    private init(_ problems: RulebookProblems) {
        let heading = Bilingual(
            zh: "规则书有 \(problems.problems.count) 处问题",
            en: "The rulebook has \(problems.problems.count) problem(s)")
        let items = problems.problems.map {
            Item(code: nil, text: Bilingual(zh: $0.text(.zh), en: $0.text(.en)))
        }
        self.init(.folder, heading: heading, items: items)
    }

    /// A question that a report cannot answer is refused; a report that is wrong in itself is the rulebook's.
    private init(_ problems: StatementProblems) {
        let isQuestion = problems.problems.allSatisfy { problem in
            switch problem {
            case .figure, .wrongPeriod: true
            default: false
            }
        }
        self.init(
            isQuestion ? .refused : .folder,
            items: problems.problems.map { Item(code: $0.code, text: $0.message) })
    }

    private init(_ problems: ExpressionProblems) {
        let items = problems.problems.map { problem in
            let place = "\(problem.line):\(problem.column)"
            return Item(
                code: nil,
                text: Bilingual(zh: "\(place)  \(problem.messageZh)", en: "\(place)  \(problem.message)"))
        }
        self.init(.usage, items: items)
    }

    private init(_ problem: StoreProblem) {
        let exit: Exit =
            switch problem {
            case .duplicate, .conflict, .missingReference, .unsuitable: .refused
            case .schemaOutdated, .schemaChanged, .schemaRefused, .foreignDatabase, .wrongKey: .folder
            case .damaged, .unavailable: .storage
            }
        self.init(exit, items: [Item(code: nil, text: problem.message)])
    }

    private init(_ problem: DocumentProblem) {
        switch problem {
        case .templateMissing(let document, let path):
            self.init(
                .folder, "文书“\(document)”的模板 \(path) 不在规则书中。请补上该文件。",
                "The template \(path) of the document `\(document)` is not in the rulebook. Add the file.")
        case .templateMalformed(let document, let path):
            self.init(
                .folder, "文书“\(document)”的模板 \(path) 写法有误。请检查其中的双花括号。",
                "The template \(path) of the document `\(document)` is malformed. Check its double braces.")
        }
    }

    private init(_ problem: ReportProblem) {
        switch problem {
        case .unknownReport(let name, let known):
            self.init(
                .refused, "规则书中没有名为“\(name)”的报告；可用：\(known.joined(separator: "、"))。",
                "The rulebook has no report `\(name)`; there are: \(known.joined(separator: ", ")).")
        }
    }
}
