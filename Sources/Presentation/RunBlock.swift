/// A paragraph whose parts are meant to tell different things, wrapped as one text.
public struct RunBlock: Sendable {
    /// A part of the paragraph.
    public struct Run: Hashable, Sendable {
        /// The text, on one line.
        public let text: String
        /// What it is meant to tell.
        public let meaning: Meaning?
    }

    /// The parts in the order they were added.
    public private(set) var runs: [Run] = []

    /// A paragraph without parts.
    public init() {}

    /// Adds a part; line breaks in it become spaces.
    public mutating func add(_ text: String, _ meaning: Meaning? = nil) {
        runs.append(Run(text: SafeText.oneLine(text), meaning: meaning))
    }

    /// The paragraph behind a margin, wrapped where the terminal has a width, with a line feed at its end.
    ///
    /// - Parameter hanging: how much further in the lines after the first begin.
    public func drawn(for terminal: Terminal = .plain, indent: Int = 0, hanging: Int = 0) -> String {
        let margin = String(repeating: " ", count: max(0, indent))
        guard let columns = terminal.columns else {
            return runs.reduce(into: margin) { $0 += terminal.painted($1.text, $1.meaning) } + "\n"
        }
        let inner = margin + String(repeating: " ", count: max(0, hanging))
        let lines = TextWrap.lines(
            of: runs.map(\.text).joined(), columns: max(10, columns - DisplayWidth.columns(of: inner)))
        var painter = Painter(runs)
        var text = ""
        for (number, line) in lines.enumerated() {
            text += (number == 0 ? margin : inner) + painter.painted(line, for: terminal) + "\n"
        }
        return text
    }

    /// Finds for the scalars of wrapped lines the runs that they come from.
    ///
    /// By scalars, not characters: a combining mark may begin a run and join the character before it.
    private struct Painter {
        private let runs: [Run]
        private var run = 0
        private var rest: Substring.UnicodeScalarView

        init(_ runs: [Run]) {
            self.runs = runs
            rest = runs.first.map { $0.text.unicodeScalars[...] } ?? Substring().unicodeScalars
        }

        mutating func painted(_ line: String, for terminal: Terminal) -> String {
            var text = ""
            var part = String.UnicodeScalarView()
            var current = run
            for scalar in line.unicodeScalars {
                take(scalar)
                if run != current {
                    text += terminal.painted(String(part), meaning(current))
                    part = String.UnicodeScalarView()
                    current = run
                }
                part.append(scalar)
            }
            return text + terminal.painted(String(part), meaning(current))
        }

        /// Goes on to the next place of a scalar; what is stepped over are spaces left out at a line's end.
        private mutating func take(_ scalar: Unicode.Scalar) {
            while run < runs.count {
                while let next = rest.first {
                    rest.removeFirst()
                    if next == scalar { return }
                }
                run += 1
                if run < runs.count { rest = runs[run].text.unicodeScalars[...] }
            }
        }

        private func meaning(_ index: Int) -> Meaning? { index < runs.count ? runs[index].meaning : nil }
    }
}
