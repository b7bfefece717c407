import Foundation

/// Offsets of time zones: fixed ones such as `+08:00`, and IANA names such as `Asia/Shanghai`.
enum TimeZones {
    /// How many seconds the zone is ahead of UTC at a moment.
    static func offset(_ name: String, at moment: Timestamp) throws(EvaluationError) -> Int {
        if let fixed = fixed(name) { return fixed }
        let isName =
            name.utf8.count <= 64
            && name.utf8.allSatisfy { $0.isIdentifierPart || [0x2F, 0x2B, 0x2D].contains($0) }
        guard isName, let zone = TimeZone(identifier: name) else {
            throw .invalidTimeZone(Notation.short(.string(name)))
        }
        return zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment.seconds)))
    }

    /// `UTC`, `Z`, or `hh:mm` with an optional sign.
    private static func fixed(_ name: String) -> Int? {
        if ["", "UTC", "Z", "GMT"].contains(name) { return 0 }
        var bytes = Array(name.utf8)
        let isBehind = bytes.first == 0x2D
        if isBehind || bytes.first == 0x2B { bytes.removeFirst() }
        guard bytes.count == 5, bytes[2] == 0x3A, let hours = CivilDate.number(bytes[0..<2]), hours <= 23,
            let minutes = CivilDate.number(bytes[3..<5]), minutes < 60
        else { return nil }
        return (hours * 3600 + minutes * 60) * (isBehind ? -1 : 1)
    }
}
