import Testing

@testable import Statements

@Suite("Plans that are damaged")
struct PlanFuzzTests {
    /// A generator that gives the same numbers every time.
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static let shards = Array(
        "一二、（）。；：，1.5%95以上达到控制在力争\n①是第章条年底前“”的和责任单位市局每由≥\u{0}\t ".unicodeScalars)

    @Test("No edit makes the reading fail or leave the text", arguments: 0..<40)
    func edits(seed: Int) {
        var generator = Seeded(state: UInt64(seed) &* 977 &+ 13)
        var scalars = Array((PlanTexts.qualityPlan + PlanTexts.safetyLetter).unicodeScalars)
        for _ in 0..<60 {
            let place = Int.random(in: 0..<scalars.count, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: scalars.remove(at: place)
            case 1:
                let shard = Self.shards.randomElement(using: &generator) ?? "1"
                scalars.insert(shard, at: place)
            case 2:
                let other = Int.random(in: 0..<scalars.count, using: &generator)
                scalars.swapAt(place, other)
            default:
                let end = min(scalars.count, place + Int.random(in: 1..<40, using: &generator))
                scalars.insert(contentsOf: scalars[place..<end], at: place)
            }
        }
        if seed.isMultiple(of: 3) { scalars.removeLast(Int.random(in: 0..<scalars.count, using: &generator)) }
        check(String(String.UnicodeScalarView(scalars)))
    }

    @Test("Shards without structure", arguments: 0..<40)
    func shards(seed: Int) {
        var generator = Seeded(state: UInt64(seed) &* 7919 &+ 5)
        var view = String.UnicodeScalarView()
        for _ in 0..<600 { view.append(Self.shards.randomElement(using: &generator) ?? "1") }
        check(String(view))
    }

    private func check(_ original: String) {
        let text = PlanSupport.read(original)
        let whole = 0..<text.source.scalars.count
        let targets = TargetReader().targets(in: text)
        for target in targets {
            #expect(
                whole.lowerBound <= target.range.lowerBound && target.range.upperBound <= whole.upperBound)
            #expect(target.sentence.contains(target.range.lowerBound))
            #expect(!target.name.isEmpty)
        }
        var end = 0
        for item in Outline(text).items {
            #expect(item.text.lowerBound >= end && item.text.upperBound <= whole.upperBound)
            #expect(item.depth == item.path.count + 1 || item.label.isEmpty || item.path.count < item.depth)
            end = item.text.upperBound
        }
        let tasks = TaskReader().tasks(in: text)
        #expect(PlanTaskRows(heading: .chinese).rows(of: tasks, in: text).allSatisfy { $0.count == 8 })
        #expect(PlanTargetLines().text(of: targets, in: text).split(separator: "\n").count == targets.count)
    }

    @Test(
        "Time grows with the length and no faster",
        arguments: [
            "一是", "1、", "（", "由", "第一，", "95%、", "1、合格率达95%以上；\n", "责任单位：", "在12%", "“5个", "|", "5个和", "（一）",
            "2024年", "率达5%,", "①",
        ])
    func linear(shard: String) {
        func seconds(_ count: Int) -> Double {
            let text = PlanSupport.read(String(repeating: shard, count: count))
            let clock = ContinuousClock()
            let spent = clock.measure { _ = TaskReader().tasks(in: text) }
            return Double(spent.components.seconds) + Double(spent.components.attoseconds) / 1e18
        }
        let small = max(seconds(500), 0.004)
        #expect(seconds(4_000) / small < 40, "\(shard)")
    }
}
