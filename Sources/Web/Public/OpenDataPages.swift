import Exchange
import Expressions
import Figures
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Office
import Records
import Rulebooks

/// Open data: what is public as files, with what its columns mean.
extension Site {
    func addOpenData(to pages: RouterGroup<SiteContext>) {
        pages.get("/open-data") { [self] _, context in try response(openData(context), context) }
        pages.get("/open-data/dictionary.csv") { [self] request, context in
            try checkTaker(request, context)
            let options = try Self.csvOptions(request)
            return Self.file(try OpenData(office).dictionaryCSV(options), "dictionary.csv")
        }
        pages.get("/open-data/codes.csv") { [self] request, context in
            try checkTaker(request, context)
            return Self.file(try OpenData(office).codesCSV(try Self.csvOptions(request)), "codes.csv")
        }
        pages.get("/open-data/dictionary.json") { [self] request, context in
            try checkTaker(request, context)
            return try dictionaryJSON(context)
        }
        pages.get("/open-data/figures.csv") { [self] request, context in
            try checkTaker(request, context)
            return try figuresCSV(try request.query(), try Self.csvOptions(request))
        }
        pages.get("/open-data/:file") { [self] request, context in
            let name = try context.parameters.require("file")
            guard name.hasSuffix(".csv"), let kind = rulebook.kind(String(name.dropLast(4))),
                Sight.everybody(in: rulebook).sees(kind)
            else { throw PageProblem.notFound }
            try checkTaker(request, context)
            return try stream(kind, try Self.csvOptions(request))
        }
    }

    private func checkTaker(_ request: Request, _ context: SiteContext) throws(PageProblem) {
        let wait = publicDesk.dataLimiter.note(sender(of: request, context), at: publicDesk.second)
        if let wait { throw .tooMany(retryAfterSeconds: wait) }
    }

    private static func csvOptions(_ request: Request) throws(PageProblem) -> CSVWriterOptions {
        let query = try request.query()
        return query["bom"] == "1" ? .excel : CSVWriterOptions()
    }

    private static func file(_ bytes: [UInt8], _ name: String, status: HTTPResponse.Status = .ok) -> Response
    {
        Response(
            status: status, headers: fileHeaders(name), body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private static func fileHeaders(_ name: String) -> HTTPFields {
        [
            .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
            .contentDisposition: "attachment; filename=\"\(name)\"",
        ]
    }

    // MARK: The page

    private func openData(_ context: SiteContext) throws -> Page {
        let language = context.language
        let data = OpenData(office)
        let reading = RecordReading(office, language: language)
        let sets = try data.kinds.map { kind -> [String: Any] in
            let summary = try publicDesk.summary(of: kind.id) {
                try data.summary(of: kind)
            }
            var set: [String: Any] = [
                "id": kind.id, "name": kind.name.text(language),
                "count": renderer.text(
                    "list_count", ["count": Describing.grouped(summary.count)], language),
                "listHref": "/public/\(kind.id)", "csvHref": "/open-data/\(kind.id).csv",
                "excelHref": "/open-data/\(kind.id).csv?bom=1",
                "columns": data.columns(of: kind).map { column -> [String: Any] in
                    var shown: [String: Any] = [
                        "id": column.id, "name": column.name.text(language),
                        "type": text("type_" + column.type, context),
                    ]
                    shown["refersTo"] = column.refersTo
                    shown["unit"] = column.unit?.text(language)
                    return shown
                },
            ]
            set["changed"] = summary.changedAt.map(reading.moment)
            return set
        }
        let figures = PublicFigures(office).definitions.map { definition -> [String: Any] in
            var shown: [String: Any] = ["id": definition.id, "name": definition.name.text(language)]
            shown["unit"] = definition.unit?.text(language)
            return shown
        }
        let year = office.today.parts.year
        return Page(
            template: "open-data",
            values: [
                "title": text("open_data", context), "heading": text("open_data", context),
                "crumbs": [["href": "/", "label": text("public_site", context)]],
                "asOf": renderer.text("public_as_of", ["moment": reading.moment(office.moment)], language),
                "sets": sets, "figures": figures, "hasFigures": !figures.isEmpty,
                "figuresTarget": "/open-data/figures.csv", "period": String(year),
                "levels": rulebook.regions.levels.map {
                    ["value": $0.id, "label": $0.name.text(language)] as [String: Any]
                },
            ])
    }

    // MARK: Files

    /// The records of a kind, page after page, in memory that does not grow with them.
    private func stream(_ kind: Kind, _ options: CSVWriterOptions) throws -> Response {
        let data = OpenData(office)
        let heading = try data.heading(of: kind, options: options)
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(bytes: heading))
            var last: Int64? = 0
            while let after = last {
                let page = try data.rows(of: kind, after: after, options: options)
                if !page.bytes.isEmpty { try await writer.write(ByteBuffer(bytes: page.bytes)) }
                last = page.last
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: Self.fileHeaders("\(kind.id).csv"), body: body)
    }

    private func dictionaryJSON(_ context: SiteContext) throws -> Response {
        let data = OpenData(office)
        let sets = data.kinds.map { kind -> [String: Any] in
            [
                "id": kind.id, "name": kind.name.zh, "nameEnglish": kind.name.en,
                "file": "/open-data/\(kind.id).csv",
                "columns": data.columns(of: kind).map { column -> [String: Any] in
                    var shown: [String: Any] = [
                        "id": column.id, "name": column.name.zh, "nameEnglish": column.name.en,
                        "type": column.type,
                    ]
                    shown["refersTo"] = column.refersTo
                    shown["unit"] = column.unit?.zh
                    return shown
                },
            ]
        }
        let lists = Dictionary(grouping: data.items, by: \.list).mapValues { items in
            items.map { item -> [String: Any] in
                var shown: [String: Any] = ["id": item.id, "name": item.name.zh, "nameEnglish": item.name.en]
                shown["code"] = item.code
                return shown
            }
        }
        let figures = PublicFigures(office).definitions.map { definition -> [String: Any] in
            ["id": definition.id, "name": definition.name.zh, "nameEnglish": definition.name.en]
        }
        let whole: [String: Any] = [
            "licence": renderer.text("open_data_licence", .zh),
            "licenceEnglish": renderer.text("open_data_licence", .en), "rulebook": rulebook.digest,
            "datasets": sets, "codes": lists, "figures": figures,
        ]
        let json = try JSONSerialization.data(
            withJSONObject: whole, options: [.sortedKeys, .withoutEscapingSlashes])
        return Response(
            status: .ok,
            headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: Array(json))))
    }

    /// Published figures by region or month: `figure`, `region`, `period` and `by` (a level of regions, or `month`).
    private func figuresCSV(_ asked: FormFields, _ options: CSVWriterOptions) throws -> Response {
        let figures = PublicFigures(office)
        let wanted = asked.all("figure").filter { !$0.isEmpty }
        let definitions =
            wanted.isEmpty ? figures.definitions : figures.definitions.filter { wanted.contains($0.id) }
        guard definitions.count >= Set(wanted).count, let by = breakdown(asked["by"] ?? "") else {
            throw PageProblem.notFound
        }
        let periodText = asked["period"].flatMap { $0.isEmpty ? nil : $0 } ?? String(office.today.parts.year)
        let region = asked["region"] ?? ""
        guard let period = Period(periodText), region.isEmpty || rulebook.regions.region(region) != nil,
            isBounded(by, region)
        else { throw PageProblem.malformed }
        let sink = MemoryByteSink()
        let writer = CSVWriter(sink, options: options)
        try writer.write([
            "figure", "name", "region", "period", "key", "label", "value", "unit", "undetermined",
        ])
        do {
            try office.store.read { reader in
                for definition in definitions {
                    let rows = try figures.figures(
                        definition.id, region: region, period: period, by: by, reader: reader)
                    for row in rows ?? [] {
                        try writer.write([
                            definition.id, definition.name.zh, region,
                            definition.isStock ? "" : period.description, row.key, row.label.zh,
                            row.value ?? "", definition.unit?.zh ?? "", String(row.undetermined),
                        ])
                    }
                }
            }
        } catch is FigureProblem {
            throw PageProblem.malformed
        }
        try writer.finish()
        return Self.file(sink.bytes, "figures.csv")
    }

    /// Whether a breakdown has no more rows than are given at once: finer levels are asked for region by region.
    private func isBounded(_ breakdown: Breakdown, _ region: String) -> Bool {
        guard case .regionLevel(let level) = breakdown else { return true }
        let regions = rulebook.regions.codes(ofLevel: level)
        let count =
            region.isEmpty ? regions.count : regions.count { rulebook.regions.contains($0, in: region) }
        return count <= Self.mostRegions
    }

    private static let mostRegions = 500

    private func breakdown(_ text: String) -> Breakdown? {
        if text.isEmpty { return Breakdown.none }
        if text == "month" { return .month }
        return rulebook.regions.levels.contains { $0.id == text } ? .regionLevel(text) : nil
    }
}
