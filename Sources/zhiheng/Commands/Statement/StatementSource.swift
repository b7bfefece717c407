import ArgumentParser
import Exchange
import Office
import Rulebooks
import Statements

extension Exchange.TextEncoding: ExpressibleByArgument {
    public init?(argument: String) { self.init(named: argument) }
}

/// How documents are to be read.
struct DocumentOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("文本的编码，默认自动识别 · Encoding of text (default: looked for)", valueName: "encoding"))
    var encoding: Exchange.TextEncoding?
}

/// Reads documents for the commands about statements.
struct StatementSource {
    private let console: Console
    private let encoding: Exchange.TextEncoding?
    private var reader = TextReader()
    private var hasLookedForTable = false

    init(_ options: DocumentOptions, _ console: Console) {
        (self.console, encoding) = (console, options.encoding)
    }

    /// The document at a path, or on standard input for `-`.
    ///
    /// - Throws: `CommandFailure` that names the file.
    mutating func read(_ path: String) throws(CommandFailure) -> ReadText {
        if path == "-", console.canAsk {
            console.aside(
                console.text("从键盘读取，按 Ctrl-D 结束", "Reading from the keyboard; Ctrl-D ends"), .muted)
        }
        let document: TextDocument
        do {
            document =
                try path == "-"
                ? .standardInput(encoding: encoding) : TextDocument(path: path, encoding: encoding)
        } catch {
            throw Self.failure(error, path)
        }
        if !hasLookedForTable, TraditionalCharacters.areIn(document.text) { takeTable() }
        return reader.read(document.text, name: document.name)
    }

    /// Takes the table of simplified characters: loading it takes longer than reading a short text, so that it
    /// is done only for a text that needs it.
    private mutating func takeTable() {
        hasLookedForTable = true
        do {
            reader = TextReader(simplified: try SimplifiedCharacters.table())
        } catch {
            console.asideParagraph(
                console.text(
                    "文中有繁体字，其中的数字可能未能识别。\(error.chinese)",
                    "The text has traditional characters; figures among them may be missed. \(error.english)"),
                indent: 0, .warning)
        }
    }

    /// What a person is told of a file that cannot be read; damage alone does not say in which file it is.
    private static func failure(_ error: any Error, _ path: String) -> CommandFailure {
        var failure = CommandFailure(error)
        if case .damagedText? = error as? ExchangeProblem {
            failure.heading =
                path == "-"
                ? Bilingual(zh: "标准输入", en: "Standard input") : Bilingual(zh: path, en: path)
        }
        return failure
    }
}

/// Tells whether a text is written in traditional characters.
enum TraditionalCharacters {
    /// Frequent characters that simplified Chinese does not have.
    private static let characters = Set(
        "國業產質為對發會個這們來與學後實現關開過時說從動進還長經問點員機應無電話體門間題見頭資車東書馬觀"
            .unicodeScalars.map(\.value))

    /// Whether some of the frequent ones are in a text.
    static func areIn(_ text: String) -> Bool {
        text.unicodeScalars.contains {
            (0x4E00...0x9FFF).contains($0.value) && characters.contains($0.value)
        }
    }
}
