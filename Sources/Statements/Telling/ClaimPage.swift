/// Claims marked in their texts, as one HTML page that needs nothing beside itself.
///
/// The page holds both languages and a switch between them, counts and filters by verdict, the claims that
/// want attention with their arithmetic, and the texts as they came with every stated figure marked; the
/// arithmetic of each is told where it stands, on hovering, focus or tap. It loads nothing, and whatever comes
/// from a text is escaped.
public struct ClaimPage: Sendable {
    struct Document: Sendable {
        let source: SourceText
        let original: [Unicode.Scalar]
        let paragraphs: [Range<Int>]
        let claims: [Claim]
        let figures: FigureSpans
    }

    private(set) var documents: [Document] = []
    private(set) var tally = ClaimTally()
    private let beginsInEnglish: Bool

    /// A page without documents that is shown in Chinese, or in English, until the reader switches.
    public init(beginsInEnglish: Bool = false) {
        self.beginsInEnglish = beginsInEnglish
    }

    /// Adds a document with its claims.
    public mutating func add(_ text: ReadText, _ claims: [Claim]) {
        documents.append(
            Document(
                source: text.source, original: Array(text.source.original.unicodeScalars),
                paragraphs: text.paragraphs, claims: claims,
                figures: FigureSpans(claims, in: text.source, withOperands: true)))
        tally.add(ClaimTally(claims))
    }

    /// The page in UTF-8.
    public func bytes() -> [UInt8] {
        var page = HTMLBytes()
        page.reserve(documents.reduce(64 << 10) { $0 + $1.original.count * 4 + $1.claims.count * 1024 })
        head(&page)
        summary(&page)
        page.markup("<div class=\"columns\">\n")
        findings(&page)
        page.markup("<main>\n")
        for index in documents.indices { text(index, &page) }
        page.markup("</main>\n</div>\n")
        legend(&page)
        for index in documents.indices { tips(index, &page) }
        page.markup("<script>\n")
        page.markup(Self.script)
        page.markup("</script>\n</body>\n</html>\n")
        return page.bytes
    }

    private func head(_ page: inout HTMLBytes) {
        page.markup("<!doctype html>\n<html lang=\"")
        page.markup(beginsInEnglish ? "en" : "zh-CN")
        page.markup("\">\n<head>\n<meta charset=\"utf-8\">\n")
        page.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        // Whatever a text holds: the page may load and send nothing.
        page.markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
        page.markup("style-src 'unsafe-inline'; script-src 'unsafe-inline'; ")
        page.markup("base-uri 'none'; form-action 'none'\">\n<title>")
        page.text(documents.first?.source.name ?? "")
        page.markup(" · 文中数字核对 · Figures checked</title>\n<style>\n")
        page.markup(Self.style)
        page.markup("</style>\n</head>\n<body>\n")
    }

    private func summary(_ page: inout HTMLBytes) {
        page.markup("<header>\n<div class=\"top\"><h1>")
        page.phrase(Phrase("文中数字核对", "Figures in a text, checked"))
        page.markup("</h1><button type=\"button\" class=\"switch\" id=\"switch\">")
        page.markup("<span class=\"zh\" lang=\"en\">English</span>")
        page.markup("<span class=\"en\" lang=\"zh-CN\">中文</span>")
        page.markup("</button></div>\n<p class=\"names\">")
        for (index, document) in documents.enumerated() {
            if index > 0 { page.markup(" · ") }
            page.text(document.source.name == "-" ? "" : document.source.name)
        }
        page.markup("</p>\n<div class=\"chips\" role=\"group\">\n")
        chip(nil, tally.total, Phrase("全部", "all"), &page)
        for verdict in Verdict.byUrgency where tally[verdict] > 0 {
            chip(verdict, tally[verdict], verdict.name, &page)
        }
        page.markup("</div>\n</header>\n")
    }

    private func chip(_ verdict: Verdict?, _ count: Int, _ name: Phrase, _ page: inout HTMLBytes) {
        page.markup("<button type=\"button\" class=\"chip ")
        page.markup(verdict?.className ?? "all")
        page.markup("\" data-filter=\"")
        page.markup(verdict?.className ?? "")
        page.markup("\" aria-pressed=\"")
        page.markup(verdict == nil ? "true" : "false")
        page.markup("\"><b>")
        page.number(count)
        page.markup("</b> ")
        page.phrase(name)
        page.markup("</button>\n")
    }

    private func legend(_ page: inout HTMLBytes) {
        page.markup("<footer><dl>\n")
        for verdict in [Verdict.holds, .truncated, .explained, .wrong, .unverifiable] {
            page.markup("<div><dt><mark class=\"")
            page.markup(verdict.className)
            page.markup("\">")
            page.phrase(verdict.name)
            page.markup("</mark></dt><dd>")
            page.phrase(verdict.meaning)
            page.markup("</dd></div>\n")
        }
        page.markup("</dl>\n<p>")
        page.phrase(
            Phrase(
                "只核对文中数字之间的推算关系，不核对数字本身是否属实。",
                "Only what follows from figures of the text is checked, not whether those figures are true."))
        page.markup("</p></footer>\n")
    }
}

extension Verdict {
    /// The verdict as a class of the page's styles; the word of the JSON lines.
    var className: StaticString {
        switch self {
        case .holds: "holds"
        case .truncated: "truncated"
        case .explained: "explained"
        case .wrong: "wrong"
        case .unverifiable: "unverifiable"
        }
    }
}
