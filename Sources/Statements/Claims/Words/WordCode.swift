/// A stretch of text as a number, for looking up what was said of the same words before.
///
/// Words have the same number only when they are written alike, but for a chance of one in 2⁶⁴. It is made from
/// the last scalar to the first, so that the numbers of all endings of a clause come in one walk.
struct WordCode: Hashable, Sendable {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    init() {}

    init(_ range: Range<Int>, of scalars: [Unicode.Scalar]) {
        for place in range.reversed() { extend(by: scalars[place]) }
    }

    /// Takes in the scalar before.
    mutating func extend(by scalar: Unicode.Scalar) {
        // FNV-1a over scalars, and a shift that brings the upper bits down.
        value = (value ^ UInt64(scalar.value)) &* 0x0000_0100_0000_01B3
        value ^= value >> 31
    }
}
