/// Something bytes are read from, once and in order: a file, standard input, bytes in memory.
public protocol ByteSource {
    /// Reads at least one byte into `buffer` and returns how many, or returns 0 when nothing is left.
    ///
    /// A source may fill less than the buffer. It waits until at least one byte is there.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ExchangeProblem) -> Int
}

/// Bytes in memory, handed out in pieces no longer than a limit.
public struct MemoryByteSource: ByteSource {
    private let bytes: [UInt8]
    private let pieceBytes: Int
    private var position = 0

    /// Takes the bytes, and the most to hand out in one read (at least 1).
    public init(_ bytes: some Sequence<UInt8>, pieceBytes: Int = .max) {
        self.bytes = Array(bytes)
        self.pieceBytes = max(1, pieceBytes)
    }

    /// Hands out the next piece; never throws.
    public mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ExchangeProblem) -> Int {
        let count = min(bytes.count - position, pieceBytes, buffer.count)
        guard count > 0 else { return 0 }
        buffer.copyBytes(from: bytes[position..<position + count])
        position += count
        return count
    }
}

/// A source that shows every piece of another source to an observer, once and in order.
///
/// This is how a file's digest is taken while the file is read, without reading it twice.
public struct ObservedByteSource: ByteSource {
    private var base: any ByteSource
    private let observe: (UnsafeRawBufferPointer) -> Void

    /// Wraps `base`; `observe` sees each piece before the reader does and must not keep the pointer.
    public init(_ base: any ByteSource, observe: @escaping (UnsafeRawBufferPointer) -> Void) {
        self.base = base
        self.observe = observe
    }

    /// Hands on what the other source gives, and what it throws.
    public mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ExchangeProblem) -> Int {
        let count = try base.read(into: buffer)
        if count > 0 { observe(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
        return count
    }
}
