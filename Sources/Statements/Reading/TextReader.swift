/// Reads a text: repairs it, finds its paragraphs, sentences and figures.
///
/// Time and memory are linear in the text's length, whatever is in it; nothing in a text makes it fail.
public struct TextReader: Sendable {
    private let repair: TextRepair

    /// Makes a reader.
    ///
    /// `simplified` gives the simplified form of traditional characters, one scalar for one; without it a
    /// text in traditional characters is read as it is, and only the words common to both forms are
    /// understood.
    public init(simplified: [Unicode.Scalar: Unicode.Scalar] = [:]) {
        repair = TextRepair(simplified: simplified)
    }

    /// Reads a text; `name` is what it is called in answers, a file's name or `-`.
    public func read(_ text: String, name: String) -> ReadText {
        let source = repair.source(text, name: name)
        let structure = StructureReader(source.scalars)
        let quantities = FigureReader.quantities(source.scalars, paragraphs: structure.paragraphs)
        return ReadText(
            source: source, quantities: quantities, paragraphs: structure.paragraphs,
            sentences: structure.sentences(quantities), brackets: structure.brackets)
    }
}
