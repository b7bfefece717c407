/// Numbers byte strings in the order in which they first come, and finds them again without making a `String`.
///
/// Grows with what is put in; whoever uses it sets a limit.
struct ByteTable: Sendable {
    /// Positions in `ends` plus one; 0 is free. The count is a power of two, at most half of it taken.
    private var places: [UInt32] = Array(repeating: 0, count: 64)
    private var hashes: [UInt64] = []
    private var ends: [Int] = []
    private var bytes: [UInt8] = []
    /// Differs from run to run, so that no file can be made whose contents all collide.
    private let seed: UInt64

    init(seed: UInt64 = .random(in: .min ... .max)) {
        self.seed = seed
    }

    var count: Int { ends.count }

    /// The number of a byte string, nil when it has none. A stamp makes otherwise equal strings different.
    func find(_ key: UnsafeRawBufferPointer, stamp: UInt64 = 0) -> Int? {
        let hash = hash(key, stamp)
        var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
        while places[place] != 0 {
            let found = Int(places[place]) - 1
            if hashes[found] == hash, matches(found, key, stamp) { return found }
            place = (place + 1) & (places.count - 1)
        }
        return nil
    }

    /// Numbers a byte string that has no number yet.
    mutating func insert(_ key: UnsafeRawBufferPointer, stamp: UInt64 = 0) -> Int {
        if (ends.count + 1) * 2 > places.count { grow() }
        let number = ends.count
        hashes.append(hash(key, stamp))
        withUnsafeBytes(of: stamp) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: key)
        ends.append(bytes.count)
        enter(number)
        return number
    }

    private func matches(_ number: Int, _ key: UnsafeRawBufferPointer, _ stamp: UInt64) -> Bool {
        let start = number == 0 ? 0 : ends[number - 1]
        guard ends[number] - start == key.count + 8 else { return false }
        return bytes.withUnsafeBytes { stored in
            guard stored.loadUnaligned(fromByteOffset: start, as: UInt64.self) == stamp else { return false }
            return UnsafeRawBufferPointer(rebasing: stored[(start + 8)..<ends[number]]).elementsEqual(key)
        }
    }

    private mutating func enter(_ number: Int) {
        var place = Int(truncatingIfNeeded: hashes[number]) & (places.count - 1)
        while places[place] != 0 { place = (place + 1) & (places.count - 1) }
        places[place] = UInt32(truncatingIfNeeded: number + 1)
    }

    private mutating func grow() {
        places = Array(repeating: 0, count: places.count * 2)
        for number in ends.indices { enter(number) }
    }

    private func hash(_ key: UnsafeRawBufferPointer, _ stamp: UInt64) -> UInt64 {
        var state = Self.mixed(seed ^ stamp, UInt64(truncatingIfNeeded: key.count) | 1)
        var offset = 0
        while offset + 8 <= key.count {
            state = Self.mixed(
                state ^ key.loadUnaligned(fromByteOffset: offset, as: UInt64.self), 0x9E37_79B9_7F4A_7C15)
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < key.count {
            rest = rest << 8 | UInt64(key[offset])
            offset += 1
        }
        return Self.mixed(state ^ rest, 0xD6E8_FEB8_6659_FD93)
    }

    /// Multiplies to 128 bits and folds them together.
    private static func mixed(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
