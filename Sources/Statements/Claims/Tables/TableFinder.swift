import Figures

/// Compares the figures of a text with its attached table.
///
/// The totals a sentence states (全国共发生…34起、死亡54人) are compared with the table's total row and the figures of a
/// list of regions with the regions' rows. A sentence speaks of the table only when enough of its figures
/// agree with it: a figure that differs is wrong only then. What a table's headers do not say is not guessed.
public struct TableFinder: Sendable {
    private let table: [[String]]

    /// Takes the table's rows from the first on, headers included.
    public init(table: [[String]]) { self.table = table }

    /// The claims of the text's figures that the table has too, in the order of the text.
    public func claims(in text: ReadText) -> [Claim] {
        let tables = AttachedTable.byPeriod(table)
        guard !tables.isEmpty else { return [] }
        var claims: [Claim] = []
        ListScan.visit(text) { lists, segments, sentence, _ in
            guard let table = Self.table(of: sentence, in: text, tables) else { return }
            let comparison = TableComparison(text: text, table: table, sentence: sentence)
            claims += comparison.totals(segments)
            for list in lists { claims += comparison.members(list) }
        }
        return claims
    }

    /// The table of the period that a sentence names, or the only one there is.
    private static func table(
        of sentence: FullSentence, in text: ReadText, _ tables: [String: AttachedTable]
    ) -> AttachedTable? {
        if let only = tables[""] { return only }
        guard let range = PeriodWords.leading(sentence.range, of: text.source.scalars) else { return nil }
        let period = text.source.text(range)
        return tables[period] ?? tables[period + "全年"]
    }
}

/// The comparison of one sentence with a table.
struct TableComparison {
    let text: ReadText
    let table: AttachedTable
    let sentence: FullSentence

    private struct Pair {
        let quantity: Int
        let cell: Rational
        let name: String
        let column: AttachedTable.Column
    }

    private static let wholes = PhraseSet("全国 全省 全市 全区 全县 全州 全系统")
    private static let cues = PhraseSet("共发生 累计发生 共 合计 总计 发生")
    private static let major = PhraseSet("较大 重大")

    /// The stated totals against the total row.
    func totals(_ segments: [Segment]) -> [Claim] {
        let scalars = text.source.scalars
        guard let first = segments.first(where: { !$0.figures.isEmpty }), let figure = first.figures.first
        else {
            return []
        }
        let lead = first.range.lowerBound..<text.quantities[figure].range.lowerBound
        guard Self.wholes.occurs(in: lead, of: scalars), Self.cues.occurs(in: lead, of: scalars) else {
            return []
        }
        let isMajor = Self.major.occurs(in: lead, of: scalars)
        var pairs: [Pair] = []
        var index = segments.firstIndex { $0.figures.contains(figure) } ?? 0
        while index < segments.count, pairs.count < 4 {
            for quantity in segments[index].figures { add(quantity, isMajor, &pairs) }
            guard segments[index].mark == Mark.enumeration else { break }
            index += 1
        }
        let agreeing = pairs.filter { text.quantities[$0.quantity].value == $0.cell }
        // One agreement of small figures may be chance; a larger one is not.
        let isTied =
            agreeing.count == pairs.count
            || agreeing.contains { $0.cell >= Rational(10) }
        return isTied ? pairs.map(claim) : []
    }

    private func add(_ index: Int, _ isMajor: Bool, _ pairs: inout [Pair]) {
        let quantity = text.quantities[index]
        guard quantity.sort == .amount, quantity.bound == .exact, quantity.upper == nil,
            MemberReader(text).tone(of: quantity) == .level,
            let column = table.columns(unit: quantity.unit, isMajor: isMajor).first,
            let cell = table.total(column), !pairs.contains(where: { $0.column == column })
        else { return }
        pairs.append(Pair(quantity: index, cell: cell, name: "合计", column: column))
    }

    /// The figures of a list's members against their rows.
    func members(_ judge: ListJudge) -> [Claim] {
        let list = judge.main
        let isMajor = Self.major.occurs(in: judge.head.range, of: text.source.scalars)
        var pairs: [Pair] = []
        for member in list.members where member.names == 1...1 {
            let name = regionName(member.name)
            var seen: Set<UnitCode> = []
            for figure in member.figures
            where figure.key.tone == .level && seen.insert(figure.key.unit).inserted {
                guard let column = table.columns(unit: unit(of: figure), isMajor: isMajor).first,
                    let cell = table.cell(name, column)
                else { continue }
                pairs.append(Pair(quantity: figure.quantity, cell: cell, name: name, column: column))
            }
        }
        let agreeing = pairs.count { text.quantities[$0.quantity].value == $0.cell }
        guard agreeing >= 4, agreeing * 3 >= pairs.count * 2 else { return [] }
        return pairs.map(claim)
    }

    /// The unit of a figure as headers write it.
    private func unit(of figure: ListFigure) -> String {
        let quantity = text.quantities[figure.quantity]
        return quantity.sort == .percent ? "%" : quantity.unit
    }

    private func regionName(_ range: Range<Int>) -> String {
        let name = text.source.text(range)
        return name.hasSuffix("发生") ? String(name.dropLast(2)) : name
    }

    private func claim(_ pair: Pair) -> Claim {
        let quantity = text.quantities[pair.quantity]
        let printed = text.source.text(quantity.range)
        let should = Measure.text(pair.cell, as: quantity, in: text.source)
        let holds = quantity.value == pair.cell
        let sum = pair.name == "合计" ? table.sum(pair.column) : nil
        // The total row itself may be the mistake: then the text is not called wrong for it.
        let rowAgrees = sum == nil || sum == pair.cell
        let verdict: Verdict = holds ? .holds : (rowAgrees ? .wrong : .unverifiable)
        return Claim(
            kind: .table, stated: printed, range: quantity.range, quote: quantity.range,
            operands: [
                Claim.Operand(
                    role: Phrase("附表“\(pair.name)”行", "the table's row \(pair.name)"), value: pair.cell,
                    step: .zero,
                    range: nil)
            ],
            recomputed: pair.cell, recomputedText: should, verdict: verdict,
            explanation: explanation(pair, printed, should, holds: holds, sum: rowAgrees ? nil : sum))
    }

    private func explanation(
        _ pair: Pair, _ printed: String, _ should: String, holds: Bool, sum: Rational?
    ) -> Phrase {
        let broken = sum.map { sum in
            let text = PrintedNumber.decimal(sum)
            return Phrase(
                "附表各行相加为\(text)，与合计行也不符，请一并核对。",
                " The table's rows add up to \(text), which is not its total either; check both.")
        }
        if holds {
            return Phrase(
                "附表“\(pair.name)”行为\(should)，与文中相符。" + (broken?.chinese ?? ""),
                "The table's row \(pair.name) has \(should), as the text says." + (broken?.english ?? ""))
        }
        return Phrase(
            "附表“\(pair.name)”行为\(should)，文中为\(printed)，两者不符；请核对正文与附表。" + (broken?.chinese ?? ""),
            "The table's row \(pair.name) has \(should), but the text says \(printed). Check the text against the "
                + "table." + (broken?.english ?? ""))
    }
}
