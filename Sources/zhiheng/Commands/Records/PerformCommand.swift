import ArgumentParser
import Expressions
import Foundation
import Office
import Records
import Rulebooks

/// Performs the actions that are written in a file, in order.
struct PerformCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "perform",
        abstract: "按文件逐条办理 · Perform the actions written in a file",
        discussion: """
            每行一个 JSON 对象，“-” 表示标准输入。遇到不予办理即停止，此前已办的有效。
            One JSON object a line, `-` is standard input. Stops at the first refusal; what was done before stays.
              {"at":"2026-03-02T09:00","as":"wang.li","create":"hazard","called":"edge","with":{"site":"$west",...}}
              {"at":"2026-03-02T09:30","as":"wang.li","do":"notify","on":"$edge","with":{"due_on":"2026-03-06"}}
              {"at":"2026-03-07T23:59","clocks":true}
            $名称 代表前面 called 的记录的编号，@文件 代表该文件，相对于本文件所在目录。
            $name is the number of the record called so before; @file is that file, beside this one.
            """)

    @Argument(help: ArgumentHelp("文件 · File", valueName: "file"))
    var file: String
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let office = try session.office()
        let folder = file == "-" ? nil : URL(fileURLWithPath: file).deletingLastPathComponent()
        var script = ActionScript(session, office: office, folder: folder)
        var done = 0
        for (index, line) in try text().split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where !line.allSatisfy(\.isWhitespace) && !line.hasPrefix("#") {
            do {
                if let told = try script.perform(String(line)) { console.line(told) }
            } catch {
                console.aside(console.text("第 \(index + 1) 行：", "Line \(index + 1):"), .danger)
                throw error
            }
            done += 1
        }
        console.aside(console.text("共 \(done) 行，全部办理", "All \(done) lines performed"), .muted)
    }

    private func text() throws -> String {
        if file == "-" {
            return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
        }
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: file)) else {
            throw WorkspaceProblem.unreadable(path: file)
        }
        return String(decoding: data, as: UTF8.self)
    }
}

/// Performs lines of a file of actions and remembers what they called the records.
struct ActionScript {
    private let session: Session
    private let office: Office
    private let folder: URL?
    private var numbers: [String: String] = [:]

    init(_ session: Session, office: Office, folder: URL?) {
        (self.session, self.office, self.folder) = (session, office, folder)
    }

    /// One line.
    private struct Step: Decodable {
        var at: String?
        var `as`: String?
        var create: String?
        var called: String?
        var `do`: String?
        var on: String?
        var with: [String: JSONValue]?
        var reason: String?
        var clocks: Bool?
    }

    /// Performs a line and tells it in a line; nil when there is nothing to tell.
    mutating func perform(_ line: String) throws -> String? {
        guard let step = try? JSONDecoder().decode(Step.self, from: Data(line.utf8)) else {
            throw CommandFailure(
                .usage, "不是一个办理动作的 JSON 对象，写法见 zhiheng perform --help。",
                "This is no JSON object of an action; see zhiheng perform --help.")
        }
        if let at = step.at { session.clock.stop(at: try moment(at)) }
        if step.clocks == true {
            let report = try Sweep(office).run(keepsEvents: false)
            if let failure = report.failures.first { throw Refusal(failure.reason) }
            return nil
        }
        let outcome = try Registrar(office).perform(try action(step), by: identity(step))
        if let name = step.called { numbers[name] = outcome.record.number }
        let reading = RecordReading(office, language: session.language)
        let kind = office.rulebook.kind(outcome.record.kind)
        return [
            reading.moment(office.moment), step.as ?? "-", reading.actionName(outcome.action, kind: kind),
            outcome.record.number, step.called ?? "",
        ].joined(separator: "  ").trimmingCharacters(in: .whitespaces)
    }

    private func action(_ step: Step) throws -> Action {
        if let name = step.create {
            let kind = try KindArgument.kind(name, in: office.rulebook)
            return Action(.create, kind: kind.id, values: try values(step, kind, nil), reason: step.reason)
        }
        guard let verb = step.do, let on = step.on else {
            throw CommandFailure(
                .usage, "缺少 create，或 do 和 on。", "There is neither create nor do and on.")
        }
        let actor = try office.store.read { try Accounts(office.rulebook).actor(identity(step), reader: $0) }
        let found = try RecordFinder(office).find(number(on), as: actor)
        return Action(
            verb == "amend" ? .amend : verb == "void" ? .void : .move(verb), kind: found.kind.id,
            record: found.record.id, values: try values(step, found.kind, found.record), reason: step.reason)
    }

    private func identity(_ step: Step) -> Request.Identity {
        if let login = step.as { return .account(login) }
        return Accounts(office.rulebook).hasAccounts
            ? .actor(.operatorOfFolder) : .account(Accounts.operatorLogin)
    }

    private func values(_ step: Step, _ kind: Kind, _ record: Record?) throws -> [String: Value] {
        let reader = FieldArguments(
            office, kind: kind, archive: session.workspace.archive, folder: folder)
        let entries = (step.with ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value.mapped(number)) }
        return try reader.values(entries, for: record)
    }

    private func number(_ text: String) -> String {
        guard text.hasPrefix("$") else { return text }
        return numbers[String(text.dropFirst())] ?? text
    }

    /// A moment as in every command, or a time of day without a zone, which is the rulebook's.
    private func moment(_ text: String) throws -> Timestamp {
        let halves = text.split(separator: "T")
        if halves.count == 2, let day = CivilDate(String(halves[0])) {
            let parts = halves[1].split(separator: ":").map { Int($0) }
            if parts.count == 2, let hour = parts[0], let minute = parts[1], (0..<24).contains(hour),
                (0..<60).contains(minute),
                let moment = Timestamp(
                    date: day, secondOfDay: (hour * 60 + minute) * 60,
                    offsetSeconds: office.rulebook.timeZoneOffsetSeconds)
            {
                return moment
            }
        }
        return try Session.moment(text)
    }
}
