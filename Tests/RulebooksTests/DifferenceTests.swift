import Testing

@testable import Rulebooks

@Suite struct DifferenceTests {
    private func difference(_ file: String, _ old: String, _ new: String) throws -> RulebookDifference {
        let changed = try RulebookLoader.load(files: Fixture.changed(file, old, new))
        return RulebookDifference(from: try Fixture.rulebook(), to: changed)
    }

    @Test func aRulebookDoesNotDifferFromItself() throws {
        let rulebook = try RulebookLoader.load(files: Fixture.files(Everything.texts))
        #expect(RulebookDifference(from: rulebook, to: rulebook).isEmpty)
        let commented = try difference("hazard.yaml", "family: matter", "family: matter  # a note")
        #expect(commented.isEmpty)
    }

    @Test func everythingIsAddedToNothingInWords() throws {
        let everything = try RulebookLoader.load(files: Fixture.files(Everything.texts))
        let difference = RulebookDifference(from: try Fixture.rulebook(), to: everything)
        #expect(difference.changes.contains { $0.sentence.en == "Kind added: Incident" })
        #expect(difference.changes.contains { $0.sentence.zh == "新增类别“事故”" })
        #expect(difference.changes.filter { $0.kind == "incident" }.count == 1)
        let back = RulebookDifference(from: everything, to: try Fixture.rulebook())
        #expect(back.changes.contains { $0.manner == .removed && $0.subject == .kind && $0.id == "incident" })
        #expect(back.count(.added) == difference.count(.removed))
        for change in difference.changes + back.changes {
            #expect(!change.sentence.zh.isEmpty && !change.sentence.en.isEmpty)
            for detail in change.details {
                #expect(!detail.sentence.zh.isEmpty && !detail.sentence.en.isEmpty)
            }
        }
    }

    @Test func aTermThatChangesIsSaidBeforeAndAfter() throws {
        let found = try difference(
            "hazard.yaml", "{ at: +5 working days, do: supervise, to: upper }",
            "{ at: +3 working days, do: supervise, to: upper }")
        let change = try #require(found.changes.first)
        #expect(found.changes.count == 1)
        #expect(change.subject == .clock)
        #expect(change.kind == "hazard")
        #expect(change.sentence.en == "Clock changed: Rectification")
        #expect(
            change.details.map(\.sentence.en) == [
                "step Supervise: 5 working days overdue, to the office above → "
                    + "3 working days overdue, to the office above"
            ])
        #expect(change.details.first?.sentence.zh.contains("由“逾期5个工作日") == true)
    }

    @Test func aNewVersionOfAPolicyIsAddedToItsHistory() throws {
        let found = try difference(
            "lists.yaml", "versions: [{ since: 2018-06-01,",
            "versions: [{ since: 2010-01-01, value: 2, source: 某规定 }, { since: 2018-06-01,")
        let change = try #require(found.changes.first)
        #expect(found.changes.count == 1 && change.subject == .policy && change.id == "pit-depth")
        #expect(
            change.details.map(\.sentence.en) == [
                "value (from 2010-01-01): 2 m", "value (from 2010-01-01), source: 某规定",
            ])
    }

    @Test func aRulePutInBetweenIsOneChange() throws {
        let found = try difference(
            "hazard.yaml", "  - { when: \"found_on <= today\"",
            "  - { when: \"found_on >= date('2000-01-01')\", say: 太早, say_english: Too early }\n"
                + "  - { when: \"found_on <= today\"")
        #expect(found.changes.map(\.sentence.en) == ["Rule added: Too early"])
        let condition = try difference("hazard.yaml", "found_on <= today", "found_on < today")
        #expect(
            condition.changes.first?.details.map(\.sentence.en) == [
                "condition: found_on <= today → found_on < today"
            ])
    }

    @Test func whoMayActAndWhatIsAskedIsSaid() throws {
        let found = try difference(
            "hazard.yaml", "by: [responsible]\n      asks: [measures_taken]",
            "by: [responsible, inspector]\n      asks: [measures_taken, photos]")
        #expect(
            found.changes.first?.details.map(\.sentence.en) == [
                "by: responsible party → responsible party, Inspector",
                "asks: Measures taken → Measures taken, Photographs",
            ])
    }

    @Test func partsThatGoAreRemoved() throws {
        let found = try difference(
            "hazard.yaml", "  hazards_overdue: { name: 逾期数, english: Overdue, count: overdue }\n", "")
        #expect(found.changes.map(\.sentence.zh) == ["删除计量“逾期数”"])
        #expect(found.byKind.map(\.kind) == ["hazard"])
        let item = try difference(
            "lists.yaml", "  major: { name: 重大, english: Major }\n",
            "  major: { name: 重大隐患, english: Major }\n")
        #expect(item.changes.first?.details.map(\.sentence.zh) == ["代码 major：由“重大”改为“重大隐患”"])
    }

    @Test func wordingOfADocumentCounts() throws {
        var texts = Fixture.texts
        texts["notice.mustache"] = "责令整改通知书"
        let found = RulebookDifference(
            from: try Fixture.rulebook(), to: try RulebookLoader.load(files: Fixture.files(texts)))
        #expect(found.changes.map(\.sentence.en) == ["Document changed: Notice"])
        #expect(found.changes.first?.details.map(\.label.en) == ["Chinese text"])
    }
}
