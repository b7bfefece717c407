import ArgumentParser
import Expressions
import Office
import Presentation
import Records
import Rulebooks

/// Shows a code list as a tree.
struct RulebookCodes: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "codes", abstract: "列出一个代码表 · Show a code list",
        discussion: "例 · Example: zhiheng rulebook codes hazard-category")

    @Argument(help: ArgumentHelp("代码表 · Code list", valueName: "list"))
    var list: String
    @Option(
        help: ArgumentHelp(
            "当日有效的版本，默认最新 · The version in force on a day (default: the latest)", valueName: "yyyy-mm-dd"))
    var on: String?
    @OptionGroup var choice: RulebookChoice
    @OptionGroup var form: FormatOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let rulebook = try choice.load(in: session)
        guard let list = rulebook.codeLists[list] else { throw unknown(in: rulebook) }
        let day = try on.map { text in
            guard let day = CivilDate(text) else {
                throw CommandFailure(
                    .usage, "日期“\(text)”看不懂。请写成 2026-03-20。",
                    "The day `\(text)` cannot be read. Write 2026-03-20.")
            }
            return day
        }
        let items = list.items(on: day)
        guard form.format == .table else { return console.table(table(items, console), as: form.format) }
        console.heading("\(list.name.text(console.language)) \(list.id)")
        guard !items.isEmpty else {
            return console.line(console.text("当日没有有效版本", "No version is in force on that day"), .muted)
        }
        for item in items where item.under == nil {
            console.put(node(item, among: items, console).drawn(for: console.terminal))
        }
    }

    private func unknown(in rulebook: Rulebook) -> Refusal {
        let hint = Suggestion.closest(to: list, among: rulebook.codeLists.keys)
        return Refusal(
            RefusalReason(
                .valueInvalid, "规则书中没有代码表“\(list)”。" + (hint.map { "是否为“\($0)”？" } ?? ""),
                "The rulebook has no code list `\(list)`." + (hint.map { " Did you mean `\($0)`?" } ?? "")))
    }

    /// An item with those under it; the depth is limited, should a list lead back to itself.
    private func node(_ item: CodeItem, among items: [CodeItem], _ console: Console, depth: Int = 0)
        -> TreeNode
    {
        let children = depth > 16 ? [] : items.filter { $0.under == item.id }
        return TreeNode(
            "\(item.name.text(console.language))  \(item.id)",
            children: children.map { node($0, among: items, console, depth: depth + 1) })
    }

    private func table(_ items: [CodeItem], _ console: Console) -> TextTable {
        var table = TextTable(
            columns: ["id", "code", "name", "english", "under"].map { TableColumn(key: $0, title: $0) })
        for item in items {
            table.rows.append([
                .text(item.id), item.code.map { .text($0) } ?? .missing, .text(item.name.zh),
                .text(item.name.en),
                item.under.map { .text($0) } ?? .missing,
            ])
        }
        return table
    }
}
