import ArgumentParser
import Figures
import Office
import Presentation
import Rulebooks

/// Figures of measures and indicators.
struct FiguresCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "figures", abstract: "查询计量和指标 · Ask for measures and indicators",
        discussion: """
            例 · Examples:
              zhiheng figures incidents incident_deaths --region 330000 --period 2009H1 --compare year
              zhiheng figures incidents --period 2009H1 --by region.city
              zhiheng figures hazard-closure-rate --by grade
            """,
        subcommands: [FiguresAsk.self, FiguresList.self, FiguresRebuild.self],
        defaultSubcommand: FiguresAsk.self)
}

/// Asks for figures.
struct FiguresAsk: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask", abstract: "查询 · Ask for figures（默认 · default）")

    @Argument(help: ArgumentHelp("计量或指标 · Measures or indicators", valueName: "measure|indicator"))
    var names: [String]
    @Option(help: ArgumentHelp("行政区划 · Region", valueName: "region"))
    var region: String?
    @Option(help: ArgumentHelp("期间 · Period", valueName: "2009|2009H1|2009Q2|2009-05|2009-01..2009-06"))
    var period: String?
    @Option(help: ArgumentHelp("分组 · Break down by", valueName: "dimension|region.city|month"))
    var by: String?
    @Option(help: ArgumentHelp("比较：同比或环比 · Compare with", valueName: "year|previous"))
    var compare: String?
    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("限定，值用逗号隔开 · Only these values", valueName: "dimension=value,…"))
    var restrictions: [String] = []
    @Flag(help: "也列出为零的项 · List what is zero as well")
    var all = false
    @OptionGroup var form: FormatOption
    @OptionGroup var actor: ActorOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let office = try session.office()
        let sight = Sight(of: try session.actor(actor, in: office), in: office.rulebook)
        let query = try query(in: office)
        let service = FiguresService(office)
        let measures = names.filter { office.rulebook.indicators[$0] == nil }
        let text = FigureText(session.console, query: query, rulebook: office.rulebook, showsAll: all)
        var isFirst = true
        if !measures.isEmpty {
            var asked = query
            asked.measures = measures
            text.show(try service.figures(asked, as: sight), as: form.format)
            isFirst = false
        }
        for indicator in names.compactMap({ office.rulebook.indicators[$0] }) {
            if !isFirst, form.format == .table { session.console.line() }
            text.show(try service.indicator(indicator, query, as: sight), indicator, as: form.format)
            isFirst = false
        }
    }

    private func query(in office: Office) throws -> FigureQuery {
        var query = FigureQuery(measures: [])
        if let region {
            // A region may be written by its name as well.
            query.region = office.rulebook.regions.resolve(region)?.code ?? region
        }
        if let period { query.period = try PeriodArgument.period(period) }
        if let by { query.breakdown = Self.breakdown(by) }
        if let compare { query.comparison = try Self.comparison(compare) }
        for restriction in restrictions {
            guard let equals = restriction.firstIndex(of: "=") else {
                throw CommandFailure(
                    .usage, "限定“\(restriction)”看不懂。请写成 维度=值，例如 category=fall。",
                    "`\(restriction)` cannot be read. Write dimension=value, for instance category=fall.")
            }
            let values = restriction[restriction.index(after: equals)...].split(separator: ",").map(
                String.init)
            query.restrictions[String(restriction[..<equals]), default: []] += values
        }
        return query
    }

    private static func breakdown(_ text: String) -> Breakdown {
        if text == "month" { return .month }
        if text.hasPrefix("region.") { return .regionLevel(String(text.dropFirst("region.".count))) }
        return .dimension(text)
    }

    private static func comparison(_ text: String) throws -> Comparison {
        guard let comparison = Comparison(rawValue: text) else {
            throw CommandFailure(
                .usage, "--compare 只能是 year（同比）或 previous（环比）。", "--compare takes year or previous.")
        }
        return comparison
    }
}

/// Reads a period.
enum PeriodArgument {
    static func period(_ text: String) throws -> Period {
        guard let period = Period(text) else {
            throw CommandFailure(
                .usage, "期间“\(text)”看不懂。请写成 2009、2009H1、2009Q2、2009-05 或 2009-01..2009-06。",
                "The period `\(text)` cannot be read. Write 2009, 2009H1, 2009Q2, 2009-05 or 2009-01..2009-06."
            )
        }
        return period
    }
}
