/// Claims as JSON lines: one object (RFC 8259) a line, in UTF-8.
///
/// The members, always all of them and in this order: `document`, `line` (from 1), `quote` (as it stands in
/// the original), `kind`, `stated`, `numerator`, `denominator`, `recomputed` (texts, or null where there is
/// none), `verdict`, `explanation` (an object with `zh` and `en`), `start` and `end` (where the stated figure
/// stands: offsets in Unicode scalars of the original from 0, the end behind the last one).
public struct ClaimLines {
    private let source: SourceText
    private let original: [Unicode.Scalar]
    private var json = JSONBytes()

    /// Prepares to write claims of a text.
    public init(_ text: ReadText) {
        source = text.source
        original = Array(text.source.original.unicodeScalars)
    }

    /// The lines of some of the text's claims.
    public mutating func lines(_ claims: some Sequence<Claim>) -> [UInt8] {
        json.removeAll()
        for claim in claims { write(claim) }
        return json.bytes
    }

    private mutating func write(_ claim: Claim) {
        let quotient = OperandText.quotient(of: claim, in: source)
        let place = source.originalRange(claim.range)
        let texts = claim.texts
        json.beginObject()
        json.name("document")
        json.text(source.name)
        json.name("line")
        json.number(source.line(at: claim.range.lowerBound))
        json.name("quote")
        json.text(original[source.originalRange(claim.quote).clamped(to: original.indices)])
        json.name("kind")
        json.text(claim.kind.rawValue)
        json.name("stated")
        json.text(claim.stated)
        json.name("numerator")
        json.text(quotient?.numerator)
        json.name("denominator")
        json.text(quotient?.denominator)
        json.name("recomputed")
        json.text(texts.recomputed)
        json.name("verdict")
        json.text(claim.verdict.rawValue)
        json.name("explanation")
        json.beginObject()
        json.name("zh")
        json.text(texts.explanation.chinese)
        json.name("en")
        json.text(texts.explanation.english)
        json.endObject()
        json.name("start")
        json.number(place.lowerBound)
        json.name("end")
        json.number(place.upperBound)
        json.endObject()
        json.endLine()
    }
}
