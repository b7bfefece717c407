/// The encodings that files from government systems and Excel arrive in.
public enum TextEncoding: String, Hashable, Sendable, CaseIterable {
    /// UTF-8 (RFC 3629), with or without a byte order mark.
    case utf8 = "utf-8"
    /// GB 18030, which contains GBK and GB 2312.
    case gb18030 = "gb18030"
    /// UTF-16, low byte first: what Excel calls "Unicode text".
    case utf16LittleEndian = "utf-16le"
    /// UTF-16, high byte first.
    case utf16BigEndian = "utf-16be"

    /// The customary name: `UTF-8`, `GB18030`, `UTF-16LE`, `UTF-16BE`. iconv knows the same names.
    public var name: String { rawValue.uppercased() }

    /// Reads a name as people write it: `utf8`, `UTF-8`, `gbk`, `gb2312`, `cp936`, `GB18030`, `utf-16le`.
    public init?(named text: String) {
        switch text.lowercased().filter({ $0 != "-" && $0 != "_" && $0 != " " }) {
        case "utf8": self = .utf8
        case "gb18030", "gbk", "gb2312", "cp936", "ansi": self = .gb18030
        case "utf16le", "utf16": self = .utf16LittleEndian
        case "utf16be": self = .utf16BigEndian
        default: return nil
        }
    }
}

/// Which encoding a text seems to have, and why it was taken for that.
public struct DetectedEncoding: Hashable, Sendable {
    /// The encoding.
    public let encoding: TextEncoding
    /// What speaks for it.
    public let basis: Basis
    /// The length of the byte order mark at the beginning: 0, 2 or 3 bytes.
    public let byteOrderMarkBytes: Int

    /// What speaks for an encoding, strongest first.
    public enum Basis: String, Hashable, Sendable {
        /// The caller said so.
        case stated
        /// The file begins with a byte order mark.
        case byteOrderMark
        /// Every byte of the sample is ASCII, so UTF-8 and GB 18030 read it alike.
        case plainASCII
        /// The sample is valid UTF-8 and not only ASCII.
        case validUTF8
        /// The sample is UTF-8 but for a few damaged bytes, which will be refused row by row.
        case mostlyUTF8
        /// The sample is not UTF-8, and GB 18030 is what remains.
        case remaining
    }

    /// How many bytes of a file are looked at.
    public static let sampleBytes = 256 * 1024

    /// Looks at the beginning of a text; `isWhole` says that nothing follows it.
    ///
    /// Chinese text in GB 18030 is practically never valid UTF-8. A UTF-8 text with rare damage, at most one
    /// bad sequence in twenty, stays UTF-8, because reading it as GB 18030 would spoil all of it silently.
    public static func detect(_ sample: UnsafeRawBufferPointer, isWhole: Bool) -> DetectedEncoding {
        if let marked = byteOrderMark(sample) { return marked }
        var tally = UTF8Tally()
        tally.count(sample, isWhole: isWhole)
        if tally.broken == 0 {
            let basis = tally.wellFormed == 0 ? Basis.plainASCII : .validUTF8
            return DetectedEncoding(encoding: .utf8, basis: basis, byteOrderMarkBytes: 0)
        }
        if tally.broken * 20 <= tally.wellFormed {
            return DetectedEncoding(encoding: .utf8, basis: .mostlyUTF8, byteOrderMarkBytes: 0)
        }
        return DetectedEncoding(encoding: .gb18030, basis: .remaining, byteOrderMarkBytes: 0)
    }

    /// The encoding that the caller stated, with the byte order mark to step over if it is there.
    static func stated(_ encoding: TextEncoding, _ sample: UnsafeRawBufferPointer) -> DetectedEncoding {
        let mark = byteOrderMark(sample)
        let markBytes = mark?.encoding == encoding ? mark?.byteOrderMarkBytes ?? 0 : 0
        return DetectedEncoding(encoding: encoding, basis: .stated, byteOrderMarkBytes: markBytes)
    }

    private static func byteOrderMark(_ sample: UnsafeRawBufferPointer) -> DetectedEncoding? {
        if sample.starts(with: [0xEF, 0xBB, 0xBF]) {
            return DetectedEncoding(encoding: .utf8, basis: .byteOrderMark, byteOrderMarkBytes: 3)
        }
        if sample.starts(with: [0xFF, 0xFE]) {
            return DetectedEncoding(
                encoding: .utf16LittleEndian, basis: .byteOrderMark, byteOrderMarkBytes: 2)
        }
        if sample.starts(with: [0xFE, 0xFF]) {
            return DetectedEncoding(encoding: .utf16BigEndian, basis: .byteOrderMark, byteOrderMarkBytes: 2)
        }
        return nil
    }
}

/// Counts the well-formed sequences of more than one byte in a text, and the broken ones.
private struct UTF8Tally {
    var wellFormed = 0
    var broken = 0

    mutating func count(_ bytes: UnsafeRawBufferPointer, isWhole: Bool) {
        guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
        var position = 0
        while position < bytes.count {
            if base[position] < 0x80 {
                position += 1
                continue
            }
            switch UTF8Sequence.length(base + position, available: bytes.count - position) {
            case .wellFormed(let length):
                wellFormed += 1
                position += length
            case .cutOff where !isWhole:
                return
            case .cutOff, .broken:
                broken += 1
                position += 1
            }
        }
    }
}
