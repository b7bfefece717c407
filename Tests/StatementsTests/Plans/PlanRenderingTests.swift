import Foundation
import Testing

@testable import Statements

@Suite("Targets and tasks as files")
struct PlanRenderingTests {
    private struct Line: Decodable, Equatable {
        let document: String
        let name: String
        let `operator`: String
        let value: String
        let upper: String?
        let unit: String
        let scope: String?
        let deadline: String?
        let path: [String]
        let sentence: String
        let line: Int
        let start: Int
        let end: Int
    }

    private let plan = """
        某市2024年质量计划

        一、目标
        1、全市产品合格率达95%以上；培育标杆 3-5家。
        """

    @Test("JSON lines decode to what was found, with places in the original")
    func lines() throws {
        let text = PlanSupport.read(plan, name: "计划 \"A\".txt")
        let targets = TargetReader().targets(in: text)
        let lines = try PlanTargetLines().text(of: targets, in: text).split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
        #expect(lines.count == 2)
        let rate = try #require(lines.first)
        #expect(rate.document == "计划 \"A\".txt")
        #expect(rate.name == "产品合格率")
        #expect(rate.operator == ">=")
        #expect(rate.value == "95")
        #expect(rate.unit == "%")
        #expect(rate.scope == "全市")
        #expect(rate.deadline == "2024年")
        #expect(rate.line == 4)
        let original = Array(plan.unicodeScalars)
        let cut = String(String.UnicodeScalarView(original[rate.start..<rate.end]))
        #expect(cut == "95%")
        #expect(lines.last?.upper == "5")
    }

    @Test("Quotation marks, controls and separators are escaped")
    func escapes() throws {
        let nasty = "a\"b\\c\n\t\r\u{1}\u{7F}\u{2028}\u{FEFF}中"
        let quoted = PlanQuoting.json(nasty)
        #expect(try JSONDecoder().decode([String].self, from: Data("[\(quoted)]".utf8)) == [nasty])
        #expect(quoted.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x2028 })
    }

    @Test(
        "YAML leaves plain what cannot be misread",
        arguments: [
            ("产品合格率", "产品合格率"), ("", "\"\""), ("95", "\"95\""), ("true", "\"true\""), ("- a", "\"- a\""),
            ("合格率: 95", "\"合格率: 95\""), ("抽检 #1", "\"抽检 #1\""), ("%", "\"%\""), ("“品字标”企业", "\"“品字标”企业\""),
            ("一、目标", "一、目标"), ("3C认证", "\"3C认证\""),
        ])
    func yaml(text: String, expected: String) {
        #expect(PlanQuoting.yaml(text) == expected)
    }

    @Test("The YAML document")
    func document() {
        let text = PlanSupport.read(plan, name: "plan.txt")
        let document = PlanTargetDocument().text(of: TargetReader().targets(in: text), in: text)
        #expect(
            document == """
                document: "plan.txt"
                targets:
                  - name: 产品合格率
                    operator: ">="
                    value: 95
                    unit: "%"
                    scope: 全市
                    deadline: "2024年"
                    path:
                      - 一、目标
                    sentence: "1、全市产品合格率达95%以上；"
                    line: 4
                  - name: 培育标杆
                    operator: ">="
                    value: 3
                    upper: 5
                    unit: 家
                    deadline: "2024年"
                    path:
                      - 一、目标
                    sentence: "培育标杆3-5家。"
                    line: 4

                """)
        #expect(PlanTargetDocument().text(of: [], in: text) == "document: \"plan.txt\"\ntargets: []\n")
    }

    @Test("Rows have a field for every column")
    func rows() throws {
        let text = PlanSupport.read(PlanTexts.qualityPlan)
        let tasks = TaskReader().tasks(in: text)
        for heading in [PlanTaskRows.Heading.chinese, .english] {
            let table = PlanTaskRows(heading: heading)
            #expect(table.header.count == 8)
            #expect(table.rows(of: tasks, in: text).allSatisfy { $0.count == 8 })
        }
        let row = try #require(
            PlanTaskRows(heading: .english).rows(of: tasks, in: text).first { $0[2] == "开展质量帮扶" })
        #expect(row[0] == "1.")
        #expect(row[1] == "3")
        #expect(row[4] == "市市场监管局；市经信局；各县（市、区）人民政府")
        #expect(row[6] == "帮扶中小企业 >= 200 家次；解决质量问题 >= 300 个")
        #expect(row[7] == "二、重点任务 / （一）实施产品质量提升行动")
    }
}
