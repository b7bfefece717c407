/// A region that is no longer in force and the one its figures follow.
public struct SucceededRegion: Hashable, Sendable {
    /// The significant digits of the former region.
    public let former: String
    /// The significant digits of the region that takes its place.
    public let successor: String

    /// Makes a succession.
    public init(former: String, successor: String) {
        (self.former, self.successor) = (former, successor)
    }
}

/// The successions of regions in effect on a day, ready to be looked up.
public struct SuccessionTable: Sendable {
    /// The successor of each former region, both by their significant digits.
    let successors: [String: String]
    /// The former regions by their codes of twelve digits.
    let formerCodes: Set<String>
    /// How many digits former regions have, the finest first.
    let formerLengths: [Int]

    /// A table without successions.
    public static let empty = SuccessionTable([])

    /// Makes a table; of two successions of one region the first counts.
    public init(_ successions: [SucceededRegion]) {
        successors = Dictionary(successions.map { ($0.former, $0.successor) }) { first, _ in first }
        formerCodes = Set(successors.keys.map(RegionMovements.padded))
        formerLengths = Set(successors.keys.map(\.utf8.count)).sorted(by: >)
    }
}
