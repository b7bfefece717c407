import Exchange
import Expressions
import Figures
import Office
import Records
import Rulebooks
import Storage
import Testing

@Suite("What is on file is seen through the eyes of an actor")
struct SightTests {
    private static func actor(
        _ role: String, region: String = "330106000000", party: String? = nil,
        may permissions: Set<Permission> = [.read]
    ) -> Actor {
        Actor(login: role, name: role, role: role, region: region, party: party, permissions: permissions)
    }

    private static let near = actor("inspector")
    private static let neighbour = actor("inspector", region: "330102000000")
    private static let ours = actor("enterprise", party: TestOffice.contractor)
    private static let theirs = actor("enterprise", party: "91330106MA27XYZ12K")

    @Test("History is told to those who see the record, never to the public")
    func history() throws {
        let test = try TestOffice()
        let record = try test.hazard(at: try test.project())
        let found = FoundRecord(kind: try test.kind("hazard"), record: record)
        func steps(_ sight: Sight) throws -> Int {
            let history = HistoryService(test.office, language: .zh, sight: sight)
            let steps = try test.office.store.read { try history.steps(of: found, reader: $0) }
            return steps.count
        }
        let expected = [
            (Self.near, 1), (Self.neighbour, 0), (Self.ours, 1), (Self.theirs, 0), (.system, 1), (.public, 0),
        ]
        for (actor, count) in expected {
            #expect(try steps(Sight(of: actor, in: test.rulebook)) == count, "\(actor.role)")
        }
        var published = found.record
        published.isPublic = true
        #expect(!Sight.everybody(in: test.rulebook).seesHistory(of: published, kind: found.kind))
    }

    @Test("A record is found, read and acted on by those who see it, and is nowhere for others")
    func finding() throws {
        let test = try TestOffice()
        let record = try test.hazard(at: try test.project())
        let found = FoundRecord(kind: try test.kind("hazard"), record: record)
        for (actor, isSeen) in [
            (Self.near, true), (Self.neighbour, false), (Self.ours, true), (Self.theirs, false),
            (Self.actor("system-administrator", may: [.adopt]), false), (.public, false), (.system, true),
        ] {
            let sight = Sight(of: actor, in: test.rulebook)
            let finder = RecordFinder(test.office)
            for name in [record.number, "hazard:" + record.number] {
                if isSeen {
                    #expect(try finder.find(name, as: sight).record.id == record.id)
                } else {
                    #expect(try test.refusal { _ = try finder.find(name, as: sight) }.has(.recordNotFound))
                }
            }
            try test.office.store.read { reader in
                let reading = RecordReading(test.office, language: .zh, sight: sight)
                #expect(try reading.fields(of: found, reader: reader).isEmpty != isSeen, "\(actor.role)")
                let actions = try ActionGuide(test.office).actions(on: found, as: sight, reader: reader)
                #expect(actions.isEmpty != isSeen)
            }
        }
    }

    @Test("Of a record that another refers to, number and title are told and nothing else")
    func references() throws {
        let test = try TestOffice()
        let project = try test.project()
        let hazard = try test.hazard(at: project)
        let kind = try test.kind("hazard")
        let sight = Sight(of: Self.ours, in: test.rulebook)
        let site = try test.office.store.read { reader in
            try RecordReading(test.office, language: .zh, sight: sight)
                .fields(of: FoundRecord(kind: kind, record: hazard), reader: reader)
                .first { $0.field.id == "site" }
        }
        #expect(site?.plain == project.number)
        #expect(site?.text == "\(project.number) 西溪医院二期")
    }

    @Test("The public reads the listed fields of a published record, and titles made of them only")
    func publicReading() throws {
        let test = try TestOffice()
        let enterprise = try test.create(
            "enterprise",
            [
                "credit_code": .string(TestOffice.contractor), "name": .string("示例建设集团有限公司"),
                "type": .string("contractor"), "region": .string("330106000000"),
                "contact": .string("王莉"), "phone": .string("13812345678"),
            ], by: TestOffice.person("wang", "inspector"))
        let kind = try test.kind("enterprise")
        let sight = Sight.everybody(in: test.rulebook)
        #expect(enterprise.isPublic)
        let reading = RecordReading(test.office, language: .zh, sight: sight)
        let fields = try test.office.store.read {
            try reading.fields(of: FoundRecord(kind: kind, record: enterprise), reader: $0)
        }
        #expect(fields.map(\.field.id) == ["credit_code", "name", "type", "region"])
        #expect(reading.title(of: enterprise, kind: kind) == "示例建设集团有限公司")
        for filter in ["phone=13812345678", "contact=王莉", "contact~王", "responsible=x", "overdue=yes"] {
            let filters = ListFilter(test.office, kind: kind, sight: sight)
            #expect(try test.refusal { _ = try filters.query(filters: [filter]) }.has(.unknownField))
        }
        let filters = ListFilter(test.office, kind: kind, sight: sight)
        let query = try filters.query(filters: ["name~示例", "state=registered"], sort: "-name")
        #expect(try test.office.store.read { try $0.records(query, of: kind) }.map(\.id) == [enterprise.id])
        #expect(try test.refusal { _ = try filters.query(filters: [], sort: "phone") }.has(.unknownField))
        let people = ListFilter(test.office, kind: try test.kind("person"), sight: sight)
        #expect(try test.refusal { _ = try people.query(filters: []) }.has(.notPermitted))
    }

    @Test("Were the public allowed to export, it would get the listed fields of what is published")
    func publicExport() throws {
        let test = try TestOffice()
        let kind = try test.kind("enterprise")
        try test.create(
            "enterprise",
            [
                "credit_code": .string(TestOffice.contractor), "name": .string("示例建设集团有限公司"),
                "type": .string("contractor"), "region": .string("330106000000"),
                "contact": .string("王莉"), "phone": .string("13812345678"),
            ], by: TestOffice.person("wang", "inspector"))
        var actor = Actor.public
        actor.permissions = [.read, .export, .unmask]
        let sink = MemoryByteSink()
        let report = try RecordExporter(test.office).export(
            kind, RecordQuery(), to: sink, options: CSVWriterOptions(), by: actor)
        let text = String(decoding: sink.bytes, as: UTF8.self)
        #expect(report.records == 1)
        let listed = kind.fields.map(\.id).filter(kind.publicFields.contains)
        let heading = (["@number", "@state", "@region", "@voided"] + listed).joined(separator: ",")
        #expect(text.hasPrefix(heading + "\r\n"))
        #expect(!text.contains("王莉") && !text.contains("138"))
        #expect(!Sight(of: actor, in: test.rulebook).mayUnmask)
    }

    @Test("A filter by reference tells nothing of records that are not seen")
    func filtersTellNothing() throws {
        let test = try TestOffice()
        let project = try test.project()
        _ = try test.hazard(at: project)
        let kind = try test.kind("hazard")
        for actor in [Self.theirs, Self.neighbour] {
            let filter = ListFilter(test.office, kind: kind, sight: Sight(of: actor, in: test.rulebook))
            for number in [project.number, "GC-NONE"] {
                let query = try filter.query(filters: ["site=\(number)"])
                #expect(try test.office.store.read { try $0.count(query, of: kind) } == 0)
            }
        }
        let own = ListFilter(test.office, kind: kind, sight: Sight(of: Self.ours, in: test.rulebook))
        let query = try own.query(filters: ["site=\(project.number)"])
        #expect(try test.office.store.read { try $0.count(query, of: kind) } == 1)
    }

    @Test("A query for a wider region is narrowed, one for another refused")
    func regions() throws {
        let test = try TestOffice()
        let kind = try test.kind("hazard")
        let sight = Sight(of: Self.near, in: test.rulebook)
        for (asked, found) in [
            ("330106", "330106"), ("3301", "330106"), ("", "330106"), ("330106001", "330106001"),
        ] {
            var query = RecordQuery()
            query.regionPrefix = asked
            #expect(try sight.narrow(query, of: kind).regionPrefix == found)
        }
        for asked in ["330102", "32", "9"] {
            var query = RecordQuery()
            query.regionPrefix = asked
            #expect(try test.refusal { _ = try sight.narrow(query, of: kind) }.has(.regionNotAllowed))
        }
    }

    @Test("Actors that make no sense see nothing")
    func garbage() throws {
        let test = try TestOffice()
        let kind = try test.kind("hazard")
        for actor in [
            Self.actor("inspector", region: "abc"), Self.actor("inspector", region: "33010600000000000000"),
            Self.actor("enterprise"), Self.actor("enterprise", party: ""),
            Self.actor("inspector", may: []), Self.actor("nobody", region: "", may: [.act, .create]),
        ] {
            let sight = Sight(of: actor, in: test.rulebook)
            #expect(sight.limit(RecordQuery(), of: kind) == nil, "\(actor)")
            #expect(!sight.sees(kind))
        }
    }

    @Test("Figures stay within the region, and are for staff")
    func figures() throws {
        let test = try TestOffice()
        _ = try test.hazard(at: try test.project())
        _ = try test.hazard(at: try test.project(region: "330102000000"))
        let measure = try #require(test.rulebook.kind("hazard")?.measures.first).id
        let service = FiguresService(test.office)
        func total(_ region: String, _ actor: Actor) throws -> FigureResult {
            try service.figures(
                FigureQuery(measures: [measure], region: region), as: Sight(of: actor, in: test.rulebook))
        }
        let whole = try service.figures(FigureQuery(measures: [measure], region: "330106000000"))
        #expect(try total("", Self.near) == whole)
        #expect(
            try total("330106", Self.near)
                == service.figures(FigureQuery(measures: [measure], region: "330106")))
        for region in ["330102", "330100", "33", "garbage"] {
            #expect(try test.refusal { _ = try total(region, Self.near) }.has(.regionNotAllowed))
        }
        for actor in [Self.ours, .public, Self.actor("security-administrator", may: [.administer])] {
            #expect(try test.refusal { _ = try total("330106", actor) }.has(.notPermitted))
        }
        #expect(try total("", .operatorOfFolder) == service.figures(FigureQuery(measures: [measure])))
    }

    @Test(
        "Masks leave enough to tell two apart",
        arguments: [
            ("张三", "张*"), ("欧阳莉莉", "欧***"), ("张", "*"), ("ab", "**"), ("示例建设公司", "******"),
            ("13812345678", "138******78"), ("", ""), ("张a", "**"),
        ])
    func masks(text: String, masked: String) {
        #expect(PersonalMask.masked(text) == masked)
    }

    @Test("Identity numbers keep the region and the end")
    func identityMask() throws {
        let field = try #require(Project.national.get().kind("person")?.field("identity_number"))
        #expect(PersonalMask.masked(.string("330106199001011234"), of: field) == "3301**********1234")
        #expect(PersonalMask.masked(.string("3301"), of: field) == "****")
        #expect(PersonalMask.masked(.list([.string("a")]), of: field) == "****")
        #expect(PersonalMask.masked(.null, of: field) == "")
    }
}
