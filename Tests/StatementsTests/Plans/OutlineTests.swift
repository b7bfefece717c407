import Testing

@testable import Statements

@Suite("Outlines of official texts")
struct OutlineTests {
    /// The items of a text, each as its depth, number and title.
    private func items(_ text: String) -> [String] {
        Outline(PlanSupport.read(text)).items.map { "\($0.depth) \($0.label) \($0.title)" }
    }

    @Test("Four levels by the standard")
    func standard() {
        let text = """
            一、总体要求
            （一）工作目标
            1. 提升质量
            （1）产品质量。合格率提高。
            （2）工程质量。优良率提高。
            2. 保障安全
            （二）基本原则
            二、保障措施
            """
        #expect(
            items(text) == [
                "1 一、 总体要求", "2 （一） 工作目标", "3 1. 提升质量", "4 （1） 产品质量", "4 （2） 工程质量", "3 2. 保障安全",
                "2 （二） 基本原则", "1 二、 保障措施",
            ])
    }

    @Test("Chapters, sections and articles")
    func chapters() {
        let text = """
            第一章 总则
            第一条 为加强管理，制定本办法。
            第二条 本办法适用于全市。
            第二章 监督管理
            第一节 检查
            第三条 依据第二条规定实施检查：
            （一）现场检查；
            （二）书面检查。
            """
        #expect(
            items(text) == [
                "1 第一章 总则", "2 第一条 为加强管理，制定本办法", "2 第二条 本办法适用于全市", "1 第二章 监督管理", "2 第一节 检查",
                "3 第三条 依据第二条规定实施检查", "4 （一） 现场检查", "4 （二） 书面检查",
            ])
    }

    @Test("Headings that run on, and several in one line")
    func inline() {
        let text = """
            一、重点工作（一）强化监管。加强检查。（二）优化服务。推进改革：1、减环节；2、减时限；3、减材料。
            二、充分肯定取得的成绩 今年以来，我市工作有序推进。
            """
        #expect(
            items(text) == [
                "1 一、 重点工作", "2 （一） 强化监管", "2 （二） 优化服务", "3 1、 减环节", "3 2、 减时限", "3 3、 减材料",
                "1 二、 充分肯定取得的成绩",
            ])
    }

    @Test("Rows counted in words, which end with their paragraph")
    func spoken() {
        let text = """
            一、基础工作。推进两项工程：一是标准提升工程。提高水平。二是惠农工程。加强建设。
            各地要抓好落实。
            二、其他工作。第一，加强领导。第二，加大投入，一要保障经费，二要充实人员。
            """
        #expect(
            items(text)
                == [
                    "1 一、 基础工作", "2 一是 标准提升工程", "2 二是 惠农工程", "2  各地要抓好落实", "1 二、 其他工作", "2 第一， 加强领导",
                    "2 第二， 加大投入，一要保障经费，二要充实人员", "3 一要 保障经费，", "3 二要 充实人员",
                ].map { $0 == "2 第二， 加大投入，一要保障经费，二要充实人员" ? "2 第二， 加大投入，" : $0 })
    }

    @Test("Numbers that begin no item")
    func noItems() {
        #expect(items("从资质等级看，一、二级企业较多。第一、二、三产业协调发展。根据第三条（二）的规定，完成3.5万件、1.2亿元。").isEmpty)
        #expect(items("一是不断提高。").isEmpty)
        #expect(items("2013年，全市完成1、2号工程。").isEmpty)
    }

    @Test("Rows that begin again and levels that are skipped")
    func restarts() {
        let text = """
            一、目标
            1、产品
            2、工程
            二、措施
            1、领导
            ①班子
            ②队伍
            4、宣传
            """
        #expect(
            items(text) == [
                "1 一、 目标", "2 1、 产品", "2 2、 工程", "1 二、 措施", "2 1、 领导", "3 ① 班子", "3 ② 队伍", "2 4、 宣传",
            ])
    }

    @Test("A table of contents gives no items")
    func contents() {
        let text = """
            目录
            一、总体要求……………………1
            二、主要任务……………………3
            一、总体要求
            坚持质量第一。
            二、主要任务
            """
        #expect(items(text) == ["1 一、 总体要求", "1 二、 主要任务"])
        let plain = """
            目 录
            第一章 规划背景 1
            第二章 总体要求 4
            第一章 规划背景
            全省工作取得成效。
            第二章 总体要求
            """
        #expect(items(plain) == ["1 第一章 规划背景", "1 第二章 总体要求"])
    }

    @Test("An annex and a date end the last item")
    func annex() throws {
        let text = PlanSupport.read("一、目标\n完成任务。\n二、要求\n抓好落实。\n附件：任务分解表\n市政府办公室\n2013年4月1日")
        let last = try #require(Outline(text).items.last)
        #expect(text.source.text(last.text) == "二、要求\n抓好落实。")
    }

    @Test("Paths hold number and title")
    func paths() throws {
        let text = PlanSupport.read("一、目标\n1、产品质量目标：合格率达95%以上；\n2、工程质量目标：合格率达98%以上。")
        let items = Outline(text).items
        #expect(items.last?.fullPath == ["一、目标", "2、工程质量目标"])
        #expect(items.last?.path == ["一、目标"])
        let offset = try #require(text.quantities.last).range.lowerBound
        #expect(Outline(text).item(at: offset) == 2)
    }
}
