import Statements
import Testing

@Suite struct DateAndLabelTests {
    @Test(arguments: [
        ("2009年6月30日—7月3日", ["2009年6月30日 date 2009 年", "7月3日 date 7 月"]),
        ("2009年1-6月，6月底", ["2009年1-6月 date 2009 年", "6月 date 6 月"]),
        ("二○一三年四月一日", ["二〇一三年四月一日 date 2013 年"]),
        ("二O一三年", ["二〇一三年 date 2013 年"]),
        ("2013-04-30 14:31:00", ["2013-04-30 date 2013", "14:31:00 date 14"]),
        ("2011—2015年", ["2011—2015年 date 2011 ..2015 年"]),
        ("7、8月份", ["7 date 7 月", "8月份 date 8 月"]),
        ("一季度、第三季度、2季度", ["一季度 date 1 季度", "第三季度 date 3 季度", "2季度 date 2 季度"]),
        ("21世纪80年代", ["21世纪 date 21 世纪", "80年代 date 80 年代"]),
        ("09年、13日", ["09年 date 9 年", "13日 date 13 日"]),
        ("2014年年底前", ["2014年 date 2014 年"]),
        ("三年、30年、一个月", ["三年 amount 3 年", "30年 amount 30 年", "一个月 amount 1 个月"]),
        ("2011份、2013家", ["2011份 amount 2011 份", "2013家 amount 2013 家"]),
    ]) func readsDates(_ text: String, _ expected: [String]) {
        #expect(Reading.figures(text) == expected)
    }

    @Test(arguments: [
        ("宜政办发[2013]43号", ["[2013]43号"]), ("浙政发〔2018〕18号", ["〔2018〕18号"]), ("拨打12365", ["12365"]),
        ("12345电话", ["12345"]), ("“12315”", ["12315"]), ("GB/T 19001标准", ["GB/T 19001"]), ("3C认证", ["3C"]),
        ("20xx年", ["20xx"]), ("K24地块", ["K24"]), ("7#楼", ["7#"]), ("B-10号楼", ["B-10号"]),
        ("2、3号楼", ["2", "3号"]), ("PM2.5浓度", ["PM2.5"]), ("3·15活动", ["3·15"]), ("“8.16”事故", ["8.16"]),
        ("0571-87654321", ["0571-87654321"]), ("13800138000", ["13800138000"]), ("1:3", ["1:3"]),
        ("3-5cm×4", ["3-5cm×4"]), ("见图1、图2和附件3", ["1", "2", "3"]), ("第43号", ["第43号"]),
        ("一、目标", ["一、"]), ("（二）重点", ["（二）"]), ("1、目标", ["1、"]), ("1.目标", ["1."]), ("①目标", ["①"]),
        ("1.2 目标", ["1.2"]), ("1.2011年1月", ["1."]),
        (String(repeating: "9", count: 40), [String(repeating: "9", count: 40)]),
    ]) func findsLabels(_ text: String, _ expected: [String]) {
        let read = Reading.reader.read(text, name: "-")
        let labels = read.quantities.filter { $0.sort == .label }.map { read.source.text($0.range) }
        #expect(labels == expected)
        #expect(read.quantities.allSatisfy { $0.sort == .label || $0.sort == .date })
    }

    @Test(arguments: [
        ("第三，第18位", ["第三 ordinal 3", "第18位 ordinal 18 位"]),
        ("第一百二十三条", ["第一百二十三条 ordinal 123 条"]),
        ("8级台风、三级医院", ["8级 ordinal 8 级", "三级 ordinal 3 级"]),
        ("第04期", ["第04期 ordinal 4 期"]),
    ]) func readsOrdinals(_ text: String, _ expected: [String]) {
        #expect(Reading.figures("全省" + text) == expected)
    }
}
