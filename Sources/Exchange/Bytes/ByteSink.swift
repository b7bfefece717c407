#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

/// Something bytes are written to, in order.
public protocol ByteSink {
    /// Writes all the bytes, or throws.
    mutating func write(_ bytes: UnsafeRawBufferPointer) throws(ExchangeProblem)
}

/// A sink that keeps what is written in memory.
public final class MemoryByteSink: ByteSink {
    /// Everything written so far.
    public private(set) var bytes: [UInt8] = []

    /// A sink that holds nothing yet.
    public init() {}

    /// Adds the bytes; never throws.
    public func write(_ bytes: UnsafeRawBufferPointer) throws(ExchangeProblem) {
        self.bytes.append(contentsOf: bytes)
    }
}

/// A file written with `write(2)`, or an open descriptor such as standard output.
public final class FileByteSink: ByteSink {
    /// The last component of the path, for messages; empty for a descriptor.
    public let name: String
    private let descriptor: Int32
    private let closesWhenDone: Bool

    /// Creates the file at a path, or empties it when `overwrites` is true.
    ///
    /// - Throws: ``ExchangeProblem/cannotOpen(name:reason:)`` when it exists already, or cannot be created.
    public init(path: String, overwrites: Bool = false) throws(ExchangeProblem) {
        name = FileReason.lastComponent(of: path)
        guard !path.utf8.contains(0) else { throw .cannotOpen(name: name, reason: .absent) }
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (overwrites ? O_TRUNC : O_EXCL)
        let descriptor = retryingInterrupted { open(path, flags, 0o644) }
        guard descriptor >= 0 else {
            throw errno == EEXIST
                ? .alreadyExists(name: name) : .cannotOpen(name: name, reason: FileReason(errno))
        }
        self.descriptor = descriptor
        closesWhenDone = true
    }

    /// Writes to an open descriptor, which is left open.
    public init(descriptor: Int32) {
        self.descriptor = descriptor
        closesWhenDone = false
        name = ""
    }

    deinit { if closesWhenDone { close(descriptor) } }

    /// Writes all the bytes to the file.
    ///
    /// - Throws: ``ExchangeProblem/cannotWrite(name:reason:)``; part of the bytes may then be written.
    public func write(_ bytes: UnsafeRawBufferPointer) throws(ExchangeProblem) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest)
            let count = retryingInterrupted { systemWrite(descriptor, piece) }
            guard count > 0 else { throw .cannotWrite(name: name, reason: FileReason(errno)) }
            rest = rest.dropFirst(count)
        }
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}
