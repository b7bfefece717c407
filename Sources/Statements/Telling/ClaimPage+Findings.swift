extension ClaimPage {
    /// The claims that want attention, the wrong ones first; what cannot be verified is folded away.
    func findings(_ page: inout HTMLBytes) {
        page.markup("<aside>\n")
        let urgent = [Verdict.wrong, .truncated, .explained]
        if urgent.allSatisfy({ tally[$0] == 0 }) {
            page.markup("<p class=\"fine\">")
            page.phrase(
                tally.total == 0
                    ? Phrase("没有可以核对的数字。", "There are no claims to check.")
                    : Phrase("没有发现有误的数字。", "Nothing is wrong."))
            page.markup("</p>\n")
        }
        for verdict in urgent where tally[verdict] > 0 {
            page.markup("<section class=\"findings\" data-verdict=\"")
            page.markup(verdict.className)
            page.markup("\"><h2>")
            page.phrase(verdict.name)
            page.markup(" <small>")
            page.number(tally[verdict])
            page.markup("</small></h2>\n")
            list(verdict, &page)
            page.markup("</section>\n")
        }
        if tally[.unverifiable] > 0 {
            page.markup("<details class=\"findings\" data-verdict=\"unverifiable\"><summary>")
            page.phrase(Verdict.unverifiable.name)
            page.markup(" <small>")
            page.number(tally[.unverifiable])
            page.markup("</small></summary>\n")
            list(.unverifiable, &page)
            page.markup("</details>\n")
        }
        page.markup("</aside>\n")
    }

    private func list(_ verdict: Verdict, _ page: inout HTMLBytes) {
        page.markup("<ol>\n")
        for index in documents.indices {
            for claim in documents[index].claims where claim.verdict == verdict {
                finding(claim, index, &page)
            }
        }
        page.markup("</ol>\n")
    }

    private func finding(_ claim: Claim, _ index: Int, _ page: inout HTMLBytes) {
        let document = documents[index]
        let line = document.source.line(at: claim.range.lowerBound)
        page.markup("<li class=\"")
        page.markup(claim.verdict.className)
        page.markup("\"><a href=\"#")
        page.figureName(index, document.figure(of: claim.range) ?? 0)
        page.markup("\">")
        if documents.count > 1 {
            page.text(document.source.name)
            page.markup(" ")
        }
        page.phrase(Phrase("第 \(line) 行", "line \(line)"))
        page.markup("</a><blockquote lang=\"zh\">")
        let quote = document.source.originalRange(claim.quote)
        let stated = document.source.originalRange(claim.range).clamped(to: quote)
        page.text(document.original[quote.lowerBound..<stated.lowerBound])
        page.markup("<b>")
        page.text(document.original[stated])
        page.markup("</b>")
        page.text(document.original[stated.upperBound..<quote.upperBound])
        page.markup("</blockquote><p>")
        page.phrase(claim.explanation)
        page.markup("</p></li>\n")
    }
}

extension ClaimPage.Document {
    /// The index of the span in which a figure of what is read stands.
    func figure(of range: Range<Int>) -> Int? {
        let place = source.originalRange(range)
        let index = figures.firstIndex(from: place.lowerBound)
        if index < figures.spans.count, figures.spans[index].range.overlaps(place) { return index }
        guard index > 0, figures.spans[index - 1].range.overlaps(place) else { return nil }
        return index - 1
    }
}

extension HTMLBytes {
    /// The name of a figure within the page.
    mutating func figureName(_ document: Int, _ figure: Int) {
        markup("d")
        number(document)
        markup("f")
        number(figure)
    }
}
