import Foundation

/// How long a body takes, and the middle of several such times.
enum Measuring {
    /// The seconds a body takes.
    static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let clock = ContinuousClock()
        let took = try clock.measure(body)
        return seconds(took)
    }

    /// The seconds of the processor that a body takes on its own thread, however busy the machine is.
    static func processorSeconds(_ body: () throws -> Void) rethrows -> Double {
        let before = threadSeconds()
        try body()
        return threadSeconds() - before
    }

    private static func threadSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    /// The middle of some figures; of an even number, the lower of the two in the middle.
    static func median(_ figures: [Double]) -> Double {
        guard !figures.isEmpty else { return 0 }
        return figures.sorted()[(figures.count - 1) / 2]
    }

    /// The figures of a body and of its peer, taken in turn so that a busy machine slows both.
    static func inTurn(
        _ repetitions: Int, _ own: () throws -> Double, peer: () throws -> Double
    ) rethrows -> (own: Double, peer: Double) {
        var figures: (own: [Double], peer: [Double]) = ([], [])
        for _ in 0..<max(1, repetitions) {
            figures.own.append(try own())
            figures.peer.append(try peer())
        }
        return (median(figures.own), median(figures.peer))
    }
}

/// Prints results in lines that are easy to compare from run to run.
enum Printing {
    static func heading(_ text: String) { print("\n\(text)") }

    static func line(_ name: String, _ value: String) {
        let padding = String(repeating: " ", count: max(1, 54 - name.count))
        print("  \(name)\(padding)\(value)")
        fflush(nil)
    }

    /// A figure, its peer's and the ratio of the two.
    static func compared(_ name: String, own: Double, peer: Double, unit: String) {
        line(
            name,
            "\(grouped(own)) \(unit), peer \(grouped(peer)) \(unit), ratio \(ratio(peer == 0 ? 0 : own / peer))"
        )
    }

    static func ratio(_ value: Double) -> String { String(format: "%.2f", value) }

    static func milliseconds(_ seconds: Double) -> String { String(format: "%.2f ms", seconds * 1000) }

    static func mebibytes(_ bytes: Int) -> String { "\((bytes + (1 << 19)) >> 20) MiB" }

    /// A figure rounded to a whole number, its thousands apart.
    static func grouped(_ value: Double) -> String {
        let digits = Array(String(format: "%.0f", value))
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { result.append(",") }
            result.append(digit)
        }
        return result
    }
}
