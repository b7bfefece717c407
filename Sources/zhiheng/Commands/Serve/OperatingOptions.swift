import ArgumentParser
import Foundation
import Logging
import Web

extension LogForm: ExpressibleByArgument {}

/// How the site is watched and stopped.
struct OperatingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("日志形式 · Form of the log", valueName: "text|json"))
    var logFormat: LogForm = .text
    @Option(
        help: ArgumentHelp(
            "日志级别 · Least level of the log", valueName: "debug|info|notice|warning|error"))
    var logLevel = "notice"
    @Option(
        help: ArgumentHelp(
            "日志文件，默认标准错误；收到 SIGHUP 时重新打开 · File of the log, else standard error; opened anew at SIGHUP",
            valueName: "file"))
    var logFile: String?
    @Option(
        help: ArgumentHelp(
            "从其他机器读取 /metrics 的令牌，也可用 ZHIHENG_METRICS_TOKEN · Token to read /metrics from other machines",
            valueName: "token"))
    var metricsToken: String?
    @Option(help: ArgumentHelp("最多同时连接数 · Most connections at a time", valueName: "n"))
    var maxConnections = 4_096
    @Option(
        help: ArgumentHelp(
            "停止前报告“未就绪”的秒数 · Seconds of saying not ready before it stops", valueName: "seconds"))
    var drain: Int64 = 0

    @Option(
        help: ArgumentHelp(
            "等待请求头、保留空闲连接的秒数 · Seconds for a header to arrive, and an unused connection is kept",
            valueName: "seconds"))
    var idleTimeout: Int64 = 60
    @Option(
        help: ArgumentHelp("等待整个表单送达的秒数 · Seconds for a form to arrive whole", valueName: "seconds"))
    var bodyTimeout: Int64 = 120

    func validate() throws {
        guard Self.levels[logLevel] != nil else {
            throw ValidationError(
                "--log-level 取 debug、info、notice、warning、error · --log-level takes one of these")
        }
        guard (16...1_000_000).contains(maxConnections) else {
            throw ValidationError(
                "--max-connections 取 16 至 1000000 · --max-connections takes 16 to 1000000")
        }
        guard (0...3_600).contains(drain) else {
            throw ValidationError("--drain 取 0 至 3600 秒 · --drain takes 0 to 3600 seconds")
        }
        guard (1...3_600).contains(idleTimeout), (1...3_600).contains(bodyTimeout) else {
            throw ValidationError(
                "--idle-timeout、--body-timeout 取 1 至 3600 秒 · --idle-timeout and --body-timeout take 1 to 3600 seconds"
            )
        }
        if let token, token.utf8.count < 16 {
            throw ValidationError("令牌至少 16 个字符 · The token has at least 16 characters")
        }
    }

    /// The token of the option, else of the environment, where other users of the machine do not see it.
    var token: String? {
        metricsToken
            ?? ProcessInfo.processInfo.environment["ZHIHENG_METRICS_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
    }

    private static let levels: [String: Logger.Level] = [
        "debug": .debug, "info": .info, "notice": .notice, "warning": .warning, "error": .error,
    ]

    var limits: ServerLimits {
        var limits = ServerLimits()
        (limits.connections, limits.idleSeconds, limits.bodySeconds) = (
            maxConnections, idleTimeout, bodyTimeout
        )
        return limits
    }

    func sink() throws -> LogSink {
        guard let logFile else { return LogSink() }
        guard let sink = LogSink(path: logFile) else {
            throw CommandFailure(
                .folder, "日志文件 \(logFile) 不能写入。", "The log file \(logFile) cannot be written.")
        }
        return sink
    }

    func logger(_ sink: LogSink) -> Logger {
        let level = Self.levels[logLevel] ?? .notice
        return Logger(label: "zhiheng.site") { _ in LineLogHandler(logFormat, to: sink, level: level) }
    }
}
