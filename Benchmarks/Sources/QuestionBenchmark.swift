import Expressions
import Figures
import Foundation
import Office
import Records
import Rulebooks
import Storage
import Synchronization

/// How long questions take once many hazards are open: no peer, for the record.
struct QuestionBenchmark {
    let ground: Ground
    let records: Int

    func run() throws {
        Printing.heading("questions: \(Printing.grouped(Double(records))) open hazards, one in 1,000 due")
        let moment = Mutex(ground.moment)
        let office = try ground.office("questions.db", now: { moment.withLock(\.self) })
        let filled = try Measuring.seconds { try fill(office) }
        Printing.line(
            "found and noticed in groups of 1,000",
            "\(Printing.grouped(Double(records * 2) / filled)) actions/s")
        try listPage(office)
        try figures(office)
        let audited = try Measuring.seconds {
            let report = try Auditor(office, keys: []).run()
            Printing.line("entries audited", "\(report.entries), findings \(report.findings.count)")
        }
        Printing.line("audit of everything", Printing.milliseconds(audited))
        // The morning after the day on which one in a thousand was due.
        if let later = Timestamp(rfc3339: "2026-03-06T01:00:00Z") { moment.withLock { $0 = later } }
        var report = Sweep.Report()
        let swept = try Measuring.seconds { report = try Sweep(office).run(keepsEvents: false) }
        Printing.line("sweep, \(report.fired.values.reduce(0, +)) steps fired", Printing.milliseconds(swept))
    }

    private func fill(_ office: Office) throws {
        let inspector = Ground.person("wang", role: "inspector")
        let regions = ground.rulebook.regions.codes(ofLevel: "county").filter { $0.hasPrefix("33") }
        let sites = try regions.map {
            try DoorBenchmark.project(office, ground: ground, region: $0, by: inspector).id
        }
        let registrar = Registrar(office)
        for start in stride(from: 0, to: records, by: 1_000) {
            let numbers = start..<min(records, start + 1_000)
            let found = try registrar.perform(
                numbers.map { number in
                    let values = DoorBenchmark.hazard(ground, site: sites[number % sites.count])
                    return Request(Action(.create, kind: "hazard", values: values), by: inspector)
                })
            let notices = try zip(numbers, found).map { number, result in
                let day: Int32 = number % 1_000 == 0 ? 20_517 : 20_800
                return Request(
                    Action(
                        .move("notify"), kind: "hazard", record: try result.get().record.id,
                        values: ["due_on": .date(CivilDate(daysSinceEpoch: day))]), by: inspector)
            }
            for result in try registrar.perform(notices) { _ = try result.get() }
        }
    }

    private func listPage(_ office: Office) throws {
        let kind = try ground.kind("hazard")
        var query = RecordQuery()
        query.regionPrefix = "3301"
        query.conditions = [
            RecordQuery.Condition(column: "state", comparison: .equal, value: .string("notified"))
        ]
        query.sort = ("due_on", true)
        let seconds = try (0..<11).map { _ in
            try Measuring.seconds { _ = try office.store.read { try $0.records(query, of: kind) } }
        }
        Printing.line(
            "a page of 50 of one city, sorted by due date", Printing.milliseconds(Measuring.median(seconds)))
    }

    private func figures(_ office: Office) throws {
        let measure = try ground.kind("hazard").measures.first?.id ?? ""
        let service = FiguresService(office)
        let query = FigureQuery(
            measures: [measure], region: "330000", period: Period("2026"), by: .regionLevel("city"),
            compare: .year)
        let seconds = try (0..<11).map { _ in try Measuring.seconds { _ = try service.figures(query) } }
        Printing.line(
            "\(measure) by city, against last year", Printing.milliseconds(Measuring.median(seconds)))
    }
}
