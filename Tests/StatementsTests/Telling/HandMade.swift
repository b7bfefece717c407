import Figures

@testable import Statements

/// A text whose figures and claims are made by hand, read just as it stands.
struct HandMade {
    let text: ReadText
    private(set) var claims: [Claim] = []

    /// Takes a text; each line that is not empty is a paragraph.
    init(_ original: String, name: String = "speech.txt") {
        let scalars = Array(original.unicodeScalars)
        self.init(original, name: name, read: scalars, origins: (0...scalars.count).map { Int32($0) })
    }

    /// Takes a text and what a repair made of it.
    init(_ original: String, name: String = "speech.txt", read: [Unicode.Scalar], origins: [Int32]) {
        var lineStarts: [Int32] = [0]
        for (index, scalar) in original.unicodeScalars.enumerated() where scalar == "\n" {
            lineStarts.append(Int32(index + 1))
        }
        let source = SourceText(
            name: name, original: original, scalars: read, origins: origins, lineStarts: lineStarts)
        var paragraphs: [Range<Int>] = []
        var start = 0
        for place in 0...read.count where place == read.count || read[place] == "\n" {
            if start < place { paragraphs.append(start..<place) }
            start = place + 1
        }
        text = ReadText(source: source, quantities: [], paragraphs: paragraphs, sentences: [], brackets: [])
    }

    /// Where a stretch of what is read stands; from `earliest` on.
    func range(of part: String, from earliest: Int = 0) -> Range<Int> {
        let wanted = Array(part.unicodeScalars)
        let scalars = text.source.scalars
        for start in stride(from: earliest, through: scalars.count - wanted.count, by: 1)
        where Array(scalars[start..<start + wanted.count]) == wanted {
            return start..<start + wanted.count
        }
        return 0..<0
    }

    /// Adds a claim that states a figure of a quote.
    mutating func add(
        _ kind: Claim.Kind = .share, stated: String, in quote: String, operands: [Claim.Operand] = [],
        recomputed: String? = nil, verdict: Verdict = .holds,
        explanation: Phrase = Phrase("算得出来。", "It adds up.")
    ) {
        let quoted = range(of: quote)
        claims.append(
            Claim(
                kind: kind, stated: stated, range: range(of: stated, from: quoted.lowerBound), quote: quoted,
                operands: operands, recomputed: nil, recomputedText: recomputed, verdict: verdict,
                explanation: explanation))
    }

    /// An operand that stands in the text, or that was computed.
    func operand(_ value: Rational, _ figure: String? = nil) -> Claim.Operand {
        Claim.Operand(
            role: Phrase("部分", "part"), value: value, step: .one, range: figure.map { range(of: $0) })
    }
}
