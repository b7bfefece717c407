/// A pair of brackets or quotation marks.
public struct BracketPair: Hashable, Sendable {
    /// Where it stands, both marks included.
    public let range: Range<Int>
    /// How many pairs it stands in; 0 outside all.
    public let depth: Int
    /// Whether the marks are quotation marks “” ‘’ rather than brackets （） 《》 〔〕 【】 [] 〈〉.
    public let isQuotation: Bool

    /// Where the text between the marks stands.
    public var content: Range<Int> { range.lowerBound + 1..<range.upperBound - 1 }
}

/// Pairs brackets within a paragraph.
///
/// A mark that has no partner in its paragraph is no bracket, so that one that was never closed does not
/// swallow what follows. Linear in the paragraph.
struct BracketReader {
    private struct Open {
        let mark: UInt32
        let place: Int
    }

    /// The pairs in a stretch, in the order they open.
    static func pairs(in scalars: [Unicode.Scalar], _ range: Range<Int>) -> [BracketPair] {
        var open: [Open] = []
        var closed: [(range: Range<Int>, isQuotation: Bool)] = []
        for place in range.clamped(to: 0..<scalars.count) {
            let value = scalars[place].value
            guard value == 0x5B || value == 0x5D || value >= 0x2018 else { continue }
            if isOpening(value) {
                open.append(Open(mark: value, place: place))
            } else if let opening = opening(of: value) {
                // Crossed pairs are rare and shallow; looking through a few open marks keeps this linear.
                guard let index = open.suffix(8).lastIndex(where: { $0.mark == opening }) else { continue }
                closed.append((open[index].place..<place + 1, opening == 0x201C || opening == 0x2018))
                open.removeSubrange(index...)
            }
        }
        return ordered(closed)
    }

    private static func ordered(_ closed: [(range: Range<Int>, isQuotation: Bool)]) -> [BracketPair] {
        var ends: [Int] = []
        return closed.sorted { $0.range.lowerBound < $1.range.lowerBound }.map { pair in
            while let end = ends.last, end <= pair.range.lowerBound { ends.removeLast() }
            defer { ends.append(pair.range.upperBound) }
            return BracketPair(range: pair.range, depth: ends.count, isQuotation: pair.isQuotation)
        }
    }

    private static func isOpening(_ value: UInt32) -> Bool {
        switch value {
        case 0xFF08, 0x300A, 0x3008, 0x3014, 0x3010, 0x5B, 0x201C, 0x2018: true
        default: false
        }
    }

    private static func opening(of value: UInt32) -> UInt32? {
        switch value {
        case 0xFF09: 0xFF08
        case 0x300B: 0x300A
        case 0x3009: 0x3008
        case 0x3015: 0x3014
        case 0x3011: 0x3010
        case 0x5D: 0x5B
        case 0x201D: 0x201C
        case 0x2019: 0x2018
        default: nil
        }
    }
}
