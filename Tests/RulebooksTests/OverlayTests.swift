import Testing

@testable import Rulebooks

@Suite struct OverlayTests {
    static let header = """
        rulebook: zhejiang
        name: 浙江
        english: Zhejiang
        version: "2"
        extends: test
        """

    static func overlay(_ text: String, header: String = header) -> [RulebookFile] {
        Fixture.files(["rulebook.yaml": header, "own.yaml": text, "own.mustache": "浙江整改通知书"])
    }

    static let roles = """
        role: inspector
        name: 监管员
        english: Inspector
        may: [read, create, act]
        level: city
        override: true
        ---
        role: leader
        name: 领导
        english: Leader
        may: [read]
        """

    @Test func additionsAndOverridesAreListed() throws {
        let result = try RulebookLoader.load(base: Fixture.files(), overlays: [Self.overlay(Self.roles)])
        #expect(result.rulebook.id == "zhejiang")
        #expect(result.rulebook.version == "1+2")
        #expect(result.rulebook.roles["inspector"]?.name.zh == "监管员")
        #expect(result.rulebook.roles["leader"] != nil)
        #expect(result.changes.map(\.effect) == [.overridden(changedKeys: ["name", "level"]), .added])
        #expect(result.changes.map(\.id) == ["inspector", "leader"])
        #expect(result.changes.first?.position.file == "zhejiang/own.yaml")
        #expect(
            result.changes.first?.description
                == "zhejiang/own.yaml:1:1: overrides role inspector (changed: name, level)")
    }

    @Test func filesAreFoundBesideTheirItem() throws {
        let document = """
            document: rectification-notice
            name: 整改通知书
            english: Notice
            of: hazard
            template: own.mustache
            template_english: notice.en.mustache
            override: true
            """
        let result = try RulebookLoader.load(base: Fixture.files(), overlays: [Self.overlay(document)])
        let template = try #require(result.rulebook.documents["rectification-notice"]?.template)
        #expect(template == Bilingual(zh: "zhejiang/own.mustache", en: "notice.en.mustache"))
        #expect(result.rulebook.file(template.zh) == Array("浙江整改通知书".utf8))
    }

    @Test func silentOverrideIsRefused() {
        let silent = Self.roles.replacing("override: true\n", with: "")
        do {
            _ = try RulebookLoader.load(base: Fixture.files(), overlays: [Self.overlay(silent)])
            Issue.record("the overlay says nothing of overriding")
        } catch {
            #expect(error.problems.map(\.code) == [.badOverride])
            #expect(error.problems.first?.message.en.contains("lists.yaml:") == true)
        }
    }

    @Test func unknownBaseIsRefused() {
        let header = Self.header.replacing("extends: test", with: "extends: tset")
        do {
            _ = try RulebookLoader.load(
                base: Fixture.files(), overlays: [Self.overlay(Self.roles, header: header)])
            Issue.record("there is no such base")
        } catch {
            #expect(error.problems.map(\.code) == [.unknownReference])
            #expect(error.problems.first?.hint?.en == "Did you mean `test`?")
        }
    }
}
