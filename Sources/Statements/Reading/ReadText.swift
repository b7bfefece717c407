/// A text with its sentences and figures found: what everything that judges or lists figures works on.
public struct ReadText: Sendable {
    /// The text as it came and as it is read.
    public let source: SourceText
    /// The figures in the order they stand, never overlapping.
    public let quantities: [Quantity]
    /// The paragraphs in order: stretches between line breaks, without white space around them, never empty.
    public let paragraphs: [Range<Int>]
    /// The sentences in order: a paragraph cut at 。！？ and at ；; the mark belongs to the sentence it ends.
    public let sentences: [Sentence]
    /// The pairs of brackets and quotation marks in the order they open, each within one paragraph.
    public let brackets: [BracketPair]

    /// A stretch of text that says one thing.
    public struct Sentence: Hashable, Sendable {
        /// Where it stands.
        public let range: Range<Int>
        /// The index of its paragraph.
        public let paragraph: Int
        /// The indexes of its figures.
        public let quantities: Range<Int>
        /// Whether it ended at 。！？ or the paragraph's end rather than at ；.
        public let isFull: Bool

        public init(range: Range<Int>, paragraph: Int, quantities: Range<Int>, isFull: Bool) {
            self.range = range
            self.paragraph = paragraph
            self.quantities = quantities
            self.isFull = isFull
        }
    }
}
