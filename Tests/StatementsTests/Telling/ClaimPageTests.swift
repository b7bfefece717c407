import Figures
import Testing

@testable import Statements

@Suite("Claims as a page")
struct ClaimPageTests {
    private func page(_ made: HandMade..., inEnglish: Bool = false) -> String {
        var page = ClaimPage(beginsInEnglish: inEnglish)
        for document in made { page.add(document.text, document.claims) }
        return String(decoding: page.bytes(), as: UTF8.self)
    }

    /// How often a text holds another.
    private func count(_ part: String, in text: String) -> Int { text.components(part) }

    @Test("A text cannot become markup")
    func escapes() {
        let hostile = "<script>alert('1')</script>&amp;\"onmouseover=\" 占<u>50%</u>"
        var made = HandMade(hostile, name: "<script>alert(2)</script>.txt")
        made.add(
            stated: "50%", in: hostile, recomputed: "<i>", verdict: .wrong,
            explanation: Phrase("</span><script>alert(3)</script>", "<script>alert(4)</script>"))
        let page = page(made)
        #expect(count("<script", in: page) == 1)
        #expect(count("</script", in: page) == 1)
        #expect(!page.contains("<u>"))
        #expect(!page.contains("\"onmouseover"))
        #expect(page.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;"))
        #expect(page.contains("&quot;onmouseover=&quot;"))
    }

    @Test("Controls and marks that turn the reading direction are taken out")
    func controls() {
        let page = page(HandMade("总数\u{202E}54\u{0}\u{1B}[31m人"))
        #expect(page.contains("总数\u{FFFD}54\u{FFFD}\u{FFFD}[31m人"))
    }

    @Test("Nothing is loaded from elsewhere")
    func selfContained() {
        var made = HandMade("占50%")
        made.add(stated: "50%", in: "占50%")
        let page = page(made)
        for outside in ["http:", "https:", "//", "src=", "@import", "url(", "<link", "<img"] {
            #expect(!page.contains(outside), "\(outside)")
        }
        #expect(page.contains("default-src 'none'"))
    }

    @Test("Every stated figure is marked and told of once, whatever states it")
    func marks() {
        var made = HandMade("共3起、6人，均下降50%，占20%。\n又有30%")
        made.add(.change, stated: "50%", in: "均下降50%", verdict: .holds)
        made.add(.change, stated: "50%", in: "均下降50%", recomputed: "40%", verdict: .wrong)
        made.add(stated: "20%", in: "占20%", verdict: .unverifiable)
        made.add(stated: "30%", in: "又有30%", operands: [made.operand(Rational(3), "3起")])
        let page = page(made)
        #expect(count("<mark tabindex", in: page) == 3)
        #expect(count("role=\"tooltip\"", in: page) == 3)
        #expect(count("class=\"told ", in: page) == 4)
        #expect(page.contains("class=\"wrong\" aria-describedby=\"td0f1\""))
        #expect(page.contains("<span class=\"operand\" id=\"d0f0\">3起</span>"))
        #expect(page.contains("data-from=\"d0f0 \" id=\"d0f3\""))
        #expect(page.contains("<p class=\"claims has-wrong has-unverifiable\">"))
        #expect(page.contains("50% <span aria-hidden=\"true\">→</span> <b>40%</b>"))
    }

    @Test("Every reference within the page leads somewhere, and no name stands twice")
    func references() throws {
        var made = HandMade("共3起，下降50%，占20%")
        made.add(.change, stated: "50%", in: "下降50%", operands: [made.operand(Rational(3), "3起")])
        made.add(stated: "20%", in: "占20%", operands: [made.operand(.one, "50%")], verdict: .wrong)
        let page = page(made, made)
        func values(_ pattern: String) throws -> [String] {
            page.matches(of: try Regex(pattern)).compactMap { $0.output[1].substring.map(String.init) }
        }
        let names = try values(#"\bid="([^"]+)""#)
        #expect(Set(names).count == names.count)
        let used =
            try values(##"href="#([^"]+)""##) + values(#"aria-describedby="([^"]+)""#)
            + values(#"data-from="([^"]*)""#).flatMap { $0.split(separator: " ").map(String.init) }
        #expect(used.count == 2 + 4 + 4)
        #expect(used.filter { !names.contains($0) } == [])
    }

    @Test("Both languages are there, and one of them is shown first")
    func languages() {
        var made = HandMade("占50%")
        made.add(stated: "50%", in: "占50%", verdict: .wrong, explanation: Phrase("应为四成", "should be 40%"))
        #expect(page(made).contains("<html lang=\"zh-CN\">"))
        let english = page(made, inEnglish: true)
        #expect(english.contains("<html lang=\"en\">"))
        #expect(english.contains("should be 40%") && english.contains("应为四成"))
        #expect(
            count("class=\"zh\"", in: english) == count("class=\"en\"", in: english))
    }

    @Test("Overlapping figures and places outside the text do no harm")
    func overlaps() {
        var made = HandMade("共12.5万人，占一半")
        made.add(stated: "12.5万人", in: "共12.5万人", operands: [made.operand(.one, "12.5")])
        made.add(stated: "5万人", in: "共12.5万人", verdict: .wrong)
        let outside = Claim(
            kind: .share, stated: "1%", range: 80..<90, quote: 0..<90, operands: [], recomputed: nil,
            recomputedText: nil, verdict: .wrong, explanation: Phrase("", ""))
        var page = ClaimPage()
        page.add(made.text, made.claims + [outside])
        let text = String(decoding: page.bytes(), as: UTF8.self)
        #expect(count("<mark tabindex", in: text) == 1)
        #expect(text.contains("共<mark tabindex=\"0\" class=\"wrong\""))
    }

    @Test("A page without documents, and a document without claims, say so")
    func empty() {
        #expect(page().contains("没有可以核对的数字"))
        #expect(page(HandMade("")).contains("没有可以核对的数字"))
    }
}

extension String {
    /// How often the text holds another.
    fileprivate func components(_ part: String) -> Int {
        var count = 0
        var rest = self[...]
        while let found = rest.firstRange(of: part) {
            count += 1
            rest = rest[found.upperBound...]
        }
        return count
    }
}
