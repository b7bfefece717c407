import Statements
import Testing

@Suite struct FigureTests {
    @Test(arguments: [
        ("共发生23起、26人，同比减少5起", ["23起 amount 23 起", "26人 amount 26 人", "5起 amount 5 起"]),
        ("分别下降17.86%和25.71％", ["17.86% percent 893/50 ±1/100 %", "25.71% percent 2571/100 ±1/100 %"]),
        ("３５０家、1,234,567元", ["350家 amount 350 家", "1,234,567元 amount 1234567 元"]),
        ("1.14万", ["1.14万 amount 11400 ±100"]),
        ("45万户", ["45万户 amount 450000 ±10000 户"]),
        ("731.47万户", ["731.47万户 amount 7314700 ±100 户"]),
        ("3536.5亿元", ["3536.5亿元 amount 353650000000 ±10000000 元"]),
        ("1.2万亿元", ["1.2万亿元 amount 1200000000000 ±100000000000 元"]),
        ("1亿2000万元、3万5千", ["1亿2000万元 amount 120000000 ±10000 元", "3万5千 amount 35000 ±1000"]),
        ("3千克、5百个、2千瓦时", ["3千克 amount 3 千克", "5百个 amount 500 ±100 个", "2千瓦时 amount 2 千瓦时"]),
        ("参加6181人次，出动226台次，2批次", ["6181人次 amount 6181 人次", "226台次 amount 226 台次", "2批次 amount 2 批次"]),
        ("均价1.5万元/平方米", ["1.5万元/平方米 amount 15000 ±1000 元/平方米"]),
        ("产值770.2亿，同比", ["770.2亿 amount 77020000000 ±10000000"]),
        ("1.11的平均水平", ["1.11 amount 111/100 ±1/100"]),
        ("GDP5000亿元", ["5000亿元 amount 500000000000 ±100000000 元"]),
        ("45031元（折合为6652美元）", ["45031元 amount 45031 元", "6652美元 amount 6652 美元"]),
        ("13起14人", ["13起 amount 13 起", "14人 amount 14 人"]),
        ("12个“建筑之乡”", ["12个 amount 12 个"]),
    ]) func readsArabicAmounts(_ text: String, _ expected: [String]) {
        #expect(Reading.figures(text) == expected)
    }

    @Test(arguments: [
        ("一千二百家", ["一千二百家 amount 1200 家"]),
        ("三万五千二百零六人", ["三万五千二百零六人 amount 35206 人"]),
        ("三百万元、一万二千亿元", ["三百万元 amount 3000000 ±10000 元", "一万二千亿元 amount 1200000000000 ±100000000 元"]),
        ("一万二的", ["一万二 amount 12000"]),
        ("两起、廿人、十个", ["两起 amount 2 起", "廿人 amount 20 人", "十个 amount 10 个"]),
        ("三百五十六点七八公里", ["三百五十六点七八公里 amount 17839/50 ±1/100 公里"]),
        ("五六十家、七八个", ["五六十家 amount 50 ±10 ..60 about 家", "七八个 amount 7 ..8 about 个"]),
        ("发生一起3人死亡的中毒事故", ["一起 amount 1 起", "3人 amount 3 人"]),
        ("为期一年", ["一年 amount 1 年"]),
        ("“三项行动”", ["三项 amount 3 项"]),
    ]) func readsChineseAmounts(_ text: String, _ expected: [String]) {
        #expect(Reading.figures(text) == expected)
    }

    @Test(arguments: [
        ("百分之八、百分之九十五点五", ["百分之八 percent 8 %", "百分之九十五点五 percent 191/2 ±1/10 %"]),
        ("百分之95以上，百分之百", ["百分之95 percent 95 atLeast %", "百分之百 percent 100 %"]),
        ("千分之三、2.3‰", ["千分之三 percent 3/10 ±1/10 %", "2.3‰ percent 23/100 ±1/100 %"]),
        ("三分之一以上", ["三分之一 percent 100/3 ±0 atLeast %"]),
        ("1/3、2/3以上", ["1/3 percent 100/3 ±0 %", "2/3 percent 200/3 ±0 atLeast %"]),
        ("七成、七成半、9成", ["七成 percent 70 ±10 %", "七成半 percent 75 ±5 %", "9成 percent 90 ±10 %"]),
        ("提高3.5个百分点、2百分点", ["3.5个百分点 percentagePoint 7/2 ±1/10 个百分点", "2百分点 percentagePoint 2 百分点"]),
        ("增长1.3倍、两倍", ["1.3倍 times 13/10 ±1/10 倍", "两倍 times 2 倍"]),
        ("百分之五至百分之八", ["百分之五至百分之八 percent 5 ..8 %"]),
    ]) func readsParts(_ text: String, _ expected: [String]) {
        #expect(Reading.figures(text) == expected)
    }

    @Test(arguments: [
        ("1至2家", ["1至2家 amount 1 ..2 家"]),
        ("3-5个百分点", ["3-5个百分点 percentagePoint 3 ..5 个百分点"]),
        ("1-5万平方米", ["1-5万平方米 amount 10000 ±10000 ..50000 平方米"]),
        ("5000-1万元", ["5000-1万元 amount 5000 ..10000 元"]),
        ("10%至15%、6—8起、2~3名", ["10%至15% percent 10 ..15 %", "6—8起 amount 6 ..8 起", "2~3名 amount 2 ..3 名"]),
        ("用三到五年的时间", ["三到五年 amount 3 ..5 年"]),
        ("从30%到50%", ["30% percent 30 %", "50% percent 50 %"]),
        ("由5-3改", ["5-3 label 5"]),
    ]) func readsRanges(_ text: String, _ expected: [String]) {
        #expect(Reading.figures(text) == expected)
    }

    @Test(arguments: [
        (
            "近300家、约120余人、30多个",
            ["300家 amount 300 about 家", "120余人 amount 120 about 人", "30多个 amount 30 about 个"]
        ),
        (
            "100多万元、5万多元、十余家",
            [
                "100多万元 amount 1000000 ±10000 about 元", "5万多元 amount 50000 ±10000 about 元",
                "十余家 amount 10 about 家",
            ]
        ),
        ("达95%以上", ["95% percent 95 atLeast %"]),
        (
            "不低于98%、至少15名、两起及以上",
            ["98% percent 98 atLeast %", "15名 amount 15 atLeast 名", "两起 amount 2 atLeast 起"]
        ),
        (
            "超过了300亿元、突破1000亿元",
            ["300亿元 amount 30000000000 ±100000000 above 元", "1000亿元 amount 100000000000 ±100000000 above 元"]
        ),
        ("5万平方米以下、不足3家", ["5万平方米 amount 50000 ±10000 below 平方米", "3家 amount 3 below 家"]),
        (
            "控制在5%以内、不超过94人、15日内",
            ["5% percent 5 atMost %", "94人 amount 94 atMost 人", "15日 amount 15 atMost 日"]
        ),
        ("15%左右", ["15% percent 15 about %"]),
        ("5家以下简称", ["5家 amount 5 家"]),
        ("最近3年、近三年", ["3年 amount 3 年", "三年 amount 3 年"]),
    ]) func readsBounds(_ text: String, _ expected: [String]) {
        #expect(Reading.figures(text) == expected)
    }

    @Test(arguments: [
        "一些", "一定", "统一部署", "一是要抓", "进一步", "一方面", "万一", "千方百计", "三令五申", "四不放过", "双随机一公开", "数十家",
        "上百家", "几千人", "千万", "百万", "每百亿元产值", "一起推动", "上半年", "“十二五”规划", "三聚氰胺", "零容忍", "十分严峻", "万家灯火",
        "二手市场", "百家争鸣", "唯一", "一票否决", "成立一二三", "三要落实", "两会", "十堰",
    ]) func findsNoFigureInWords(_ text: String) {
        #expect(Reading.figures(text) == [])
    }
}
