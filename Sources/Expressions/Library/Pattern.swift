import CRE2

/// A regular expression in RE2 syntax: matched in time linear in the text, whatever the pattern.
///
/// `@unchecked Sendable`: the only state is a pointer set once in `init` and freed in `deinit`; RE2
/// promises that the const methods called through it here may run on any number of threads at once.
final class Pattern: @unchecked Sendable {
    private let compiled: OpaquePointer
    private let groupCount: Int

    init(_ source: String) throws(EvaluationError) {
        var source = source
        let (pointer, error) = source.withUTF8 { bytes -> (OpaquePointer?, String?) in
            let start = UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
            guard let pointer = cre2_compile(start, bytes.count) else { return (nil, "") }
            if cre2_is_valid(pointer) == 1 { return (pointer, nil) }
            let message = cre2_error(pointer).map { String(cString: $0) } ?? ""
            cre2_free(pointer)
            return (nil, message)
        }
        guard let pointer else {
            throw .invalidPattern("\(Notation.short(.string(source))) (\(error ?? ""))")
        }
        compiled = pointer
        groupCount = Int(cre2_group_count(pointer))
    }

    deinit { cre2_free(compiled) }

    /// Whether any part of the text matches.
    func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { find($0, from: 0, groups: 0) != nil }
    }

    /// The first group of the first match, or the whole match when the pattern has no group.
    func first(in text: String) -> String? {
        all(in: text, limit: 1).first
    }

    /// The first group (or the whole) of every match, from left to right without overlap.
    func all(in text: String, limit: Int = .max) -> [String] {
        var text = text
        let group = groupCount > 0 ? 1 : 0
        return text.withUTF8 { bytes in
            var results: [String] = []
            var start = 0
            while start <= bytes.count, results.count < limit,
                let positions = find(bytes, from: start, groups: group + 1)
            {
                let (whole, part) = (positions[0], positions[group])
                results.append(part.map { String(decoding: bytes[$0], as: UTF8.self) } ?? "")
                let end = whole?.upperBound ?? bytes.count
                start = end > start ? end : end + 1
                while start < bytes.count, bytes[start] & 0xC0 == 0x80 { start += 1 }
            }
            return results
        }
    }

    private func find(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, groups: Int
    ) -> [Range<Int>?]? {
        var positions = [Int64](repeating: -1, count: max(2, groups * 2))
        let text = UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
        guard cre2_match(compiled, text, bytes.count, start, &positions, Int32(groups)) == 1 else {
            return nil
        }
        return (0..<groups).map { group in
            let (lower, upper) = (Int(positions[2 * group]), Int(positions[2 * group + 1]))
            return lower >= 0 && upper <= bytes.count && lower <= upper ? lower..<upper : nil
        }
    }
}
