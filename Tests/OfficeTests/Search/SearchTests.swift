import Expressions
import Foundation
import Records
import Rulebooks
import Storage
import Testing

@testable import Office

@Suite("Words by which records are found")
struct SearchTests {
    @Test(
        "A text is found by any part of it",
        arguments: [
            ("西溪医院二期", ["西溪", "医院二期", "院", "期", "西溪 二期"], ["西医", "溪西", "三期", "二期期"]),
            ("3号楼配电箱QD-12", ["3号楼", "配电", "qd", "QD", "12", "号楼配电箱"], ["4号楼", "13"]),
            ("Tower Crane", ["tower", "CRANE", "Tow", "crane tower"], ["towers", "rane"]),
        ])
    func parts(text: String, found: [String], missing: [String]) throws {
        let test = try TestOffice()
        let anybody = Request.Identity.actor(
            Actor(
                login: "setup", name: "setup", role: Actor.anyRole, region: "",
                permissions: Set(Permission.allCases)))
        let kind = try #require(test.rulebook.kind("project"))
        let type = try #require(test.rulebook.codeLists["project-type"]?.items(on: nil).first?.id)
        let record = try test.create(
            "project",
            [
                "name": .string(text), "region": .string("330106000000"), "type": .string(type),
                "contractor": .string("91330100799655058B"),
            ], by: anybody)
        let search = RecordSearch(test.office, Sight(of: .system, in: test.rulebook))
        for part in found {
            #expect(
                try search.records(matching: part, of: kind, limit: 5).map(\.id) == [record.id], "\(part)")
        }
        for part in missing {
            #expect(try search.records(matching: part, of: kind, limit: 5).isEmpty, "\(part)")
        }
    }

    @Test("Imported records are found before their words are noted, and after")
    func imports() throws {
        let test = try TestOffice()
        let file = test.folder.appendingPathComponent("enterprises.csv")
        try Data(
            "credit_code,name,type,region\n91330100799655058B,钱江建设集团,contractor,330106\n".utf8
        ).write(to: file)
        let kind = try #require(test.rulebook.kind("enterprise"))
        let report = try Importer(test.office, archive: FileArchive(folder: test.folder)).run(
            ImportRequest(kind: "enterprise", fileName: "enterprises.csv"), file: file,
            by: .actor(.operatorOfFolder))
        #expect(report.isDone)
        let search = RecordSearch(test.office, Sight(of: .system, in: test.rulebook))
        for _ in 0..<2 {
            for text in ["钱江", "建设集团", "91330100799655058B", "9133010079"] {
                #expect(try search.records(matching: text, of: kind, limit: 5).count == 1, "\(text)")
            }
            #expect(try search.records(matching: "江钱", of: kind, limit: 5).isEmpty)
            try SearchIndex(test.office).catchUp()
            #expect(try test.office.store.read { try $0.wordsNoted(of: kind) } == 1)
        }
        #expect(try SearchIndex(test.office).catchUp() == 0)
    }

    @Test("No text breaks the search")
    func garbage() throws {
        let test = try TestOffice()
        let kind = try #require(test.rulebook.kind("project"))
        let search = RecordSearch(test.office, Sight(of: .system, in: test.rulebook))
        var dice = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let scalars = (0..<Int.random(in: 0..<12, using: &dice)).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 1..<0x2_FFFF, using: &dice))
            }
            let text = String(String.UnicodeScalarView(scalars))
            #expect(throws: Never.self, "\(text)") { try search.records(matching: text, of: kind, limit: 5) }
        }
    }
}
