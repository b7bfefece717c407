import Testing

@testable import Statements

@Suite("One total named twice")
struct RepetitionFinderTests {
    private func claims(_ text: String) -> [String] {
        RepetitionFinder().claims(in: TextReader().read(text, name: "-")).map(Listed.line)
    }

    @Test("The same total holds, with its deaths")
    func same() {
        let text = "2011年，全国共发生施工安全事故589起、死亡738人。\n2011年，全国共发生施工安全事故589起、死亡738人，形势总体稳定。"
        #expect(claims(text) == ["repetition holds 589起 589起", "repetition holds 738人 738人"])
    }

    @Test("Another figure for the same subject, period and region is wrong")
    func different() {
        let text = "2011年，全国共发生施工安全事故589起、死亡738人。\n2011年，全国共发生施工安全事故598起、死亡738人，形势总体稳定。"
        #expect(claims(text) == ["repetition wrong 598起 589起", "repetition holds 738人 738人"])
    }

    @Test("Figures of different steps agree when their intervals meet")
    func rounded() {
        let text = "2011年，全省共完成施工产值3536.5亿元。\n2011年，全省共完成施工产值3537亿元。"
        #expect(claims(text) == ["repetition explained 3537亿元 3536.5亿元"])
    }

    @Test(
        "Other periods, regions and subjects are other facts",
        arguments: [
            "2011年1月，全国共发生施工安全事故17起。2011年2月，全国共发生施工安全事故7起。",
            "2011年，全国共发生施工安全事故589起。2011年，全省共发生施工安全事故23起。",
            "2011年，全国共发生施工安全事故589起。2011年，全国共发生施工安全较大事故25起。",
            "全国共发生施工安全事故589起。全国共发生施工安全事故590起。",
            "2011年，全国发生施工安全事故589起。2011年，全国发生施工安全事故590起。",
            "", "2011年，全国共", "共共共3起、3起",
        ])
    func others(_ text: String) {
        #expect(claims(text).isEmpty)
    }
}
