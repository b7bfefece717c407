extension ClaimPage {
    /// A document's text as it came, paragraph by paragraph, with its figures marked.
    func text(_ index: Int, _ page: inout HTMLBytes) {
        let document = documents[index]
        page.markup("<article>\n")
        if documents.count > 1 {
            page.markup("<h2>")
            page.text(document.source.name)
            page.markup("</h2>\n")
        }
        var next = 0
        for paragraph in document.paragraphs {
            let range = document.source.originalRange(paragraph)
            while next < document.figures.spans.count,
                document.figures.spans[next].range.lowerBound < range.lowerBound
            { next += 1 }
            var end = next
            while end < document.figures.spans.count,
                document.figures.spans[end].range.upperBound <= range.upperBound
            { end += 1 }
            page.markup("<p")
            classes(document.figures.spans[next..<end], &page)
            page.markup("><span class=\"number\" aria-hidden=\"true\">")
            page.number(document.source.line(at: paragraph.lowerBound))
            page.markup("</span>")
            marked(range, next..<end, index, &page)
            page.markup("</p>\n")
            next = end
        }
        page.markup("</article>\n")
    }

    /// Says which verdicts a paragraph holds, for the filter.
    private func classes(_ spans: ArraySlice<FigureSpans.Span>, _ page: inout HTMLBytes) {
        let present = Set(spans.compactMap(\.verdict))
        guard !present.isEmpty else { return }
        page.markup(" class=\"claims")
        for verdict in Verdict.byUrgency where present.contains(verdict) {
            page.markup(" has-")
            page.markup(verdict.className)
        }
        page.markup("\"")
    }

    private func marked(_ range: Range<Int>, _ spans: Range<Int>, _ index: Int, _ page: inout HTMLBytes) {
        let document = documents[index]
        var place = range.lowerBound
        for number in spans {
            let span = document.figures.spans[number]
            page.text(document.original[place..<span.range.lowerBound])
            if let verdict = span.verdict {
                page.markup("<mark tabindex=\"0\" class=\"")
                page.markup(verdict.className)
                page.markup("\" aria-describedby=\"t")
                page.figureName(index, number)
                page.markup("\" data-from=\"")
                for claim in span.claims {
                    for operand in document.claims[claim].operands {
                        guard let place = operand.range, let figure = document.figure(of: place),
                            figure != number
                        else { continue }
                        page.figureName(index, figure)
                        page.markup(" ")
                    }
                }
            } else {
                page.markup("<span class=\"operand")
            }
            page.markup("\" id=\"")
            page.figureName(index, number)
            page.markup("\">")
            page.text(document.original[span.range])
            page.markup(span.verdict == nil ? "</span>" : "</mark>")
            place = span.range.upperBound
        }
        page.text(document.original[place..<range.upperBound])
    }

    /// What is told of each marked figure.
    func tips(_ index: Int, _ page: inout HTMLBytes) {
        let document = documents[index]
        for (number, span) in document.figures.spans.enumerated() where !span.claims.isEmpty {
            page.markup("<div class=\"tip\" role=\"tooltip\" id=\"t")
            page.figureName(index, number)
            page.markup("\">")
            for claim in span.claims { tip(document.claims[claim], &page) }
            page.markup("</div>\n")
        }
    }

    private func tip(_ claim: Claim, _ page: inout HTMLBytes) {
        page.markup("<div class=\"told ")
        page.markup(claim.verdict.className)
        page.markup("\"><p class=\"verdict\"><b>")
        page.phrase(claim.verdict.name)
        page.markup("</b> <i>")
        page.phrase(claim.kind.name)
        page.markup("</i></p><p class=\"sum\">")
        page.text(claim.stated)
        let texts = claim.texts
        if let recomputed = texts.recomputed, recomputed != claim.stated {
            page.markup(" <span aria-hidden=\"true\">→</span> <b>")
            page.text(recomputed)
            page.markup("</b>")
        }
        page.markup("</p><p>")
        page.phrase(texts.explanation)
        page.markup("</p></div>")
    }
}
