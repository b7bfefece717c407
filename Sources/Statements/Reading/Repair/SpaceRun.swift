/// A run of white space that is not yet known to mean something.
struct SpaceRun {
    private(set) var width = 0
    private(set) var place = 0
    private var hasTabulator = false

    mutating func add(_ scalar: Unicode.Scalar, _ place: Int) {
        if width == 0 { self.place = place }
        // An ideographic space is as wide as a character and often stands where two spaces would.
        width += 1
        if scalar.value == 0x09 { hasTabulator = true }
    }

    mutating func clear() {
        guard width > 0 else { return }
        width = 0
        hasTabulator = false
    }

    /// Whether the run parts what stands before it from what follows, so that one space of it is read.
    ///
    /// Chinese is written without spaces. Between letters or figures a space counts; between Chinese
    /// characters it does when it is wide, as in columns and signatures, or when it parts a numbered heading
    /// from its paragraph.
    func means(_ before: Unicode.Scalar, _ after: Unicode.Scalar, _ line: LineStart) -> Bool {
        let classes = ScalarClasses.shared
        guard before.value != 0x0A else { return false }
        let (first, second) = (classes[before], classes[after])
        if first == .punctuation || second == .punctuation { return first == .letter || second == .letter }
        if line.isNumber(followedBy: after) { return true }
        let isTight = Self.isChinese(first) || Self.isChinese(second)
        guard isTight else { return true }
        if first == .digit || second == .digit { return false }
        return width > 2 || hasTabulator || line.isOpenHeading
    }

    private static func isChinese(_ kind: ScalarClass) -> Bool {
        switch kind {
        case .ideograph, .chineseNumeral, .ordinalMark, .listMark: true
        default: false
        }
    }
}

/// What the line that is being read began with.
struct LineStart {
    private enum Form {
        case beginning
        case numeral
        case decimal
        case heading
        case plain
    }

    private var form = Form.beginning
    private var length = 0

    /// Whether the line began as a numbered heading, 一、… or （二）…, in which no sentence has ended so far.
    var isOpenHeading: Bool { form == .heading && length < 80 }

    /// Whether the line so far is a number such as 1.2 that what follows does not count with.
    func isNumber(followedBy next: Unicode.Scalar) -> Bool {
        guard form == .decimal else { return false }
        return !Marks.countedBehindNumber.contains(next)
            && ScalarClasses.shared[next] == .ideograph
    }

    mutating func add(_ scalar: Unicode.Scalar) {
        length += 1
        guard form != .plain else { return }
        let kind = ScalarClasses.shared[scalar]
        switch form {
        case .beginning, .numeral, .decimal:
            if kind == .digit || kind == .chineseNumeral || kind == .ordinalMark {
                form = form == .decimal ? .decimal : .numeral
            } else if scalar == "." {
                form = .decimal
            } else if scalar == "（" {
                form = .numeral
            } else if scalar == "、" || scalar == "）" || Marks.chapterWords.contains(scalar) {
                form = form == .beginning ? .plain : .heading
            } else if scalar == " " {
                form = form == .decimal ? .heading : .plain
            } else {
                form = kind == .listMark ? .heading : .plain
            }
        case .heading:
            if scalar == " " || Marks.clauseEnds.contains(scalar) { form = .plain }
        case .plain: break
        }
    }
}
