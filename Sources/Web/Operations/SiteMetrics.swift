import CoreMetrics
import Foundation
import HTTPTypes
import Office
import Records
import Synchronization

/// What operators watch: how many requests of each sort, how long they took, what was refused, what waits.
///
/// Labels are patterns and codes, never what somebody entered, so that nothing personal leaves by this way.
final class SiteMetrics: Sendable {
    let registry = PrometheusRegistry()

    init(version: String) {
        for (name, help) in Self.help { registry.describe(name, help) }
        registry.cell("zhiheng_build_info", .gauge, [("version", version)]).set(1.0)
        registry.cell("process_start_time_seconds", .gauge, []).set(Date().timeIntervalSince1970)
    }

    private static let help = [
        "zhiheng_build_info": "The version of the program.",
        "zhiheng_http_requests_total": "Requests answered, by method, pattern of the route and status.",
        "zhiheng_http_request_seconds": "How long they took, in seconds.",
        "zhiheng_http_requests_in_progress": "Requests being answered.",
        "zhiheng_problems_total": "Answers that say why there is no other, by code (docs/errors.md).",
        "zhiheng_sign_ins_total": "Attempts to sign in, by what came of them.",
        "zhiheng_actions_total": "Actions at the door, by kind and by what came of them.",
        "zhiheng_refusals_total": "Reasons for refusals at the door, by code (docs/errors.md).",
        "zhiheng_door_waiting": "Actions that wait at the door.",
        "zhiheng_clocks_last_run_seconds": "When the clocks were last run, in seconds since 1970.",
        "zhiheng_clocks_fired_total": "Steps of clocks that were fired.",
        "zhiheng_clocks_failures_total": "Runs of the clocks that failed.",
        "zhiheng_outbox_waiting": "Messages that wait in the outbox, at most 1000.",
        "zhiheng_ledger_entries": "Entries of the ledger.",
        "zhiheng_database_bytes": "Size of the database's files.",
        "process_resident_memory_bytes": "Memory of the process.",
        "process_cpu_seconds_total": "Time of processors used.",
        "process_open_fds": "Files and connections open.",
        "process_start_time_seconds": "When the process began, in seconds since 1970.",
    ]

    // MARK: Requests

    func began() { Meter(label: "zhiheng_http_requests_in_progress", factory: registry).increment() }

    /// - Parameter route: the pattern of the route; nil where there is none.
    func answered(_ method: HTTPRequest.Method, route: String?, status: Int, in duration: Duration) {
        Meter(label: "zhiheng_http_requests_in_progress", factory: registry).decrement()
        let known: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .patch, .delete, .options]
        let dimensions = [
            ("method", known.contains(method) ? method.rawValue : "other"), ("route", route ?? "none"),
            ("status", "\(status)"),
        ]
        Counter(label: "zhiheng_http_requests_total", dimensions: dimensions, factory: registry).increment()
        let (seconds, attoseconds) = duration.components
        Timer(label: "zhiheng_http_request_seconds", dimensions: dimensions, factory: registry)
            .recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    func problem(_ code: String) { count("zhiheng_problems_total", [("code", code)]) }

    // MARK: Signing in, acting, clocks

    enum SignInOutcome: String {
        case signedIn = "signed-in"
        case codeNeeded = "code-needed"
        case refused, locked
    }

    func signIn(_ outcome: SignInOutcome) {
        count("zhiheng_sign_ins_total", [("outcome", outcome.rawValue)])
    }

    /// Takes note of what became of an action at the door.
    func action(_ request: DoorRequest, _ result: Result<Outcome, any Error>) {
        let outcome: String
        switch result {
        case .success: outcome = "done"
        case .failure(let refusal as Refusal):
            outcome = "refused"
            for code in Set(refusal.reasons.map(\.code.rawValue)) {
                count("zhiheng_refusals_total", [("code", code)])
            }
        case .failure: outcome = "failed"
        }
        count("zhiheng_actions_total", [("kind", request.action.kind), ("outcome", outcome)])
    }

    func clocks(fired: Int, at moment: Int64) {
        registry.cell("zhiheng_clocks_last_run_seconds", .gauge, []).set(moment)
        Counter(label: "zhiheng_clocks_fired_total", factory: registry).increment(by: fired)
    }

    func clocksFailed() { count("zhiheng_clocks_failures_total", []) }

    private func count(_ name: String, _ dimensions: [(String, String)]) {
        Counter(label: name, dimensions: dimensions, factory: registry).increment()
    }
}

extension Site {
    /// Everything that is measured, looked at now.
    func metricsText() -> String {
        func set(_ name: String, _ value: Double, _ labels: [(String, String)] = []) {
            metrics.registry.cell(name, .gauge, labels).set(value)
        }
        set("zhiheng_door_waiting", Double(door.waitingCount))
        if let (entries, waiting) = try? office.store.read({
            (try $0.ledgerSize(), try $0.outbox(limit: 1_000).count)
        }) {
            set("zhiheng_ledger_entries", Double(entries))
            set("zhiheng_outbox_waiting", Double(waiting))
        }
        for (file, name) in [("main", "zhiheng.db"), ("log", "zhiheng.db-wal")] {
            guard let folder = settings.dataFolder,
                let size = try? FileManager.default.attributesOfItem(
                    atPath: folder.appendingPathComponent(name).path)[.size] as? Int
            else { continue }
            set("zhiheng_database_bytes", Double(size), [("file", file)])
        }
        for (name, value) in ProcessFigures.now() {
            if name.hasSuffix("_total") {
                metrics.registry.cell(name, .counter, []).set(value)
            } else {
                set(name, value)
            }
        }
        return metrics.registry.text()
    }
}

/// What the system knows of this process; nothing where there is no `/proc`.
enum ProcessFigures {
    static func now() -> [(String, Double)] {
        var figures: [(String, Double)] = []
        if let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
            let kilobytes = line.split(separator: " ").compactMap({ Double($0) }).first
        {
            figures.append(("process_resident_memory_bytes", kilobytes * 1024))
        }
        if let files = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            figures.append(("process_open_fds", Double(files.count)))
        }
        // The name of the program stands in brackets and may hold anything; the fields after it are plain.
        if let text = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8),
            let end = text.lastIndex(of: ")")
        {
            let fields = text[end...].split(separator: " ")
            if fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) {
                figures.append(("process_cpu_seconds_total", (user + system) / 100))
            }
        }
        return figures
    }
}
