import Foundation
import Office
import Records
import Rulebooks
import Testing

@Suite("The rulebooks that come with the project")
struct RulebookTests {
    @Test("load without a problem", arguments: ["rulebook", "examples/food-inspection"])
    func loads(folder: String) throws {
        let files = try RulebookFolder.files(at: Books.root.appendingPathComponent(folder))
        do {
            _ = try RulebookLoader.load(base: files, overlays: [])
        } catch {
            Issue.record("\(error.problems.map { "\($0)" }.joined(separator: "\n"))")
        }
    }

    @Test("Every example of the national rulebook holds")
    func nationalExamples() throws {
        let rulebook = try Books.national.get()
        let results = ExampleRunner(rulebook).run()
        #expect(results.count >= 80)
        for result in results where !result.passed {
            Issue.record(
                "\(result.position) \(result.name): \(result.failures.map(\.en).joined(separator: "; "))")
        }
    }

    @Test("Every example of the food rulebook holds")
    func foodExamples() throws {
        let results = ExampleRunner(try Books.food.get()).run()
        for result in results where !result.passed {
            Issue.record(
                "\(result.position) \(result.name): \(result.failures.map(\.en).joined(separator: "; "))")
        }
    }
}
