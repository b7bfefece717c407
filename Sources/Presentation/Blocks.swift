/// A block of facts, a label and its value on each line.
public struct FactBlock: Sendable {
    /// One fact.
    public struct Fact: Hashable, Sendable {
        /// What it is about.
        public var label: String
        /// What is said about it; it may have several lines.
        public var value: String
        /// What it is meant to tell.
        public var meaning: Meaning?
    }

    /// The facts in the order they were added.
    public private(set) var facts: [Fact] = []

    /// A block without facts.
    public init() {}

    /// Adds a fact.
    public mutating func add(_ label: String, _ value: String, _ meaning: Meaning? = nil) {
        facts.append(Fact(label: label, value: value, meaning: meaning))
    }

    /// The block: labels muted, values below each other, long values wrapped beside their label.
    public func drawn(for terminal: Terminal = .plain, indent: Int = 0) -> String {
        let labels = facts.map { SafeText.oneLine($0.label) }
        let widest = labels.reduce(0) { max($0, DisplayWidth.columns(of: $1)) }
        let margin = String(repeating: " ", count: max(0, indent))
        let valueStart = max(0, indent) + widest + 2
        var text = ""
        for (fact, label) in zip(facts, labels) {
            let value = SafeText.lines(fact.value)
            let lines =
                terminal.columns.map { TextWrap.lines(of: value, columns: max(10, $0 - valueStart)) }
                ?? value.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            for (number, line) in lines.enumerated() {
                let padding = String(repeating: " ", count: widest - DisplayWidth.columns(of: label))
                let head =
                    number == 0
                    ? margin + terminal.painted(label, .muted) + padding
                    : margin + String(repeating: " ", count: widest)
                text +=
                    (line.isEmpty && number > 0 ? "" : head + "  " + terminal.painted(line, fact.meaning))
                    + "\n"
            }
        }
        return text
    }
}

/// Headings of sections.
public enum Heading {
    /// The title in bold over a light rule as long as it, and a blank line.
    public static func drawn(_ title: String, for terminal: Terminal = .plain) -> String {
        let text = SafeText.oneLine(title).truncated(to: terminal.columns ?? .max)
        let rule = String(repeating: "─", count: DisplayWidth.columns(of: text))
        return terminal.painted(text, .strong) + "\n" + terminal.painted(rule, .muted) + "\n\n"
    }
}

/// A tree of texts, such as regions or the parts of a rulebook.
public struct TreeNode: Hashable, Sendable {
    /// What stands in the node's line.
    public var text: String
    /// What it is meant to tell.
    public var meaning: Meaning?
    /// The nodes below it, from top to bottom.
    public var children: [TreeNode]

    /// A node, a leaf unless children are given.
    public init(_ text: String, _ meaning: Meaning? = nil, children: [TreeNode] = []) {
        self.text = text
        self.meaning = meaning
        self.children = children
    }

    /// The tree with light lines, one node a line; long texts are cut at the terminal's width.
    public func drawn(for terminal: Terminal = .plain) -> String {
        var text = ""
        // A stack and not recursion: the depth may come from outside.
        var open = [(node: self, lead: "", branch: "", next: "")]
        while let (node, lead, branch, next) = open.popLast() {
            let width = terminal.columns.map { max(4, $0 - DisplayWidth.columns(of: lead + branch)) } ?? .max
            let label = SafeText.oneLine(node.text).truncated(to: width)
            text += terminal.painted(lead + branch, .muted) + terminal.painted(label, node.meaning) + "\n"
            for (index, child) in node.children.enumerated().reversed() {
                let isLast = index == node.children.count - 1
                open.append((child, lead + next, isLast ? "└─ " : "├─ ", isLast ? "   " : "│  "))
            }
        }
        return text
    }
}

/// A bar that shows a share.
public enum ProgressBar {
    private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    /// A bar of so many columns, filled to a share from 0 to 1 in steps of an eighth of a column; what is
    /// not a number counts as 0. The bar is full only at 1.
    public static func drawn(_ fraction: Double, columns: Int, for terminal: Terminal = .plain) -> String {
        let columns = min(max(1, columns), 1000)
        let share = fraction.isNaN ? 0 : min(1, max(0, fraction))
        let steps = Int(share * Double(columns) * 8)
        let filled = String(repeating: "█", count: steps / 8) + eighths[steps % 8]
        let rest = String(repeating: "░", count: columns - filled.count)
        return terminal.painted(filled, .accent) + terminal.painted(rest, .muted)
    }
}
