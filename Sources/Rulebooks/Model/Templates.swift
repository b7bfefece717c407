import Expressions

/// The template of a notice that an action or a clock issues.
public struct DocumentTemplate: Sendable {
    /// The id.
    public let id: String
    /// The name people read.
    public let name: Bilingual
    /// The kind it is about.
    public let kindID: String
    /// How notices are numbered; nil means not at all.
    public let numbering: NumberPattern?
    /// The path of the Mustache template within the rulebook, per language.
    public let template: Bilingual
    /// What it rests on.
    public let citations: [Citation]
    /// Where it is declared.
    public let position: SourcePosition
}

/// The template of a report.
public struct ReportTemplate: Sendable {
    /// The id.
    public let id: String
    /// The name people read.
    public let name: Bilingual
    /// The period it covers.
    public let period: ReportPeriod
    /// The path of the Mustache template within the rulebook, per language.
    public let template: Bilingual
    /// The figures by name, in order of declaration.
    public let figures: [ReportFigure]
    /// What it rests on.
    public let citations: [Citation]
    /// Where it is declared.
    public let position: SourcePosition
}

/// The period a report covers, or the one figures are compared over.
public enum ReportPeriod: String, Sendable, CaseIterable {
    /// A month.
    case month
    /// Three months.
    case quarter
    /// Six months.
    case half
    /// A year.
    case year
    /// Any of them.
    case any
}

/// A figure, or a table of figures, of a report.
public struct ReportFigure: Sendable {
    /// The name in the template.
    public let id: String
    /// The measures, one for a single figure.
    public let measures: [String]
    /// The indicator instead of measures.
    public let indicator: String?
    /// For a dimension, the items counted.
    public let restrictions: [String: [String]]
    /// With what it is compared: the `year` before, or the period before (`month`, `quarter`, `half`).
    public let compare: ReportPeriod?
    /// The figure it is a share of, by name within the report.
    public let shareOf: String?
    /// The dimension of a table, or `region.LEVEL`; nil for a single figure.
    public let by: String?
    /// The order of a table's rows as written.
    public let sort: String?
    /// The condition on a table's rows as written.
    public let keep: String?
    /// Where it is declared.
    public let position: SourcePosition
}

/// How a file of another system is turned into records.
public struct ImportMap: Sendable {
    /// The id.
    public let id: String
    /// The name people read.
    public let name: Bilingual
    /// The kind of the records.
    public let kindID: String
    /// The state they arrive in; nil means the kind's own for imports.
    public let state: String?
    /// The encoding of the file.
    public let encoding: TextEncoding
    /// The character between values.
    public let delimiter: Character
    /// Names in expressions for columns whose headings are not identifiers.
    public let columns: [String: String]
    /// The fields filled, in order of declaration. Compiled against the file's own columns when it is read.
    public let fields: [ImportField]
    /// Rows for which this is true are left out and counted.
    public let skipWhen: ImportField?
    /// What it rests on.
    public let citations: [Citation]
    /// Where it is declared.
    public let position: SourcePosition
}

/// An expression over the columns of a file.
public struct ImportField: Hashable, Sendable {
    /// The field it fills.
    public let field: String
    /// The expression as written.
    public let source: String
    /// Where it is written.
    public let position: SourcePosition
}

/// The encoding of a text file.
public enum TextEncoding: String, Sendable, CaseIterable {
    /// Found out from the bytes.
    case auto
    /// UTF-8.
    case utf8 = "utf-8"
    /// GB 18030, which includes GBK and GB 2312.
    case gb18030
}
