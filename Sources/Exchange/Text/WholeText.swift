/// A text that is wanted whole and sound: any damage refuses all of it.
public struct WholeText: Hashable, Sendable {
    /// The text, without a byte order mark.
    public let text: String
    /// The encoding it came in, and why it was taken for that.
    public let detected: DetectedEncoding

    private static let pieceBytes = 1 << 20

    /// Decodes bytes: UTF-8 or UTF-16 with a mark, UTF-8 without, else GB 18030, or the encoding stated.
    ///
    /// - Throws: ``ExchangeProblem/damagedText(encoding:byteOffset:line:)`` with the offset of the first byte
    ///   that breaks the encoding, counted from 0 in `bytes`, and its line;
    ///   ``ExchangeProblem/encodingUnavailable(_:)``.
    public init(_ bytes: [UInt8], encoding: TextEncoding? = nil) throws(ExchangeProblem) {
        let decoder = try TextDecoder(MemoryByteSource(bytes), encoding: encoding)
        detected = decoder.detected
        if detected.encoding == .utf8 {
            text = try Self.checked(bytes[detected.byteOrderMarkBytes...])
        } else {
            text = try Self.converted(decoder)
        }
    }

    private static func checked(_ bytes: ArraySlice<UInt8>) throws(ExchangeProblem) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let place = bytes.withUnsafeBufferPointer { buffer -> (offset: Int, line: Int)? in
            guard let base = buffer.baseAddress,
                let offset = UTF8Sequence.firstFault(base, count: buffer.count)
            else { return nil }
            return (offset, LineBreaks.count(UnsafeBufferPointer(rebasing: buffer[..<offset])) + 1)
        }
        throw .damagedText(
            encoding: .utf8, byteOffset: Int64(bytes.startIndex + (place?.offset ?? 0)),
            line: place?.line ?? 1)
    }

    private static func converted(_ decoder: TextDecoder) throws(ExchangeProblem) -> String {
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: pieceBytes)
        while true {
            let count: Int
            do throws(ExchangeProblem) {
                count = try piece.withUnsafeMutableBufferPointer { buffer throws(ExchangeProblem) in
                    try decoder.read(into: UnsafeMutableRawBufferPointer(buffer))
                }
            } catch {
                throw located(error, behind: text)
            }
            guard count > 0 else { return String(decoding: text, as: UTF8.self) }
            text.append(contentsOf: piece[..<count])
        }
    }

    /// Adds to damage the line it lies in: behind everything that was converted.
    private static func located(_ problem: ExchangeProblem, behind text: [UInt8]) -> ExchangeProblem {
        guard case .damagedText(let encoding, let offset, _) = problem else { return problem }
        let breaks = text.withUnsafeBufferPointer { LineBreaks.count($0) }
        return .damagedText(encoding: encoding, byteOffset: offset, line: breaks + 1)
    }
}
