/// What a text is meant to tell, from which its colour follows.
public enum Meaning: Hashable, Sendable, CaseIterable {
    /// In order, done, within the target.
    case good
    /// Needs attention soon.
    case warning
    /// Overdue, refused, beyond the limit.
    case danger
    /// Beside the point.
    case muted
    /// Where the eye should go first, or what can be typed.
    case accent
    /// Headings.
    case strong

    /// Colours of the basic sixteen only, so that each terminal's own palette decides how they look.
    var code: String {
        switch self {
        case .good: "32"
        case .warning: "33"
        case .danger: "31"
        case .muted: "2"
        case .accent: "36"
        case .strong: "1"
        }
    }
}

/// Where a text is shown: how wide it is, and whether it can show colours.
public struct Terminal: Hashable, Sendable {
    /// The columns there are; nil when nothing limits them, as in a file or pipe.
    public let columns: Int?
    /// Whether ANSI colours may be written.
    public let usesColours: Bool

    /// Decides by what the caller found out: a pipe gets no colours and no limit; `refusesColours` is for
    /// the NO_COLOR convention. Fewer than 20 columns count as 20.
    public init(isTerminal: Bool, columns: Int?, refusesColours: Bool) {
        self.columns = isTerminal ? columns.map { max(20, $0) } : nil
        usesColours = isTerminal && !refusesColours
    }

    /// Plain text of any width.
    public static let plain = Terminal(isTerminal: false, columns: nil, refusesColours: true)

    /// The text in the colour of its meaning, or as it is where colours are not wanted.
    public func painted(_ text: String, _ meaning: Meaning?) -> String {
        guard usesColours, let meaning, !text.isEmpty else { return text }
        return "\u{1B}[\(meaning.code)m\(text)\u{1B}[0m"
    }
}
