import Testing

@testable import Statements

@Suite("Lists in bulletins of other fields")
struct ListVariantTests {
    @Test(
        "Counts and sums that are right hold",
        arguments: [
            (
                "2023年，全省共查处违法案件120件，分别是：食品安全45件、药品安全30件、特种设备25件、计量15件、其他5件。",
                ["list_sum holds 120件 120件"]
            ),
            ("全市共抽检食品2356批次，其中合格2310批次，不合格46批次。", ["list_sum holds 2356批次 2356批次"]),
            ("不合格样品涉及5个市，分别是杭州、宁波、温州、绍兴、金华。", ["list_count holds 5个 5个"]),
            (
                "12个地区发生事故14起，其中湖北发生3起，其余11个地区各发生1起。",
                ["list_count holds 12个 12个", "list_sum holds 14起 14起"]
            ),
            ("本月全省共发生8起较大事故：甲市3起、乙市2起、丙市2起、丁市1起。", ["list_sum holds 8起 8起"]),
            ("共设置安全监察机构4085个，其中国家级1个、省级33个、市级477个、县级2631个、派出机构943个。", ["list_sum holds 4085个 4085个"]),
            (
                "共有生产单位76219家，持有许可证78693张，其中：设计单位3230家、持有许可证3273张，制造单位16449家、持有许可证17072张，"
                    + "安装单位29528家、持有许可证30318张，充装单位27012家、持有许可证28030张。",
                ["list_sum holds 76219家 76219家", "list_sum holds 78693张 78693张"]
            ),
            (
                "全年实现生产总值609.91亿元，比上年增长5.2%。其中，第一产业63.44亿元，增长4.5%；第二产业296.65亿元，增长6.0%；第三产业249.81亿元，增长4.5%。",
                ["list_sum explained 609.91亿元 609.9亿元"]
            ),
            ("省级项目立项13个，县级项目5个，总计18个，完成率90%。", ["total holds 18个 18个"]),
            ("甲县、乙县、丙县各发生2起，丁县、戊县分别发生3起、2起，共计11起。", ["total holds 11起 11起"]),
            (
                "共有医疗机构1200个，其中医院56个（公立20个、民营36个），基层机构1100个，其他机构44个。",
                ["list_sum holds 1200个 1200个", "list_sum holds 56个 56个"]
            ),
            ("死亡3人的事故2起，分别是甲工程（3人）、乙工程（3人）。", ["list_count holds 2起 2起"]),
            (
                "全市共发生火灾100起，死亡5人，受伤4人，其中住宅60起，死亡4人，受伤2人；厂房40起，死亡1人，受伤2人。",
                ["list_sum holds 100起 100起", "list_sum holds 5人 5人", "list_sum holds 4人 4人"]
            ),
            (
                "有12家企业被列入名单，其中甲市5家、乙市4家、丙市3家；有20家企业被移出，其中甲市12家、乙市8家。",
                ["list_sum holds 12家 12家", "list_sum holds 20家 20家"]
            ),
            (
                "全省3个市共设立站点80个，分别为甲市30个、乙市20个、丙市30个。",
                ["list_count holds 3个 3个", "list_sum holds 80个 80个"]
            ),
            ("上半年，绍兴、杭州、金华、宁波、台州5个市产值均超过300亿元。", ["list_count holds 5个 5个"]),
            ("多数地区好转，其中甲州、乙州、丙州、丁州等4个地区的事故起数下降50%以上。", ["list_count holds 4个 4个"]),
            ("3家企业（甲公司、乙公司、丙公司）被责令停产。", ["list_count holds 3家 3家"]),
            ("抽查的56家企业中，合格40家、基本合格10家、不合格6家。", ["list_sum holds 56家 56家"]),
            ("1月发生3起、2月发生2起、3月发生5起，一季度共计10起。", ["total holds 10起 10起"]),
            (
                "投资12.5亿元，建设学校3所，分别是甲小学（4.2亿元）、乙中学（5.1亿元）、丙幼儿园（3.2亿元）。",
                ["list_count holds 3所 3所", "list_sum holds 12.5亿元 12.5亿元"]
            ),
            ("受理投诉举报3256件，其中投诉2100件，举报1156件，办结3200件。", ["list_sum holds 3256件 3256件"]),
        ] as [(String, [String])])
    func right(_ text: String, _ expected: [String]) {
        #expect(Listed.claims(text) == expected)
    }

    @Test(
        "Counts and sums that no reading makes right are wrong",
        arguments: [
            (
                "2023年，全省共查处违法案件120件，分别是：食品安全45件、药品安全30件、特种设备25件、计量15件、其他6件。",
                ["list_sum wrong 120件 121件"]
            ),
            ("全市共抽检食品2356批次，其中合格2310批次，不合格56批次。", ["list_sum wrong 2356批次 2366批次"]),
            ("不合格样品涉及6个市，分别是杭州、宁波、温州、绍兴、金华。", ["list_count wrong 6个 5个"]),
            ("本月全省共发生9起较大事故：甲市3起、乙市2起、丙市2起、丁市1起。", ["list_sum wrong 9起 8起"]),
            (
                "共有8个地区发生12起较大事故，其中辽宁、四川各发生3起，广东发生2起，贵州、安徽、云南、江苏各发生1起。",
                ["list_count wrong 8个 7个"]
            ),
            (
                "全市共发生火灾100起，死亡5人，受伤3人，其中住宅60起，死亡4人，受伤2人；厂房40起，死亡1人，受伤2人。",
                ["list_sum wrong 3人 4人"]
            ),
            ("全省3个市共设立站点81个，分别为甲市30个、乙市20个、丙市30个。", ["list_sum wrong 81个 80个"]),
            ("上半年，绍兴、杭州、金华、宁波、台州6个市产值均超过300亿元。", ["list_count wrong 6个 5个"]),
            ("甲县、乙县、丙县各发生2起，丁县发生3起，戊县发生2起，合计12起。", ["total wrong 12起 11起"]),
            (
                "一季度，全市共发生事故23起，死亡25人。其中，道路运输12起，死亡13人；建筑业6起，死亡6人；工矿商贸5起，死亡5人。",
                ["list_sum wrong 25人 24人"]
            ),
        ] as [(String, [String])])
    func wrong(_ text: String, _ expected: [String]) {
        #expect(Listed.wrong(text) == expected)
    }

    @Test(
        "What may be read otherwise is not called wrong",
        arguments: [
            "全国有22个地区发生事故，分别是浙江（7起、9人）、江苏（6起、9人）等。",
            "共检查单位320家，其中餐饮单位120家、学校食堂80家、超市等100家。",
            "全国有12个地区的事故起数下降，其中宁夏（下降5起）、河南（下降4起）等地区下降较大。",
            "2018年4月，全国有3个省（区、市）和新疆生产建设兵团发生事故，分别是江苏（11起）、广东（5起）、四川（2起）、新疆兵团（1起）。",
            "本次对建设、施工、监理等8家单位进行处罚，其中罚款5家、警告2家。",
            "有3家企业的5个产品不合格，分别是甲公司、乙公司、丙公司。",
            "交办信访件159件。从污染类型来看，大气72件、水49件、噪声39件、其他21件（部分信访件涉及多种污染类型）。",
            "共发生事故30起，其中高处坠落12起、坍塌8起、物体打击4起。",
            "有2家公司被通报，分别是某建设工程设计、施工有限公司和某监理公司。",
            "发生3人死亡事故4起，分别是甲（3人）、乙（3人）、丙（3人）、丁（3人）。",
            "36个市、县（市、区）120个工程项目的情况进行了检查，其中合格100个。",
            "检查企业340家，其中生产企业100家、经营企业200家、餐饮单位50家。",
            "共有5个市的8个县发生12起事故，分别是甲（2起）、乙（3起）、丙（7起）。",
            "3个省发生12起事故，其中甲市发生4起，乙市发生5起，丙市发生2起，丁市发生1起。",
            "对省、市12个县进行督查，组织住建、交通、水利、应急12个检查组。",
            "居前3位的分别是食品（120件）、药品（80件）、广告（60件），共查处案件500件。",
            "现有3条生产线，分别为1号线年产5万吨、2号线年产3万吨、3号线年产2万吨，总产能11万吨。",
            "机具伤害、触电、车辆伤害、中毒和窒息等其他事故13起。",
            "A市10起，其中城区3起、郊区7起；B市5起，其中城区2起、郊区3起。",
            "报告事故84起，按类型划分，高处坠落52起，占61.9%；坍塌10起，占11.9%；物体打击8起，占9.5%。",
            "有的地方事故比较少，如：海南（8起、8人）、辽宁（7起、9人）；全国共有31个地区发生。",
        ])
    func silent(_ text: String) {
        #expect(Listed.wrong(text).isEmpty)
    }

    @Test("A list written line by line is one list")
    func lines() {
        let text = """
            2017年7月，全国共发生施工安全事故9起、死亡17人。
            2017年7月，全国有4个地区发生施工安全事故，分别是：
            　　北京（2起、2人）
            　　天津（2起、2人）

            　　山西（1起、1人）
            　　内蒙古（4起、12人）
            """
        #expect(
            Listed.claims(text) == [
                "list_count holds 4个 4个", "list_sum holds 9起 9起", "list_sum holds 17人 17人",
            ])
    }

    @Test("Numbered lines behind a total are its parts")
    func numberedLines() {
        let lines = """
            1.煤矿发生1起，下落不明4人，同比增加1起、4人。
            2.坍塌事故发生2起，死亡8人，同比增加1起、5人。
            3.道路交通发生5起，死亡16人，同比减少8起、38人。
            """
        #expect(
            Listed.claims("发生较大事故8起，死亡和下落不明28人，同比减少3起、13人。\n" + lines) == [
                "list_sum holds 8起 8起", "list_sum holds 28人 28人",
            ])
        #expect(Listed.wrong("发生较大事故8起，死亡和下落不明29人，同比减少3起、13人。\n" + lines) == ["list_sum wrong 29人 28人"])
        #expect(Listed.claims("发生较大事故9起，死亡和下落不明29人。\n" + lines).isEmpty)
    }

    @Test("Each list meets the total of its own period and region")
    func periods() {
        let text = """
            2011年1月，全国共发生施工事故5起、死亡6人；2月，全国共发生施工事故3起、死亡3人。全省共发生施工事故2起、死亡2人。
            2011年1月，全国有2个地区发生施工事故，分别是云南（3起、3人）、湖南（2起、3人）；2月，全国有2个地区发生施工事故，分别是浙江（2起、2人）、河北（1起、1人）。
            """
        let claims = Listed.claims(text)
        #expect(claims.count == 6)
        #expect(claims.allSatisfy { $0.contains(" holds ") })
    }

    @Test("Points are counted where they follow their count")
    func points() {
        #expect(Listed.points("讲三点意见。一要提高认识。二要狠抓落实。三要加强领导。") == ["list_count holds 三点 3点"])
        #expect(
            Listed.points("抓好以下5个方面：一是加强领导；二是落实责任；三是强化监管；四是严格执法。") == ["list_count wrong 5个 4个"])
        #expect(Listed.points("抓好以下5个方面：一是加强领导；二是落实责任。\n三是强化监管。").isEmpty)
        #expect(Listed.points("共发生事故5起。一是高处坠落多；二是坍塌多。").isEmpty)
        #expect(Listed.points("做好3个方面工作：一是抓管理，一是抓培训，二是抓考核。").isEmpty)
    }

    @Test("The sum is written out for a clerk in both languages")
    func explanation() throws {
        let read = TextReader().read("共抽查企业56家，其中生产企业32家、销售企业24家。", name: "-")
        let claim = try #require(ListFinder().claims(in: read).first)
        #expect(claim.explanation.chinese.contains("32+24 = 56家"))
        #expect(claim.explanation.english.contains("32+24 = 56家"))
        #expect(read.source.text(claim.range) == "56家")
        #expect(claim.operands.count == 2)
    }

    @Test(
        "Nothing in garbage makes it fail",
        arguments: [
            "", "。", "：", "分别是", "其中", "有3个地区，分别是", "（（（（其中3起）", "分别是（1起、2人）、（", "共、、、；；；3个：：：一是",
            "其中其中其中3起其中其中", "5个方面：一是", "分别为3起和2起", "即即即3起、4起", "\u{0}\u{FFFF}3起、\u{2028}其中",
        ])
    func garbage(_ text: String) {
        #expect(Listed.wrong(text).isEmpty)
        #expect(Listed.points(text).isEmpty)
    }
}
