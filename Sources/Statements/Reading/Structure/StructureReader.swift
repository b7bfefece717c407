/// Finds paragraphs, brackets and sentences in what is read.
struct StructureReader {
    /// A stretch between line breaks or sentence marks.
    struct Stretch {
        let range: Range<Int>
        let paragraph: Int
        let isFull: Bool
    }

    private(set) var paragraphs: [Range<Int>] = []
    private(set) var brackets: [BracketPair] = []
    private(set) var stretches: [Stretch] = []
    private let scalars: [Unicode.Scalar]

    /// Quoted speech longer than this is cut into its sentences; what is shorter stays one piece.
    private static let longestQuotation = 200
    /// A list in brackets may be long.
    private static let longestBracket = 4000

    init(_ scalars: [Unicode.Scalar]) {
        self.scalars = scalars
        var start = 0
        for place in 0...scalars.count where place == scalars.count || scalars[place].value == 0x0A {
            addParagraph(start..<place)
            start = place + 1
        }
    }

    private mutating func addParagraph(_ line: Range<Int>) {
        let range = trimmed(line)
        guard !range.isEmpty else { return }
        let pairs = BracketReader.pairs(in: scalars, range)
        cut(range, pairs)
        brackets += pairs
        paragraphs.append(range)
    }

    private mutating func cut(_ range: Range<Int>, _ pairs: [BracketPair]) {
        var (start, place, pair) = (range.lowerBound, range.lowerBound, 0)
        while place < range.upperBound {
            while pair < pairs.count, pairs[pair].range.lowerBound < place { pair += 1 }
            if pair < pairs.count, pairs[pair].range.lowerBound == place, protects(pairs[pair]) {
                place = pairs[pair].range.upperBound
                if endsSentence(pairs[pair], in: range) { add(start..<place, isFull: true, next: &start) }
            } else {
                let value = scalars[place].value
                place += 1
                switch value {
                case 0x3002, 0xFF01, 0xFF1F:
                    // 。” and ！） belong together when the opening mark had no partner or was too far away.
                    while place < range.upperBound, isClosing(scalars[place]) { place += 1 }
                    add(start..<place, isFull: true, next: &start)
                case 0xFF1B: add(start..<place, isFull: false, next: &start)
                default: break
                }
            }
        }
        add(start..<range.upperBound, isFull: true, next: &start)
    }

    private func protects(_ pair: BracketPair) -> Bool {
        pair.range.count <= (pair.isQuotation ? Self.longestQuotation : Self.longestBracket)
    }

    /// Whether a quotation that ends with 。 ends the sentence around it: nothing that continues follows it.
    private func endsSentence(_ pair: BracketPair, in range: Range<Int>) -> Bool {
        let end = pair.range.upperBound
        guard pair.isQuotation, pair.range.count > 2, end < range.upperBound,
            [0x3002, 0xFF01, 0xFF1F].contains(scalars[end - 2].value)
        else { return false }
        let next = scalars[end]
        return ScalarClasses.shared[next] != .punctuation && next != "的" && next != "等"
    }

    private func isClosing(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value == 0x201D || scalar.value == 0x2019 || scalar.value == 0xFF09
    }

    private mutating func add(_ range: Range<Int>, isFull: Bool, next: inout Int) {
        next = range.upperBound
        let range = trimmed(range)
        guard !range.isEmpty else { return }
        stretches.append(Stretch(range: range, paragraph: paragraphs.count, isFull: isFull))
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isSpace(scalars[start]) { start += 1 }
        while end > start, isSpace(scalars[end - 1]) { end -= 1 }
        return start..<end
    }

    private func isSpace(_ scalar: Unicode.Scalar) -> Bool { ScalarClasses.shared[scalar] == .space }

    /// The sentences with the figures that begin in them.
    func sentences(_ quantities: [Quantity]) -> [ReadText.Sentence] {
        var next = 0
        return stretches.map { stretch in
            while next < quantities.count, quantities[next].range.lowerBound < stretch.range.lowerBound {
                next += 1
            }
            let first = next
            while next < quantities.count, quantities[next].range.lowerBound < stretch.range.upperBound {
                next += 1
            }
            return ReadText.Sentence(
                range: stretch.range, paragraph: stretch.paragraph, quantities: first..<next,
                isFull: stretch.isFull)
        }
    }
}
