import Foundation
import Statements
import Testing

@Suite struct RepairTests {
    @Test(arguments: [
        ("質(zhì)量(liàng)強(qiáng)市", "質量強市"),
        ("我們(men)的質(zhì)量", "我們的質量"),
        ("规模(GDP)增长，每百(men)", "规模（GDP）增长，每百（men）"),
        ("全年爭?chuàng)省名牌", "全年爭省名牌"),
        ("共 23 起，100% ；25 個", "共23起，100%；25个"),
        ("我  們发生 事故", "我們发生事故"),
        ("一、取得的成绩 今年以来", "一、取得的成绩 今年以来"),
        ("起数     人数", "起数 人数"),
        ("<p>共&nbsp;<b>23</b>起</p><br/>a&lt;b", "\n共23起\n\na<b"),
        ("<script>var a = 1 < 2;</script>共5家<!-- 6家 -->", "共5家"),
        ("&amp;nbsp;共&#53;家&#x5BB6;", "共5家家"),
        ("\u{FEFF}共\u{200B}5\u{200D}家", "共5家"),
        ("共５家，下降５．５％（１，２３４人）", "共5家，下降5.5%（1，234人）"),
        ("减少5起,9人;其中:a,b 1,234(5)", "减少5起，9人；其中：a,b 1,234（5）"),
        ("下降5%,死亡2人.其中", "下降5%，死亡2人。其中"),
        ("\"安全第一\"和\"质量\"", "“安全第一”和“质量”"),
        ("「安全」『生产』", "“安全”‘生产’"),
        ("1–5万，2−3个", "1-5万，2-3个"),
        ("甲\r\n乙\r丙\u{2028}丁", "甲\n乙\n丙\n丁"),
        ("5 < 6 且 x<y", "5<6且x<y"),
        ("", ""),
    ]) func repairs(_ text: String, _ expected: String) {
        #expect(Reading.read(text) == expected)
    }

    @Test func pointsIntoTheOriginal() throws {
        let text = "質(zhì)量：共 ２３ 起，<b>下降</b>５０％\r\n末行１家"
        let read = Reading.reader.read(text, name: "-")
        let original = Array(text.unicodeScalars)
        func quoted(_ range: Range<Int>) -> String {
            String(String.UnicodeScalarView(original[read.source.originalRange(range)]))
        }
        #expect(read.quantities.map { quoted($0.range) } == ["２３ 起", "５０％", "１家"])
        #expect(read.quantities.map { read.source.line(at: $0.range.lowerBound) } == [1, 1, 2])
        let word = try #require(read.source.firstRange(of: "質量", in: 0..<read.source.count))
        #expect(quoted(word) == "質(zhì)量")
    }

    @Test func joinsLinesCutAtThePagesWidth() {
        let text = """
            二〇二三年质量工作公报
              全市共检查企业一千二百家次，发现问题三百五十六个，同比下
            降12.5%，其中重大隐患23项，已经完成整改的20项，整改率达到
            87%以上，比上年提高3个百分点，全年没有发生较大以上事故。下
            1、一步加强监管
              各地要继续提高认识，抓好落实，确保完成全年的工作任务目标
            。
            """
        let read = Reading.reader.read(text, name: "-")
        #expect(read.paragraphs.count == 4)
        #expect(read.source.contains("同比下降12.5%", in: 0..<read.source.count))
        #expect(read.source.contains("达到87%以上", in: 0..<read.source.count))
        #expect(Reading.fault(in: read) == nil)
        let lines = read.quantities.filter { $0.unit == "%" }.map {
            read.source.line(at: $0.range.lowerBound)
        }
        #expect(lines == [3, 4])
        let list = "杭州市共检查企业一千二百家次整改三百处\n"
        #expect(Reading.read(String(repeating: list, count: 9)) == String(repeating: list, count: 9))
        #expect(Reading.read("甲5家\n乙6家\n丙7家") == "甲5家\n乙6家\n丙7家")
    }

    @Test func usesTheTableOfSimplifiedCharacters() {
        let table: [Unicode.Scalar: Unicode.Scalar] = ["質": "质", "數": "数", "\u{20000}": "一"]
        let read = TextReader(simplified: table).read("質數\u{20000}", name: "-")
        #expect(read.source.text(0..<9) == "质数一")
        #expect(read.source.original == "質數\u{20000}")
    }

    @Test func repairsTheYixingPlan() throws {
        guard let text = Reading.document("documents/yixing-quality-plan-2013.txt") else { return }
        let read = Reading.reader.read(text, name: "yixing")
        #expect(Reading.fault(in: read) == nil)
        let letters = read.source.scalars.filter { ("a"..."z").contains($0) || $0.value == 0xEC }
        #expect(letters.isEmpty)
        #expect(!read.source.scalars.contains("("))
        let whole = 0..<read.source.count
        for words in ["質量強市活動", "一、主要目", "（六）全面提升質量水平", "二〇一三年四月一日"] {
            #expect(read.source.contains(words, in: whole), "\(words)")
        }
        let percents = read.quantities.filter { $0.sort == .percent && $0.unit == "%" }
        #expect(percents.count == 14)
        #expect(read.quantities.filter { $0.bound == .atLeast && $0.sort == .amount }.count == 6)
    }
}
