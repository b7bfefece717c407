import Crypto
import Ledger

/// SHA-256 digests of whole texts and files.
public enum Digest {
    /// The digest in lower-case hexadecimal.
    public static func hexadecimal(of bytes: [UInt8]) -> String {
        Hexadecimal.encode(SHA256.hash(data: bytes))
    }
}
