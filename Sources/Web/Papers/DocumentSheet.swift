import Rulebooks

/// The text of a document taken apart for its printed sheet (GB/T 9704): what the sheet sets in places of its own, heading,
/// number, addressee, signature and date, is not printed twice.
struct DocumentSheet: Sendable {
    /// A piece of the body.
    enum Block: Hashable, Sendable {
        /// A numbered heading: 一、事故发生单位概况.
        case heading(String)
        /// A paragraph, with an indent in Chinese.
        case paragraph(String)
        /// A line that stands for itself: a fact with its label, an item of a list.
        case line(String)
        /// An item under another.
        case item(String)
    }

    /// The title, each line as the text has it.
    private(set) var heading: String
    /// The day of issue in words.
    let date: String
    /// To whom the document is addressed, with its colon.
    private(set) var addressee: String?
    /// Who signs, without the words for the seal and the part played.
    private(set) var agency: String?
    private(set) var blocks: [Block] = []

    /// - Parameters:
    ///   - name: the heading where the text has none of its own above the number.
    ///   - date: the day of issue as the text ends with it.
    init(_ text: String, name: String, number: String, date: String, language: Language) {
        (heading, self.date) = (name, date)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let head = lines.prefix(6)
        if let place = head.firstIndex(where: { Self.trimmed($0) == number }) {
            let above = head[..<place].map(Self.trimmed).filter { !$0.isEmpty }
            if !above.isEmpty { heading = above.joined(separator: language == .zh ? "" : " ") }
            lines.removeFirst(place + 1)
        }
        takeSignature(&lines)
        takeAddressee(&lines)
        blocks = language == .zh ? Self.chinese(lines) : Self.english(lines)
    }

    private mutating func takeAddressee(_ lines: inout [String]) {
        guard let first = lines.firstIndex(where: { !Self.isBlank($0) }) else { return }
        let line = lines[first]
        let text = Self.trimmed(line)
        guard line.first?.isWhitespace == false, text.hasSuffix("：") || text.hasSuffix(":") else { return }
        addressee = text
        lines.removeFirst(first + 1)
    }

    /// What stands above the date without an indent is who signs.
    private mutating func takeSignature(_ lines: inout [String]) {
        while let last = lines.last, Self.isBlank(last) { lines.removeLast() }
        guard lines.last.map(Self.trimmed) == date else { return }
        lines.removeLast()
        guard let last = lines.last, last.first?.isWhitespace == false else { return }
        lines.removeLast()
        agency = Self.agency(last)
    }

    private static func agency(_ signature: String) -> String {
        var name = Substring(signature)
        for seal in ["（印章）", "(seal)"] where name.hasSuffix(seal) { name = name.dropLast(seal.count) }
        if let colon = name.firstIndex(where: { $0 == "：" || $0 == ":" }) {
            name = name[name.index(after: colon)...]
        }
        return trimmed(String(name))
    }

    // MARK: The body

    private static func chinese(_ lines: [String]) -> [Block] {
        lines.filter { !isBlank($0) }.map { line in
            let text = trimmed(line)
            let indent = line.prefix { $0 == "　" }.count
            if isNumbered(text), !text.contains("："), !text.contains("。") { return .heading(text) }
            if indent >= 4 { return .item(text) }
            return indent > 0 ? .paragraph(text) : .line(text)
        }
    }

    /// 一、 to 九十九、 at the beginning.
    private static func isNumbered(_ text: String) -> Bool {
        let digits = text.prefix { "一二三四五六七八九十".contains($0) }
        return !digits.isEmpty && text.dropFirst(digits.count).first == "、"
    }

    /// Templates in English break their lines anywhere; what belongs together is put together again.
    private static func english(_ lines: [String]) -> [Block] {
        var blocks: [Block] = []
        var isOpen = false
        for line in lines {
            let text = trimmed(line)
            if text.isEmpty {
                isOpen = false
                continue
            }
            let indent = line.prefix { $0 == " " }.count
            let starts = isLabelled(text) || indent >= 4
            switch blocks.last {
            case .paragraph(let before)? where isOpen && !starts:
                blocks[blocks.count - 1] = .paragraph(before + " " + text)
            case .line(let before)? where isOpen && !starts:
                blocks[blocks.count - 1] = .line(before + " " + text)
            case .item(let before)? where isOpen && !starts:
                blocks[blocks.count - 1] = .item(before + " " + text)
            default: blocks.append(indent > 0 ? .item(text) : starts ? .line(text) : .paragraph(text))
            }
            isOpen = true
        }
        return blocks
    }

    /// `Found on: …` or `1. Project: …`: a fact on a line of its own.
    private static func isLabelled(_ text: String) -> Bool {
        if let dot = text.firstIndex(of: "."), dot != text.startIndex,
            text[..<dot].allSatisfy({ $0.isASCII && $0.isNumber })
        {
            return true
        }
        guard text.first?.isUppercase == true, let colon = text.firstIndex(of: ":") else { return false }
        let label = text[..<colon]
        return label.count <= 60 && !label.contains { ".;,".contains($0) }
    }

    private static func isBlank(_ line: String) -> Bool { line.allSatisfy(\.isWhitespace) }

    private static func trimmed(_ line: String) -> String {
        var line = Substring(line)
        while line.first?.isWhitespace == true { line.removeFirst() }
        while line.last?.isWhitespace == true { line.removeLast() }
        return String(line)
    }
}
