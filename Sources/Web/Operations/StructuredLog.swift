import Foundation
import Logging
import Synchronization

/// Where lines of the log go: a descriptor, or a file that is opened anew when it was rotated away.
public final class LogSink: Sendable {
    private let path: String?
    private let descriptor: Mutex<Int32>

    /// Standard error.
    public init() {
        path = nil
        descriptor = Mutex(STDERR_FILENO)
    }

    /// A file, readable by its owner only, to whose end lines are added; nil when it cannot be opened.
    public init?(path: String) {
        let file = Self.opened(path)
        guard file >= 0 else { return nil }
        self.path = path
        descriptor = Mutex(file)
    }

    private static func opened(_ path: String) -> Int32 {
        open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    }

    /// Opens the file anew, for whoever moved the old one away.
    public func reopen() {
        guard let path else { return }
        let file = Self.opened(path)
        guard file >= 0 else { return }
        descriptor.withLock { old in
            close(old)
            old = file
        }
    }

    /// Writes a line in one call, so that lines of several threads do not mix.
    func write(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        descriptor.withLock { file in
            _ = bytes.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
        }
    }
}

/// The form of the log's lines.
public enum LogForm: String, Sendable, CaseIterable {
    /// One JSON object a line.
    case json
    /// Words for people.
    case text
}

/// Writes one line for each event: when, how grave, what, and the facts.
///
/// Whatever the facts hold, a line stays one line: control characters are escaped in both forms.
public struct LineLogHandler: LogHandler {
    private let form: LogForm
    private let sink: LogSink
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?

    public init(_ form: LogForm, to sink: LogSink, level: Logger.Level) {
        (self.form, self.sink, logLevel) = (form, sink, level)
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var facts = metadata
        facts.merge(event.metadata ?? [:]) { _, new in new }
        if let error = event.error { facts["error"] = "\(error)" }
        sink.write(
            line(
                at: Date(), level: event.level, message: event.message.description,
                facts.map { (Self.names[$0.key] ?? $0.key, $0.value) }.sorted { $0.0 < $1.0 }))
    }

    private static let names = ["hb.request.id": "request"]

    /// The line of an event.
    func line(
        at date: Date, level: Logger.Level, message: String, _ facts: [(String, Logger.MetadataValue)]
    ) -> String {
        let time = date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        switch form {
        case .json:
            let members =
                [
                    ("time", Self.quoted(time)), ("level", Self.quoted(level.rawValue)),
                    ("message", Self.quoted(message)),
                ]
                + facts.map { ($0.0, Self.json($0.1)) }
            return "{" + members.map { "\(Self.quoted($0.0)):\($0.1)" }.joined(separator: ",") + "}"
        case .text:
            let words = facts.map { name, value in
                let text = value.description
                let isPlain = !text.isEmpty && text.unicodeScalars.allSatisfy(Self.isPlain)
                return "\(name)=\(isPlain ? text : Self.quoted(text))"
            }
            return ([time, level.rawValue, Self.escaped(message)] + words).joined(separator: " ")
        }
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        scalar != "\"" && scalar != "\\" && scalar != "=" && scalar.value > 0x20 && scalar.value != 0x7F
            && !scalar.properties.isWhitespace && scalar.properties.generalCategory != .format
            && scalar.properties.generalCategory != .control
    }

    private static func json(_ value: Logger.MetadataValue) -> String {
        if case .stringConvertible(let number as Int) = value { return "\(number)" }
        return quoted(value.description)
    }

    static func quoted(_ text: String) -> String { "\"" + escaped(text) + "\"" }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                let category = scalar.properties.generalCategory
                if category == .control || category == .format || category == .lineSeparator
                    || category == .paragraphSeparator
                {
                    result += utf16(scalar)
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }

    /// `\u` and four digits, twice for what lies beyond them.
    private static func utf16(_ scalar: Unicode.Scalar) -> String {
        String(scalar).utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        }.joined()
    }
}
