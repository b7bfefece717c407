/// A text with its sentences and figures found: what everything that judges or lists figures works on.
public struct ReadText: Sendable {
    /// Every finder and resolver holds the text; sharing one object makes that cost one reference.
    private let parts: Parts

    private final class Parts: Sendable {
        let source: SourceText
        let quantities: [Quantity]
        let paragraphs: [Range<Int>]
        let sentences: [Sentence]
        let brackets: [BracketPair]

        init(
            _ source: SourceText, _ quantities: [Quantity], _ paragraphs: [Range<Int>],
            _ sentences: [Sentence], _ brackets: [BracketPair]
        ) {
            (self.source, self.quantities, self.paragraphs) = (source, quantities, paragraphs)
            (self.sentences, self.brackets) = (sentences, brackets)
        }
    }

    init(
        source: SourceText, quantities: [Quantity], paragraphs: [Range<Int>], sentences: [Sentence],
        brackets: [BracketPair]
    ) {
        parts = Parts(source, quantities, paragraphs, sentences, brackets)
    }

    /// The text as it came and as it is read.
    public var source: SourceText { parts.source }
    /// The figures in the order they stand, never overlapping.
    public var quantities: [Quantity] { parts.quantities }
    /// The paragraphs in order: stretches between line breaks, without white space around them, never empty.
    public var paragraphs: [Range<Int>] { parts.paragraphs }
    /// The sentences in order: a paragraph cut at 。！？ and at ；; the mark belongs to the sentence it ends.
    public var sentences: [Sentence] { parts.sentences }
    /// The pairs of brackets and quotation marks in the order they open, each within one paragraph.
    public var brackets: [BracketPair] { parts.brackets }

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
