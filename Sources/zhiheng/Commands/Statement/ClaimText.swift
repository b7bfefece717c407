import Presentation
import Rulebooks
import Statements

/// Tells claims to a person: the paragraphs that hold them, each stated figure marked, and what is to be said
/// of it.
struct ClaimText {
    let terminal: Terminal
    let language: Language
    /// Whether claims that simply hold are told as well.
    let tellsAll: Bool

    /// So much text is handed on at once.
    private static let pieceBytes = 1 << 16

    /// Tells the claims of a document, piece by piece.
    func tell(_ text: ReadText, _ claims: [Claim], put: (String) -> Void) {
        let original = Array(text.source.original.unicodeScalars)
        let figures = FigureSpans(claims, in: text.source, withOperands: false).spans
        var piece = ""
        var next = 0
        for paragraph in text.paragraphs {
            guard next < figures.count else { break }
            let range = text.source.originalRange(paragraph)
            while next < figures.count, figures[next].range.lowerBound < range.lowerBound { next += 1 }
            var end = next
            while end < figures.count, figures[end].range.upperBound <= range.upperBound { end += 1 }
            guard end > next else { continue }
            let line = text.source.line(at: paragraph.lowerBound)
            piece += terminal.painted(language == .zh ? "第 \(line) 行" : "Line \(line)", .muted) + "\n"
            piece += marked(range, figures[next..<end], original)
            for figure in figures[next..<end] {
                for claim in figure.claims { piece += told(claims[claim]) }
            }
            piece += "\n"
            next = end
            if piece.utf8.count > Self.pieceBytes {
                put(piece)
                piece = ""
            }
        }
        put(piece)
    }

    private func marked(
        _ range: Range<Int>, _ figures: ArraySlice<FigureSpans.Span>, _ original: [Unicode.Scalar]
    ) -> String {
        var block = RunBlock()
        var place = range.lowerBound
        func string(_ range: Range<Int>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: original[range])
            return String(view)
        }
        for figure in figures {
            guard let verdict = figure.verdict else { continue }
            block.add(string(place..<figure.range.lowerBound))
            let mark = terminal.usesColours ? "" : verdict.mark
            block.add(string(figure.range) + mark, verdict.colour)
            place = figure.range.upperBound
        }
        block.add(string(place..<range.upperBound))
        return block.drawn(for: terminal, indent: 2)
    }

    private func told(_ claim: Claim) -> String {
        guard tellsAll || claim.verdict != .holds else { return "" }
        var block = RunBlock()
        block.add(claim.verdict.mark + " " + claim.stated, claim.verdict.colour)
        block.add("  " + text(claim.verdict.name), claim.verdict.colour)
        block.add("  " + text(claim.explanation))
        return block.drawn(for: terminal, indent: 4, hanging: 2)
    }

    private func text(_ phrase: Phrase) -> String { phrase.text(language) }
}

extension Phrase {
    /// The text in the language of the reader.
    func text(_ language: Language) -> String { language == .zh ? chinese : english }
}

extension Verdict {
    /// The meaning that gives the verdict its colour.
    var colour: Meaning {
        switch self {
        case .holds: .good
        case .truncated: .warning
        case .explained: .accent
        case .wrong: .danger
        case .unverifiable: .muted
        }
    }
}
