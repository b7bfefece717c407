/// Turns a text as it came into the text that is read, remembering for each scalar where it came from.
///
/// Left out: marks without width, remains of HTML, pinyin in brackets behind its character, spaces that mean
/// nothing in Chinese. Unified: full-width letters and figures, dashes, quotation marks, brackets, percent
/// signs, traditional characters; lines cut at a page's width.
struct TextRepair: Sendable {
    private let forms: ScalarForms

    init(simplified: [Unicode.Scalar: Unicode.Scalar]) {
        forms = ScalarForms(simplified: simplified)
    }

    func source(_ text: String, name: String) -> SourceText {
        // Counting the scalars first would cost another walk; Chinese takes three bytes each.
        var original: [Unicode.Scalar] = []
        original.reserveCapacity(text.utf8.count / 2)
        for scalar in text.unicodeScalars { original.append(scalar) }
        var pass = RepairPass(original, forms: forms)
        pass.run()
        var scalars = pass.scalars
        PunctuationRepair.unify(&scalars, at: pass.halfWidthMarks)
        var origins = pass.origins
        WrappedLines.join(&scalars, &origins)
        return SourceText(
            name: name, original: text, scalars: scalars, origins: origins,
            lineStarts: Self.lineStarts(original))
    }

    private static func lineStarts(_ original: [Unicode.Scalar]) -> [Int32] {
        var starts: [Int32] = [0]
        for place in original.indices where original[place].value <= 0x0D {
            let value = original[place].value
            let isBreak =
                value == 0x0A
                || (value == 0x0D
                    && !(place + 1 < original.count
                        && original[place + 1].value == 0x0A))
            if isBreak { starts.append(Int32(clamping: place + 1)) }
        }
        return starts
    }
}

/// One walk over a text that is repaired.
struct RepairPass {
    private(set) var scalars: [Unicode.Scalar] = []
    private(set) var origins: [Int32] = []
    /// Where half-width marks stand in `scalars` whose form depends on what follows them.
    private(set) var halfWidthMarks: [Int] = []

    let original: [Unicode.Scalar]
    private let forms: ScalarForms
    private var markup = MarkupReader()
    private var pinyin = PinyinReader()
    private var spaces = SpaceRun()
    private var line = LineStart()

    init(_ original: [Unicode.Scalar], forms: ScalarForms) {
        self.original = original
        self.forms = forms
        scalars.reserveCapacity(original.count)
        origins.reserveCapacity(original.count + 1)
    }

    mutating func run() {
        var place = 0
        while place < original.count {
            let scalar = original[place]
            switch scalar.value {
            case 0x3C: place = tag(at: place)
            case 0x26: place = entity(at: place)
            case 0x28, 0xFF08, 0x3F:
                if let end = pinyin.end(original, at: place, after: scalars.last) {
                    place = end
                } else {
                    emit(scalar, place)
                    place += 1
                }
            default:
                emit(scalar, place)
                place += 1
            }
        }
        origins.append(Int32(clamping: original.count))
    }

    private mutating func tag(at place: Int) -> Int {
        guard let tag = markup.tag(original, at: place) else {
            emit(original[place], place)
            return place + 1
        }
        if tag.breaksLine { emit("\n", place) }
        if tag.parts { emit(" ", place) }
        return tag.end
    }

    private mutating func entity(at place: Int) -> Int {
        guard let entity = markup.entity(original, at: place) else {
            emit(original[place], place)
            return place + 1
        }
        emit(entity.scalar, place)
        return entity.end
    }

    /// Takes one scalar over in the form in which it is read.
    private mutating func emit(_ scalar: Unicode.Scalar, _ place: Int) {
        let form = forms[scalar]
        switch form.value {
        case 0: return
        case 0x20:
            spaces.add(scalar, place)
            return
        case 0x0A:
            spaces.clear()
            if scalar.value == 0x0D, place + 1 < original.count, original[place + 1].value == 0x0A { return }
            line = LineStart()
        default:
            if spaces.width > 0 {
                if let last = scalars.last, spaces.means(last, form, line) {
                    line.add(" ")
                    append(" ", spaces.place)
                }
                spaces.clear()
            }
            line.add(form)
        }
        if ScalarForms.isHalfWidthMark(form) { halfWidthMarks.append(scalars.count) }
        append(form, place)
    }

    private mutating func append(_ scalar: Unicode.Scalar, _ place: Int) {
        scalars.append(scalar)
        origins.append(Int32(clamping: place))
    }
}
