import Foundation
import Presentation
import Rulebooks
import Statements

/// Gives out what was found in documents, in one of the forms: at once to standard output, whole to a file.
struct StatementAnswer {
    private let console: Console
    private let format: StatementCheck.Format
    private let path: String?
    private let text: ClaimText
    private var page: ClaimPage
    private var kept = Data()
    private var documents = 0
    /// How many claims have which verdict, in all documents.
    private(set) var tally = ClaimTally()

    /// So many claims are written at once.
    private static let claimsInPiece = 512

    init(_ console: Console, format: StatementCheck.Format, path: String?, tellsAll: Bool) {
        (self.console, self.format, self.path) = (console, format, path)
        text = ClaimText(
            terminal: path == nil ? console.terminal : .plain, language: console.language, tellsAll: tellsAll)
        page = ClaimPage(beginsInEnglish: console.language == .en)
    }

    /// Names a document before it is told of, when there are several.
    mutating func begin(_ document: ReadText, isOneOfSeveral: Bool, isFirst: Bool) {
        guard format == .text, isOneOfSeveral else { return }
        put((isFirst ? "" : "\n") + Heading.drawn(document.source.name, for: text.terminal))
    }

    /// Tells of a document.
    mutating func add(_ document: ReadText, _ claims: [Claim]) {
        let own = ClaimTally(claims)
        tally.add(own)
        documents += 1
        switch format {
        case .text:
            var pieces: [String] = []
            if path == nil {
                text.tell(document, claims) { console.put($0) }
            } else {
                text.tell(document, claims) { pieces.append($0) }
                for piece in pieces { put(piece) }
            }
            put(line(own))
        case .jsonl:
            var lines = ClaimLines(document)
            for start in stride(from: 0, to: claims.count, by: Self.claimsInPiece) {
                let end = min(start + Self.claimsInPiece, claims.count)
                put(lines.lines(claims[start..<end]))
            }
        case .html: page.add(document, claims)
        }
    }

    /// Gives out what remains, and writes the file when one was asked for.
    ///
    /// - Throws: `WorkspaceProblem.unwritable(path:)`.
    mutating func finish() throws {
        if format == .text, documents > 1 {
            let all = tally.summary.text(console.language)
            put("\n" + console.text("合计 ", "All together: ") + all + "\n")
        }
        if format == .html { put(page.bytes()) }
        guard let path else { return }
        try OutputFile.write(kept, to: path)
        console.aside(console.text("已写入 \(path)", "Written to \(path)"), .good)
        if format != .text { console.aside(tally.summary.text(console.language)) }
    }

    private func line(_ tally: ClaimTally) -> String {
        let meaning: Meaning? = tally[.wrong] > 0 ? .danger : tally.total > 0 ? .good : nil
        return text.terminal.painted(tally.summary.text(console.language), meaning) + "\n"
    }

    private mutating func put(_ text: String) { put(Array(text.utf8)) }

    private mutating func put(_ bytes: [UInt8]) {
        if path == nil { console.put(bytes) } else { kept.append(contentsOf: bytes) }
    }
}
