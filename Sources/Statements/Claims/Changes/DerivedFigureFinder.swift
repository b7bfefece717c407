import Figures

/// Finds percentages of change, shares, rates and differences, and what they are computed from.
///
/// Each sentence is read once; what may be looked up elsewhere is bounded by `FigureMemory` and
/// `SentenceView.window`, so that the time grows with the length of the text alone.
public struct DerivedFigureFinder: ClaimFinder {
    public init() {}

    public func claims(in text: ReadText) -> [Claim] {
        let reader = MentionReader(text)
        let groups = FigureGroupReader(text)
        let memory = FigureMemory()
        var before: [Mention] = []
        var paragraph = ParagraphDrafts(text: text)
        var claims: [Claim] = []
        for index in text.sentences.indices {
            let sentence = text.sentences[index]
            if sentence.paragraph != paragraph.index {
                claims += paragraph.claims()
                paragraph = ParagraphDrafts(text: text, index: sentence.paragraph)
                before = []
            }
            let mentions = reader.mentions(of: index)
            guard !mentions.isEmpty else { continue }
            let view = SentenceView(text: text, index: index, mentions: mentions, memory: memory)
            for group in groups.groups(in: mentions) { paragraph.add(group, in: view, after: before) }
            paragraph.addDifferences(in: view)
            paragraph.addRemainders(in: view)
            paragraph.addAverages(in: view, after: before)
            paragraph.closeSentence()
            memory.remember(view)
            before = Array((before + mentions.filter { $0.bracket == nil }).suffix(24))
        }
        return claims + paragraph.claims()
    }
}
