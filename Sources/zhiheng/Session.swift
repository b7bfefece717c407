import ArgumentParser
import Expressions
import Foundation
import Office
import Records
import Rulebooks
import Storage

/// One run of a command: its console, its clock and the folder it works in.
struct Session: Sendable {
    let console: Console
    let clock: SystemClock
    let workspace: Workspace

    /// Throws a `CommandFailure` for a moment that cannot be read.
    init(_ options: CommonOptions, console: Console) throws {
        self.console = console
        workspace = Workspace(folder: options.dataFolder)
        clock = SystemClock()
        guard let text = options.stoppedMoment else { return }
        clock.stop(at: try Self.moment(text))
    }

    /// RFC 3339, or a day, of which nine in the morning in China is taken.
    ///
    /// Throws a `CommandFailure` when it cannot be read.
    static func moment(_ text: String) throws -> Timestamp {
        let day = CivilDate(text).flatMap { Timestamp(date: $0, secondOfDay: 9 * 3600) }
        guard let moment = day ?? Timestamp(rfc3339: text) else {
            throw CommandFailure(
                .usage, "看不懂时刻“\(text)”。请写成 2026-03-02 或 2026-03-02T08:30:00+08:00。",
                "The moment `\(text)` cannot be read. Write 2026-03-02 or 2026-03-02T08:30:00+08:00.")
        }
        return moment
    }

    var language: Language { console.language }

    /// The office of the data folder.
    func office() throws -> Office { try workspace.open(now: clock.now) }

    /// By what an actor is known: the account named, else whoever holds the folder.
    ///
    /// Under a rulebook without accounts there is one operator, who may do what any role may.
    func identity(_ option: ActorOption, in office: Office) -> Request.Identity {
        if let login = option.login { return .account(login) }
        return Accounts(office.rulebook).hasAccounts
            ? .actor(.operatorOfFolder) : .account(Accounts.operatorLogin)
    }

    /// The actor behind an option, known to be active.
    func actor(_ option: ActorOption, in office: Office) throws -> Actor {
        let identity = identity(option, in: office)
        return try office.store.read { try Accounts(office.rulebook).actor(identity, reader: $0) }
    }
}

/// A command that works in a session; whatever it throws becomes a text on standard error and an exit code.
protocol SessionCommand: AsyncParsableCommand {
    var common: CommonOptions { get }
    func perform(in session: Session) async throws
}

extension SessionCommand {
    func run() async throws {
        let console = Console(language: common.spokenLanguage, refusesColours: common.isColourless)
        do {
            try await perform(in: try Session(common, console: console))
        } catch let exit as ExitCode {
            throw exit
        } catch {
            let failure = CommandFailure(error)
            failure.report(to: console)
            throw ExitCode(failure.exit.rawValue)
        }
    }
}
