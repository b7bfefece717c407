import Figures
import Foundation
import Testing

@testable import Statements

@Suite("Tasks as JSON lines")
struct TaskLinesTests {
    private func task(_ made: HandMade, targets: [PlanTarget] = []) -> PlanTask {
        PlanTask(
            label: "1、", depth: 2, title: "抓\"质量\"", text: made.range(of: "1、抓质量。\n年底前完成。"),
            path: ["一、任务"], responsible: ["市局", "各镇"], deadlines: ["年底前"], targets: targets)
    }

    @Test("All members are there, in order")
    func members() {
        let made = HandMade("一、任务\n1、抓质量。\n年底前完成。", name: "plan.txt")
        let target = PlanTarget(
            name: "合格率", comparison: .atLeast, value: Rational(95), upper: nil, valueText: "95", unit: "%",
            scope: nil, deadline: "年底前", path: [], sentence: 0..<1, range: 0..<1)
        let written = String(
            decoding: TaskLines(made.text).lines([task(made, targets: [target])]), as: UTF8.self)
        #expect(
            written == """
                {"document": "plan.txt", "number": "1、", "depth": 2, "title": "抓\\"质量\\"", \
                "text": "1、抓质量。\\n年底前完成。", "path": ["一、任务"], "responsible": ["市局", "各镇"], \
                "deadlines": ["年底前"], "targets": [{"name": "合格率", "operator": ">=", "value": "95", \
                "unit": "%", "scope": null, "deadline": "年底前"}], "line": 2, "start": 5, "end": 18}

                """)
    }

    @Test("Every task is one line that a program can read")
    func lines() throws {
        let made = HandMade("一、任务\n1、抓质量。\n年底前完成。")
        let written = TaskLines(made.text).lines([task(made), task(made)])
        let lines = written.split(separator: 0x0A)
        #expect(lines.count == 2)
        for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line)) }
        #expect(TaskLines(made.text).lines([]).isEmpty)
    }
}
