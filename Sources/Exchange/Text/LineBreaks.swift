/// Counting of line breaks.
enum LineBreaks {
    /// How many line breaks (LF, CRLF, CR) are in a text.
    static func count(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        var previous: UInt8 = 0
        for byte in text {
            if byte == CSVByte.carriageReturn
                || (byte == CSVByte.lineFeed && previous != CSVByte.carriageReturn)
            {
                count += 1
            }
            previous = byte
        }
        return count
    }
}
