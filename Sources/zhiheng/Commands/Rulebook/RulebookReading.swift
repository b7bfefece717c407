import ArgumentParser
import Office
import Presentation
import Rulebooks

/// The rulebook that a question is about: a folder when one is named, else the one adopted, else the one
/// that travels with the program.
struct RulebookChoice: ParsableArguments {
    @Option(help: ArgumentHelp("规则书目录，默认已采用的 · Rulebook folder (default: the one adopted)", valueName: "dir"))
    var rulebook: String?

    func load(in session: Session) throws -> Rulebook {
        if rulebook == nil, session.workspace.exists { return try session.office().rulebook }
        return try Workspace.load(try RulebookSource.layers(rulebook, overlays: []))
    }
}

/// Lists what a rulebook holds.
struct RulebookList: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "列出规则书的类别、角色、报告等 · List kinds, roles, reports and the rest")

    @OptionGroup var choice: RulebookChoice
    @OptionGroup var form: FormatOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let rulebook = try choice.load(in: session)
        var table = TextTable(columns: [
            TableColumn(key: "kind", title: console.text("类别", "Kind")),
            TableColumn(key: "name", title: console.text("名称", "Name")),
            TableColumn(key: "family", title: console.text("种类", "Family")),
            TableColumn(key: "fields", title: console.text("字段", "Fields"), alignment: .right),
            TableColumn(key: "actions", title: console.text("动作", "Actions"), alignment: .right),
            TableColumn(key: "clocks", title: console.text("时限", "Clocks"), alignment: .right),
            TableColumn(key: "measures", title: console.text("计量", "Measures"), alignment: .right),
        ])
        for kind in rulebook.kindOrder.compactMap(rulebook.kind) {
            table.rows.append([
                .text(kind.id, .accent), .text(kind.name.text(console.language)),
                .text(family(kind.family, console)),
                .integer(kind.fields.count), .integer(kind.lifecycle.actions.count),
                .integer(kind.clocks.count),
                .integer(kind.measures.count),
            ])
        }
        guard form.format == .table else { return console.table(table, as: form.format) }
        console.heading("\(rulebook.name.text(console.language)) \(rulebook.version)")
        console.table(table)
        console.line()
        var facts = FactBlock()
        add("代码表", "Code lists", rulebook.codeLists.mapValues(\.name), &facts, console)
        add("角色", "Roles", rulebook.roles.mapValues(\.name), &facts, console)
        add("指标", "Indicators", rulebook.indicators.mapValues(\.name), &facts, console)
        add("文书", "Documents", rulebook.documents.mapValues(\.name), &facts, console)
        add("报告", "Reports", rulebook.reports.mapValues(\.name), &facts, console)
        let boards = rulebook.dashboards.map { ($0.id, $0.name) }
        add("看板", "Dashboards", Dictionary(boards) { first, _ in first }, &facts, console)
        add("控制指标", "Quotas", rulebook.quotas.mapValues(\.name), &facts, console)
        add("导入映射", "Import maps", rulebook.maps.mapValues(\.name), &facts, console)
        console.facts(facts, indent: 0)
    }

    private func add(
        _ zh: String, _ en: String, _ items: [String: Bilingual], _ facts: inout FactBlock, _ console: Console
    ) {
        guard !items.isEmpty else { return }
        let names = items.sorted { $0.key < $1.key }.map { "\($0.key)  \($0.value.text(console.language))" }
        facts.add(console.text(zh, en), names.joined(separator: "\n"))
    }

    private func family(_ family: Family, _ console: Console) -> String {
        switch family {
        case .register: console.text("台账", "register")
        case .matter: console.text("事项", "matter")
        case .return: console.text("报表", "return")
        }
    }
}

/// Draws a kind, or says what a dashboard shows.
struct RulebookExplain: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "画出一个类别的办理流程，或列出一个看板的内容 · Draw how a kind is worked, or list what a dashboard shows")

    /// How it is drawn.
    enum Drawing: String, ExpressibleByArgument, CaseIterable {
        case terminal, mermaid
    }

    @Argument(help: ArgumentHelp("类别或看板，如 hazard · Kind or dashboard, such as hazard", valueName: "kind"))
    var kind: String
    @Option(help: ArgumentHelp("画法 · How it is drawn", valueName: "terminal|mermaid"))
    var format: Drawing = .terminal
    @OptionGroup var choice: RulebookChoice
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let rulebook = try choice.load(in: session)
        if rulebook.kind(kind) == nil, let dashboard = rulebook.dashboard(kind) {
            return session.console.put(
                DashboardExplanation.terminal(dashboard, session.language, in: rulebook))
        }
        let kind = try KindArgument.kind(self.kind, in: rulebook)
        switch format {
        case .terminal: session.console.put(KindExplanation.terminal(kind, session.language, in: rulebook))
        case .mermaid: session.console.put(KindExplanation.mermaid(kind, session.language, in: rulebook))
        }
    }
}

/// Prints the JSON Schema of rulebook files.
struct RulebookSchemaCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "输出规则书的 JSON Schema，供编辑器使用 · Print the JSON Schema for editors")

    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let text = RulebookSchema.jsonSchema()
        session.console.put(text.hasSuffix("\n") ? text : text + "\n")
    }
}
