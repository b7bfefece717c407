import Exchange
import Foundation

/// A document as plain text, whatever it came as.
public struct TextDocument: Hashable, Sendable {
    /// What it is called: the last component of its path, or `-` for standard input.
    public let name: String
    /// Its text. For a Word or PDF document it is what the converter found in it.
    public let text: String
    /// What it came as.
    public let form: Form

    /// What a document came as; told by its first bytes, never by its name.
    public enum Form: Hashable, Sendable {
        /// Text in UTF-8, UTF-16 with a mark, or GB 18030.
        case plain
        /// Office Open XML (ISO/IEC 29500), read through pandoc.
        case word
        /// PDF (ISO 32000), read through pdftotext.
        case portable
    }

    /// The largest document that is read, in bytes; whole texts are held in memory.
    public static let maximumBytes = 256 << 20

    /// Reads the document at a path; the encoding of plain text is looked for unless it is stated.
    ///
    /// - Throws: ``TextDocumentProblem``, `ExchangeProblem`.
    public init(path: String, encoding: TextEncoding? = nil) throws {
        let source = try FileByteSource(path: path)
        let bytes = try Self.bytes(of: source, name: source.name)
        try self.init(name: source.name, bytes: bytes, path: path, encoding: encoding)
    }

    /// Reads the document that standard input holds.
    ///
    /// - Throws: ``TextDocumentProblem``, `ExchangeProblem`.
    public static func standardInput(encoding: TextEncoding? = nil) throws -> TextDocument {
        let bytes = try bytes(of: FileByteSource.standardInput(), name: "-")
        return try TextDocument(name: "-", bytes: bytes, encoding: encoding)
    }

    /// Reads a document from its bytes.
    ///
    /// - Parameters:
    ///   - path: where the bytes lie, for a converter to read; without it they are handed over.
    ///   - encoding: that of plain text; without it, it is looked for.
    /// - Throws: ``TextDocumentProblem``, `ExchangeProblem`.
    public init(name: String, bytes: [UInt8], path: String? = nil, encoding: TextEncoding? = nil) throws {
        self.name = name
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw TextDocumentProblem.oldWord(name: name) }
        if bytes.starts(with: [0x25, 0x50, 0x44, 0x46, 0x2D]) {
            form = .portable
            let lines = try TextConverter.pdftotext.text(of: bytes, path: path, name: name)
            text = UnwrappedLines.joined(lines)
        } else if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            form = .word
            text = try TextConverter.pandoc.text(of: bytes, path: path, name: name)
        } else {
            form = .plain
            text = try WholeText(bytes, encoding: encoding).text
        }
    }

    private static func bytes(of source: FileByteSource, name: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        if let size = source.sizeBytes { bytes.reserveCapacity(Int(clamping: min(size, 1 << 28)) + 1) }
        var piece = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = try piece.withUnsafeMutableBufferPointer { buffer throws(ExchangeProblem) in
                try source.read(into: UnsafeMutableRawBufferPointer(buffer))
            }
            guard count > 0 else { return bytes }
            guard bytes.count + count <= maximumBytes else { throw TextDocumentProblem.tooLarge(name: name) }
            bytes.append(contentsOf: piece[..<count])
        }
    }
}
