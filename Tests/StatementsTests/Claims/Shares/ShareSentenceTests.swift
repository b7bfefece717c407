import Testing

@testable import Statements

/// Shares, rates and figures per unit in the sentences of many offices.
@Suite struct ShareSentenceTests {
    @Test(arguments: [
        (
            "全区共有小区256个，其中专业化物业管理的189个，占比73.8%，业主自管67个，占26.2%。",
            ["73.8% holds share 189/256", "26.2% holds share 67/256"]
        ),
        ("共排查自建房12.6万户，其中存在安全隐患的3200户，占排查总数的2.5%。", ["2.5% holds share 3200/12.6万"]),
        ("抽查的200家企业中，有70家存在问题，占35%。", ["35% holds share 70/200"]),
        ("全市12家企业停产整顿，占全部68家企业的17.6%。", ["17.6% holds share 12/68"]),
        ("高层住宅有25栋，占排查高层住宅总数（共计500栋）的5%。", ["5% holds share 25/500"]),
        ("完成投资8.6亿元，占年度计划14.2亿元的66.6%。", ["66.6% wrong share 8.6亿/14.2亿"]),
        ("建成保障性住房3.65万套，完成年度任务3.5万套的104.3%。", ["104.3% holds share 3.65万/3.5万"]),
        (
            "共有企业1256家，其中特级3家、一级126家，分别占0.24%和10.03%。",
            ["0.24% holds share 3/1256", "10.03% holds share 126/1256"]
        ),
        ("死亡人数为考核控制指标数的27%（年考核指标为94人），累计死亡26人。", ["27% holds share 25/94"]),
        (
            "共发生事故1256起。浙江、江苏、广东分别为125起、118起、112起，分别占事故总数的10.0%、9.4%和8.9%，合计占28.3%。",
            [
                "10.0% holds share 125/1256", "9.4% holds share 118/1256", "8.9% holds share 112/1256",
                "28.3% holds share 355/1256",
            ]
        ),
        (
            "12345热线受理1.25万件，占62.5%，网络平台受理0.75万件，占37.5%，全年共受理2万件。",
            ["62.5% holds share 1.25万/2万", "37.5% holds share 7500/2万"]
        ),
        ("三成企业未通过检查，森林覆盖率63.5%。", []),
    ])
    func shares(_ sentence: String, _ expected: [String]) {
        #expect(Checked.claims(sentence) == expected)
    }

    @Test func theWholeIsLookedUpInEarlierParagraphs() {
        let text = """
            全省共发生安全事故23起、死亡26人。
            物体打击事故呈上升，占死亡总人数的26.92%。一级企业发生事故17起，死亡18人，占事故死亡总数的69.23%。
            事故起数和死亡人数分别占上半年事故的52.17%和50%。全国死亡人数为306人，我省占全国总数的8.5%。
            """
        #expect(
            Checked.claims(text) == [
                "26.92% holds share 7/26", "69.23% holds share 18/26", "52.17% holds share 12/23",
                "50% holds share 13/26", "8.5% holds share 26/306",
            ])
    }

    @Test func theCategoriesOfADivisionConfirmTheirWhole() {
        let text = """
            全国共发生事故487起、死亡624人。
            按照类型划分，高处坠落事故257起，占总数的52.77%；坍塌事故67起，占总数的13.76%；物体打击事故59起，占总数的21.11%。
            """
        #expect(
            Checked.claims(text) == [
                "52.77% holds share 257/487", "13.76% holds share 67/487", "21.11% wrong share 59/487",
            ])
    }

    @Test func aLastPlaceAdjustedToAHundredIsExplained() {
        let text =
            "共发生事故214起。高处坠落103起，占总数的48.13%；坍塌40起，占总数的18.69%；物体打击30起，占总数的14.02%；"
            + "起重伤害18起，占总数的8.41%；机具伤害13起，占总数的6.07%；其他10起，占总数的4.68%。"
        #expect(Checked.claims(text).last == "4.68% explained share 10/214")
    }

    @Test(arguments: [
        ("排查安全隐患18293条。各地及时督促落实，已完成整改18027条，整改率达98%。", ["98% truncated rate 1.8万/1.82万"]),
        (
            "提出整改意见11270条，其中有103个项目被责令停工，目前已有10264条整改完毕，整改率为91.6%。",
            ["91.6% wrong rate 1.02万/1.12万"]
        ),
        ("企业任务105家，完成90家，今年新增7家，完成率90%。", ["90% wrong rate 90/105"]),
        ("项目任务20個,省級項目立項13個,縣級項目5個,總計18個,完成率90%。", ["90% holds rate 18/20"]),
        ("抽检食品12580批次，合格12304批次，合格率97.8%。", ["97.8% holds rate 12304/12580"]),
        ("监督抽检8000批次，不合格144批次，合格率98.2%。", ["98.2% holds rate 7856/8000"]),
        ("抽检产品500批次，不合格12批次，不合格率为2.4%。", ["2.4% holds rate 12/500"]),
        ("受理投诉45.6万件，办结44.2万件，办结率96.9%。", ["96.9% holds rate 44.2万/45.6万"]),
        ("在用特种设备18.6万台，应检16.2万台，已检16.1万台，定期检验率99.4%。", ["99.4% holds rate 16.1万/16.2万"]),
        ("检查发现的320项隐患中，已有304项完成整改，整改完成率达到95%。", ["95% holds rate 304/320"]),
        (
            "钢筋抽检120组，合格118组，合格率98.3%；水泥抽检60组，合格60组，合格率100%。",
            ["98.3% holds rate 118/120", "100% holds rate 60/60"]
        ),
        ("问题整改率达到91.2%（68项中完成62项）。", ["91.2% holds rate 62/68"]),
        ("钢材检测3568组，不合格率0.48%（17组）。", ["0.48% holds rate 17/3568"]),
        ("抽检食品28560批次，合格率98.3%，不合格样品486批次。", ["98.3% holds rate 28074/28560"]),
        ("小微企业5689家，不合格856家，不合格率为15.5%。", ["15.5% wrong rate 856/5689"]),
        ("新开工12560套，开工率105%；基本建成9850套，建成率98.5%。", ["105% unverifiable rate", "98.5% unverifiable rate"]),
    ])
    func rates(_ sentence: String, _ expected: [String]) {
        let found = Checked.claims(sentence).map { $0.split(separator: " ").prefix(3).joined(separator: " ") }
        #expect(found == expected.map { $0.split(separator: " ").prefix(3).joined(separator: " ") })
    }

    @Test(arguments: [
        ("共查处案件120件，罚没款300万元，平均每件2.5万元。", ["2.5万元 holds ratio 300万/120"]),
        ("总人口36.5万人，共10.2万户，户均3.6人。", ["3.6人 holds ratio 36.5万/10.2万"]),
        ("共发生事故50起，造成经济损失125万元，平均每起损失3.5万元。", ["3.5万元 wrong ratio 125万/50"]),
        ("人均生产总值达到45031元。", []),
    ])
    func averages(_ sentence: String, _ expected: [String]) {
        #expect(Checked.claims(sentence) == expected)
    }
}
