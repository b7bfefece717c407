/// A label that may begin an item, with what decides whether it does.
struct LabelCandidate {
    let label: HeadingLabel
    let paragraph: Int
    /// Whether it stands at the beginning of its paragraph.
    let opensParagraph: Bool
    /// Whether a mark, and not only a space or a title, stands before it.
    let followsMark: Bool
    /// Whether the second of its row comes soon.
    var hasSecond = false
}

extension LabelCandidate {
    /// How far the second of a row may stand behind the first, in scalars.
    private static let reach = 20_000

    /// Every label of a text that could begin an item, in order.
    static func all(in text: ReadText, skipping skipped: [Bool]) -> [LabelCandidate] {
        var candidates: [LabelCandidate] = []
        let scalars = text.source.scalars
        for (index, paragraph) in text.paragraphs.enumerated() where !skipped[index] {
            gather(paragraph: index, paragraph, of: scalars, into: &candidates)
        }
        markSeconds(&candidates)
        return candidates
    }

    private static func gather(
        paragraph index: Int, _ paragraph: Range<Int>, of scalars: [Unicode.Scalar],
        into candidates: inout [LabelCandidate]
    ) {
        let range = scalars.trimmed(paragraph)
        var offset = range.lowerBound
        var previous: Unicode.Scalar?
        var isSpaced = false
        while offset < range.upperBound {
            let scalar = scalars[offset]
            let isStart = offset == range.lowerBound
            if isStart || canPrecede(previous, isSpaced: isSpaced, at: scalar),
                let label = HeadingLabel.read(at: offset, in: scalars, until: range.upperBound)
            {
                candidates.append(
                    LabelCandidate(
                        label: label, paragraph: index, opensParagraph: isStart,
                        followsMark: previous.map(isMark) ?? true))
                previous = "："
                isSpaced = false
                offset = label.range.upperBound
                continue
            }
            if PlanScalar.isSpace(scalar) {
                isSpaced = true
            } else {
                previous = scalar
                isSpaced = false
            }
            offset += 1
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        PlanScalar.isStop(scalar) || scalar == "；" || scalar == "：" || scalar == ";" || scalar == ":"
    }

    /// Whether a label may stand behind this scalar; a bracket also directly behind a title.
    private static func canPrecede(
        _ previous: Unicode.Scalar?, isSpaced: Bool, at scalar: Unicode.Scalar
    ) -> Bool {
        guard let previous else { return true }
        if isMark(previous) { return true }
        if scalar == "（" || scalar == "(" {
            return PlanScalar.isIdeograph(previous) && !"第附项款条表图件号例见".unicodeScalars.contains(previous)
                || PlanScalar.isClosing(previous)
        }
        if previous == "，" || previous == "," {
            return scalar == "第" || PlanScalar.chineseDigit(scalar) != nil || scalar == "十"
        }
        return isSpaced && PlanScalar.isIdeograph(previous)
    }

    private static func markSeconds(_ candidates: inout [LabelCandidate]) {
        var seconds: [HeadingLabel.Style: Int] = [:]
        for index in candidates.indices.reversed() {
            let label = candidates[index].label
            if label.number == 1, let second = seconds[label.style] {
                candidates[index].hasSecond = second - label.range.lowerBound <= reach
            }
            if label.number == 2 { seconds[label.style] = label.range.lowerBound }
        }
    }
}
