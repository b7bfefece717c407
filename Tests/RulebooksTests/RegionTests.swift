import Expressions
import Foundation
import Testing

@testable import Rulebooks

@Suite struct RegionTests {
    @Test func treeIsWalked() throws {
        let regions = try Fixture.rulebook().regions
        #expect(regions.count == 9)
        #expect(regions.roots == ["110000000000", "330000000000", "360000000000"])
        #expect(regions.children("33") == ["330100000000"])
        #expect(regions.children("330100000000") == ["330102000000", "330106000000"])
        // Beijing's counties lie right under it where the file has no city level.
        #expect(regions.children("11") == ["110101000000"])
        #expect(regions.parent("110101") == "110000000000")
        #expect(regions.ancestors("330106") == ["330000000000", "330100000000"])
        #expect(regions.ancestor("330106", level: "city") == "330100000000")
        #expect(regions.ancestor("3301", level: "county") == nil)
        #expect(regions.level("330106") == "county" && regions.level("330000") == "province")
        #expect(regions.prefix("330100000000") == "3301" && regions.prefix("330106") == "330106")
        #expect(regions.contains("330106", in: "33") && !regions.contains("330106", in: "3302"))
        #expect(regions.codes(ofLevel: "city") == ["330100000000", "360100000000"])
        #expect(regions.resolve("杭州市")?.code == "330100000000")
        #expect(regions.resolve("浙江省西湖区") == nil)
        #expect(regions.region("330106")?.name == Bilingual(zh: "西湖区", en: "Xihu"))
        #expect(regions.region("330102")?.name.en == "上城区")
    }

    @Test func formerRegionsAreKnown() throws {
        let regions = try Fixture.rulebook().regions
        let (before, after) = (try #require(CivilDate("2021-03-10")), try #require(CivilDate("2021-03-11")))
        #expect(regions.resolve("330103")?.name.zh == "下城区")
        #expect(regions.name("330103", on: before)?.zh == "下城区")
        #expect(regions.successor("330103", on: before) == nil)
        #expect(regions.successor("330103", on: after) == "330102000000")
        #expect(regions.successor("330102", on: after) == nil)
    }

    @Test(arguments: ["", "3", "x", "3301060000001", "99", "33 01", "-33", "３３"])
    func garbageIsNoRegion(_ text: String) throws {
        let regions = try Fixture.rulebook().regions
        #expect(regions.resolve(text) == nil)
        #expect(regions.children(text).isEmpty)
        #expect(regions.parent(text) == nil)
        #expect(RegionTable.empty.resolve(text) == nil)
    }

    /// The published divisions, when they lie beside the package.
    @Test func publishedDivisionsLoad() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().resolvingSymlinksInPath()
        let folder = root.appending(path: "../shared/data/regions").standardizedFileURL
        guard FileManager.default.fileExists(atPath: folder.path) else {
            print("skipped: no ../shared/data/regions")
            return
        }
        var texts = Fixture.texts
        var lines = ["code,name"]
        for file in ["provinces", "cities", "areas", "streets"] {
            let text = try String(contentsOf: folder.appending(path: "\(file).csv"), encoding: .utf8)
            for line in text.split(whereSeparator: \.isNewline).dropFirst() {
                // Cities without counties stand in the file of counties once more, and one county in that of streets.
                if line.contains(/^(441900|442000|460400|350527000),/) { continue }
                lines.append(line.split(separator: ",").prefix(2).joined(separator: ","))
            }
        }
        texts["regions.csv"] = lines.joined(separator: "\n")
        texts["lists.yaml"] = texts["lists.yaml"]?.replacing(
            "    - { digits: 6, id: county, name: 县, english: County }",
            with:
                "    - { digits: 6, id: county, name: 县, english: County }\n    - { digits: 9, id: township, name: 乡, english: Town }"
        )
        texts["lists.yaml"] = texts["lists.yaml"]?.replacing(
            "  - { digits: 6, id: county, name: 县, english: County }\npad",
            with:
                "  - { digits: 6, id: county, name: 县, english: County }\n  - { digits: 9, id: township, name: 乡, english: Town }\npad"
        )
        let regions = try RulebookLoader.load(files: Fixture.files(texts)).regions
        #expect(regions.count > 44_000)
        #expect(regions.roots.count == 31)
        #expect(regions.resolve("浙江省杭州市西湖区")?.code == "330106000000")
        #expect(regions.level("110101001") == "township")
        #expect(regions.fullName("110101001")?.zh.hasSuffix("东城区东华门街道") == true)
        let counted = regions.roots.reduce(0) { $0 + regions.children($1).count }
        #expect(counted > 300)
    }
}
