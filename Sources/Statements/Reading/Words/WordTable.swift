/// Finds the words of a fixed list in a text: the longest that begins, or that ends, at an offset.
///
/// Built once and shared. A look-up costs one table access when no word begins with the scalar, and otherwise
/// as many steps as the longest match is long; it never goes back.
public struct WordTable: Sendable {
    /// A word that was found.
    public struct Match: Hashable, Sendable {
        /// The index of the word in the list the table was made of.
        public let word: Int
        /// Where it stands.
        public let range: Range<Int>
    }

    private let forward: ScalarTrie
    private let backward: ScalarTrie

    /// Makes a table; of a word that is listed twice the first counts, and empty words are never found.
    public init(_ words: [String]) {
        let scalars = words.map { Array($0.unicodeScalars) }
        forward = ScalarTrie(scalars)
        backward = ScalarTrie(scalars.map { $0.reversed() })
    }

    /// The longest word that begins at an offset; `nil` outside the text.
    @inlinable
    public func match(in text: SourceText, at offset: Int) -> Match? { match(text.scalars, at: offset) }

    /// The longest word that ends right before an offset; `nil` outside the text.
    @inlinable
    public func match(in text: SourceText, endingAt offset: Int) -> Match? {
        match(text.scalars, endingAt: offset)
    }

    /// The longest word that begins at an offset of some scalars.
    public func match(_ scalars: [Unicode.Scalar], at offset: Int) -> Match? {
        guard offset >= 0, offset < scalars.count, var node = forward.root(scalars[offset]) else {
            return nil
        }
        var found = forward.words[node] < 0 ? nil : (word: Int(forward.words[node]), end: offset + 1)
        var place = offset + 1
        while place < scalars.count, let next = forward.child(of: node, scalars[place]) {
            node = next
            place += 1
            if forward.words[node] >= 0 { found = (Int(forward.words[node]), place) }
        }
        return found.map { Match(word: $0.word, range: offset..<$0.end) }
    }

    /// The longest word that ends right before an offset of some scalars.
    public func match(_ scalars: [Unicode.Scalar], endingAt offset: Int) -> Match? {
        guard offset > 0, offset <= scalars.count, var node = backward.root(scalars[offset - 1]) else {
            return nil
        }
        var place = offset - 1
        var found = backward.words[node] < 0 ? nil : (word: Int(backward.words[node]), start: place)
        while place > 0, let next = backward.child(of: node, scalars[place - 1]) {
            node = next
            place -= 1
            if backward.words[node] >= 0 { found = (Int(backward.words[node]), place) }
        }
        return found.map { Match(word: $0.word, range: $0.start..<offset) }
    }

    /// Every place in a stretch where a word of the list stands, the longest at each, without overlaps.
    public func matches(in text: SourceText, _ range: Range<Int>) -> [Match] {
        let range = range.clamped(to: 0..<text.scalars.count)
        var found: [Match] = []
        var place = range.lowerBound
        while place < range.upperBound {
            if let match = match(text.scalars, at: place), match.range.upperBound <= range.upperBound {
                found.append(match)
                place = match.range.upperBound
            } else {
                place += 1
            }
        }
        return found
    }
}

/// A tree of words by their scalars: the first scalar through a table of pages, the others through short
/// lists.
private struct ScalarTrie: Sendable {
    /// For each node the word that ends there, or -1.
    private(set) var words: [Int32] = [-1]
    /// For each node, where its children stand in `edges`.
    private var firstEdge: [Int32] = []
    private var edges: [(scalar: UInt32, node: Int32)] = []
    /// For each page of 256 scalars, where it stands in `roots`; 0 is a page without words.
    private var pages = [Int32](repeating: 0, count: 0x110000 / 256)
    private var roots = [Int32](repeating: 0, count: 256)

    init(_ list: [[Unicode.Scalar]]) {
        var children: [[(scalar: UInt32, node: Int32)]] = [[]]
        for (index, word) in list.enumerated() where !word.isEmpty {
            var node = 0
            for scalar in word {
                if let next = children[node].first(where: { $0.scalar == scalar.value }) {
                    node = Int(next.node)
                } else {
                    children[node].append((scalar.value, Int32(children.count)))
                    node = children.count
                    children.append([])
                    words.append(-1)
                }
            }
            if words[node] < 0 { words[node] = Int32(index) }
        }
        for root in children[0] { setRoot(root.scalar, root.node) }
        for list in children {
            firstEdge.append(Int32(edges.count))
            edges += list
        }
        firstEdge.append(Int32(edges.count))
    }

    private mutating func setRoot(_ scalar: UInt32, _ node: Int32) {
        let page = Int(scalar >> 8)
        if pages[page] == 0 {
            pages[page] = Int32(roots.count / 256)
            roots += [Int32](repeating: 0, count: 256)
        }
        roots[Int(pages[page]) * 256 + Int(scalar & 0xFF)] = node
    }

    func root(_ scalar: Unicode.Scalar) -> Int? {
        let node = roots[Int(pages[Int(scalar.value >> 8)]) * 256 + Int(scalar.value & 0xFF)]
        return node == 0 ? nil : Int(node)
    }

    func child(of node: Int, _ scalar: Unicode.Scalar) -> Int? {
        for index in Int(firstEdge[node])..<Int(firstEdge[node + 1]) where edges[index].scalar == scalar.value
        {
            return Int(edges[index].node)
        }
        return nil
    }
}
