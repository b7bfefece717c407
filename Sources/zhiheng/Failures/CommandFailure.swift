import Presentation
import Rulebooks

/// What a person is told when a command could not do what it was asked, and its exit code.
struct CommandFailure: Error {
    /// The documented exit codes.
    enum Exit: Int32 {
        /// Refused by a rule, or a check found problems.
        case refused = 1
        /// An expression or its use is wrong.
        case usage = 2
        /// The data folder, the rulebook or a file cannot be used.
        case folder = 3
        /// The storage is unavailable.
        case storage = 4
    }

    /// One thing to say.
    struct Item {
        var code: String?
        var text: Bilingual
    }

    var exit: Exit
    /// What was not done, as a heading; nil when the items say all.
    var heading: Bilingual?
    var items: [Item]

    init(_ exit: Exit, heading: Bilingual? = nil, items: [Item]) {
        (self.exit, self.heading, self.items) = (exit, heading, items)
    }

    init(_ exit: Exit, code: String? = nil, _ zh: String, _ en: String) {
        self.init(exit, items: [Item(code: code, text: Bilingual(zh: zh, en: en))])
    }

    /// Writes the failure to standard error.
    func report(to console: Console) {
        if let heading { console.aside(heading.text(console.language), .danger) }
        var block = FactBlock()
        for item in items {
            block.add(item.code ?? (heading == nil ? "✗" : "·"), item.text.text(console.language))
        }
        console.putAside(block.drawn(for: console.errorTerminal, indent: heading == nil ? 0 : 2))
    }
}
