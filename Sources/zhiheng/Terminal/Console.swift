import Foundation
import Presentation
import Rulebooks

/// Where the command speaks: answers to standard output, everything else to standard error.
struct Console: Sendable {
    let language: Language
    /// Standard output.
    let terminal: Terminal
    /// Standard error.
    let errorTerminal: Terminal

    init(language: Language, refusesColours: Bool) {
        self.language = language
        terminal = Self.terminal(STDOUT_FILENO, refusesColours: refusesColours)
        errorTerminal = Self.terminal(STDERR_FILENO, refusesColours: refusesColours)
    }

    private static func terminal(_ descriptor: Int32, refusesColours: Bool) -> Terminal {
        let isTerminal = isatty(descriptor) == 1
        return Terminal(
            isTerminal: isTerminal, columns: isTerminal ? columns(of: descriptor) : nil,
            refusesColours: refusesColours)
    }

    private static func columns(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Whether somebody is there to answer a question.
    var canAsk: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    // MARK: Words

    /// The text in the language of the reader.
    func text(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    /// Names in a row: 、in Chinese, commas in English.
    func list(_ names: [String]) -> String { names.joined(separator: text("、", ", ")) }

    // MARK: Answers

    /// Writes text as it is to standard output.
    func put(_ text: String) { Self.send(Array(text.utf8), to: STDOUT_FILENO) }

    /// Writes bytes as they are to standard output.
    func put(_ bytes: [UInt8]) { Self.send(bytes, to: STDOUT_FILENO) }

    /// Writes a line to standard output.
    func line(_ text: String = "", _ meaning: Meaning? = nil) { put(terminal.painted(text, meaning) + "\n") }

    /// Writes a heading.
    func heading(_ title: String) { put(Heading.drawn(title, for: terminal)) }

    /// Writes a paragraph, wrapped to the terminal, behind a margin.
    func paragraph(_ text: String, indent: Int = 2, _ meaning: Meaning? = nil) {
        put(Self.wrapped(text, indent: indent, meaning, for: terminal))
    }

    /// Writes a block of facts.
    func facts(_ block: FactBlock, indent: Int = 2) { put(block.drawn(for: terminal, indent: indent)) }

    /// Writes a table in a form.
    func table(_ table: TextTable, as format: OutputFormat = .table) {
        var table = table
        table.yesText = text("是", "yes")
        table.noText = text("否", "no")
        put(table.text(as: format, for: terminal))
    }

    // MARK: Asides

    /// Writes a line to standard error.
    func aside(_ text: String = "", _ meaning: Meaning? = nil) {
        Self.send(Array((errorTerminal.painted(text, meaning) + "\n").utf8), to: STDERR_FILENO)
    }

    /// Writes text as it is to standard error.
    func putAside(_ text: String) { Self.send(Array(text.utf8), to: STDERR_FILENO) }

    /// Writes a paragraph to standard error.
    func asideParagraph(_ text: String, indent: Int = 2, _ meaning: Meaning? = nil) {
        putAside(Self.wrapped(text, indent: indent, meaning, for: errorTerminal))
    }

    /// A text without a label is a fact like any other: it is wrapped behind its margin.
    private static func wrapped(_ text: String, indent: Int, _ meaning: Meaning?, for terminal: Terminal)
        -> String
    {
        var block = FactBlock()
        block.add("", text, meaning)
        return block.drawn(for: terminal, indent: max(0, indent - 2))
    }

    private static func send(_ bytes: [UInt8], to descriptor: Int32) {
        var bytes = bytes[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
