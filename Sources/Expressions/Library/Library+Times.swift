extension Overload {
    /// The parts of timestamps, in UTC or in a named zone, and of durations.
    static let times: [Overload] =
        selector("getFullYear") { date, _ in date.year }
        + selector("getMonth") { date, _ in date.month - 1 }
        + selector("getDate") { date, _ in date.day }
        + selector("getDayOfMonth") { date, _ in date.day - 1 }
        + selector("getDayOfWeek") { date, _ in date.weekday % 7 }
        + selector("getDayOfYear") { date, _ in date.dayOfYear - 1 }
        + selector("getHours") { _, second in second / 3600 }
        + selector("getMinutes") { _, second in second / 60 % 60 }
        + selector("getSeconds") { _, second in second % 60 }
        + [
            Overload("getMilliseconds", isMethod: true, [.timestamp], .int, body: milliseconds),
            Overload("getMilliseconds", isMethod: true, [.timestamp, .string], .int, body: milliseconds),
            length("getHours") { $0.seconds / 3600 },
            length("getMinutes") { $0.seconds / 60 },
            length("getSeconds") { $0.seconds },
            length("getMilliseconds") { Int64($0.nanoseconds / 1_000_000) },
        ]

    private static let milliseconds: FunctionBody = { arguments throws(EvaluationError) in
        .int(Int64(try arguments.timestamp(0).nanoseconds / 1_000_000))
    }

    private static func selector(
        _ name: String, _ part: @escaping @Sendable (CivilDate, Int) -> Int
    ) -> [Overload] {
        [[ValueType.timestamp], [.timestamp, .string]].map { parameters in
            Overload(name, isMethod: true, parameters, .int) { arguments throws(EvaluationError) in
                let moment = try arguments.timestamp(0)
                let offset = arguments.count > 1 ? try TimeZones.offset(try arguments.text(1), at: moment) : 0
                let (date, second) = moment.civil(offsetSeconds: offset)
                return .int(Int64(part(date, second)))
            }
        }
    }

    private static func length(_ name: String, _ part: @escaping @Sendable (Span) -> Int64) -> Overload {
        Overload(name, isMethod: true, [.duration], .int) { arguments throws(EvaluationError) in
            .int(part(try arguments.duration(0)))
        }
    }
}
