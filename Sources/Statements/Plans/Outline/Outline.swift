/// The items of an official text in their hierarchy: 一、 （一） 1. （1） ①, 第一章 第一条, 一是 二是.
///
/// The numbering follows GB/T 9704-2012, 7.3.3, and what offices make of it: levels that are skipped, rows that
/// begin again, several headings in one line, headings that run on into their text. A number inside a line
/// begins an item only where the row goes on or has its second soon; tables of contents are left out.
public struct Outline: Sendable {
    /// One item.
    public struct Item: Hashable, Sendable {
        /// Its number as printed: 一、 （一） 1、 ① 一是; empty for a paragraph that goes on under the item around it.
        public let label: String
        /// How deep it stands, from 1.
        public let depth: Int
        /// Its heading, or its first sentence when it has none.
        public let title: String
        /// Whether the title is a heading, and not the beginning of running text.
        public let hasHeading: Bool
        /// Where the title stands.
        public let titleRange: Range<Int>
        /// Where its own text stands in what is read, with its number and without its sub-items.
        public let text: Range<Int>
        /// Where its text begins behind the number.
        public let bodyStart: Int
        /// The items it stands under, from the outermost, each as number and title.
        public let path: [String]
        /// The path with its own number and title at the end.
        public let fullPath: [String]
        /// The index of the item it stands under.
        public let parent: Int?
        /// Whether items stand under it.
        public internal(set) var hasItems = false
    }

    /// The items in the order they stand; their texts never overlap.
    public let items: [Item]
    /// What stands before the first item: the document's head and its preamble, as paragraphs' indexes.
    public let preamble: Range<Int>
    /// For every paragraph, whether it belongs to a table of contents.
    let isContents: [Bool]

    /// Finds the items of a text.
    public init(_ text: ReadText) {
        var builder = OutlineBuilder(text)
        builder.build()
        items = builder.items
        isContents = builder.isContents
        preamble = 0..<(builder.firstParagraph ?? text.paragraphs.count)
    }

    /// The index of the item in whose own text an offset stands.
    public func item(at offset: Int) -> Int? {
        var (low, high) = (0, items.count)
        while low < high {
            let middle = (low + high) / 2
            if items[middle].text.lowerBound <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0, items[low - 1].text.contains(offset) else { return nil }
        return low - 1
    }
}

/// Accepts labels one after the other and keeps the items that are open.
struct OutlineBuilder {
    private struct Open {
        let style: HeadingLabel.Style
        let number: Int
        let item: Int
        let paragraph: Int
        let opensParagraph: Bool
    }

    private struct Start {
        /// Where the number stands; empty for a paragraph that goes on behind a row inside another one.
        let label: Range<Int>
        let style: HeadingLabel.Style
        let parent: Int?
        let depth: Int
    }

    private let text: ReadText
    private var stack: [Open] = []
    private var starts: [Start] = []
    /// Where the text of an item ends although no other begins: at annexes and new titles.
    private var breaks: [Int] = []
    private(set) var items: [Outline.Item] = []
    private(set) var firstParagraph: Int?
    let isContents: [Bool]

    init(_ text: ReadText) {
        self.text = text
        isContents = ContentsLines.find(in: text)
    }

    mutating func build() {
        let candidates = LabelCandidate.all(in: text, skipping: isContents)
        let openings = Self.nextOpenings(candidates)
        var next = 0
        for index in text.paragraphs.indices {
            if next >= candidates.count || candidates[next].paragraph > index
                || !candidates[next].opensParagraph
            {
                endAtBreak(index, following: openings[next].map { candidates[$0] })
                goOnBehindRow(index)
            }
            while next < candidates.count, candidates[next].paragraph == index {
                if accepts(candidates[next]) { open(candidates[next]) }
                next += 1
            }
        }
        finish()
    }

    /// For every candidate, and for the end, the index of the first from there on that opens a paragraph.
    private static func nextOpenings(_ candidates: [LabelCandidate]) -> [Int?] {
        var openings = [Int?](repeating: nil, count: candidates.count + 1)
        for index in candidates.indices.reversed() {
            openings[index] = candidates[index].opensParagraph ? index : openings[index + 1]
        }
        return openings
    }

    /// A label at the beginning of a paragraph counts; inside it must go on or begin a row.
    private func accepts(_ candidate: LabelCandidate) -> Bool {
        let label = candidate.label
        let isSpoken = label.style >= .ordinal
        let isDotted = label.style == .arabicTwo || label.style == .arabicThree
        if candidate.opensParagraph, !isSpoken, !isDotted || label.number == 1 { return true }
        if let open = stack.last(where: { $0.style == label.style }), label.number == open.number + 1 {
            return true
        }
        guard label.number == 1, candidate.hasSecond else { return false }
        if candidate.followsMark || isSpoken || candidate.opensParagraph { return true }
        return runsOnFromTitle(label)
    }

    /// Whether only a title, without any mark, stands between the label before and this one.
    private func runsOnFromTitle(_ label: HeadingLabel) -> Bool {
        guard let last = starts.last, last.style < label.style else { return false }
        let between = last.label.upperBound..<max(last.label.upperBound, label.range.lowerBound)
        guard between.count <= 60 else { return false }
        return !text.source.scalars[between].contains { PlanScalar.isClauseMark($0) }
    }

    private mutating func open(_ candidate: LabelCandidate) {
        let label = candidate.label
        while let top = stack.last, top.style >= label.style { stack.removeLast() }
        let item = starts.count
        starts.append(
            Start(
                label: label.range, style: label.style, parent: stack.last?.item, depth: stack.count + 1))
        stack.append(
            Open(
                style: label.style, number: label.number, item: item, paragraph: candidate.paragraph,
                opensParagraph: candidate.opensParagraph))
        if firstParagraph == nil { firstParagraph = candidate.paragraph }
    }

    /// Gives a paragraph behind 一是…二是… of another paragraph back to the item around that row.
    private mutating func goOnBehindRow(_ index: Int) {
        guard let top = stack.last, top.style >= .ordinal, !top.opensParagraph, top.paragraph < index else {
            return
        }
        while let open = stack.last, open.style >= .ordinal, !open.opensParagraph { stack.removeLast() }
        guard let parent = stack.last else { return }
        let start = text.source.scalars.trimmed(text.paragraphs[index]).lowerBound
        starts.append(
            Start(label: start..<start, style: .spoken, parent: parent.item, depth: stack.count + 1))
    }

    /// Ends all items at an annex, and at a short line after which the outermost row begins again.
    private mutating func endAtBreak(_ index: Int, following: LabelCandidate?) {
        guard let bottom = stack.first else { return }
        let scalars = text.source.scalars
        let range = scalars.trimmed(text.paragraphs[index])
        guard range.count <= 40, let last = range.last.map({ scalars[$0] }) else { return }
        guard !PlanScalar.isClauseMark(last), last != "、" else { return }
        let isAnnex = PlanVocabulary.annexes.length(
            at: range.lowerBound, in: scalars, until: range.upperBound)
        let beginsAgain =
            following.map { $0.label.number == 1 && $0.label.style == bottom.style && bottom.number > 1 }
        guard isAnnex != nil || beginsAgain == true || isDate(range) else { return }
        stack.removeAll()
        breaks.append(range.lowerBound)
    }

    /// Whether a line is nothing but the date under a document.
    private func isDate(_ range: Range<Int>) -> Bool {
        let scalars = text.source.scalars
        guard range.count >= 6, range.count <= 14, range.last.map({ scalars[$0] == "日" }) == true else {
            return false
        }
        return range.allSatisfy {
            PlanScalar.isDigit(scalars[$0]) || PlanScalar.chineseDigit(scalars[$0]) != nil
                || "年月日十 ".unicodeScalars.contains(scalars[$0])
        }
    }

    private mutating func finish() {
        items.reserveCapacity(starts.count)
        var nextBreak = 0
        for (index, start) in starts.enumerated() {
            let begin = start.label.lowerBound
            var end =
                index + 1 < starts.count ? starts[index + 1].label.lowerBound : text.source.scalars.count
            while nextBreak < breaks.count, breaks[nextBreak] <= begin { nextBreak += 1 }
            if nextBreak < breaks.count { end = min(end, breaks[nextBreak]) }
            let body = text.source.scalars.trimmed(begin..<end)
            append(start, text: body)
        }
        for start in starts {
            if let parent = start.parent { items[parent].hasItems = true }
        }
    }

    private mutating func append(_ start: Start, text range: Range<Int>) {
        let scalars = text.source.scalars
        let bodyStart = min(start.label.upperBound, range.upperBound)
        let title = HeadingTitle(of: bodyStart..<range.upperBound, in: scalars)
        let label = scalars.compactText(start.label)
        let path = start.parent.map { items[$0].fullPath } ?? []
        items.append(
            Outline.Item(
                label: label, depth: start.depth, title: title.text, hasHeading: title.isHeading,
                titleRange: title.range, text: range, bodyStart: bodyStart, path: path,
                fullPath: label.isEmpty ? path : path + [label + title.short],
                parent: start.parent))
    }
}
