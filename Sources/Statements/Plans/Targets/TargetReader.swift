import Figures

/// Reads the quantified targets that a plan sets.
///
/// A target is a figure with what it measures: 合格率达95%以上, 培养15名首席质量官, 死亡人数控制在94人以内. What a text
/// tells of the past is none, nor are money that is paid out, time limits of procedures, figures that only
/// describe (投资1亿元以上的项目) and counts of the work's own parts (四项工程). In a speech or a report a figure
/// counts only where it is promised.
public struct TargetReader: Sendable {
    /// Makes a reader; it keeps nothing from one text to the next.
    public init() {}

    /// The targets of a text in the order their figures stand.
    public func targets(in text: ReadText) -> [PlanTarget] {
        targets(in: text, outline: Outline(text), rows: TaskTable(text).rows)
    }

    func targets(in text: ReadText, outline: Outline, rows: [TaskTable.Row]) -> [PlanTarget] {
        var reading = TargetReading(text, outline: outline, rows: rows)
        for index in text.sentences.indices { reading.read(sentence: index) }
        return reading.targets
    }
}

/// How far the words that say by when hold.
private enum DeadlineReach: Int {
    /// To the end of the full sentence.
    case sentence
    /// To the end of the paragraph, which begins with them.
    case paragraph
    /// Over the list that a colon announces.
    case list
}

/// One pass over a text, with what one sentence leaves to the next.
struct TargetReading {
    let text: ReadText
    let scalars: [Unicode.Scalar]
    let outline: Outline
    let character: PlanCharacter
    /// For every item, whether its heading announces what is to come (`true`) or tells what was (`false`).
    private let leanings: [Bool?]
    private(set) var targets: [PlanTarget] = []

    // What the sentence has said so far.
    private var tells = false
    private var promises = false
    var lastSubject: Range<Int>?
    var lastScope: String?
    var lastName: String?
    var lastVerb: Range<Int>?
    private var deadline: PlanDeadline?
    private var deadlineReach = DeadlineReach.sentence
    private var paragraph = -1
    private var isReportingParagraph = false
    let lines: ColumnLines
    private let rows: [TaskTable.Row]
    private var nextRow = 0
    private var rowDeadline: String?
    private var indicators: IndicatorTable?
    private var nextItem = 0
    private var item: Int?

    init(_ text: ReadText, outline: Outline, rows: [TaskTable.Row]) {
        self.text = text
        self.rows = rows
        lines = ColumnLines(text)
        self.outline = outline
        scalars = text.source.scalars
        character = PlanCharacter(text, outline: outline)
        var leanings: [Bool?] = []
        leanings.reserveCapacity(outline.items.count)
        for item in outline.items {
            let own = HeadingLeaning.read(item, isPlan: character.kind == .plan)
            leanings.append(own ?? item.parent.flatMap { leanings[$0] })
        }
        self.leanings = leanings
    }

    /// Reads the targets of one sentence.
    mutating func read(sentence index: Int) {
        let sentence = text.sentences[index]
        begin(sentence, after: index > 0 ? text.sentences[index - 1] : nil)
        let number = rowNumber(of: sentence).map { [$0] } ?? []
        let labels = (labels(in: sentence.range) + cells(in: sentence.range) + number).sorted {
            $0.lowerBound < $1.lowerBound
        }
        guard !sentence.quantities.isEmpty || sentence.range.count < 400 else { return }
        let isContents = outline.isContents.indices.contains(paragraph) && outline.isContents[paragraph]
        guard !isContents, !readIndicators(sentence) else { return }
        let clauses = PlanClause.all(in: sentence.range, of: scalars, skipping: labels)
        var quantity = sentence.quantities.lowerBound
        for clause in clauses {
            hear(clause)
            let start = quantity
            while quantity < sentence.quantities.upperBound, quantity < text.quantities.count,
                text.quantities[quantity].range.lowerBound < clause.range.upperBound
            {
                quantity += 1
            }
            let count = targets.count
            let figures = (start..<quantity).filter {
                text.quantities[$0].range.lowerBound >= clause.range.lowerBound
            }
            read(figures, of: clause, in: sentence.range)
            if targets.count == count { remember(clause) }
        }
    }

    /// Reads a sentence as a line of a table of indicators; `false` when it is none.
    private mutating func readIndicators(_ sentence: ReadText.Sentence) -> Bool {
        guard text.paragraphs.indices.contains(sentence.paragraph) else { return false }
        let line = text.paragraphs[sentence.paragraph]
        if let head = IndicatorTable(head: line, in: lines) {
            indicators = head
            return true
        }
        guard let table = indicators else { return false }
        guard let row = table.row(line, in: lines) else {
            // Running text ends a table; a broken row does not.
            if line.count > 60 || scalars[line].contains("。") { indicators = nil }
            return false
        }
        if sentence.range.contains(row.value.lowerBound),
            let found = target(of: row, quantities: sentence.quantities)
        {
            add(found, sentence: sentence.range)
        }
        return true
    }

    private mutating func begin(_ sentence: ReadText.Sentence, after previous: ReadText.Sentence?) {
        let isNewParagraph = sentence.paragraph != paragraph
        if isNewParagraph || previous?.isFull != false {
            (tells, promises) = (false, false)
            (lastSubject, lastScope, lastName, lastVerb) = (nil, nil, nil, nil)
        }
        if previous?.isFull != false, deadlineReach == .sentence { deadline = nil }
        guard isNewParagraph else { return }
        paragraph = sentence.paragraph
        isReportingParagraph = reports(paragraph)
        let isNear = deadline.map { sentence.range.lowerBound - $0.range.upperBound <= 1500 } ?? false
        if deadlineReach != .list || !isNear { deadline = nil }
    }

    /// Whether a paragraph tells more of the past than it promises; a plan's must do so twice over.
    private func reports(_ index: Int) -> Bool {
        guard text.paragraphs.indices.contains(index) else { return false }
        let range = text.paragraphs[index]
        let end = min(range.upperBound, range.lowerBound + 3000)
        let balance = PlanClause.balance(in: range.lowerBound..<end, of: scalars)
        if character.kind == .plan { return balance.tells >= 3 && balance.tells > 2 * balance.promises }
        return balance.tells > balance.promises
    }

    /// The labels inside a sentence; moves on to the item in which the sentence begins.
    private mutating func labels(in range: Range<Int>) -> [Range<Int>] {
        var labels: [Range<Int>] = []
        while nextItem < outline.items.count, outline.items[nextItem].text.lowerBound < range.upperBound {
            let next = outline.items[nextItem]
            labels.append(next.text.lowerBound..<next.bodyStart)
            // What an outer item announced no longer holds when the next of its row begins.
            if let current = item, next.depth <= outline.items[current].depth { deadline = nil }
            item = nextItem
            nextItem += 1
        }
        return labels
    }

    /// The number with which the row of a table begins: 1 合格率 95% 约束性.
    private func rowNumber(of sentence: ReadText.Sentence) -> Range<Int>? {
        guard text.paragraphs.indices.contains(sentence.paragraph) else { return nil }
        let range = scalars.trimmed(text.paragraphs[sentence.paragraph])
        guard range.lowerBound >= sentence.range.lowerBound else { return nil }
        var end = range.lowerBound
        while end < range.upperBound, end - range.lowerBound < 3, PlanScalar.isDigit(scalars[end]) {
            end += 1
        }
        guard end > range.lowerBound, end < range.upperBound, lines.isSpaced(before: end) else { return nil }
        return range.lowerBound..<end
    }

    /// Where the cells of a table's row begin inside a sentence.
    private mutating func cells(in range: Range<Int>) -> [Range<Int>] {
        while nextRow < rows.count, rows[nextRow].range.upperBound <= range.lowerBound { nextRow += 1 }
        rowDeadline = nil
        guard nextRow < rows.count, rows[nextRow].range.lowerBound < range.upperBound else { return [] }
        let row = rows[nextRow]
        rowDeadline = row.deadlines.map { scalars.compactText($0) }.first { !$0.isEmpty }
        return row.cells.filter { range.contains($0.lowerBound) }.map { $0.lowerBound..<$0.lowerBound }
    }

    /// Takes in what a clause says of time.
    private mutating func hear(_ clause: PlanClause) {
        if let new = clause.deadline {
            let isPast = new.year.flatMap { year in character.firstYear.map { year < $0 } } ?? false
            if isPast {
                tells = true
            } else {
                deadline = new
                let start =
                    text.paragraphs.indices.contains(paragraph) ? text.paragraphs[paragraph].lowerBound : 0
                let begin = item.map { max(outline.items[$0].bodyStart, start) } ?? start
                let opens =
                    new.range.lowerBound - begin <= 3 && new.range.lowerBound == clause.range.lowerBound
                deadlineReach = opens ? .paragraph : .sentence
                if !clause.tells { (tells, promises) = (false, true) }
            }
        }
        if clause.endsInColon, deadline != nil { deadlineReach = .list }
        if let year = leadingYear(of: clause), let first = character.firstYear, year < first {
            (tells, promises) = (true, false)
        }
        if clause.promises {
            (tells, promises) = (false, true)
        } else if clause.tells {
            (tells, promises) = (true, false)
        }
    }

    /// 产业规模比2020年翻两番: the subject before what it is compared with.
    private func beforeComparison(_ range: Range<Int>) -> Range<Int> {
        for offset in range.dropFirst(2) where scalars[offset] == "比" || scalars[offset] == "较" {
            let next = offset + 1
            if next < range.upperBound,
                PlanScalar.isDigit(scalars[next]) || scalars[next] == "上" || scalars[next] == "去"
            {
                return range.lowerBound..<offset
            }
        }
        return range
    }

    /// The year with which a clause begins: 2023年，全市….
    private func leadingYear(of clause: PlanClause) -> Int? {
        guard clause.range.count >= 5, scalars[clause.range.lowerBound + 4] == "年" else { return nil }
        var year = 0
        for offset in clause.range.lowerBound..<(clause.range.lowerBound + 4) {
            guard PlanScalar.isDigit(scalars[offset]) else { return nil }
            year = year * 10 + Int(scalars[offset].value - 0x30)
        }
        return year
    }

    /// Keeps what a clause without figures is about, for a clause that names no subject of its own.
    private mutating func remember(_ clause: PlanClause) {
        var name = TargetName(clause.range, in: scalars)
        if let length = PlanVocabulary.output.length(
            at: name.range.lowerBound, in: scalars, until: name.range.upperBound),
            name.range.count > length + 1,
            PlanVocabulary.unsplit.length(
                at: name.range.lowerBound, in: scalars, until: name.range.upperBound) == nil
        {
            let scope = name.scopeText(in: scalars)
            name = TargetName((name.range.lowerBound + length)..<name.range.upperBound, in: scalars)
            lastScope = name.scopeText(in: scalars) ?? scope ?? lastScope
        } else {
            lastScope = name.scopeText(in: scalars) ?? lastScope
        }
        let subject = beforeComparison(name.range)
        if subject.count >= 2, subject.count <= 40 { lastSubject = subject }
    }

    // MARK: Whether a figure may be a target at all

    /// Whether what is said here is to come.
    func isToCome(hasLimit: Bool) -> Bool {
        if tells { return false }
        let leaning = item.flatMap { leanings[$0] }
        if isReportingParagraph { return promises && hasLimit }
        switch (character.kind, leaning) {
        case (.plan, false): return promises
        case (.plan, _): return true
        case (.unknown, true): return true
        case (.unknown, nil): return promises || hasLimit
        case (.report, true): return promises || hasLimit
        case (.report, _), (.unknown, false): return promises && hasLimit
        }
    }

    /// Adds a target that was found.
    mutating func add(_ found: FoundTarget, sentence: Range<Int>) {
        let own = found.deadline
        targets.append(
            PlanTarget(
                name: found.name, comparison: found.comparison, value: found.amount.value,
                upper: found.amount.upper, valueText: found.amount.text, unit: found.amount.unit,
                scope: found.scope, deadline: own ?? rowDeadline ?? deadline?.text ?? character.deadline,
                path: path(at: found.range.lowerBound), sentence: sentence, range: found.range))
        // 占检查总数 says of the target before what part of all it is.
        if !found.isShare { lastName = found.base ?? found.name }
        (lastSubject, lastScope) = (nil, found.scope)
    }

    /// The heading of the item that is being read, when it is short enough to be a name.
    var itemName: String? {
        guard let item, outline.items[item].hasHeading else { return nil }
        let title = outline.items[item].title
        return title.unicodeScalars.count <= 14 ? title : nil
    }

    private func path(at offset: Int) -> [String] {
        guard let index = outline.item(at: offset) else { return [] }
        let item = outline.items[index]
        // An item that is nothing but a sentence has no heading to stand under.
        return item.hasHeading && !item.titleRange.contains(offset) ? item.fullPath : item.path
    }
}

/// A target before it is put under its headings.
struct FoundTarget {
    var name: String
    var comparison: PlanTarget.Comparison
    var amount: TargetAmount
    var scope: String?
    var deadline: String?
    var range: Range<Int>
    /// The name without the change it states, for a clause behind that names no subject.
    var base: String?
    /// Whether it says what part of a whole another target is.
    var isShare = false
}

/// What a heading says of the text under it.
enum HeadingLeaning {
    private static let announcing = PlanWordList("下一步 下半年 明年 今后 打算 工作安排 工作目标 主要目标 总体目标 发展目标 目标任务 工作计划")
    private static let endings = PlanWordList("目标 指标 打算 安排 目标任务 计划")

    /// Whether the text under an item's heading is to come (`true`) or has been (`false`); `nil` when the heading
    /// does not say. Outside a plan only headings that plainly announce count.
    static func read(_ item: Outline.Item, isPlan: Bool) -> Bool? {
        guard item.hasHeading else { return nil }
        let title = Array(item.title.unicodeScalars.prefix(60))
        let announces =
            announcing.occurs(in: title.indices, of: title)
            || endings.length(before: title.count, in: title, from: 0) != nil
        let isPast =
            isPlan
            ? PlanVocabulary.pastEndings.length(before: title.count, in: title, from: 0) != nil
            : PlanVocabulary.pastHeadings.occurs(in: title.indices, of: title)
        if isPast { return false }
        if announces { return true }
        guard isPlan else { return nil }
        return PlanVocabulary.futureHeadings.occurs(in: title.indices, of: title) ? true : nil
    }
}
