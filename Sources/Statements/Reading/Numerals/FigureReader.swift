import Figures

/// Finds the figures of a text in one walk from its beginning to its end.
///
/// Every step goes forward; what is looked at behind or ahead of a figure is bounded, so that the time is
/// linear in the text whatever it holds.
struct FigureReader {
    let scalars: [Unicode.Scalar]
    private(set) var quantities: [Quantity] = []
    private let paragraphs: [Range<Int>]
    private var nextParagraph = 0
    private var paragraphStart = -1

    static func quantities(_ scalars: [Unicode.Scalar], paragraphs: [Range<Int>]) -> [Quantity] {
        var reader = FigureReader(scalars, paragraphs: paragraphs)
        reader.run()
        Aftermath.settle(&reader.quantities, scalars)
        return reader.quantities
    }

    private init(_ scalars: [Unicode.Scalar], paragraphs: [Range<Int>]) {
        self.scalars = scalars
        self.paragraphs = paragraphs
        quantities.reserveCapacity(scalars.count / 10)
    }

    private mutating func run() {
        let classes = ScalarClasses.shared
        var place = 0
        while place < scalars.count {
            let kind = classes[scalars[place]]
            guard
                kind == .digit || kind == .chineseNumeral || kind == .letter || kind == .ordinalMark
                    || kind == .listMark
            else {
                place += 1
                continue
            }
            enterParagraph(place)
            let end =
                switch kind {
                case .digit: arabic(at: place)
                case .chineseNumeral: chinese(at: place)
                case .letter: latin(at: place)
                case .ordinalMark: ordinal(at: place)
                default: listMark(at: place)
                }
            place = max(end, place + 1)
        }
    }

    private mutating func enterParagraph(_ place: Int) {
        while nextParagraph < paragraphs.count, paragraphs[nextParagraph].lowerBound <= place {
            paragraphStart = paragraphs[nextParagraph].lowerBound
            nextParagraph += 1
        }
    }

    // MARK: What the other files of this reader use

    /// The scalar at a place; U+0000 outside the text.
    func at(_ place: Int) -> Unicode.Scalar {
        place >= 0 && place < scalars.count ? scalars[place] : "\0"
    }

    func kind(_ place: Int) -> ScalarClass { ScalarClasses.shared[at(place)] }

    /// Whether a paragraph begins at a place.
    func isParagraphStart(_ place: Int) -> Bool { place == paragraphStart }

    /// Whether a new item of a list may begin at a place.
    func isItemStart(_ place: Int) -> Bool {
        isParagraphStart(place) || Marks.itemBeginnings.contains(at(place - 1))
    }

    /// Where the quantity found last ends.
    private(set) var lastEnd = 0

    /// Adds a quantity; what would overlap the one before is left out. Returns where the reading goes on.
    mutating func add(_ quantity: Quantity) -> Int {
        guard quantity.range.lowerBound >= lastEnd else { return quantity.range.upperBound }
        lastEnd = quantity.range.upperBound
        quantities.append(quantity)
        return quantity.range.upperBound
    }

    /// Adds what only looks like a figure.
    mutating func addLabel(_ range: Range<Int>, digits: Range<Int>, value: Rational? = nil) -> Int {
        add(Quantity(sort: .label, value: value ?? .zero, step: .one, unit: "", range: range, digits: digits))
    }

    /// Adds a date or a part of one.
    mutating func addDate(
        _ range: Range<Int>, digits: Range<Int>, value: Int64, upper: Int64? = nil, unit: String = ""
    ) -> Int {
        add(
            Quantity(
                sort: .date, value: Rational(value), step: .one, upper: upper.map { Rational($0) },
                unit: unit,
                range: range, digits: digits))
    }

    // MARK: One reader for each beginning

    private mutating func arabic(at place: Int) -> Int {
        if let end = digitLabel(at: place) ?? date(at: place) ?? simpleFraction(at: place) { return end }
        guard let numeral = ArabicNumeral.read(scalars, at: place) else { return place + 1 }
        return measured(numeral)
    }

    private mutating func chinese(at place: Int) -> Int {
        if let end = Idioms.end(scalars, at: place) { return end }
        if let end = fraction(at: place) { return end }
        let runEnd = ChineseNumeral.runEnd(scalars, place)
        if Idioms.isPartOfWord(scalars, at: place) { return runEnd }
        guard let numeral = ChineseNumeral.read(scalars, at: place) else { return runEnd }
        if let end = chineseLabel(numeral) ?? chineseDate(numeral) { return end }
        return max(measured(numeral), numeral.end)
    }
}
