extension Overload {
    /// The project's functions on civil dates.
    static let dates: [Overload] =
        [
            Overload("date", [.string], .date) { arguments throws(EvaluationError) in
                let text = try arguments.text(0)
                guard let date = CivilDate(text) else { throw unreadable(text) }
                return .date(date)
            },
            Overload("date", [.string, .string], .date) { arguments throws(EvaluationError) in
                let (text, pattern) = (try arguments.text(0), try arguments.text(1))
                guard let date = try DatePattern(pattern).date(from: text) else { throw unreadable(text) }
                return .date(date)
            },
            Overload("date", [.timestamp], .date) { arguments throws(EvaluationError) in
                .date(try arguments.timestamp(0).civil().date)
            },
            Overload("date", [.timestamp, .string], .date) { arguments throws(EvaluationError) in
                let moment = try arguments.timestamp(0)
                let offset = try TimeZones.offset(try arguments.text(1), at: moment)
                return .date(moment.civil(offsetSeconds: offset).date)
            },
            Overload("date", [.date], .date) { arguments throws(EvaluationError) in
                .date(try arguments.date(0))
            },
            Overload("addMonths", [.date, .int], .date, body: addMonths),
            Overload("addMonths", isMethod: true, [.date, .int], .date, body: addMonths),
            part("year") { $0.year }, part("month") { $0.month }, part("day") { $0.day },
            part("weekday") { $0.weekday },
        ]

    private static func unreadable(_ text: String) -> EvaluationError {
        .conversion("\(Notation.short(.string(text))) → date")
    }

    private static let addMonths: FunctionBody = { arguments throws(EvaluationError) in
        let (date, months) = (try arguments.date(0), try arguments.integer(1))
        guard let result = date.adding(months: Int(months)) else { throw .overflow }
        return .date(result)
    }

    private static func part(_ name: String, _ body: @escaping @Sendable (CivilDate) -> Int) -> Overload {
        Overload(name, isMethod: true, [.date], .int) { arguments throws(EvaluationError) in
            .int(Int64(body(try arguments.date(0))))
        }
    }
}

/// A pattern of dates: runs of `y`, `M` and `d` stand for numbers, everything else for itself.
///
/// `yyyy` is exactly four digits, `MM` and `dd` exactly two; `M` and `d` one or two, `y` one to four. A two
/// digit year is refused: no century can be guessed for it.
struct DatePattern {
    private enum Piece {
        case field(Character, width: Int)
        case literal(Character)
    }

    private let pieces: [Piece]

    init(_ pattern: String) throws(EvaluationError) {
        var pieces: [Piece] = []
        for character in pattern.prefix(64) {
            guard character == "y" || character == "M" || character == "d" else {
                pieces.append(.literal(character))
                continue
            }
            if case .field(character, let width)? = pieces.last {
                pieces[pieces.count - 1] = .field(character, width: width + 1)
            } else {
                pieces.append(.field(character, width: 1))
            }
        }
        let fields = pieces.compactMap { piece -> String? in
            if case .field(let letter, let width) = piece { return "\(letter)\(width)" }
            return nil
        }
        let isComplete = fields.count == 3 && Set(fields.compactMap(\.first)).count == 3
        let areWidthsKnown = fields.allSatisfy { ["y1", "y4", "M1", "M2", "d1", "d2"].contains($0) }
        guard isComplete, areWidthsKnown, pattern.count <= 64 else {
            throw .invalidPattern(Notation.short(.string(pattern)))
        }
        self.pieces = pieces
    }

    /// The date the whole text stands for, or nil when it does not fit or there is no such day.
    func date(from text: String) -> CivilDate? {
        var rest = text[...]
        var numbers: [Character: Int] = [:]
        for piece in pieces {
            switch piece {
            case .literal(let character):
                guard rest.first == character else { return nil }
                rest.removeFirst()
            case .field(let letter, let width):
                let limit = width > 1 ? width : letter == "y" ? 4 : 2
                let digits = rest.prefix(limit).prefix { $0.isASCII && $0.isNumber }
                guard !digits.isEmpty, width == 1 || digits.count == width else { return nil }
                numbers[letter] = CivilDate.number(Array(digits.utf8))
                rest = rest.dropFirst(digits.count)
            }
        }
        guard rest.isEmpty, let year = numbers["y"], let month = numbers["M"], let day = numbers["d"] else {
            return nil
        }
        return CivilDate(year: year, month: month, day: day)
    }
}
