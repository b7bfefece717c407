import Foundation
import Testing

@testable import Ledger

/// A generator that gives the same numbers for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// The eight leaves of the Certificate Transparency test vectors.
let standardLeaves: [[UInt8]] = [
    [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
    [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57], Array(0x60...0x6F),
]

/// Leaf hashes of "leaf 0", "leaf 1" and so on.
func numberedHashes(_ count: Int) -> [Hash] {
    (0..<count).map { MerkleTree.leafHash(Array("leaf \($0)".utf8)) }
}

func hash(_ hexadecimal: String) throws -> Hash { try Hash(hexadecimal: hexadecimal) }

/// The hash with one bit changed.
func flipped(_ hash: Hash, bit: Int) throws -> Hash {
    var bytes = hash.bytes
    bytes[(bit / 8) % 32] ^= 1 << (bit % 8)
    return try Hash(bytes: bytes)
}

/// Tiles kept in memory under level and index, as a table would keep them.
struct MemoryTiles: TileReader {
    struct Place: Hashable {
        let level: Int
        let index: UInt64
    }

    struct Absent: Error {}

    var stored: [Place: [UInt8]] = [:]

    mutating func store(_ writes: [TileWrite]) {
        for write in writes { stored[Place(level: write.tile.level, index: write.tile.index)] = write.bytes }
    }

    func bytes(of tile: Tile) throws -> [UInt8] {
        guard let bytes = stored[Place(level: tile.level, index: tile.index)] else { throw Absent() }
        return bytes
    }
}

/// A key whose seed is the bytes 0 to 31; only tests use it.
func testKey(name: String = "zhiheng.example/ledger") throws -> SigningKey {
    try SigningKey(name: name, seed: Array(0..<32))
}

/// The package root, found from this file.
let packageRoot = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// Every way to damage bytes a little that garbage tests try: flips, cuts, doublings and insertions.
func damaged(_ bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    guard !bytes.isEmpty else { return [UInt8(truncatingIfNeeded: generator.next())] }
    var result = bytes
    let position = Int.random(in: 0..<bytes.count, using: &generator)
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: result[position] ^= UInt8(1 << Int.random(in: 0..<8, using: &generator))
    case 1: result.remove(at: position)
    case 2: result.insert(UInt8(truncatingIfNeeded: generator.next()), at: position)
    case 3: result = Array(result.prefix(position))
    default: result.insert(contentsOf: result.suffix(from: position), at: position)
    }
    return result
}
