import Expressions

/// Where something stands in the files of a rulebook.
public struct SourcePosition: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The file, relative to the root of its rulebook.
    public let file: String
    /// The line, from 1.
    public let line: Int
    /// The column, from 1, counted in Unicode code points.
    public let column: Int

    /// Makes a position.
    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `file:line:column`.
    public var description: String { "\(file):\(line):\(column)" }

    public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}

/// A language that people read Zhiheng in.
public enum Language: String, Sendable, CaseIterable {
    /// Simplified Chinese.
    case zh
    /// English.
    case en
}

/// A text in both languages.
public struct Bilingual: Hashable, Sendable {
    /// The text in Simplified Chinese.
    public let zh: String
    /// The text in English.
    public let en: String

    /// Makes a text of both.
    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    /// The text in one language.
    public func text(_ language: Language) -> String { language == .zh ? zh : en }
}

/// The law, standard or decision that something in the rulebook rests on.
public struct Citation: Hashable, Sendable {
    /// The law or standard by its own name, such as 安全生产法.
    public let law: String
    /// The article or clause, such as 第四十一条.
    public let clause: String?
    /// Whether the text was compared with the official one; false is reported as a notice.
    public let verified: Bool
    /// What a reader should know about the source.
    public let note: String?

    /// Makes a citation, verified unless said otherwise.
    public init(law: String, clause: String? = nil, verified: Bool = true, note: String? = nil) {
        self.law = law
        self.clause = clause
        self.verified = verified
        self.note = note
    }

    /// The law and its clause in one line.
    public var title: String { clause.map { "\(law) \($0)" } ?? law }
}

/// A version of something that the law changes on a day.
public struct Dated<Item: Sendable>: Sendable {
    /// The first day on which the version is in force.
    public let since: CivilDate
    /// The last day on which it is in force; nil when the next version, if any, ends it.
    public let until: CivilDate?
    /// What the version rests on.
    public let citations: [Citation]
    /// The version itself.
    public let item: Item

    /// Makes a version.
    public init(since: CivilDate, until: CivilDate? = nil, citations: [Citation] = [], item: Item) {
        self.since = since
        self.until = until
        self.citations = citations
        self.item = item
    }

    /// Whether the version stands for something undated: in force from the first day of the calendar.
    public var isUndated: Bool { since == CivilDate.earliest && until == nil }

    func replacing<Other: Sendable>(_ other: Other) -> Dated<Other> {
        Dated<Other>(since: since, until: until, citations: citations, item: other)
    }
}

extension Array {
    /// The version in force on a day, or nil when there is none yet, or no longer one.
    ///
    /// The versions are in order of `since`, as the loader makes sure.
    public func inForce<Item>(on date: CivilDate) -> Dated<Item>? where Element == Dated<Item> {
        guard let version = last(where: { $0.since <= date }) else { return nil }
        if let until = version.until, until < date { return nil }
        return version
    }
}

extension CivilDate {
    /// The first day of the calendar: versions without a date are in force from here.
    public static let earliest = CivilDate(daysSinceEpoch: Int32.min)
}

/// An expression of the rulebook, compiled for the slots of its kind.
public struct Formula: Sendable {
    /// The expression as written.
    public let source: String
    /// The expression ready to be evaluated.
    public let program: Program
    /// Where it is written.
    public let position: SourcePosition
}

/// A file of a rulebook: its path relative to the rulebook's root, with `/`, and its bytes.
public struct RulebookFile: Hashable, Sendable {
    /// The path relative to the root, with `/` between folders.
    public let path: String
    /// The bytes of the file.
    public let bytes: [UInt8]

    /// Makes a file.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}
