/// Reads the rows of a CSV file (RFC 4180) from its bytes, as slices where nothing is quoted.
struct CsvRows: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var offset: Int
    /// The line of the row last read, from 1.
    private(set) var line = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The fields of the next row; an empty line is a row of one empty field.
    mutating func next() -> [ArraySlice<UInt8>]? {
        guard offset < bytes.count else { return nil }
        line += 1
        var fields: [ArraySlice<UInt8>] = []
        while true {
            fields.append(field())
            guard offset < bytes.count else { return fields }
            let separator = bytes[offset]
            offset += 1
            if separator == 0x2C {
                if offset == bytes.count { return fields + [[]] }
                continue
            }
            if separator == 0x0D, offset < bytes.count, bytes[offset] == 0x0A { offset += 1 }
            return fields
        }
    }

    private mutating func field() -> ArraySlice<UInt8> {
        if offset < bytes.count, bytes[offset] == 0x22 { return quoted() }
        let start = offset
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == 0x2C || byte == 0x0A || byte == 0x0D { break }
            offset += 1
        }
        return bytes[start..<offset]
    }

    private mutating func quoted() -> ArraySlice<UInt8> {
        var content: [UInt8] = []
        offset += 1
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == 0x22 {
                guard offset < bytes.count, bytes[offset] == 0x22 else { break }
                offset += 1
            }
            content.append(byte)
        }
        // Anything between the closing quote and the separator is no part of the value.
        while offset < bytes.count, bytes[offset] != 0x2C, bytes[offset] != 0x0A, bytes[offset] != 0x0D {
            offset += 1
        }
        return content[...]
    }
}
