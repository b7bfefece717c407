import Figures
import Testing

@testable import Statements

/// Sentences made from random true figures always hold, and one altered digit beyond rounding is always wrong.
@Suite struct ClaimPropertyTests {
    /// A sentence with one percentage, and the percentage.
    private struct Sample {
        let before: String
        let percent: String
        let after: String
    }

    private func percent(_ part: Int, _ whole: Int, places: Int) throws -> String {
        try Rational(Int128(part), over: Int128(whole)).multiplied(by: Rational(100)).text(places: places)
            + "%"
    }

    private func sample(_ random: inout SeededGenerator) throws -> Sample {
        let places = Int.random(in: 0...2, using: &random)
        let whole = Int.random(in: 20...3000, using: &random)
        let part = Int.random(in: 1..<whole, using: &random)
        let share = try percent(part, whole, places: places)
        switch Int.random(in: 0..<6, using: &random) {
        case 0:
            return Sample(
                before: "全市发生事故\(part)起，比去年同期减少\(whole - part)起，同比下降",
                percent: try percent(whole - part, whole, places: places), after: "。")
        case 1:
            return Sample(
                before: "全县受理投诉\(whole)件，同比增加\(whole - part)件，增长",
                percent: try percent(whole - part, part, places: places), after: "，形势平稳。")
        case 2:
            return Sample(
                before: "事故起数由去年的\(whole)起下降到\(part)起，下降",
                percent: try percent(whole - part, whole, places: places), after: "。")
        case 3:
            return Sample(before: "全省共检查企业\(whole)家，其中问题企业\(part)家，占检查总数的", percent: share, after: "。")
        case 4: return Sample(before: "共抽检食品\(whole)批次，合格\(part)批次，合格率为", percent: share, after: "。")
        default: return Sample(before: "排查隐患\(whole)条，已完成整改\(part)条，整改率达", percent: share, after: "，成效明显。")
        }
    }

    @Test func trueSentencesHold() throws {
        var random = SeededGenerator(seed: 20_090_630)
        for _ in 0..<3000 {
            let sample = try sample(&random)
            let sentence = sample.before + sample.percent + sample.after
            let found = Checked.claims(sentence).filter { $0.hasPrefix(sample.percent) }
            #expect(found.count == 1 && found.allSatisfy { $0.contains(" holds ") }, "\(sentence) \(found)")
        }
    }

    @Test func oneDigitBeyondRoundingIsWrong() throws {
        var random = SeededGenerator(seed: 20_131_231)
        for _ in 0..<3000 {
            let sample = try sample(&random)
            var digits = Array(sample.percent.dropLast())
            let places = digits.indices.filter { digits[$0].isNumber }
            // The last digit of all may differ by cutting instead of rounding; any before it may not.
            guard places.count > 1, let place = places.dropLast().randomElement(using: &random) else {
                continue
            }
            let printed = digits[place]
            digits[place] = "0123456789".filter { $0 != printed }.randomElement(using: &random) ?? "0"
            guard digits.first != "0" || sample.percent.hasPrefix("0") else { continue }
            let altered = String(digits) + "%"
            let sentence = sample.before + altered + sample.after
            #expect(Checked.wrong(sentence).contains(altered), "\(sentence) for \(sample.percent)")
        }
    }

    @Test func twoSubjectsHoldAndFail() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<1000 {
            let (cases, deaths) = (
                Int.random(in: 5...700, using: &random), Int.random(in: 5...900, using: &random)
            )
            let (fewer, less) = (
                Int.random(in: 1...300, using: &random), Int.random(in: 1...300, using: &random)
            )
            let first = try percent(fewer, cases + fewer, places: 2)
            let second = try percent(less, deaths + less, places: 2)
            let joiner = ["和", "、", "，"].randomElement(using: &random) ?? "和"
            let sentence =
                "全国共发生事故\(cases)起、死亡\(deaths)人，同比减少\(fewer)起、\(less)人，分别下降\(first)\(joiner)\(second)。"
            let found = Checked.claims(sentence)
            #expect(found.count == 2 && found.allSatisfy { $0.contains(" holds ") }, "\(sentence) \(found)")
        }
    }

    @Test func garbageIsSurvived() {
        var random = SeededGenerator(seed: 99)
        let pieces = [
            "占", "的", "同比", "下降", "分别", "23起", "、", "，", "。", "（", "）", "17.86%", "和", "率", "其中", "均", "增加",
            "9人", "0起",
            "99999999999999999999亿元", "3.5个百分点", "1.2倍", "\n", "；", "去年同期", "由", "到", "总数", "全省", "平均每", "为",
            "％", "﷽", "🈶",
        ]
        for _ in 0..<400 {
            var text = ""
            for _ in 0..<Int.random(in: 1...80, using: &random) {
                text += pieces.randomElement(using: &random) ?? ""
            }
            let read = TextReader().read(text, name: "-")
            for claim in StatementChecker().check(read) {
                #expect(claim.range.upperBound <= read.source.scalars.count && !claim.quote.isEmpty)
            }
        }
    }

    @Test func randomEditsOfABulletinAreSurvived() {
        var random = SeededGenerator(seed: 1234)
        let bulletin = Array(
            ("全国共发生事故1256起、死亡1368人，同比减少156起、203人，分别下降11.0%、12.9%。其中浙江（起数下降50%、人数下降30%）等地区"
                + "下降较大；受理投诉45.6万件，办结44.2万件，办结率96.9%，占全部的12.5%（共计36万件），平均每件2.5万元。")
                .unicodeScalars)
        for _ in 0..<1500 {
            var edited = bulletin
            for _ in 0..<Int.random(in: 1...12, using: &random) where !edited.isEmpty {
                let place = Int.random(in: 0..<edited.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: edited.remove(at: place)
                case 1: edited[place] = bulletin.randomElement(using: &random) ?? "，"
                case 2: edited.insert(bulletin.randomElement(using: &random) ?? "占", at: place)
                default: edited.removeSubrange(place..<min(place + 9, edited.count))
                }
            }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: edited)
            let read = Checked.reader.read(String(text), name: "-")
            for claim in StatementChecker().check(read) {
                #expect(claim.quote.upperBound <= read.source.scalars.count)
                #expect(!claim.explanation.chinese.isEmpty && !claim.explanation.english.isEmpty)
            }
        }
    }

    @Test func figuresWithoutStructureTakeTimeInProportion() {
        let clock = ContinuousClock()
        func time(_ count: Int) -> Duration {
            let text = TextReader().read(String(repeating: "12起34%占的56人下降7%，", count: count), name: "-")
            return clock.measure { _ = StatementChecker().check(text) }
        }
        _ = time(500)
        let (short, long) = (time(1500), time(6000))
        #expect(long < short * 12, "\(short) \(long)")
    }
}
