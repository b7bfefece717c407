import Expressions
import Figures
import HTTPTypes
import Hummingbird
import Office
import Rulebooks

extension Site {
    func addFigures(to pages: RouterGroup<SiteContext>) {
        pages.get("/dashboard") { [self] request, context in
            try dashboard(region: nil, request, context)
        }
        pages.get("/dashboard/:region") { [self] request, context in
            try dashboard(region: context.parameters.require("region"), request, context)
        }
        pages.get("/figures") { [self] request, context in try explorer(request, context) }
        pages.get("/figures.csv") { [self] request, context in try explorerFile(request, context) }
    }

    /// Where somebody begins after signing in: the dashboard that the rulebook opens for the role, else the
    /// desk.
    func startAddress(_ sight: Sight) -> String {
        let service = DashboardService(office)
        guard let opening = service.opening(for: sight) else { return "/desk" }
        let isFirst = service.dashboards(for: sight).first?.id == opening.id
        return FigureAddress(rulebook: rulebook).dashboard("", nil, board: isFirst ? nil : opening.id)
    }

    private func dashboard(
        region asked: String?, _ request: Request, _ context: SiteContext
    ) throws -> Response {
        let sight = try context.staffSight()
        let fields = try request.query()
        let service = DashboardService(office)
        let boards = service.dashboards(for: sight)
        // What is refused is told before what is missing, so that nobody learns which regions there are.
        let region = try sight.figureRegion(asked ?? "")
        guard let first = boards.first else { throw PageProblem.forbidden }
        if let asked, rulebook.regions.region(asked) == nil { throw PageProblem.notFound }
        var board = first
        if let id = fields["board"] {
            guard let found = boards.first(where: { $0.id == id }) else { throw PageProblem.notFound }
            board = found
        }
        let period: Period
        switch try PeriodChooser(present: service.presentMonth).asked(fields) {
        case .period(let found): period = found
        case .redirect(let rest):
            let query = rest.encoded
            return Self.redirect(to: request.uri.path + (query.isEmpty ? "" : "?" + query))
        case .nothing:
            guard let opening = service.openingPeriod(of: board) else { throw PageProblem.malformed }
            period = opening
        }
        let reading = try service.reading(of: board, region: region, period: period, as: sight)
        let page = DashboardPage(
            site: self, reading: reading, boards: boards, sight: sight, language: context.language)
        return response(Page(template: "dashboard", values: page.values()), context)
    }

    /// The name of a region as of a day; that of everywhere for "".
    func regionName(_ code: String, _ period: Period, _ language: Language) -> String {
        if code.isEmpty { return renderer.text("everywhere", language) }
        return rulebook.regions.name(code, on: period.lastDay)?.text(language) ?? code
    }

    /// A moment as officials write it: 2026年3月21日 09:00.
    func momentText(_ moment: Timestamp, _ language: Language) -> String {
        let day = Describing(self, language).day(office.time.day(of: moment))
        let seconds = (moment.seconds + Int64(rulebook.timeZoneOffsetSeconds)) % 86_400
        let (hour, minute) = (seconds / 3600, seconds / 60 % 60)
        return "\(day) \(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
}
