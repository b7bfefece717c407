/// Text by code points: positions and lengths count them, never bytes or characters.
enum Texts {
    static let size: FunctionBody = { arguments throws(EvaluationError) in
        switch try arguments.at(0) {
        case .string(let text): .int(Int64(text.unicodeScalars.count))
        case .bytes(let bytes): .int(Int64(bytes.count))
        case .list(let elements): .int(Int64(elements.count))
        case .map(let map): .int(Int64(map.count))
        case let other: throw .noSuchOverload("size(\(other.type.name))")
        }
    }

    static func joined(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars)
        return String(result)
    }

    static func mapped(_ text: String, _ change: (UInt8) -> UInt8) -> String {
        String(decoding: text.utf8.map(change), as: UTF8.self)
    }

    static func contains(_ text: String, _ part: String) -> Bool {
        position(of: Array(part.utf8), in: Array(text.utf8), from: 0) != nil
    }

    /// The first position of a part in a sequence, at or after `start`.
    static func position<Element: Equatable>(
        of part: [Element], in whole: [Element], from start: Int
    ) -> Int? {
        guard let first = part.first else { return start }
        guard start + part.count <= whole.count else { return nil }
        for index in start...(whole.count - part.count) where whole[index] == first {
            if whole[index..<index + part.count].elementsEqual(part) { return index }
        }
        return nil
    }

    static func bounded(_ index: Int64, _ limit: Int) throws(EvaluationError) -> Int {
        guard index >= 0, index <= Int64(limit) else { throw .indexOutOfBounds(index) }
        return Int(index)
    }

    static let indexOf: FunctionBody = { arguments throws(EvaluationError) in
        let (text, part) = (
            Array(try arguments.text(0).unicodeScalars), Array(try arguments.text(1).unicodeScalars)
        )
        let start = arguments.count > 2 ? try bounded(try arguments.integer(2), text.count) : 0
        return .int(Int64(position(of: part, in: text, from: start) ?? -1))
    }

    static let lastIndexOf: FunctionBody = { arguments throws(EvaluationError) in
        let (text, part) = (
            Array(try arguments.text(0).unicodeScalars), Array(try arguments.text(1).unicodeScalars)
        )
        let limit = arguments.count > 2 ? try bounded(try arguments.integer(2), text.count) : text.count
        var index = min(limit, text.count - part.count)
        while index >= 0 {
            if text[index..<index + part.count].elementsEqual(part) { return .int(Int64(index)) }
            index -= 1
        }
        return .int(-1)
    }

    static let replace: FunctionBody = { arguments throws(EvaluationError) in
        let text = Array(try arguments.text(0).unicodeScalars)
        let (old, new) = (
            Array(try arguments.text(1).unicodeScalars), Array(try arguments.text(2).unicodeScalars)
        )
        var remaining = arguments.count > 3 ? try arguments.integer(3) : -1
        if remaining < 0 { remaining = .max }
        var result: [Unicode.Scalar] = []
        var index = 0
        while remaining > 0, let found = position(of: old, in: text, from: index) {
            if old.isEmpty, index == text.count, index > 0 {
                result += new
                break
            }
            result += text[index..<found]
            result += new
            index = found + old.count
            remaining -= 1
            if old.isEmpty {
                guard index < text.count else { break }
                result.append(text[index])
                index += 1
            }
            guard result.count <= Arithmetic.maximumLength else { throw .tooLarge }
        }
        result += text[index...]
        return .string(joined(result))
    }

    static let split: FunctionBody = { arguments throws(EvaluationError) in
        let text = Array(try arguments.text(0).unicodeScalars)
        let separator = Array(try arguments.text(1).unicodeScalars)
        var limit = arguments.count > 2 ? try arguments.integer(2) : -1
        if limit == 0 { return .list([]) }
        if limit < 0 { limit = .max }
        var parts: [Value] = []
        var index = 0
        if separator.isEmpty {
            while index < text.count, Int64(parts.count) < limit - 1 {
                parts.append(.string(String(text[index])))
                index += 1
            }
            if index < text.count { parts.append(.string(joined(text[index...]))) }
            return .list(parts)
        }
        while Int64(parts.count) < limit - 1, let found = position(of: separator, in: text, from: index) {
            parts.append(.string(joined(text[index..<found])))
            index = found + separator.count
        }
        parts.append(.string(joined(text[index...])))
        return .list(parts)
    }

    static let substring: FunctionBody = { arguments throws(EvaluationError) in
        let text = Array(try arguments.text(0).unicodeScalars)
        let start = try bounded(try arguments.integer(1), text.count)
        let end = arguments.count > 2 ? try bounded(try arguments.integer(2), text.count) : text.count
        guard start <= end else { throw .indexOutOfBounds(Int64(end)) }
        return .string(joined(text[start..<end]))
    }

    static func trimmed(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return joined(scalars[first...last])
    }

    static let join: FunctionBody = { arguments throws(EvaluationError) in
        let separator = arguments.count > 1 ? try arguments.text(1) : ""
        var parts: [String] = []
        var length = 0
        for element in try arguments.list(0) {
            guard case .string(let text) = element else {
                throw .noSuchOverload("join(list(\(element.type.name)))")
            }
            parts.append(text)
            length += text.utf8.count + separator.utf8.count
            guard length <= Arithmetic.maximumLength else { throw .tooLarge }
        }
        return .string(parts.joined(separator: separator))
    }
}
