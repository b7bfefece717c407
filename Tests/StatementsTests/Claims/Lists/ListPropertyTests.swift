import Foundation
import Testing

@testable import Statements

@Suite("Generated lists")
struct ListPropertyTests {
    private static let regions = [
        "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南",
        "湖北", "湖南",
        "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆",
    ]

    /// A bulletin with a list whose figures are known.
    private struct Bulletin {
        var members: [(name: String, accidents: Int, deaths: Int)]
        var count: Int
        var accidents: Int
        var deaths: Int

        init(_ generator: inout SeededGenerator) {
            let names = regions.shuffled(using: &generator).prefix(Int.random(in: 3...31, using: &generator))
            members = names.map {
                ($0, Int.random(in: 1...40, using: &generator), Int.random(in: 0...60, using: &generator))
            }
            count = members.count
            accidents = members.reduce(0) { $0 + $1.accidents }
            deaths = members.reduce(0) { $0 + $1.deaths }
        }

        func text(_ form: Int) -> String {
            let list = members.map { member in
                switch form {
                case 0: "\(member.name)（\(member.accidents)起、\(member.deaths)人）"
                case 1: "\(member.name)\(member.accidents)起\(member.deaths)人"
                default: "\(member.name)发生\(member.accidents)起，死亡\(member.deaths)人"
                }
            }.joined(separator: form == 2 ? "；" : "、")
            let opening = ["分别是", "依次是", "分别为"][form]
            return """
                2019年5月，全国共发生施工安全事故\(accidents)起、死亡\(deaths)人。
                2019年5月，全国有\(count)个地区发生施工安全事故，\(opening)\(list)。
                """
        }
    }

    @Test("True lists hold in every form", arguments: 0..<3)
    func trueLists(_ form: Int) {
        var generator = SeededGenerator(seed: 20_190_500 + UInt64(form))
        for _ in 0..<120 {
            let bulletin = Bulletin(&generator)
            let claims = Listed.claims(bulletin.text(form))
            #expect(
                claims.count == 3 && claims.allSatisfy { $0.contains(" holds ") }, "\(bulletin.text(form))")
        }
    }

    @Test("One altered figure is wrong", arguments: 0..<3)
    func alteredFigure(_ form: Int) {
        var generator = SeededGenerator(seed: 77 + UInt64(form))
        for _ in 0..<120 {
            var bulletin = Bulletin(&generator)
            let index = Int.random(in: 0..<bulletin.members.count, using: &generator)
            let change = Int.random(in: 1...9, using: &generator)
            let unit: String
            switch Int.random(in: 0..<4, using: &generator) {
            case 0:
                (bulletin.members[index].accidents, unit) = (bulletin.members[index].accidents + change, "起")
            case 1: (bulletin.members[index].deaths, unit) = (bulletin.members[index].deaths + change, "人")
            case 2: (bulletin.accidents, unit) = (bulletin.accidents + change, "起")
            default: (bulletin.deaths, unit) = (bulletin.deaths + change, "人")
            }
            let wrong = Listed.wrong(bulletin.text(form))
            #expect(wrong.count == 1 && wrong.allSatisfy { $0.hasSuffix(unit) }, "\(bulletin.text(form))")
        }
    }

    @Test("A dropped member is wrong", arguments: 0..<3)
    func droppedMember(_ form: Int) {
        var generator = SeededGenerator(seed: 4242 + UInt64(form))
        for _ in 0..<120 {
            var bulletin = Bulletin(&generator)
            bulletin.members.remove(at: Int.random(in: 0..<bulletin.members.count, using: &generator))
            let wrong = Listed.wrong(bulletin.text(form))
            #expect(wrong.contains { $0.hasPrefix("list_count") }, "\(bulletin.text(form))")
        }
    }

    @Test("Random edits of a bulletin never make it fail")
    func edits() {
        var generator = SeededGenerator(seed: 99)
        let alphabet = Array("分别是其中共各、，；：。（）“”3起5人%等和合计一是\n".unicodeScalars)
        for round in 0..<200 {
            var scalars = Array(Bulletin(&generator).text(round % 3).unicodeScalars)
            for _ in 0..<Int.random(in: 1...12, using: &generator) where !scalars.isEmpty {
                let place = Int.random(in: 0..<scalars.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: scalars.remove(at: place)
                case 1: scalars[place] = alphabet.randomElement(using: &generator) ?? "、"
                default: scalars.insert(alphabet.randomElement(using: &generator) ?? "、", at: place)
                }
            }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            let read = TextReader().read(String(view), name: "-")
            for claim in ListFinder().claims(in: read) {
                #expect(claim.range.upperBound <= read.source.scalars.count)
                #expect(claim.quote.upperBound <= read.source.scalars.count)
            }
        }
    }

    @Test(
        "Time grows with the length, whatever the text",
        arguments: [
            "其中A3起，", "分别是A3起、", "3个方面：一是", "（3起、", "A各3起、B3起，合计6起，", "1起2人3起4人", "（3起、2人）其中", "3家（甲、乙）",
            "A3起，死亡2人，",
            "共发生事故3起、死亡3人。有2个市发生事故，分别是甲（1起）、乙（2起）。",
        ])
    func linear(_ piece: String) {
        func seconds(_ count: Int) -> Double {
            let read = TextReader().read(String(repeating: piece, count: count), name: "-")
            let clock = ContinuousClock()
            return (0..<2).map { _ in
                clock.measure {
                    _ = ListFinder().claims(in: read)
                    _ = EnumerationFinder().claims(in: read)
                } / .seconds(1)
            }.min() ?? 0
        }
        let (short, long) = (seconds(200), seconds(1600))
        #expect(long < short * 30 + 0.5)
    }
}
