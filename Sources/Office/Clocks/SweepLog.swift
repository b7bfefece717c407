import Expressions
import Foundation
import Rulebooks
import Storage

/// Remembers the last run of the clocks, so that a machine that stands still is noticed.
public struct SweepLog: Sendable {
    let office: Office

    public init(_ office: Office) { self.office = office }

    /// A run of the clocks.
    public struct Line: Codable, Hashable, Sendable {
        /// Seconds since the epoch.
        public var at: Int64
        /// How many steps were taken.
        public var fired: Int
        /// How many records' clocks could not be run, and what kept the first ones.
        public var failureCount: Int
        public var failures: [Failure]
        /// Whether the run broke off.
        public var isBroken: Bool

        public struct Failure: Codable, Hashable, Sendable {
            public var record: String
            public var zh: String
            public var en: String
        }

        /// When it was.
        public var moment: Timestamp { Timestamp(seconds: at) ?? .epoch }
    }

    private static let setting = "clocks-last-run"
    private static let listed = 20

    /// Notes what came of a run. A run that cannot be noted is no worse for it.
    public func note(_ result: Result<Sweep.Report, any Error>) {
        var line = Line(
            at: office.moment.seconds, fired: 0, failureCount: 0, failures: [], isBroken: true)
        if case .success(let report) = result {
            line.isBroken = false
            line.fired = report.fired.values.reduce(0, +)
            line.failureCount = report.failures.count
            line.failures = report.failures.prefix(Self.listed).map {
                .init(record: $0.number, zh: $0.reason.sentence, en: $0.reason.sentenceEnglish)
            }
        }
        guard let text = try? JobJSON.text(line) else { return }
        try? office.store.write { try $0.set(setting: Self.setting, Array(text.utf8)) }
    }

    /// The last run; nil before the first.
    func last(_ reader: any StoreReading) throws -> Line? {
        try reader.setting(Self.setting).flatMap {
            try? JSONDecoder().decode(Line.self, from: Data($0))
        }
    }
}
