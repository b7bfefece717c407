/// A few scalars to look for, written as a text; looking takes as long as there are scalars, at most.
struct ScalarSet: ExpressibleByStringLiteral, Sendable {
    private let values: [UInt32]
    private let mask: UInt64

    init(stringLiteral text: String) {
        values = text.unicodeScalars.map(\.value)
        mask = values.reduce(0) { $0 | 1 << UInt64($1 & 63) }
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        mask >> UInt64(scalar.value & 63) & 1 == 1 && values.contains(scalar.value)
    }
}
