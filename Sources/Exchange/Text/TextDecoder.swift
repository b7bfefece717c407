#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

/// A source that gives another source's text as UTF-8, without its byte order mark.
///
/// UTF-8 passes through unchecked: a reader names the row that is broken. The other encodings are converted
/// with iconv; what it gives is always well-formed. A damaged sequence ends the text with
/// ``ExchangeProblem/damagedText(encoding:byteOffset:line:)`` after everything before it was given; its line
/// is 0, for whoever counts lines to fill in.
public final class TextDecoder: ByteSource {
    /// The encoding in use and why.
    public let detected: DetectedEncoding
    /// How many bytes were taken from the underlying source.
    public private(set) var rawBytesRead: Int64 = 0

    private var base: any ByteSource
    private var converter: EncodingConverter?
    /// Raw bytes taken but not given yet: first the sample, then what a conversion left over.
    private var held: [UInt8]
    private var heldStart: Int
    private var baseIsExhausted: Bool
    private var pendingProblem: ExchangeProblem?
    /// Converted bytes that did not fit into a very small buffer, last byte first.
    private var spilled: [UInt8] = []

    private static let pieceBytes = 256 * 1024
    private static let longestScalarBytes = 16

    /// Reads the beginning of `base` and settles the encoding: the stated one, or by looking.
    public init(_ base: any ByteSource, encoding: TextEncoding? = nil) throws(ExchangeProblem) {
        var base = base
        var sample = [UInt8](repeating: 0, count: DetectedEncoding.sampleBytes)
        var count = 0
        var isExhausted = false
        while count < sample.count, !isExhausted {
            let taken = try sample.read(from: &base, at: count)
            count += taken
            isExhausted = taken == 0
        }
        sample.removeLast(sample.count - count)
        detected = sample.withUnsafeBytes { bytes in
            if let encoding { return DetectedEncoding.stated(encoding, bytes) }
            return DetectedEncoding.detect(bytes, isWhole: isExhausted)
        }
        self.base = base
        held = sample
        heldStart = detected.byteOrderMarkBytes
        baseIsExhausted = isExhausted
        rawBytesRead = Int64(count)
        if detected.encoding != .utf8 { converter = try EncodingConverter(from: detected.encoding) }
    }

    /// Gives the next piece of text as UTF-8; 0 at the end.
    ///
    /// - Throws: ``ExchangeProblem/damagedText(encoding:byteOffset:line:)``, or what the source throws.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(ExchangeProblem) -> Int {
        guard !buffer.isEmpty else { return 0 }
        if converter != nil { return try readConverted(into: buffer) }
        if heldStart < held.count {
            let count = min(buffer.count, held.count - heldStart)
            buffer.copyBytes(from: held[heldStart..<heldStart + count])
            heldStart += count
            if heldStart == held.count { (held, heldStart) = ([], 0) }
            return count
        }
        guard !baseIsExhausted else { return 0 }
        let count = try base.read(into: buffer)
        rawBytesRead += Int64(count)
        baseIsExhausted = count == 0
        return count
    }

    private func readConverted(into buffer: UnsafeMutableRawBufferPointer) throws(ExchangeProblem) -> Int {
        if buffer.count < Self.longestScalarBytes || !spilled.isEmpty { return try readSpilled(into: buffer) }
        if let pendingProblem { throw pendingProblem }
        while true {
            if let written = try convertHeld(into: buffer), written > 0 { return written }
            guard !baseIsExhausted else {
                guard heldStart < held.count else { return 0 }
                throw damage()
            }
            try refillHeld()
        }
    }

    /// Gives to a buffer too small for one scalar.
    private func readSpilled(into buffer: UnsafeMutableRawBufferPointer) throws(ExchangeProblem) -> Int {
        if spilled.isEmpty {
            var scratch = [UInt8](repeating: 0, count: Self.longestScalarBytes)
            let count = try scratch.withUnsafeMutableBufferPointer { bytes throws(ExchangeProblem) in
                try readConverted(into: UnsafeMutableRawBufferPointer(bytes))
            }
            spilled = scratch.prefix(count).reversed()
        }
        var count = 0
        while count < buffer.count, let byte = spilled.popLast() {
            buffer[count] = byte
            count += 1
        }
        return count
    }

    /// Converts what is held; nil when nothing whole is held. Damage is kept until what precedes it is given.
    private func convertHeld(into buffer: UnsafeMutableRawBufferPointer) throws(ExchangeProblem) -> Int? {
        guard heldStart < held.count, let converter else { return nil }
        let step = held.withUnsafeBytes { bytes in
            converter.convert(UnsafeRawBufferPointer(rebasing: bytes[heldStart...]), into: buffer)
        }
        heldStart += step.consumed
        guard step.isDamaged else { return step.produced }
        guard step.produced > 0 else { throw damage() }
        pendingProblem = damage()
        return step.produced
    }

    private func damage() -> ExchangeProblem {
        let offset = rawBytesRead - Int64(held.count - heldStart)
        return .damagedText(encoding: detected.encoding, byteOffset: offset, line: 0)
    }

    /// Moves the rest, a few bytes of a cut-off sequence, to the front and reads on behind it.
    private func refillHeld() throws(ExchangeProblem) {
        held.removeFirst(heldStart)
        heldStart = 0
        let rest = held.count
        held.append(contentsOf: repeatElement(0, count: Self.pieceBytes))
        let count = try held.read(from: &base, at: rest)
        held.removeLast(held.count - rest - count)
        rawBytesRead += Int64(count)
        baseIsExhausted = count == 0
    }
}

extension [UInt8] {
    /// Reads from a source over the elements from `start` on.
    fileprivate mutating func read(
        from source: inout any ByteSource, at start: Int
    ) throws(ExchangeProblem) -> Int {
        try withUnsafeMutableBufferPointer { bytes throws(ExchangeProblem) in
            try source.read(
                into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: bytes[start...])))
        }
    }
}

/// One iconv conversion to UTF-8, closed when let go.
private final class EncodingConverter {
    private let descriptor: iconv_t

    init(from encoding: TextEncoding) throws(ExchangeProblem) {
        guard let descriptor = iconv_open("UTF-8", encoding.name), descriptor != iconv_t(bitPattern: -1)
        else {
            throw .encodingUnavailable(encoding)
        }
        self.descriptor = descriptor
    }

    deinit { iconv_close(descriptor) }

    struct Step {
        var consumed: Int
        var produced: Int
        var isDamaged: Bool
    }

    /// Converts as much as fits and is whole.
    func convert(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Step {
        // iconv's signature lacks const; it does not write to its input.
        var source = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: CChar.self))
        var target = output.baseAddress?.assumingMemoryBound(to: CChar.self)
        var sourceLeft = input.count
        var targetLeft = output.count
        let result = iconv(descriptor, &source, &sourceLeft, &target, &targetLeft)
        let isDamaged = result == -1 && errno == EILSEQ
        return Step(
            consumed: input.count - sourceLeft, produced: output.count - targetLeft, isDamaged: isDamaged)
    }
}
