import ArgumentParser
import Foundation
import Presentation
import Rulebooks

extension Language: ExpressibleByArgument {}
extension OutputFormat: ExpressibleByArgument {}

/// What every command takes.
struct CommonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "资料目录，默认 ./data 或 ZHIHENG_DATA · Data folder (default: ./data, or ZHIHENG_DATA)", valueName: "dir"
        ))
    var data: String?

    @Option(help: ArgumentHelp("语言 · Language (default: by LANG)", valueName: "zh|en"))
    var language: Language?

    @Flag(name: .customLong("no-colour"), help: "不用颜色 · No colours")
    var refusesColours = false

    @Option(
        name: .customLong("at"),
        help: ArgumentHelp("把时钟停在某一时刻 · Stop the clock at a moment", valueName: "moment", visibility: .hidden)
    )
    var moment: String?

    /// The data folder.
    var dataFolder: URL {
        let path =
            data ?? ProcessInfo.processInfo.environment["ZHIHENG_DATA"].flatMap { $0.isEmpty ? nil : $0 }
        return URL(fileURLWithPath: path ?? "data", isDirectory: true)
    }

    /// The language asked for, else the one of the terminal: Chinese unless it begins with `en`.
    var spokenLanguage: Language {
        if let language { return language }
        let environment = ProcessInfo.processInfo.environment
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first {
            !$0.isEmpty
        }
        return locale?.lowercased().hasPrefix("en") == true ? .en : .zh
    }

    /// Whether colours are unwanted, by the flag or by NO_COLOR.
    var isColourless: Bool {
        refusesColours || ProcessInfo.processInfo.environment["NO_COLOR"].map { !$0.isEmpty } == true
            || ProcessInfo.processInfo.environment["TERM"] == "dumb"
    }

    /// The moment at which the clock is to stand, by the option or by ZHIHENG_NOW.
    var stoppedMoment: String? {
        moment ?? ProcessInfo.processInfo.environment["ZHIHENG_NOW"].flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// Who acts.
struct ActorOption: ParsableArguments {
    @Option(name: .customLong("as"), help: ArgumentHelp("以该账号办理 · Act as this account", valueName: "login"))
    var login: String?
}

/// In which form the answer is given.
struct FormatOption: ParsableArguments {
    @Option(help: ArgumentHelp("输出形式 · Form of the answer", valueName: "table|json|csv|markdown"))
    var format: OutputFormat = .table
}
