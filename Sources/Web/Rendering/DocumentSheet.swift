/// The text of a document taken apart for its printed sheet (GB/T 9704): what the sheet sets in places of its own, heading,
/// number, addressee, signature and date, is not printed twice.
struct DocumentSheet {
    let heading: String
    let date: String
    private(set) var addressee: String?
    private(set) var signature: String?
    private(set) var blocks: [[String: Any]] = []

    init(_ text: String, heading: String, number: String, date: String) {
        (self.heading, self.date) = (heading, date)
        var lines = text.split(separator: "\n").map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
        while let first = lines.first.map(Self.trimmed), first == heading || first == number {
            lines.removeFirst()
        }
        if let first = lines.first.map(Self.trimmed), first.hasSuffix("：") || first.hasSuffix(":") {
            addressee = String(first.dropLast())
            lines.removeFirst()
        }
        if lines.last.map(Self.trimmed) == date {
            lines.removeLast()
            // What stands above the date without an indent is who signs.
            if let last = lines.last, last.first?.isWhitespace == false { signature = lines.removeLast() }
        }
        blocks = lines.map { line in
            let isIndented = line.first?.isWhitespace ?? false
            return [isIndented ? "paragraph" : "asWritten": Self.trimmed(line)]
        }
    }

    /// Who signs, without the word for the seal.
    var agency: String? {
        signature.map { signature in
            let end = signature.firstIndex { $0 == "（" || $0 == "(" } ?? signature.endIndex
            return Self.trimmed(String(signature[..<end]))
        }
    }

    private static func trimmed(_ line: String) -> String {
        var line = Substring(line)
        while line.first?.isWhitespace == true { line.removeFirst() }
        while line.last?.isWhitespace == true { line.removeLast() }
        return String(line)
    }
}
