/// A unit as a number, for comparing: two units have the same one only when they are written alike.
struct UnitCode: Hashable, Sendable, ExpressibleByStringLiteral {
    let value: UInt64

    init(_ unit: String) {
        // FNV-1a, published by Fowler, Noll and Vo; units are a few scalars long.
        var code: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in unit.utf8 { code = (code ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        value = code
    }

    init(stringLiteral unit: String) { self.init(unit) }

    /// That of a figure without a unit.
    static let none = UnitCode("")
    static let percent: UnitCode = "%"
}

/// What is known of each of some units, found through an open hash table.
struct UnitTable: Sendable {
    private var slots: [(code: UInt64, value: UInt32)]
    private let mask: Int

    /// Takes the units with their values, which are never zero.
    init(_ values: [String: UInt32]) {
        var size = 8
        while size < values.count * 3 { size *= 2 }
        mask = size - 1
        slots = Array(repeating: (0, 0), count: size)
        for (unit, value) in values {
            let code = UnitCode(unit).value
            var place = Self.place(code) & mask
            while slots[place].value != 0 { place = (place + 1) & mask }
            slots[place] = (code, value)
        }
    }

    private static func place(_ code: UInt64) -> Int { Int(truncatingIfNeeded: code ^ code >> 29) }

    /// The unit's value; 0 for all others.
    subscript(_ unit: UnitCode) -> UInt32 {
        var place = Self.place(unit.value) & mask
        while slots[place].value != 0 {
            if slots[place].code == unit.value { return slots[place].value }
            place = (place + 1) & mask
        }
        return 0
    }
}
