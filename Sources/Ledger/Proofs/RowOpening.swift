/// One row of an import, shown with its cells, and the proof that it stands among the rows of the import.
///
/// The entry of the import records the root over its rows. A record that came with an import and has no entry
/// of its own is proved by its row and that entry.
public struct RowOpening: Sendable {
    /// The zero-based index of the row among the rows that were taken.
    public let index: UInt64
    /// The cells as they were hashed, personal ones as commitments.
    public let cells: [String]
    /// The hashes of the inclusion proof in the tree over the rows, lowest first.
    public let path: [Hash]

    /// A row with its proof; nothing is checked before ``verify(leaf:)``.
    ///
    /// The number of rows is not taken over from the proof: the leaf of the import says it.
    public init(cells: [String], proof: InclusionProof) {
        self.cells = cells
        index = proof.index
        path = proof.path
    }

    /// Checks that the row stands in the import that this leaf records.
    ///
    /// Throws ``LedgerProblem/notCommitted(field:)`` naming `root` when the leaf is no import or does not
    /// record a number of rows and a root over them; ``LedgerProblem/outsideTree(index:size:)`` when the
    /// import has fewer rows; ``LedgerProblem/proofLength`` and ``LedgerProblem/notIncluded`` when the cells
    /// do not stand at the index.
    public func verify(leaf: CanonicalJSON) throws(LedgerProblem) {
        guard let action = leaf["action"]?.text, action.hasSameCodePoints(as: "import"),
            case .integer(let rows)? = leaf["rows"], let size = UInt64(exactly: rows),
            let text = leaf["root"]?.text, let root = try? Hash(hexadecimal: text)
        else { throw .notCommitted(field: "root") }
        try InclusionProof(index: index, size: size, path: path)
            .verify(leafHash: RowTree.rowHash(cells: cells), root: root)
    }

    /// The row as canonical JSON: `{"cells":["…",…],"path":["…hexadecimal…",…],"row":n}`.
    var json: CanonicalJSON {
        .object(
            .init([
                "cells": .array(cells.map(CanonicalJSON.string)),
                "path": .array(path.map { .string($0.hexadecimal) }),
                "row": .integer(Int64(clamping: index)),
            ]))
    }

    /// Reads what ``json`` wrote; nil for any other shape.
    init?(json: CanonicalJSON) {
        guard case .object(let members) = json, members.count == 3,
            case .array(let cells)? = members["cells"], case .array(let path)? = members["path"],
            case .integer(let row)? = members["row"], let index = UInt64(exactly: row)
        else { return nil }
        let texts = cells.compactMap(\.text)
        let hashes = path.compactMap { $0.text.flatMap { try? Hash(hexadecimal: $0) } }
        guard texts.count == cells.count, hashes.count == path.count else { return nil }
        (self.index, self.cells, self.path) = (index, texts, hashes)
    }
}

extension RowOpening: Equatable {
    /// Rows are equal when their bytes are; `==` on texts would equate normalised forms.
    public static func == (left: RowOpening, right: RowOpening) -> Bool { left.json == right.json }
}
