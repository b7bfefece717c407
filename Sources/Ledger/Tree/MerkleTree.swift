import Crypto

/// The hashing of the Merkle tree of RFC 6962 section 2.1 (the same as RFC 9162 section 2.1.1), SHA-256.
public enum MerkleTree {
    /// The root of the tree without leaves: SHA-256 of nothing.
    public static let emptyRoot = digest(UnsafeRawBufferPointer(start: nil, count: 0))

    /// SHA-256 of the byte 0x00 and the leaf's bytes.
    public static func leafHash(_ leaf: [UInt8]) -> Hash {
        leaf.withUnsafeBytes { leafHash($0) }
    }

    /// SHA-256 of the byte 0x00 and the bytes in the buffer, without copying them.
    public static func leafHash(_ leaf: UnsafeRawBufferPointer) -> Hash {
        var hasher = SHA256()
        withUnsafeBytes(of: 0 as UInt8) { hasher.update(bufferPointer: $0) }
        hasher.update(bufferPointer: leaf)
        return hasher.finalize().withUnsafeBytes { Hash(unchecked: $0) }
    }

    /// SHA-256 of the byte 0x01, the left hash and the right hash.
    public static func nodeHash(_ left: Hash, _ right: Hash) -> Hash {
        withUnsafeTemporaryAllocation(byteCount: 72, alignment: 8) { buffer in
            // The prefix stands at offset 7 so that both hashes are stored aligned.
            buffer.storeBytes(of: 1, toByteOffset: 7, as: UInt8.self)
            left.store(in: buffer, at: 8)
            right.store(in: buffer, at: 40)
            return digest(UnsafeRawBufferPointer(rebasing: buffer[7..<72]))
        }
    }

    /// The root of the tree over these leaf hashes.
    public static func root(of leafHashes: some Sequence<Hash>) -> Hash {
        var frontier = MerkleFrontier()
        for hash in leafHashes { frontier.append(hash) }
        return frontier.root
    }

    /// Plain SHA-256 of the bytes.
    static func digest(_ bytes: UnsafeRawBufferPointer) -> Hash {
        var hasher = SHA256()
        hasher.update(bufferPointer: bytes)
        return hasher.finalize().withUnsafeBytes { Hash(unchecked: $0) }
    }
}
