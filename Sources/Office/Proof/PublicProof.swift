import Figures
import Ledger
import Records
import Rulebooks
import Storage

/// Checks what people bring against the ledger as it stands: proofs, texts of documents, published figures.
public struct PublicProof: Sendable {
    let office: Office

    public init(_ office: Office) { self.office = office }

    /// How a proof stands to the ledger of this deployment.
    public struct LiveCheck: Hashable, Sendable {
        /// Whether the ledger holds this very entry at the place the proof names.
        public var holdsEntry: Bool
        /// Whether the root in the proof's checkpoint is that of the ledger's first entries, so that nothing was changed
        /// since it was signed; nil when the ledger has fewer entries than the checkpoint.
        public var rootAgrees: Bool?
        /// How many entries the ledger has now.
        public var size: UInt64
    }

    /// Compares a proof with the ledger.
    public func check(_ bundle: ProofBundle, _ checkpoint: Checkpoint?) throws -> LiveCheck {
        try office.store.read { reader in
            let size = try reader.ledgerSize()
            var check = LiveCheck(holdsEntry: false, rootAgrees: nil, size: size)
            if bundle.index < size, let entry = try reader.entry(at: bundle.index) {
                check.holdsEntry = entry.leaf == bundle.leaf
            }
            if let checkpoint, checkpoint.size <= size {
                var tree = TiledTree(size: checkpoint.size, reader: StoreTiles(reader: reader))
                check.rootAgrees = try tree.root() == checkpoint.root
            }
            return check
        }
    }

    /// How the text of a document that somebody brings stands to the one that was issued.
    public struct TextCheck: Sendable {
        public let document: StoredDocument
        public let record: Record
        /// Whether the ledger holds the digest of the text on file.
        public let isProven: Bool
        /// Whether the text brought is the text on file, in either language.
        public let isSame: Bool
    }

    /// The most lines of a text among which the document's number is looked for.
    private static let searchedLines = 40

    /// Finds the document a text is of by the number that stands on a line of its own, and compares the two; nil when none
    /// of the first lines is the number of a document.
    ///
    /// Spaces at the ends of lines, empty lines and the form of line breaks do not matter.
    public func check(text: String) throws -> TextCheck? {
        let lines = Self.lines(text)
        return try office.store.read { reader in
            for line in lines.prefix(Self.searchedLines) where line.count <= 100 {
                guard let document = try reader.document(number: line),
                    let kind = office.rulebook.kind(document.kind),
                    let record = try reader.record(kind, id: document.record)
                else { continue }
                let isSame = [document.text, document.textEnglish].contains { Self.lines($0) == lines }
                return TextCheck(
                    document: document, record: record,
                    isProven: try DocumentProof(office).holds(document, reader: reader), isSame: isSame)
            }
            return nil
        }
    }

    private static func lines(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map { line in
            var line = line
            while line.first?.isWhitespace == true { line.removeFirst() }
            while line.last?.isWhitespace == true { line.removeLast() }
            return String(line)
        }.filter { !$0.isEmpty }
    }

    /// What a published figure comes to now, and at which state of the ledger.
    public struct FigureCheck: Sendable {
        public let definition: PublicFigures.Definition
        /// The value without its unit; nil where there is none.
        public let value: String?
        public let undetermined: Int64
        /// How many entries the ledger has.
        public let size: UInt64
        /// The checkpoint signed last at or before that.
        public let checkpoint: StoredCheckpoint?
        /// Whether a checkpoint of the size asked for was signed; nil when none was asked for.
        public let isKnownCheckpoint: Bool?
    }

    /// Computes a published figure anew from the cells, in one snapshot with the ledger's size.
    ///
    /// - Parameter size: of the checkpoint that the publication names.
    /// - Returns: nil when no figure of that id is published.
    public func check(
        figure id: String, region: String, period: Period?, checkpoint size: UInt64?
    ) throws -> FigureCheck? {
        let figures = PublicFigures(office)
        guard let definition = figures.definition(id) else { return nil }
        return try office.store.read { reader in
            let rows = try figures.figures(id, region: region, period: period, reader: reader)
            let signed = try reader.checkpoints()
            return FigureCheck(
                definition: definition, value: rows?.first?.value,
                undetermined: rows?.first?.undetermined ?? 0, size: try reader.ledgerSize(),
                checkpoint: signed.last,
                isKnownCheckpoint: size.map { asked in signed.contains { $0.size == asked } })
        }
    }
}
