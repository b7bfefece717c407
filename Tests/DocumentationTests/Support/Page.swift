/// A page of documentation as its fenced blocks, in order.
struct Page {
    /// What stands between two fences.
    struct Block {
        /// The first word after the fence: `sh`, `yaml`, `text`.
        let language: String
        /// The other words: `file=hoist.yaml`, `exit=1`, `test`; a word without `=` has itself as its value.
        let attributes: [String: String]
        let lines: [String]
        /// The line of the fence, from 1.
        let line: Int
    }

    let blocks: [Block]

    init(_ text: String) {
        var blocks: [Block] = []
        var open: (fence: String, words: [String], lines: [String], line: Int)?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if let begun = open {
                if line == begun.fence {
                    blocks.append(Self.block(begun.words, begun.lines, begun.line))
                    open = nil
                } else {
                    open?.lines.append(String(line))
                }
            } else if line.hasPrefix("```") {
                let fence = String(line.prefix { $0 == "`" })
                let words = line.dropFirst(fence.count).split(separator: " ").map(String.init)
                open = (fence, words, [], index + 1)
            }
        }
        self.blocks = blocks
    }

    private static func block(_ words: [String], _ lines: [String], _ line: Int) -> Block {
        var attributes: [String: String] = [:]
        for word in words.dropFirst() {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            attributes[parts[0]] = parts.last
        }
        return Block(language: words.first ?? "", attributes: attributes, lines: lines, line: line)
    }
}
