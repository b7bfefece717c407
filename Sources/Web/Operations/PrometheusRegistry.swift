import CoreMetrics
import Synchronization

/// Keeps counters, gauges and histograms, and writes them in Prometheus' text format (version 0.0.4).
///
/// A factory for swift-metrics, so that libraries can report through it as well.
final class PrometheusRegistry: MetricsFactory {
    enum Form: String, Sendable {
        case counter, gauge, histogram
    }

    /// The series of one name.
    private struct Family {
        let form: Form
        var cells: [String: MetricCell] = [:]
    }

    /// So many series are kept. Names and labels are the program's own, so that this is never reached; it bounds
    /// what a mistake could cost.
    private static let capacity = 20_000

    private struct Contents {
        var families: [String: Family] = [:]
        var help: [String: String] = [:]
        var count = 0
    }

    private let contents = Mutex(Contents())

    /// Says what a name stands for.
    func describe(_ name: String, _ help: String) {
        contents.withLock { $0.help[name] = help }
    }

    /// The series of a name and labels, made where it is not there yet.
    func cell(_ name: String, _ form: Form, _ labels: [(String, String)]) -> MetricCell {
        let name = Self.name(name)
        let key = labels.map { "\(Self.name($0.0))=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
        return contents.withLock { contents in
            if let cell = contents.families[name]?.cells[key] { return cell }
            let cell = MetricCell(form)
            guard contents.count < Self.capacity, contents.families[name]?.form ?? form == form else {
                return cell
            }
            contents.families[name, default: Family(form: form)].cells[key] = cell
            contents.count += 1
            return cell
        }
    }

    /// Everything, by name.
    func text() -> String {
        let (families, help) = contents.withLock { ($0.families, $0.help) }
        var lines: [String] = []
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            if let help = help[name] { lines.append("# HELP \(name) \(Self.escaped(help))") }
            lines.append("# TYPE \(name) \(family.form.rawValue)")
            for (labels, cell) in family.cells.sorted(by: { $0.key < $1.key }) {
                lines += cell.lines(name, labels)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: swift-metrics

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        cell(label.hasSuffix("_total") ? label : label + "_total", .counter, dimensions)
    }

    func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        cell(label, .gauge, dimensions)
    }

    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        cell(label, aggregate ? .histogram : .gauge, dimensions)
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        cell(label.hasSuffix("_seconds") ? label : label + "_seconds", .histogram, dimensions)
    }

    // A series stays for as long as the process: Prometheus counts from its first sight of it.
    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyMeter(_ handler: any MeterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}

    // MARK: Words

    /// A name that Prometheus takes: anything but letters, digits and `_` becomes `_`.
    private static func name(_ text: String) -> String {
        let allowed = text.unicodeScalars.map { scalar -> Character in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_": Character(scalar)
            default: "_"
            }
        }
        let name = String(allowed)
        return name.first?.isNumber ?? true ? "_" + name : name
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}

/// One series: a number that is counted up, one that is set, or how often values fell below bounds.
final class MetricCell: CounterHandler, MeterHandler, RecorderHandler, TimerHandler {
    /// The upper bounds of a histogram, in seconds: from a row looked up to an export.
    static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private struct State {
        var value = 0.0
        var count: Int64 = 0
        var buckets: [Int64]
    }

    private let form: PrometheusRegistry.Form
    private let state: Mutex<State>

    init(_ form: PrometheusRegistry.Form) {
        self.form = form
        let buckets = form == .histogram ? [Int64](repeating: 0, count: Self.bounds.count) : []
        state = Mutex(State(buckets: buckets))
    }

    // One increment serves the counter and, as a double, the gauge.
    func increment(by amount: Int64) { increment(by: Double(amount)) }
    func increment(by amount: Double) { state.withLock { $0.value += amount } }
    func decrement(by amount: Double) { state.withLock { $0.value -= amount } }
    func reset() { set(0.0) }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { state.withLock { $0.value = value } }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard form == .histogram else { return set(value) }
        state.withLock { state in
            state.value += value
            state.count += 1
            for (index, bound) in Self.bounds.enumerated() where value <= bound { state.buckets[index] += 1 }
        }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1_000_000_000) }

    /// The lines of the series.
    func lines(_ name: String, _ labels: String) -> [String] {
        let state = state.withLock { $0 }
        let braced = labels.isEmpty ? "" : "{\(labels)}"
        guard form == .histogram else { return ["\(name)\(braced) \(Self.number(state.value))"] }
        let comma = labels.isEmpty ? "" : ","
        var lines = zip(Self.bounds, state.buckets).map { bound, count in
            "\(name)_bucket{\(labels)\(comma)le=\"\(Self.number(bound))\"} \(count)"
        }
        lines.append("\(name)_bucket{\(labels)\(comma)le=\"+Inf\"} \(state.count)")
        lines.append("\(name)_sum\(braced) \(Self.number(state.value))")
        lines.append("\(name)_count\(braced) \(state.count)")
        return lines
    }

    /// Whole numbers without a point, as people write them.
    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 9e15 ? "\(Int64(value))" : "\(value)"
    }
}
