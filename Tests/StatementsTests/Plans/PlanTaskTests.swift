import Testing

@testable import Statements

@Suite("Tasks of plans")
struct PlanTaskTests {
    private func tasks(_ text: String) -> [PlanTask] { TaskReader().tasks(in: PlanSupport.read(text)) }

    private func shared(_ name: String) -> [PlanTask]? {
        PlanSupport.shared("documents/" + name).map {
            TaskReader().tasks(in: PlanSupport.read($0, name: name))
        }
    }

    @Test("The tasks of the shared plan")
    func yixing() throws {
        guard let tasks = shared("yixing-quality-plan-2013.txt") else { return }
        #expect(tasks.filter { $0.depth == 1 }.map { $0.label + $0.title } == ["一、主要目标", "二、重点工作", "三、组织实施"])
        #expect(tasks.filter { $0.depth == 2 && $0.label.hasPrefix("（") }.count == 6)
        #expect(tasks.filter { $0.label.hasSuffix("是") }.count == 8)
        #expect(tasks.count == 43)
        let standards = try #require(tasks.first { $0.title == "深入实施标准化战略" })
        #expect(standards.path == ["二、重点工作", "（三）夯实城市质量基础"])
        let level = try #require(tasks.first { $0.title == "标准水平提升工程" })
        #expect(level.depth == 4)
        #expect(level.label == "一是")
        #expect(level.targets.count == 3)
        let platform = try #require(tasks.first { $0.title == "建设高水平公共服务平台" })
        #expect(platform.deadlines == ["2014年年底前"])
    }

    @Test("The tasks of the shared report")
    func zhejiang() throws {
        guard let tasks = shared("zhejiang-construction-2009h1.txt") else { return }
        let second = try #require(tasks.firstIndex { $0.label == "二、" })
        let labels = tasks[second...].filter { $0.depth == 2 }.map(\.label)
        #expect(labels == ["（一）", "（二）", "（三）", "（四）", "（五）", "（六）", "（七）", "（八）", "（九）", "（十）"])
        let households = try #require(tasks.first { $0.title.hasPrefix("进一步加大创优力度") })
        #expect(households.deadlines == ["今年年底前"])
        #expect(tasks.contains { $0.title == "要加快信息化建设步伐" && $0.label == "三是" })
        #expect(!tasks.contains { $0.title.hasPrefix("二级资质") })
    }

    @Test("The tasks of the shared speeches")
    func speeches() throws {
        guard let tasks = shared("quality-city-speeches.txt") else { return }
        let atmosphere = try #require(tasks.first { $0.title == "工作氛围日益浓厚" })
        #expect(atmosphere.label == "（一）")
        #expect(atmosphere.path == ["一、充分肯定今年以来我市质量强市工作取得的成绩"])
        #expect(tasks.filter { $0.depth == 1 && $0.label == "一、" }.count == 2)
        let theory = try #require(tasks.first { $0.title == "市场决定论" })
        #expect(theory.path.last == "第一，必须摒弃的两种错误观点")
    }

    @Test("Who answers for an item")
    func responsible() {
        let found = tasks(PlanTexts.qualityPlan)
        func units(_ title: String) -> [String]? { found.first { $0.title == title }?.responsible }
        #expect(units("开展质量帮扶") == ["市市场监管局", "市经信局", "各县（市、区）人民政府"])
        #expect(units("强化监督抽查") == ["市市场监管局", "市商务局", "市农业农村局"])
        #expect(units("实施工程质量提升行动") == ["市住建局", "市交通运输局", "市水利局"])
        #expect(units("加强组织领导") == [])
        #expect(found.first { $0.title == "强化监督抽查" }?.deadlines == ["11月底前"])
    }

    @Test(
        "Forms in which units are named",
        arguments: [
            ("（责任单位：市质监局、市住建局）", ["市质监局", "市住建局"]),
            ("（市发改委牵头，市经信局配合）", ["市发改委", "市经信局"]),
            ("（牵头单位：市应急局；配合单位：市公安局、市交通局）", ["市应急局", "市公安局", "市交通局"]),
            ("（省市场监管局、省教育厅等按职责分工负责）", ["省市场监管局", "省教育厅"]),
            ("（各镇人民政府、市场监管局负责）", ["各镇人民政府", "市场监管局"]),
            ("责任单位：市质监局，各镇（街道）", ["市质监局", "各镇（街道）"]),
            ("责任部门:市建设局 市水利局", ["市建设局", "市水利局"]),
            ("此项工作由市质监局负责，月底完成。", ["市质监局"]),
            ("由市安监局牵头，市公安局、市消防支队配合。", ["市安监局", "市公安局", "市消防支队"]),
            ("由过去主抓产品质量和推进企业落实主体责任，拓展到各个领域。", []),
            ("（含规模以上企业）", []),
            ("企业负责人要对质量安全负责。", []),
        ])
    func units(text: String, expected: [String]) {
        #expect(tasks("一、加强监管。强化检查。" + text).first?.responsible == expected, "\(text)")
    }

    @Test("A table whose columns stand in a line")
    func table() throws {
        let text = "重点任务分解表\n序号\t重点任务\t责任单位\t完成时限\n1\t完成锅炉改造200台\t特设处、省特检院\t6月底\n2\t开展演练\t应急处\t年底前\n"
        let found = tasks(text)
        #expect(found.map(\.title) == ["完成锅炉改造200台", "开展演练"])
        #expect(found.first?.responsible == ["特设处", "省特检院"])
        #expect(found.first?.deadlines == ["6月底"])
        #expect(found.first?.targets.map(\.summary) == ["锅炉改造 >= 200 台"])
        let bars = "| 任务 | 牵头单位 |\n| 推进 工作 | 质量处 |\n"
        #expect(tasks(bars).map(\.title) == ["推进工作"])
    }

    @Test("A text without numbers gives its paragraphs")
    func paragraphs() {
        let found = tasks("各地要切实加强组织领导，层层落实责任，确保完成任务。\n短行\n各部门要密切配合，形成合力，年底前完成整改工作任务。")
        #expect(found.map(\.label) == ["", ""])
        #expect(found.last?.deadlines == ["年底前"])
    }

    @Test(
        "Deadlines",
        arguments: [
            ("到2015年，全面建成。", ["2015年"]), ("力争2014年年底前建成。", ["2014年年底前"]), ("6月底前完成。", ["6月底前"]),
            ("3月15日前报送。", ["3月15日前"]), ("到“十四五”末，基本建成。", ["“十四五”末"]), ("今年年底前实施。", ["今年年底前"]),
            ("一季度前完成，二季度末验收。", ["一季度前", "二季度末"]), ("截至6月底，已完成。", []), ("2012年3月5日印发。", []),
            ("在2012年的基础上提高。", []), ("位居全省前列。", []), ("至6月底已完成整改。", []),
        ])
    func deadlines(text: String, expected: [String]) {
        let read = PlanSupport.read(text)
        let all = PlanDeadline.all(in: 0..<read.source.scalars.count, of: read.source.scalars)
        #expect(all.map(\.text) == expected, "\(text)")
    }
}
