/// A piece of a sentence between two marks ，、；：。 outside brackets and quotations.
struct Segment {
    /// Where it stands, without the mark behind it.
    var range: Range<Int>
    /// The mark behind it; `nil` at the end.
    var mark: Unicode.Scalar?
    /// The indexes of its figures outside brackets: amounts, percentages, multiples.
    var figures: [Int] = []
    /// Where its brackets stand, each with its signs.
    var brackets: [Range<Int>] = []
    /// The indexes of the figures inside its brackets.
    var bracketFigures: [Int] = []
}

/// The pieces of one stretch of text, and which brackets match.
struct SegmentReader {
    let text: ReadText
    let scalars: [Unicode.Scalar]

    init(_ text: ReadText) {
        self.text = text
        scalars = text.source.scalars
    }

    /// Cuts a stretch into its segments; empty ones are left out.
    func segments(_ range: Range<Int>, quantities: Range<Int>) -> [Segment] {
        let pairs = matchingBrackets(range)
        var pair = 0
        var found: [Segment] = []
        var current = Segment(range: range.lowerBound..<range.lowerBound)
        var quantity = quantities.lowerBound
        var place = range.lowerBound
        /// Where the next figure begins.
        var next = start(of: quantity, quantities)
        while place < range.upperBound {
            let scalar = scalars[place]
            while pair < pairs.count, pairs[pair].open < place { pair += 1 }
            if pair < pairs.count, pairs[pair].open == place {
                let close = pairs[pair].close
                let inside = place..<(close + 1)
                if Mark.opensBracket(scalar) {
                    current.brackets.append(inside)
                    collect(&quantity, quantities, upTo: close, into: &current.bracketFigures)
                } else {
                    // What stands in quotation marks is a name, whatever figures it holds.
                    var ignored: [Int] = []
                    collect(&quantity, quantities, upTo: close, into: &ignored)
                }
                next = start(of: quantity, quantities)
                place = close + 1
                continue
            }
            if Mark.parts(scalar) && !isInsideFigure(place, quantity, quantities) {
                close(&current, at: place, mark: scalar, into: &found)
                place += 1
                continue
            }
            place += 1
            if next < place {
                collect(&quantity, quantities, upTo: place, into: &current.figures)
                next = start(of: quantity, quantities)
            }
        }
        close(&current, at: range.upperBound, mark: nil, into: &found)
        return found
    }

    private func start(of quantity: Int, _ quantities: Range<Int>) -> Int {
        quantity < quantities.upperBound ? text.quantities[quantity].range.lowerBound : .max
    }

    private func close(
        _ current: inout Segment, at place: Int, mark: Unicode.Scalar?, into found: inout [Segment]
    ) {
        let trimmed = trim(current.range.lowerBound..<place)
        if !trimmed.isEmpty {
            current.range = trimmed
            current.mark = mark
            found.append(current)
        } else if let last = found.indices.last, mark == Mark.stop || found[last].mark == nil {
            found[last].mark = mark
        }
        current = Segment(range: (place + 1)..<(place + 1))
    }

    /// Takes the figures that begin before a place; those that stand for nothing countable are passed over.
    private func collect(
        _ quantity: inout Int, _ quantities: Range<Int>, upTo place: Int, into figures: inout [Int]
    ) {
        while quantity < quantities.upperBound, text.quantities[quantity].range.lowerBound < place {
            switch text.quantities[quantity].sort {
            case .amount, .percent, .percentagePoint, .times: figures.append(quantity)
            case .ordinal, .date, .label: break
            }
            quantity += 1
        }
    }

    /// Whether a mark stands inside a figure, as a comma between thousands does.
    private func isInsideFigure(_ place: Int, _ quantity: Int, _ quantities: Range<Int>) -> Bool {
        guard quantity > quantities.lowerBound else { return false }
        return text.quantities[quantity - 1].range.contains(place)
    }

    /// The brackets of a stretch that are closed within it, in the order they open.
    private func matchingBrackets(_ range: Range<Int>) -> [(open: Int, close: Int)] {
        var open: [(place: Int, closing: Unicode.Scalar)] = []
        var found: [(open: Int, close: Int)] = []
        for place in range {
            let scalar = scalars[place]
            if scalar.value < 0x28 || (scalar.value > 0x5D && scalar.value < 0x2018)
                || (scalar.value > 0x3015 && scalar.value < 0xFF00)
            {
                continue
            }
            if let closing = Mark.closing(scalar) {
                open.append((place, closing))
            } else if let last = open.last, last.closing == scalar {
                found.append((last.place, place))
                open.removeLast()
            } else if open.count > 1, open[open.count - 2].closing == scalar {
                // One bracket was never closed: what encloses it is.
                found.append((open[open.count - 2].place, place))
                open.removeLast(2)
            }
        }
        if found.count > 1 { found.sort { $0.open < $1.open } }
        return found
    }

    /// A stretch without white space around it.
    func trim(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while let first = range.first, Mark.isSpace(scalars[first]) {
            range = (first + 1)..<range.upperBound
        }
        while let last = range.last, Mark.isSpace(scalars[last]) {
            range = range.lowerBound..<last
        }
        return range
    }
}
