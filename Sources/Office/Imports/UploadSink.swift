import Crypto
import Exchange
import Foundation
import Ledger

/// Puts a file aside piece by piece as it comes in, taking its digest on the way.
///
/// Belongs to one task.
public final class UploadSink {
    private let sink: FileByteSink
    private var hasher = SHA256()
    /// How many bytes came in so far.
    public private(set) var bytes: Int64 = 0

    /// - Parameter upload: a name of `ImportDesk.newUpload`.
    public init(_ desk: ImportDesk, upload: String) throws {
        sink = try FileByteSink(path: desk.place(of: upload).path)
    }

    public func write(_ piece: some Sequence<UInt8>) throws {
        let piece = Array(piece)
        hasher.update(data: piece)
        bytes += Int64(piece.count)
        var problem: ExchangeProblem?
        piece.withUnsafeBytes { piece in
            do throws(ExchangeProblem) { try sink.write(piece) } catch { problem = error }
        }
        if let problem { throw problem }
    }

    /// The SHA-256 of all that came in, in hexadecimal.
    public func finish() -> String { Hexadecimal.encode(hasher.finalize()) }
}
