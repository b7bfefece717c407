import Foundation
import Statements
import Testing

@Suite struct ReadingFuzzTests {
    private static let documents = [
        "documents/yixing-quality-plan-2013.txt", "documents/zhejiang-construction-2009h1.txt",
        "documents/quality-city-speeches.txt", "data/mohurd/communiques/2012年全年.txt",
    ]
    /// What the grammar looks for, so that random edits meet its branches.
    private static let pieces =
        """
        0 1 9 一 二 十 百 千 万 亿 两 〇 ○ 廿 . , ， 、 。 ； ： （ ） ( ) “ ” 〔 〕 [ ] % ‰ 分之 百分之 个百分点 成 半 倍 余 多 以上 以下 \
        超过 不低于 近 约 至 到 - — ~ 年 月 日 季度 第 号 # × / : ① 起 人 亿元 万平方米 GB/T 3C <b> </p> \
        <!-- <script> &nbsp; &#53; &amp; (zhì) ?chuàng) 点五 1.2.3 2013-04-30 14:31 20xx
        """.split(whereSeparator: \.isWhitespace).map(String.init) + [
            " ", "\n", "\r\n", "\u{200B}", "\u{3000}", "\t", "\u{0}",
        ]

    @Test(arguments: documents) func survivesRandomEdits(_ path: String) {
        guard let text = Reading.document(path) else { return }
        let scalars = Array(text.unicodeScalars)
        for seed in 0..<60 {
            var generator = SeededGenerator(seed: UInt64(seed))
            let start = Int.random(in: 0..<scalars.count, using: &generator)
            var edited = Array(scalars[start..<min(scalars.count, start + 1500)])
            for _ in 0..<Int.random(in: 1...120, using: &generator) {
                let place = Int.random(in: 0...edited.count, using: &generator)
                if Bool.random(using: &generator), let piece = Self.pieces.randomElement(using: &generator) {
                    edited.insert(contentsOf: piece.unicodeScalars, at: place)
                } else {
                    edited.removeSubrange(place..<min(edited.count, place + 3))
                }
            }
            let read = Reading.reader.read(String(String.UnicodeScalarView(edited)), name: "-")
            #expect(Reading.fault(in: read) == nil, "seed \(seed)")
        }
    }

    @Test func survivesNonsense() {
        for seed in 0..<400 {
            var generator = SeededGenerator(seed: UInt64(seed) &+ 7777)
            let text = (0..<120).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }.joined()
            #expect(Reading.fault(in: Reading.reader.read(text, name: "-")) == nil, "seed \(seed): \(text)")
        }
    }

    @Test(arguments: [
        "9", "1,", "1.", "1-", "1、", "一", "十万", "一亿一万", "百分之", "<a", "<!--", "<script>", "(", "（", "“", "\"",
        "&amp;", "A 1",
        "第", "1/", "图1", "2013", "一到", "(a)", "?", " ", "\n1、", "1+", "20xx—", "三分之", "O一",
    ]) func takesLinearTime(_ piece: String) {
        let text = String(repeating: piece, count: 2_000_000 / piece.utf8.count / 8)
        #expect(Reading.fault(in: Reading.reader.read(text, name: "-")) == nil)
    }

    @Test func takesTwoMegabytesOfDigits() {
        let read = Reading.reader.read(String(repeating: "8", count: 2_000_000), name: "-")
        #expect(read.quantities.map(\.sort) == [.label])
    }
}
