import Expressions
import Foundation
import Office
import Records
import Storage
import Testing

@Suite("Official numbers")
struct NumberTests {
    @Test("begin anew in each county and each year of the civil calendar, and go on where an import stopped")
    func series() throws {
        let test = try TestOffice(at: "2026-12-31T15:59:59Z")
        #expect(try test.project().number == "GC-330106-2026-00001")
        #expect(try test.project(region: "330200000000").number == "GC-3302-2026-00001")
        #expect(try test.project().number == "GC-330106-2026-00002")
        test.clock.set("2026-12-31T16:00:00Z")
        #expect(try test.project().number == "GC-330106-2027-00001")
        let file = test.folder.appendingPathComponent("projects.csv")
        let type = try test.firstCode("project-type")
        let row = "西溪医院,330106,\(type),\(TestOffice.contractor)\n"
        let bad = "西溪医院,330106,\(type),1\n"
        try Data(("name,region,type,contractor\n" + row + bad + row).utf8).write(to: file)
        var request = ImportRequest(kind: "project", fileName: "projects.csv")
        request.skipsBadRows = true
        let report = try Importer(test.office, archive: test.workspace.archive).run(
            request, file: file, by: .actor(.operatorOfFolder))
        #expect(report.taken == 2 && report.refused == 1)
        #expect(try test.project().number == "GC-330106-2027-00004")
        try test.expectCleanAudit()
    }

    @Test("are not taken by what is refused, by a dry run, or by a file that is refused whole")
    func refused() throws {
        let test = try TestOffice()
        let project = try test.project()
        _ = try test.refusal { _ = try test.hazard(at: project, foundOn: "2027-01-01") }
        let file = test.folder.appendingPathComponent("projects.csv")
        let type = try test.firstCode("project-type")
        let text = "name,region,type,contractor\n西溪,330106,\(type),\(TestOffice.contractor)\n"
        for (isDry, more) in [(true, ""), (false, "西溪,330106,\(type),1\n")] {
            try Data((text + more).utf8).write(to: file)
            var request = ImportRequest(kind: "project", fileName: "projects.csv")
            request.isDryRun = isDry
            let report = try Importer(test.office, archive: test.workspace.archive).run(
                request, file: file, by: .actor(.operatorOfFolder))
            #expect(!report.isDone)
        }
        #expect(try test.hazard(at: project).number == "ZG-330106-2026-00001")
        #expect(try test.project().number == "GC-330106-2026-00002")
        try test.expectCleanAudit()
    }

    @Test("An import that fails half-way leaves nothing; actions at the same time wait for it and go on")
    func imports() async throws {
        let test = try TestOffice()
        let file = test.folder.appendingPathComponent("rows.csv")
        let header = "occurred_at,region,category,deaths,serious_injuries\n"
        let rows = String(repeating: "2009-01-03T16:09,330900,高处坠落,1,0\n", count: 400)
        try Data((header + rows + "2009-01-03T16:09,330900,\"高处坠落,1,0\n").utf8).write(to: file)
        let importer = Importer(test.office, archive: test.workspace.archive)
        let request = ImportRequest(kind: "incident", fileName: "rows.csv")
        let report = try? importer.run(request, file: file, by: .actor(.operatorOfFolder))
        #expect(report?.isDone != true)
        #expect(try test.office.store.read { try $0.ledgerSize() } == 0)
        #expect(try test.office.store.read { try $0.count(RecordQuery(), of: test.kind("incident")) } == 0)
        try Data((header + rows).utf8).write(to: file)
        let door = Door(test.registrar)
        let create = Request(
            Action(
                .create, kind: "project",
                values: [
                    "name": .string("西溪医院二期"), "region": .string("330106000000"),
                    "type": .string(try test.firstCode("project-type")),
                    "contractor": .string(TestOffice.contractor),
                ]), by: FilledOffice.inspector)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let done = try importer.run(request, file: file, by: .actor(.operatorOfFolder))
                #expect(done.taken == 400)
            }
            for _ in 0..<30 { group.addTask { _ = try await door.perform(create) } }
            try await group.waitForAll()
        }
        #expect(try test.office.store.read { try $0.ledgerSize() } == 31)
        #expect(try FiguresService(test.office).rebuild(checkOnly: true).differences.isEmpty)
        try test.expectCleanAudit()
    }
}
