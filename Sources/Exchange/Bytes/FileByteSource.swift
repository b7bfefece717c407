#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

/// A file, or standard input, read with `read(2)` from its beginning; closed when let go.
public final class FileByteSource: ByteSource {
    /// The file's size in bytes when it was opened; nil for pipes, terminals and devices.
    public let sizeBytes: Int64?
    /// The last component of the path, for messages; empty for standard input.
    public let name: String
    private let descriptor: Int32
    private let closesWhenDone: Bool

    /// Opens the file at a path.
    ///
    /// - Throws: ``ExchangeProblem/cannotOpen(name:reason:)`` when it is absent, a folder or not readable.
    public init(path: String) throws(ExchangeProblem) {
        name = FileReason.lastComponent(of: path)
        guard !path.utf8.contains(0) else { throw .cannotOpen(name: name, reason: .absent) }
        let descriptor = retryingInterrupted { open(path, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw .cannotOpen(name: name, reason: FileReason(errno)) }
        var status = stat()
        let isKnown = fstat(descriptor, &status) == 0
        let form = status.st_mode & S_IFMT
        guard !isKnown || form != S_IFDIR else {
            close(descriptor)
            throw .cannotOpen(name: name, reason: .isFolder)
        }
        sizeBytes = isKnown && form == S_IFREG ? Int64(status.st_size) : nil
        self.descriptor = descriptor
        closesWhenDone = true
    }

    private init(borrowing descriptor: Int32) {
        self.descriptor = descriptor
        closesWhenDone = false
        name = ""
        sizeBytes = nil
    }

    /// The process's standard input, which is left open.
    public static func standardInput() -> FileByteSource { FileByteSource(borrowing: STDIN_FILENO) }

    deinit { if closesWhenDone { close(descriptor) } }

    /// Reads on in the file; 0 at its end.
    ///
    /// - Throws: ``ExchangeProblem/cannotRead(name:reason:)``.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(ExchangeProblem) -> Int {
        guard buffer.count > 0 else { return 0 }
        let count = retryingInterrupted { systemRead(descriptor, buffer) }
        guard count >= 0 else { throw .cannotRead(name: name, reason: FileReason(errno)) }
        return count
    }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    read(descriptor, buffer.baseAddress, buffer.count)
}

/// Repeats a system call while a signal interrupts it.
func retryingInterrupted<Count: SignedInteger>(_ call: () -> Count) -> Count {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}

/// Why the operating system refused a file, in the terms a person needs.
public enum FileReason: Hashable, Sendable {
    /// No file of this name.
    case absent
    /// The permission is lacking.
    case forbidden
    /// The name is that of a folder.
    case isFolder
    /// The disk or the quota is full.
    case diskFull
    /// Nobody reads the other end of the pipe any more.
    case pipeClosed
    /// The device failed, or another cause, with the system's number.
    case failed(number: Int32)

    init(_ number: Int32) {
        switch number {
        case ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG: self = .absent
        case EACCES, EPERM, EROFS: self = .forbidden
        case EISDIR: self = .isFolder
        case ENOSPC, EDQUOT, EFBIG: self = .diskFull
        case EPIPE: self = .pipeClosed
        default: self = .failed(number: number)
        }
    }

    static func lastComponent(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
