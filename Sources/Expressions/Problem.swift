/// One thing wrong with the text of an expression.
public struct Problem: Hashable, Sendable, CustomStringConvertible {
    /// The line within the expression, from 1.
    public let line: Int
    /// The column within the line, from 1, counted in Unicode code points.
    public let column: Int
    /// The offset within the expression in bytes of UTF-8, from 0.
    public let offset: Int
    /// What is wrong, in English.
    public let message: String
    /// What is wrong, in Simplified Chinese.
    public let messageZh: String
    /// The name that was probably meant, if one is close.
    public let suggestion: String?

    /// `line:column: message`.
    public var description: String { "\(line):\(column): \(message)" }
}

/// Everything found wrong with an expression, in the order of the text.
public struct ExpressionProblems: Error, Hashable, Sendable, CustomStringConvertible {
    /// At least one problem.
    public let problems: [Problem]

    /// One problem a line.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// A problem before its place has been turned into line and column.
struct Finding: Error {
    let offset: Int
    let message: String
    let messageZh: String
    var suggestion: String? = nil

    func problem(in source: [UInt8]) -> Problem {
        let before = source.prefix(offset)
        let line = before.count { $0 == 0x0A } + 1
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let column = before.dropFirst(start).count { $0 & 0xC0 != 0x80 } + 1
        return Problem(
            line: line, column: column, offset: offset, message: message, messageZh: messageZh,
            suggestion: suggestion)
    }
}

/// Finds the name most like a mistyped one.
public enum Suggestion {
    /// The closest candidate within a third of the name's length, or nil; one edit is always allowed, and
    /// two from four letters on.
    public static func closest(to name: String, among candidates: some Sequence<String>) -> String? {
        let letters = Array(name.lowercased().unicodeScalars)
        guard !letters.isEmpty, letters.count <= 64 else { return nil }
        let limit = max(letters.count < 4 ? 1 : 2, letters.count / 3)
        var best: (name: String, distance: Int)?
        for candidate in candidates where candidate != name {
            let other = Array(candidate.lowercased().unicodeScalars)
            guard other.count <= 64 else { continue }
            let distance = editDistance(letters, other)
            guard distance <= limit, distance < max(letters.count, other.count) else { continue }
            if let best, (best.distance, best.name) <= (distance, candidate) { continue }
            best = (candidate, distance)
        }
        return best?.name
    }

    /// Insertions, deletions, replacements and swaps of neighbours, each counted once.
    static func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var earlier = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let isSame = left[row] == right[column]
                var cost = min(
                    previous[column + 1] + 1, current[column] + 1, previous[column] + (isSame ? 0 : 1))
                let isSwap =
                    row > 0 && column > 0 && left[row] == right[column - 1]
                    && left[row - 1] == right[column]
                if isSwap { cost = min(cost, earlier[column - 1] + 1) }
                current.append(cost)
            }
            (earlier, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
