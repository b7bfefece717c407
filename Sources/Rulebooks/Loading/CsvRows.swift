/// Reads the rows of a CSV file (RFC 4180) from its bytes, as slices where nothing is quoted.
struct CsvRows: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var next_: Int
    /// The line of the row last read, from 1.
    private(set) var line = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        next_ = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The fields of the next row; an empty line is a row of one empty field.
    mutating func next() -> [ArraySlice<UInt8>]? {
        guard next_ < bytes.count else { return nil }
        line += 1
        var fields: [ArraySlice<UInt8>] = []
        while true {
            fields.append(field())
            guard next_ < bytes.count else { return fields }
            let separator = bytes[next_]
            next_ += 1
            if separator == 0x2C {
                if next_ == bytes.count { return fields + [[]] }
                continue
            }
            if separator == 0x0D, next_ < bytes.count, bytes[next_] == 0x0A { next_ += 1 }
            return fields
        }
    }

    private mutating func field() -> ArraySlice<UInt8> {
        if next_ < bytes.count, bytes[next_] == 0x22 { return quoted() }
        let start = next_
        while next_ < bytes.count {
            let byte = bytes[next_]
            if byte == 0x2C || byte == 0x0A || byte == 0x0D { break }
            next_ += 1
        }
        return bytes[start..<next_]
    }

    private mutating func quoted() -> ArraySlice<UInt8> {
        var content: [UInt8] = []
        next_ += 1
        while next_ < bytes.count {
            let byte = bytes[next_]
            next_ += 1
            if byte == 0x22 {
                guard next_ < bytes.count, bytes[next_] == 0x22 else { break }
                next_ += 1
            }
            content.append(byte)
        }
        // Anything between the closing quote and the separator is no part of the value.
        while next_ < bytes.count, bytes[next_] != 0x2C, bytes[next_] != 0x0A, bytes[next_] != 0x0D { next_ += 1 }
        return content[...]
    }
}
