import CQREncode
import Foundation

/// A QR code (ISO/IEC 18004) as a square of dark and light modules, without its quiet zone.
struct QRCode: Sendable {
    /// How many modules a side has.
    let width: Int
    /// Row by row from the top; true is dark.
    let modules: [Bool]

    /// The version, 1 to 40.
    var version: Int { (width - 17) / 4 }
    /// The light modules that must stay free around it.
    static let quietZone = 4
    /// The largest version that a telephone reads from paper without care.
    static let readableVersion = 25

    /// Encodes ASCII text; nil when it is longer than the largest code holds, or no ASCII.
    ///
    /// Up to 15 % of the modules may be lost where the code stays readable with that, else 7 %.
    init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 > 0 && $0 < 0x80 }) else { return nil }
        for (level, most) in [(QR_ECLEVEL_M, Self.readableVersion), (QR_ECLEVEL_L, 40)] {
            guard let code = QRcode_encodeString(text, 0, level, QR_MODE_8, 1) else { continue }
            defer { QRcode_free(code) }
            let width = Int(code.pointee.width)
            guard (width - 17) / 4 <= most, let data = code.pointee.data else { continue }
            self.width = width
            modules = (0..<width * width).map { data[$0] & 1 == 1 }
            return
        }
        return nil
    }

    func isDark(row: Int, column: Int) -> Bool { modules[row * width + column] }

    /// The side with its quiet zone, in modules.
    var sideWithMargin: Int { width + 2 * Self.quietZone }

    /// The dark modules as the path of an SVG whose unit is a module: rows of neighbours as one rectangle each.
    var svgPath: String {
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                guard isDark(row: row, column: column) else {
                    column += 1
                    continue
                }
                let start = column
                while column < width, isDark(row: row, column: column) { column += 1 }
                let length = column - start
                path += "M\(start + Self.quietZone) \(row + Self.quietZone)h\(length)v1h-\(length)z"
            }
        }
        return path
    }

    /// A picture for word processors, with so many pixels a module: PNG, one bit deep, uncompressed.
    func png(pixelsPerModule scale: Int = 8) -> [UInt8] {
        let side = sideWithMargin * scale
        let rowBytes = (side + 7) / 8
        var pixels: [UInt8] = []
        pixels.reserveCapacity(side * (rowBytes + 1))
        for y in 0..<side {
            let row = y / scale - Self.quietZone
            var line = [UInt8](repeating: 0xFF, count: rowBytes)
            if (0..<width).contains(row) {
                for column in 0..<width where isDark(row: row, column: column) {
                    let left = (column + Self.quietZone) * scale
                    for x in left..<left + scale { line[x / 8] &= ~(0x80 >> UInt8(x % 8)) }
                }
            }
            pixels.append(0)
            pixels += line
        }
        return PNGFile.greyscale(side: side, filteredRows: pixels)
    }
}

/// Writes the few parts of PNG (RFC 2083) that a black and white picture needs.
private enum PNGFile {
    static func greyscale(side: Int, filteredRows: [UInt8]) -> [UInt8] {
        let header = bigEndian(UInt32(clamping: side)) + bigEndian(UInt32(clamping: side)) + [1, 0, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header)
            + chunk("IDAT", stored(filteredRows)) + chunk("IEND", [])
    }

    private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + data
        return bigEndian(UInt32(clamping: data.count)) + body + bigEndian(checksum(body))
    }

    /// A zlib stream of stored blocks (RFC 1950, RFC 1951).
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        var start = 0
        repeat {
            let end = min(start + 65_535, bytes.count)
            let length = UInt16(clamping: end - start)
            stream.append(end == bytes.count ? 1 : 0)
            for number in [length, ~length] {
                stream += [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
            }
            stream += bytes[start..<end]
            start = end
        } while start < bytes.count
        var (low, high) = (1 as UInt32, 0 as UInt32)
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return stream + bigEndian(high << 16 | low)
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
