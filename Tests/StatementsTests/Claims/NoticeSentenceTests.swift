import Testing

@testable import Statements

/// Sentences of notices, communiqués and briefings of many offices, right and wrong.
@Suite struct NoticeSentenceTests {
    @Test(arguments: [
        // A period named by its year alone, before the percentage or in a bracket behind it.
        (
            "2023年全市发生建筑施工事故38起，2022年为31起，同比上升22.6%；死亡42人，2022年为36人，同比上升16.7%。",
            ["22.6% holds change 7/31", "16.7% holds change 6/36"]
        ),
        (
            "全年立案查处526件，处罚金额5832.6万元，案均罚款11.1万元，同比立案数下降18.1%（2020年642件），"
                + "处罚金额下降8.6%（2020年6378.9万元）。",
            ["18.1% holds change 116/642", "8.6% holds change 546.3万/6378.9万"]
        ),
        (
            "全市共发生事故89起、死亡62人，与去年同期（103起、71人）相比，分别下降13.6%和12.7%。",
            ["13.6% holds change 14/103", "12.7% holds change 9/71"]
        ),
        (
            "2024年1月，全省共接报火灾3210起，环比2023年12月的2876起上升11.6%。", ["11.6% holds change 334/2876"]
        ),
        (
            "完成产值356.8亿元，为年度目标620亿元的57.5%，比上年同期增加26.4亿元，增长8.0%。",
            ["57.5% holds share 356.8亿/620亿", "8.0% holds change 26.4亿/330.4亿"]
        ),
        ("较大事故由2015年的52起降至2020年的27起，下降48.1%。", ["48.1% holds change 25/52"]),
        // Bases of several percentages in the bracket behind the last.
        (
            "共发生事故204起、死亡240人，同比起数上升20.00%、死亡人数上升15.38%（去年同期170起、208人）。",
            ["20.00% holds change 34/170", "15.38% holds change 32/208"]
        ),
        (
            "接报火灾4826起，死亡31人，受伤47人，死亡人数和受伤人数分别下降13.9%、9.6%（上年为36人、52人）。",
            ["13.9% holds change 5/36", "9.6% holds change 5/52"]
        ),
        // 原因 names no former period.
        ("全市发生火灾4826起，电气原因引发的有1532起，占总数的31.7%。", ["31.7% holds share 1532/4826"]),
        // Shares that go on with the whole named before, of parts named in an earlier sentence.
        (
            "全年地区生产总值18734.2亿元。其中，第一产业增加值1142.7亿元；第二产业增加值7486.1亿元。"
                + "第一产业增加值占地区生产总值的比重为6.1%，第二产业增加值比重为40.0%。",
            ["6.1% holds share 1142.7亿/18734.2亿", "40.0% holds share 7486.1亿/18734.2亿"]
        ),
        // Rates of percentages in a bracket, and a chain of them.
        (
            "抽查5128批次，不合格487批次，不合格发现率为9.5%，比上年下降1.2个百分点（上年为10.7%）。",
            ["9.5% holds rate 487/5128", "1.2个百分点 holds difference 10.7/9.5"]
        ),
        (
            "合格率由2020年的91.2%上升到93.5%，提高2.3个百分点，2022年达到94.1%，又提高0.6个百分点。",
            ["2.3个百分点 holds difference 93.5/91.2", "0.6个百分点 holds difference 94.1/93.5"]
        ),
        // What is left of a whole.
        (
            "重大隐患1482处，已整改1397处，整改率94.3%，未整改的85处全部挂牌督办。",
            ["94.3% holds rate 1397/1482", "85处 holds total 1482/1397"]
        ),
        ("发现问题2187个，已完成整改2063个，剩余124个正在整改。", ["124个 holds total 2187/2063"]),
        // A count of what failed in the bracket behind the rate of what passed.
        ("全市共抽查药品1250批次，合格率为99.3%（不合格9批次）。", ["99.3% holds rate 1241/1250"]),
    ])
    func figuresAreTied(_ sentence: String, _ expected: [String]) {
        #expect(Checked.claims(sentence) == expected)
    }

    @Test(arguments: [
        ("2023年全市发生事故38起，2022年为31起，同比下降22.6%。", ["22.6%"]),
        ("全年处罚金额5832.6万元，案均罚款11.1万元，处罚金额下降9.4%（2020年6378.9万元）。", ["9.4%"]),
        // Shares of one whole, only one of which names it.
        ("全国发生事故22起。坍塌12起，占事故总数的55.4%；起重伤害6起，占27.3%；高处坠落4起，占18.2%。", ["55.4%"]),
        (
            "工业意外7267宗。建造业3033宗，占全部工业意外的41.7%；餐饮业2571宗，占35.4%；制造业1214宗，占17.6%。",
            ["17.6%"]
        ),
        // Rates by region, and rates whose counts stand in a bracket.
        (
            "排查隐患9418处，其中甲区3126处、乙区2874处、丙县1905处；甲区整改3087处，整改率98.8%；"
                + "丙县整改1824处，整改率95.4%。",
            ["95.4%"]
        ),
        ("监理单位符合率为88.4%（应检1860项次，符合1606项次）。", ["88.4%"]),
        ("特种设备案件1037件，同比多查办205件，增长26.4%。", ["26.4%"]),
        ("重大隐患1482处，已整改1397处，未整改的75处全部挂牌督办。", ["75处"]),
        ("全国有4个省份发生较大及以上事故，分别是广东（4起）、安徽（3起）、山东（3起）。", ["4个"]),
        ("职工医保参保人数86.3万人，居民医保参保人数274.1万人，合计361.4万人。", ["361.4万人"]),
        ("死亡31人，受伤47人，死亡人数和受伤人数分别下降13.9%、6.9%（上年为36人、52人）。", ["6.9%"]),
        ("三季度立案168起，较二季度的142起增加28起，增长18.3%。", ["28起"]),
        ("完成产值356.8亿元，为年度目标620亿元的57.5%，比上年同期增加26.4亿元，增长9.0%。", ["9.0%"]),
        ("全县有6个乡镇开展了活动，分别是：甲镇、乙镇、丙镇、丁镇、戊乡。", ["6个"]),
        ("较大事故中，道路运输8起，建筑施工4起，煤矿3起，火灾2起，共计18起。", ["18起"]),
        ("全市建成标准化车间36个（省级12个、市级20个、县级5个）。", ["36个"]),
    ])
    func errorsAreCaught(_ sentence: String, _ expected: [String]) {
        #expect(Checked.wrong(sentence) == expected)
    }

    @Test(arguments: [
        "督查共抽查30个省（区、市）的180项在建工程，其中住宅工程92项、公共建筑56项、市政工程32项。",
        "抽查企业128家（涉及食品45家、药品38家、特种设备52家），发现问题76个。",
        "共有电梯5246台（住宅电梯3120台、商场电梯860台）。",
        "2023年共查处案件126件，2022年查处案件98件，2021年查处案件103件，比2021年增长22.3%。",
        "2023年全市事故38起。2022年事故31起，死亡36人，占当年各类事故死亡总数的45%，同比增长20%。",
        "事故31起，其中物体打击8起，占两成多，整治率低于90%的有3个县。",
        "全县十六个乡镇中，考核优秀的五个，分别为甲镇、乙镇、丙镇、丁乡、戊乡；良好的八个，合格的三个。",
        "城镇新增就业5.2万人，职业培训3.1万人，合计支出8.6亿元。",
        "发现问题2187个，已完成整改2063个，其余企业36个。",
        "全市工业企业1256家，比上年净增84家，实现利润总额268.4亿元，增长7.3%。",
    ])
    func nothingIsAccused(_ sentence: String) {
        #expect(Checked.wrong(sentence) == [], "\(sentence)")
    }

    @Test(arguments: [
        ("燃气企业64家（管道燃气18家、瓶装液化气39家、车用加气7家），餐饮场所2.37万户。", ["list_sum holds 64家 64家"]),
        ("鉴定为C级的7.06万户、D级的3.15万户，C、D级合计10.21万户。", ["total holds 10.21万户 10.21万户"]),
        (
            "共发生事故62起；其中发生较大事故4起、死亡13人：福建省1起、死亡3人，湖南省1起、死亡3人，陕西省2起、死亡7人。",
            ["list_sum holds 4起 4起", "list_sum holds 13人 13人"]
        ),
        (
            "全省14个市州中，整治率达到100%的有4个：甲市、乙市、丙市、丁州；低于90%的有2个：戊市、己州。",
            ["list_count holds 4个 4个", "list_count holds 2个 2个"]
        ),
        (
            "全市42个乡镇中，有36个完成任务，其中甲区12个、乙区10个、丙县9个、丁县5个；未完成的6个，"
                + "分别为A镇、B镇、C镇、D乡、E乡、F街道。",
            ["list_sum holds 36个 36个", "list_count holds 6个 6个"]
        ),
        ("考核优秀的五个，分别为甲镇、乙镇、丙镇、丁乡、戊乡；良好的八个，合格的三个。", ["list_count holds 五个 5个"]),
    ])
    func listsEndWhereTheyEnd(_ sentence: String, _ expected: [String]) {
        #expect(Listed.claims(sentence) == expected)
    }

    @Test func manyTenthsAreInexact() {
        let read = Checked.reader.read("占两成多，增长三成多。", name: "-")
        #expect(read.quantities.map(\.bound) == [.about, .about])
        #expect(read.quantities.map { read.source.text($0.range) } == ["两成多", "三成多"])
    }
}
