import Figures
import Foundation
import Testing

@testable import Statements

@Suite("Targets of plans")
struct PlanTargetTests {
    /// One line of the gold list.
    private struct Gold: Decodable {
        let name: String
        let `operator`: String
        let value: String
        let unit: String
    }

    @Test("The gold plan's targets are found, with few others")
    func gold() throws {
        guard let text = PlanSupport.shared("documents/yixing-quality-plan-2013.txt"),
            let lines = PlanSupport.shared("gold/plan-targets.jsonl")
        else { return }
        let gold = try lines.split(separator: "\n").map {
            try JSONDecoder().decode(Gold.self, from: Data($0.utf8))
        }
        let found = TargetReader().targets(in: PlanSupport.read(text))
        let keys = found.map { "\($0.name) \($0.comparison.rawValue) \($0.plainValue) \($0.unit)" }
        let expected = gold.map { "\($0.name) \($0.operator) \($0.value) \($0.unit)" }
        let missing = expected.filter { !keys.contains($0) }
        let others = keys.filter { !expected.contains($0) }
        let recall = Double(expected.count - missing.count) / Double(max(expected.count, 1))
        let precision = Double(keys.count - others.count) / Double(max(keys.count, 1))
        print("targets of the gold plan: recall \(recall), precision \(precision), others \(others)")
        #expect(missing.isEmpty)
        #expect(others.count <= 3)
        #expect(found.allSatisfy { $0.deadline == "2013年" })
        #expect(found.first?.path == ["一、主要目标", "1、产品质量目标"])
    }

    @Test("Every target of a city's plan, and no other")
    func qualityPlan() {
        let expected = PlanTexts.qualityTargets.split(separator: "\n").map(String.init)
        #expect(PlanSupport.targets(PlanTexts.qualityPlan) == expected)
    }

    @Test("Every target of a letter of responsibility, and no other")
    func safetyLetter() {
        let expected = PlanTexts.safetyTargets.split(separator: "\n").map(String.init)
        #expect(PlanSupport.targets(PlanTexts.safetyLetter) == expected)
    }

    @Test(
        "Sentences of plans",
        arguments: [
            ("确保特种设备定检率100%。", ["特种设备定检率 >= 100%"]),
            ("死亡人数控制在94人以内。", ["死亡人数 <= 94 人"]),
            ("较大事故起数同比下降10%以上。", ["较大事故起数同比下降 >= 10%"]),
            ("抽检批次数每千人4批次。", ["抽检批次数 >= 4 批次/千人"]),
            ("食品安全抽检达到5批次/千人，其中农产品2批次/千人。", ["食品安全抽检 >= 5 批次/千人", "食品安全抽检（农产品） >= 2 批次/千人"]),
            ("产品合格率达九成以上。", ["产品合格率 >= 90%"]),
            ("消费投诉按时办结率达百分之百。", ["消费投诉按时办结率 >= 100%"]),
            ("死亡率降低到0.05以下。", ["死亡率 < 0.05"]),
            ("单位GDP能耗降低3.5%。", ["单位GDP能耗降低 >= 3.5%"]),
            ("公众满意度提高3至5个百分点。", ["公众满意度提高 >= 3–5 个百分点"]),
            ("力争地区生产总值增长8%左右。", ["地区生产总值增长 = 8%"]),
            ("固定资产投资完成120亿元，同比增长15%。", ["固定资产投资 >= 120 亿元", "固定资产投资同比增长 >= 15%"]),
            ("新增发明专利授权量1.2万件，有效注册商标突破5万件。", ["新增发明专利授权量 >= 12000 件", "有效注册商标 > 50000 件"]),
            ("将风险分级管理覆盖率由90％提升至100％。", ["风险分级管理覆盖率 >= 100%"]),
            ("将办理时限由15个工作日压缩到5个工作日以内。", ["办理时限 <= 5 个工作日"]),
            ("年内新建充电桩1000个、改造老旧小区20个，惠及居民3万户。", ["新建充电桩 >= 1000 个", "改造老旧小区 >= 20 个", "惠及居民 >= 30000 户"]),
            ("培养15名首席质量官、20名质量工程师。", ["培养首席质量官 >= 15 名", "培养质量工程师 >= 20 名"]),
            ("推动规模以上食品生产企业100%建立追溯体系。", ["规模以上食品生产企业建立追溯体系 >= 100%"]),
            ("完成三分之一以上企业的能源计量审查工作。", ["企业的能源计量审查工作 >= 三分之一"]),
            ("事故起数、死亡人数和直接经济损失三项指标分别下降5%、6%和8%以上。", ["事故起数下降 >= 5%", "死亡人数下降 >= 6%", "直接经济损失下降 >= 8%"]),
            ("整改率、查处率均达100%。", ["整改率 >= 100%", "查处率 >= 100%"]),
            ("追溯率2022年达到60%、2023年达到80%。", ["追溯率 >= 60%", "追溯率 >= 80%"]),
            ("开展质量信用评价，并完成60%以上工作量。", ["质量信用评价工作量 >= 60%"]),
            ("按照不低于20%的比例对检验机构开展抽查。", ["检验机构抽查比例 >= 20%"]),
            ("死亡人数控制在省下达指标（12人）以内。", ["死亡人数 <= 12 人"]),
            ("创建标准化工地15个，市级30个。", ["创建标准化工地 >= 15 个", "创建标准化工地（市级） >= 30 个"]),
            ("热线办结率、满意率分别在99%、95%以上。", ["热线办结率 >= 99%", "满意率 >= 95%"]),
            ("检查重点企业60家次，占检查总数的60%。", ["检查重点企业 >= 60 家次", "检查重点企业占检查总数 >= 60%"]),
            ("抽查比例不低于辖区企业总数的20%。", ["抽查比例 >= 20%"]),
            ("培育超50亿元企业5家，新增1类新药批件20个。", ["培育超50亿元企业 >= 5 家", "新增1类新药批件 >= 20 个"]),
            ("工业总产值达到1500亿元，年均增速10%左右。", ["工业总产值 >= 1500 亿元", "工业总产值增速 = 10%"]),
            ("1-6月定检率不低于50%，全年不低于99%。", ["定检率 >= 50%", "定检率 >= 99%"]),
            ("投保率提升5个百分点，达到75%。", ["投保率提升 >= 5 个百分点", "投保率 >= 75%"]),
            ("至少召开一次形势分析会。", ["召开形势分析会 >= 1 次"]),
            ("合格率力争达到98.2%，较2020年（97.8%）提高0.4个百分点。", ["合格率 >= 98.2%", "合格率较2020年提高 >= 0.4 个百分点"]),
            ("设置率从2020年的35%提高到2025年的60%以上。", ["设置率 >= 60%"]),
            ("推动50%以上的规模以上企业建立双重预防机制。", ["规模以上企业建立双重预防机制 >= 50%"]),
            ("预警信息发布时效提高至8分钟以内。", ["预警信息发布时效 <= 8 分钟"]),
            ("每个产业选派专家不少于3名。", ["选派专家 >= 3 名"]),
            ("对2万台老旧电梯开展安全评估。", ["老旧电梯开展安全评估 >= 20000 台"]),
            ("提高产品质量合格率，力争达到95%以上。", ["产品质量合格率 >= 95%"]),
        ])
    func sentence(sentence: String, expected: [String]) {
        let found = PlanSupport.planned(sentence).map(\.summary)
        #expect(found == expected, "\(sentence)")
    }

    @Test(
        "What is no target",
        arguments: [
            "去年，全市共完成抽检500批次，合格率达到96.3%。",
            "截至目前，已建成示范区12个。",
            "对获得中国质量奖的组织，给予一次性奖励200万元。",
            "按照销售额的3%给予补助。",
            "投诉举报24小时响应，3日内办结。",
            "务实推进四项工程：一是标准提升工程；二是品牌提升工程。",
            "落实3项制度，深化“百千万”工程，建立“1+3+N”体系。",
            "根据省政府2012年92号文件和第三次会议精神，结合实际，制定本方案。",
            "鼓励从业5年以上的人员参加评审。",
            "不出现区域性质量问题，实现全覆盖。",
            "全面完成省下达的5个百分点的目标任务。",
            "考核总分100分，80分至89分为良好，90分以上为优秀。",
            "对连续2次排名末位的进行约谈，得分低于前3名的取消资格。",
            "截至2020年底，全省市场主体达到612万户。",
            "2023年，全市合格率达到94.2%，新增企业12家。",
        ])
    func noTarget(sentence: String) {
        #expect(PlanSupport.planned(sentence).map(\.summary) == [], "\(sentence)")
    }

    @Test("Scope, deadline, path and place")
    func fields() throws {
        let text = PlanSupport.read(PlanTexts.qualityPlan)
        let targets = TargetReader().targets(in: text)
        let rate = try #require(targets.first)
        #expect(rate.scope == "全市")
        #expect(rate.deadline == "2024年底")
        #expect(rate.path == ["一、工作目标"])
        #expect(text.source.text(rate.range) == "95%")
        let online = try #require(targets.first { $0.name == "政务服务事项网上可办率" })
        #expect(online.deadline == "12月底前")
        #expect(online.scope == "全市")
        let officers = try #require(targets.first { $0.name == "培训首席质量官" })
        #expect(officers.deadline == "2024年")
        #expect(officers.path == ["二、重点任务", "（一）实施产品质量提升行动", "3.推进首席质量官制度"])
        let meetings = try #require(targets.first { $0.name == "召开会议" })
        #expect(meetings.scope == "市质量强市领导小组每半年")
    }

    @Test("Values keep how they are printed")
    func values() throws {
        let targets = PlanSupport.planned("新增专利1.2万件，完成投资3.5亿元，完成三分之一以上工作。")
        let patents = try #require(targets.first)
        #expect(patents.valueText == "1.2万")
        #expect(patents.value == Rational(12_000))
        #expect(patents.unit == "件")
        let money = try #require(targets.dropFirst().first)
        #expect(money.valueText == "3.5")
        #expect(money.unit == "亿元")
        #expect(money.plainValue == "3.5")
    }

    @Test("A table of indicators")
    func indicators() {
        let text = """
            某省“十四五”质量发展规划
            一、主要指标
            序号 指标名称 单位 2020年 2025年 属性
            1 产品质量合格率 % 93.29 ≥94 预期性
            2 食品抽检合格率 % 97.7 98以上 约束性
            3 特种设备万台死亡率 人 0.08 ≤0.05 约束性
            二、措施
            考核指标\t目标值
            生产安全事故死亡人数\t≤94人
            较大事故\t控制在2起以内
            能源消耗\t下降3%
            """
        let expected = [
            "产品质量合格率 >= 94%", "食品抽检合格率 >= 98%", "特种设备万台死亡率 <= 0.05 人", "生产安全事故死亡人数 <= 94 人",
            "较大事故 <= 2 起", "能源消耗下降 >= 3%",
        ]
        let targets = TargetReader().targets(in: PlanSupport.read(text))
        #expect(targets.map(\.summary) == expected)
        #expect(targets.first?.deadline == "2025年")
        #expect(targets.first?.path == ["一、主要指标"])
    }

    @Test("A report sets no targets but those it promises")
    func report() {
        let text = """
            全市质量工作总结报告

            一、主要成绩
            全年抽检合格率达到97.2%，同比提高1.1个百分点；培育名牌产品12只以上。
            二、下一步打算
            力争抽检合格率达到98%以上，新增名牌产品不少于5只。
            """
        #expect(PlanSupport.targets(text) == ["抽检合格率 >= 98%", "新增名牌产品 >= 5 只"])
    }

    @Test(
        "The shared speeches and report set no targets by mistake",
        arguments: [
            "documents/quality-city-speeches.txt", "documents/zhejiang-construction-2009h1.txt",
        ])
    func speeches(path: String) {
        guard let text = PlanSupport.shared(path) else { return }
        #expect(PlanSupport.targets(text) == [])
    }

    @Test("Nothing is found in nothing")
    func garbage() {
        for text in ["", "\n\n", "100%", "达到", "≥", "一、", "（一）1、①", "\u{FEFF}\u{0}%%%", "95%以上的", "(((((5个"] {
            _ = PlanSupport.targets(text)
            _ = TaskReader().tasks(in: PlanSupport.read(text))
        }
        #expect(PlanSupport.targets("") == [])
    }
}
