import Expressions
import Figures
import Records
import Rulebooks
import Storage

/// Fills the parts of a dashboard within one snapshot.
struct DashboardFilling {
    let service: DashboardService
    let shelf: FigureShelf
    let reader: any StoreReading
    let sight: Sight
    let region: String
    let window: DashboardWindow

    private var rulebook: Rulebook { service.office.rulebook }
    private var months: ClosedRange<MonthIndex> { window.period.months }

    func tile(_ tile: DashboardTile) throws -> DashboardReading.TileReading {
        .init(
            tile: tile,
            figure: try shelf.figure(tile.subject, over: months, comparedWith: window.before(tile.compare)))
    }

    /// Nil where the region has no limit in the year the period ends in.
    func quota(_ id: String) throws -> DashboardReading.QuotaReading? {
        guard let quota = rulebook.quotas[id],
            let version = quota.versions.inForce(on: window.period.lastDay), let limit = version.item[region],
            case .measure(let used, _) = try shelf.figure(.measure(quota.term), over: window.yearToDate)
        else { return nil }
        return .init(
            quota: quota, limit: limit, used: used, months: window.yearToDate, citations: version.citations)
    }

    func trend(_ trend: DashboardTrend) throws -> DashboardReading.TrendReading {
        var lines: [DashboardReading.TrendReading.Line] = []
        for subject in trend.subjects {
            lines.append(
                .init(
                    subject: subject, isEarlier: false,
                    figures: try window.course.map { try shelf.figure(subject, over: $0...$0) }))
            guard let compare = trend.compare else { continue }
            let distance = compare == .year ? 12 : MonthIndex(window.course.count)
            lines.append(
                .init(
                    subject: subject, isEarlier: true,
                    figures: try window.course.map { month in
                        let earlier = max(0, month - distance)
                        return try shelf.figure(subject, over: earlier...earlier)
                    }))
        }
        return .init(trend: trend, lines: lines)
    }

    func breakdown(_ breakdown: DashboardBreakdown) throws -> DashboardReading.BreakdownReading {
        var query = shelf.scope
        query.measures = [breakdown.term.measure]
        query.restrictions = breakdown.term.restrictions
        query.breakdown = .dimension(breakdown.by)
        query.period = window.period
        query.comparison =
            breakdown.compare == .year ? .year : breakdown.compare == .previous ? .previous : .none
        let result = try shelf.evaluate(query)
        guard let measure = result.measures.first else {
            throw FigureProblem.unknownMeasure(breakdown.term.measure, suggestion: nil)
        }
        // Stable, so that items of the same value keep the order of their list.
        let rows = result.rows.filter { !$0.figures.allSatisfy(\.isEmpty) }.enumerated().sorted {
            left, right in
            let (first, second) = (left.element.figures[0].value, right.element.figures[0].value)
            return first != second ? first > second : left.offset < right.offset
        }.map(\.element)
        return .init(
            breakdown: breakdown, measure: measure, rows: Array(rows.prefix(breakdown.most)),
            hidden: max(0, rows.count - breakdown.most), total: result.total)
    }

    func heat(_ heat: DashboardHeat) throws -> DashboardReading.HeatReading {
        let rows = try shelf.regions(of: [heat.subject]).map { region in
            DashboardReading.HeatReading.Row(
                region: region,
                figures: try window.course.map {
                    try shelf.figure(heat.subject, in: region.code, over: $0...$0)
                },
                whole: try shelf.figure(heat.subject, in: region.code, over: window.course))
        }
        return .init(
            heat: heat, rows: rows,
            total: try window.course.map { try shelf.figure(heat.subject, over: $0...$0) },
            whole: try shelf.figure(heat.subject, over: window.course))
    }

    // MARK: Rankings

    func rankings(_ rankings: [DashboardRanking]) throws -> [DashboardReading.RankingReading] {
        let neighbours = try self.neighbours()
        return try rankings.map { ranking in
            let better = better(ranking)
            let rows =
                shelf.scope.breakdown == .none ? [] : try ranked(ranking, better, on: shelf)
            let most = ranking.most
            let first = most - most / 2
            return .init(
                ranking: ranking, better: better,
                rows: rows.count <= most ? rows : Array(rows.prefix(first) + rows.suffix(most / 2)),
                hidden: rows.count <= most ? nil : (rows.count - most, first),
                standing: try neighbours.flatMap { try standing(ranking, better, among: $0) })
        }.filter { !$0.rows.isEmpty || $0.standing != nil }
    }

    private func better(_ ranking: DashboardRanking) -> Better? {
        if case .indicator(let id) = ranking.subject { return rulebook.indicators[id]?.better }
        return ranking.better
    }

    private func ranked(
        _ ranking: DashboardRanking, _ better: Better?, on shelf: FigureShelf
    ) throws -> [DashboardReading.RankedRegion] {
        let regions = try shelf.regions(of: [ranking.subject]).filter(\.isBelow)
        let figures = try regions.map { try shelf.figure(ranking.subject, in: $0.code, over: months) }
        let places = Places.of(figures.map(\.value), better: better)
        return zip(zip(regions, figures), places).map { pair, place in
            DashboardReading.RankedRegion(region: pair.0, figure: pair.1, place: place)
        }.sorted { ($0.place ?? .max, $0.region.code) < ($1.place ?? .max, $1.region.code) }
    }

    /// The tables of the region above, by the regions of this one's level; nil where they may not be seen.
    private func neighbours() throws -> FigureShelf? {
        let regions = rulebook.regions
        guard let above = service.regionsAbove(region, as: sight).last, let level = regions.level(region)
        else {
            return nil
        }
        // Where the region right above may not be seen, a further one would say little and cost much.
        guard above == regions.parent(region) ?? "" else { return nil }
        return FigureShelf(
            service.office, reader, region: above, level: level, asOf: window.period.lastDay, months: months)
    }

    private func standing(
        _ ranking: DashboardRanking, _ better: Better?, among neighbours: FigureShelf
    ) throws -> DashboardReading.Standing? {
        let rows = try ranked(ranking, better, on: neighbours)
        guard let own = rows.first(where: { $0.region.code == region }), let place = own.place else {
            return nil
        }
        let (count, sharing) = (rows.count { $0.place != nil }, rows.count { $0.place == place })
        // Where all are equal, or there is no other, a place says nothing.
        guard sharing < count else { return nil }
        return .init(
            above: neighbours.scope.region, place: place, count: count, sharing: sharing, figure: own.figure)
    }

    // MARK: Records

    /// Nil where records of the kind may not be seen.
    func list(_ list: DashboardList) throws -> DashboardReading.ListReading? {
        guard let kind = rulebook.kind(list.kindID), sight.sees(kind) else { return nil }
        let filters = list.conditions.map { "\($0.column)=\($0.value)" }
        var query = try ListFilter(service.office, kind: kind, sight: sight).query(
            filters: filters, region: region.isEmpty ? nil : region, sort: list.sort)
        let count = try reader.count(query, of: kind)
        query.limit = list.most
        let reading = RecordReading(service.office, language: .zh, sight: sight)
        let english = RecordReading(service.office, language: .en, sight: sight)
        let rows = try reader.records(query, of: kind).map { record in
            DashboardReading.ListReading.Row(
                record: record, title: reading.title(of: record, kind: kind),
                cells: try list.columns.map { column in
                    Bilingual(
                        zh: try cell(column, record, kind, reading),
                        en: try cell(column, record, kind, english))
                })
        }
        return .init(list: list, kind: kind, rows: rows, count: count)
    }

    private func cell(
        _ column: String, _ record: Record, _ kind: Kind, _ reading: RecordReading
    ) throws -> String {
        guard let field = kind.field(column), let index = kind.fieldIndex[column],
            sight.sees(field, of: kind),
            record.values.indices.contains(index), record.values[index] != .null
        else { return "" }
        return try reading.field(
            index, of: FoundRecord(kind: kind, record: record), reader: reader, unmasked: []
        ).text
    }
}
