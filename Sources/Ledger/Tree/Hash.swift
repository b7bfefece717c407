/// A SHA-256 hash: 32 bytes, compared and ordered as bytes.
public struct Hash: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The number of bytes in a hash.
    public static let byteCount = 32

    // Big-endian words, so that comparing words compares bytes and no array is allocated.
    private var first: UInt64
    private var second: UInt64
    private var third: UInt64
    private var fourth: UInt64

    /// The hash whose 32 bytes start at `buffer`; nil when the buffer is not 32 bytes long.
    public init?(_ buffer: UnsafeRawBufferPointer) {
        guard buffer.count == Hash.byteCount else { return nil }
        self.init(unchecked: buffer)
    }

    /// The hash with these 32 bytes.
    ///
    /// Throws ``LedgerProblem/malformedText(what:)`` for any other count.
    public init(bytes: some Collection<UInt8>) throws(LedgerProblem) {
        guard bytes.count == Hash.byteCount else { throw .malformedText(what: .hash) }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        for (position, byte) in bytes.enumerated() {
            switch position >> 3 {
            case 0: words.0 = words.0 << 8 | UInt64(byte)
            case 1: words.1 = words.1 << 8 | UInt64(byte)
            case 2: words.2 = words.2 << 8 | UInt64(byte)
            default: words.3 = words.3 << 8 | UInt64(byte)
            }
        }
        (first, second, third, fourth) = words
    }

    /// The hash written as 64 lower-case hexadecimal digits.
    public init(hexadecimal text: some StringProtocol) throws(LedgerProblem) {
        try self.init(bytes: try Hexadecimal.decode(text))
    }

    /// The hash written as 44 characters of base64.
    public init(base64 text: some StringProtocol) throws(LedgerProblem) {
        try self.init(bytes: try Base64.decode(text))
    }

    /// The caller has made sure that at least 32 bytes can be read.
    init(unchecked buffer: UnsafeRawBufferPointer) {
        first = UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
        second = UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        third = UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
        fourth = UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
    }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        var result: [UInt8] = []
        append(to: &result)
        return result
    }

    /// The hash as 64 lower-case hexadecimal digits.
    public var hexadecimal: String { Hexadecimal.encode(bytes) }

    /// The hash as 44 characters of base64.
    public var base64: String { Base64.encode(bytes) }

    /// The same as ``hexadecimal``.
    public var description: String { hexadecimal }

    /// Orders hashes as their bytes are ordered.
    public static func < (left: Hash, right: Hash) -> Bool {
        (left.first, left.second, left.third, left.fourth)
            < (right.first, right.second, right.third, right.fourth)
    }

    /// Appends the 32 bytes to a byte array.
    public func append(to bytes: inout [UInt8]) {
        let words = (first.bigEndian, second.bigEndian, third.bigEndian, fourth.bigEndian)
        withUnsafeBytes(of: words) { bytes.append(contentsOf: $0) }
    }

    /// Writes the 32 bytes at an offset; the caller has made sure they fit.
    func store(in buffer: UnsafeMutableRawBufferPointer, at offset: Int) {
        buffer.storeBytes(of: first.bigEndian, toByteOffset: offset, as: UInt64.self)
        buffer.storeBytes(of: second.bigEndian, toByteOffset: offset + 8, as: UInt64.self)
        buffer.storeBytes(of: third.bigEndian, toByteOffset: offset + 16, as: UInt64.self)
        buffer.storeBytes(of: fourth.bigEndian, toByteOffset: offset + 24, as: UInt64.self)
    }
}

extension Hash {
    /// The hashes that lie one after another in these bytes.
    ///
    /// Throws ``LedgerProblem/malformedTile`` when the count of bytes is not a multiple of 32.
    public static func hashes(in bytes: [UInt8]) throws(LedgerProblem) -> [Hash] {
        guard bytes.count % byteCount == 0 else { throw .malformedTile }
        return bytes.withUnsafeBytes { buffer in
            stride(from: 0, to: buffer.count, by: byteCount).map { start in
                Hash(unchecked: UnsafeRawBufferPointer(rebasing: buffer[start..<start + byteCount]))
            }
        }
    }

    /// The bytes of these hashes one after another.
    public static func bytes(of hashes: some Collection<Hash>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(hashes.count * byteCount)
        for hash in hashes { hash.append(to: &result) }
        return result
    }
}
