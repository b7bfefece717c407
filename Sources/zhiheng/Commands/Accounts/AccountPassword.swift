import ArgumentParser
import Dispatch
import Foundation
import Office
import Presentation

/// Sets the password of an account.
struct AccountPassword: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "password", abstract: "设置账号的口令 · Set the password of an account",
        discussion: "在终端输入两次，不显示；或由标准输入给出一行。该账号的会话随即结束。· "
            + "Asked twice on the terminal without showing it, or one line of standard input. "
            + "The sessions of the account end.")

    @Argument(help: ArgumentHelp("登录名 · Login", valueName: "login"))
    var login: String
    @Flag(help: "停用该账号的动态码，口令不变 · Turn the account's one-time codes off, and leave the password")
    var removeCodes = false
    @Flag(help: "一次性口令：登录后须先修改 · A first password, to be changed before anything else")
    var temporary = false
    @OptionGroup var actor: ActorOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let office = try session.office()
        let actor = try session.actor(actor, in: office)
        let service = SignIn(office)
        guard !removeCodes else {
            try service.removeCodes(for: login, by: actor, at: office.moment)
            return console.line(
                console.text("\(login) 的动态码已停用", "One-time codes of \(login) are off"), .good)
        }
        let password = try SecretLine.read(console)
        try service.setPassword(
            password, for: login, mustChange: temporary, by: actor, at: office.moment)
        console.line(console.text("\(login) 的口令已设置", "The password of \(login) is set"), .good)
    }
}

/// Reads a secret: twice from the terminal without showing it, or a line of standard input.
enum SecretLine {
    /// The longest line that is read, in bytes.
    private static let longest = 4_096

    static func read(_ console: Console) throws -> String {
        guard console.canAsk else { return try line() }
        let first = try asked(console, console.text("口令：", "Password: "))
        guard first == (try asked(console, console.text("再输一次：", "Once more: "))) else {
            throw CommandFailure(
                .usage, "两次输入的口令不同，请重新执行。", "The two passwords differ; run the command again.")
        }
        return first
    }

    private static func asked(_ console: Console, _ prompt: String) throws -> String {
        console.putAside(prompt)
        var shown = termios()
        guard tcgetattr(STDIN_FILENO, &shown) == 0 else { throw unreadable }
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        let watches = [SIGINT, SIGTERM, SIGHUP, SIGQUIT].map { watch($0, restoring: shown) }
        defer { for (signal, watch) in watches { unwatch(signal, watch) } }
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0 else { throw unreadable }
        defer {
            _ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            console.putAside("\n")
        }
        return try line()
    }

    /// Whoever breaks off finds the terminal as it was: it shows what is typed again before the process ends.
    private static func watch(_ number: Int32, restoring shown: termios) -> (Int32, any DispatchSourceSignal)
    {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler {
            var shown = shown
            _ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            _ = write(STDERR_FILENO, "\n", 1)
            // Ends by the signal itself, so that shells and scripts see what happened.
            signal(number, SIG_DFL)
            kill(getpid(), number)
        }
        source.activate()
        return (number, source)
    }

    private static func unwatch(_ number: Int32, _ source: any DispatchSourceSignal) {
        source.cancel()
        signal(number, SIG_DFL)
    }

    /// Byte by byte, so that nothing after the line is taken.
    private static func line() throws -> String {
        var bytes: [UInt8] = []
        while bytes.count <= longest {
            var byte: UInt8 = 0
            let count = Foundation.read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            if count <= 0 || byte == 0x0A { break }
            bytes.append(byte)
        }
        if bytes.last == 0x0D { bytes.removeLast() }
        guard bytes.count <= longest, !bytes.isEmpty, let text = String(validating: bytes, as: UTF8.self)
        else { throw unreadable }
        return text
    }

    private static var unreadable: CommandFailure {
        CommandFailure(
            .usage, "没有读到口令。请在终端输入，或由标准输入给出一行 UTF-8 文字。",
            "No password could be read. Type it on a terminal, or give one line of UTF-8 on standard input.")
    }
}
