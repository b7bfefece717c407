import Testing

@testable import Rulebooks

@Suite struct ExplanationTests {
    @Test func mermaidDrawsEveryArrow() throws {
        let rulebook = try Fixture.rulebook()
        let kind = try #require(rulebook.kind("hazard"))
        let english = KindExplanation.mermaid(kind, .en, in: rulebook)
        #expect(english.hasPrefix("stateDiagram-v2\n"))
        #expect(english.contains("    [*] --> s_found: Register (Inspector)\n"))
        #expect(english.contains("    s_found --> s_notified: Issue notice (Inspector)\n"))
        #expect(english.contains("    s_stopped --> s_submitted: Submit (responsible party)\n"))
        #expect(english.contains("    s_closed --> [*]\n"))
        let arrows = english.split(separator: "\n").filter { $0.contains("-->") }
        #expect(arrows.count == 1 + kind.lifecycle.actions.reduce(0) { $0 + $1.from.count } + 1)
        #expect(KindExplanation.mermaid(kind, .zh).contains("s_found --> s_notified: 下达整改通知 (inspector)"))
    }

    @Test func terminalNamesEverything() throws {
        let rulebook = try Fixture.rulebook()
        let kind = try #require(rulebook.kind("hazard"))
        for language in Language.allCases {
            let text = KindExplanation.terminal(kind, language, in: rulebook)
            for field in kind.fields { #expect(text.contains(field.name.text(language))) }
            for state in kind.lifecycle.states { #expect(text.contains(state.name.text(language))) }
            for action in kind.lifecycle.actions { #expect(text.contains(action.name.text(language))) }
            #expect(text.contains("§ 安全生产法 第四十一条"))
        }
    }
}
