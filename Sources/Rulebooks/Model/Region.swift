import Expressions

/// An administrative division.
public struct Region: Hashable, Sendable {
    /// The code, padded with zeros to the full length.
    public let code: String
    /// The name people read; the English name is the Chinese one where none is known.
    public let name: Bilingual
    /// The id of its level, such as `county`.
    public let level: String
}

/// A level of divisions: all codes of so many significant digits.
public struct RegionLevel: Hashable, Sendable {
    /// The count of significant digits.
    public let digits: Int
    /// The id, such as `county`.
    public let id: String
    /// The name people read.
    public let name: Bilingual

    /// Makes a level.
    public init(digits: Int, id: String, name: Bilingual) {
        self.digits = digits
        self.id = id
        self.name = name
    }
}

/// The name that a code had from one day to another.
struct FormerRegion: Hashable, Sendable {
    let code: UInt64
    let name: String
    let from: CivilDate
    let until: CivilDate?
}

/// A former code and the one that takes its place from a day on.
public struct RegionSuccession: Hashable, Sendable {
    /// The former code, padded.
    public let former: String
    /// The code in its place, padded.
    public let successor: String
    /// The day from which it stands in its place.
    public let on: CivilDate
    /// The decision it rests on.
    public let source: String?
}
