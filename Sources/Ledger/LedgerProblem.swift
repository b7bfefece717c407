/// Everything that can be wrong with a ledger's bytes, hashes, proofs, keys or signatures.
///
/// Each case has a stable ``code`` and says what to do in English and Simplified Chinese; neither text
/// carries anything beyond what the caller handed in.
public enum LedgerProblem: Error, Hashable, Sendable {
    /// Text that should be hexadecimal, base64 or a decimal number is not; `what` names the item in English.
    case malformedText(what: Item)
    /// JSON that breaks RFC 8259 or our limits, at a byte offset counted from zero.
    case malformedJSON(offset: Int, reason: JSONReason)
    /// Well-formed JSON whose bytes differ from its RFC 8785 form.
    case notCanonical
    /// A size or index lies outside the tree.
    case outsideTree(index: UInt64, size: UInt64)
    /// The older of two tree sizes is greater than the newer one.
    case sizesReversed(old: UInt64, new: UInt64)
    /// A tile, its name or its bytes do not describe 1 to 256 hashes of the expected place.
    case malformedTile
    /// A tile reader returned fewer hashes than the tree size promises.
    case tileTooShort(level: Int, index: UInt64)
    /// A leaf is longer than an entry bundle can carry.
    case leafTooLong(count: Int)
    /// An entry bundle ends within an entry.
    case malformedEntryBundle
    /// A proof has too few or too many hashes for its index and sizes.
    case proofLength
    /// An inclusion proof computes another root.
    case notIncluded
    /// A consistency proof computes another old or new root.
    case notConsistent
    /// A signed note breaks the C2SP format.
    case malformedNote(NoteReason)
    /// A signature by a trusted key does not verify.
    case badSignature(keyName: String)
    /// No signature by any trusted key is present.
    case noTrustedSignature
    /// A checkpoint was issued by another log than the trusted keys name.
    case originMismatch(origin: String)
    /// A verifier or signer key text breaks its format, or its key id is not that of its key.
    case malformedKey
    /// A proof bundle breaks its format.
    case malformedBundle(line: Int)
    /// An opening names a field that the leaf does not commit to.
    case notCommitted(field: String)
    /// A value and salt do not open the commitment in the leaf.
    case wrongOpening(field: String)
    /// The code of a document breaks its format.
    case malformedCode
    /// The entry or the text is not that of the document whose code it is.
    case otherDocument

    /// The item that ``malformedText(what:)`` speaks of.
    public enum Item: String, Hashable, Sendable, CaseIterable {
        case hexadecimal, base64, base32, decimal, hash, salt, frontier
    }

    /// Why JSON was refused.
    public enum JSONReason: String, Hashable, Sendable, CaseIterable {
        case unexpectedByte, unexpectedEnd, trailingBytes, tooDeep, duplicateName
        case invalidEscape, loneSurrogate, controlCharacter, invalidUTF8, notInteger, integerTooLarge
    }

    /// Which rule of the signed note or checkpoint format was broken.
    public enum NoteReason: String, Hashable, Sendable, CaseIterable {
        case invalidUTF8, controlCharacter, noSignatures, signatureLine, keyName, tooLarge
        case tooFewLines, emptyLine, origin, size, rootHash
    }
}
