import Foundation

/// Reads `multipart/form-data` (RFC 7578) piece by piece, in memory that does not grow with its files.
///
/// Total on any bytes: what is no proper body throws `PageProblem.malformed`.
struct MultipartStream {
    /// What came in.
    enum Event {
        /// A part begins; it is a file when it has a file's name.
        case part(name: String, fileName: String?)
        /// More of the part that began last.
        case data(ArraySlice<UInt8>)
        /// The part is over.
        case end
    }

    private enum State {
        case before, head, body, done
    }

    private let mark: [UInt8]
    private var state = State.before
    /// What was not looked at for good yet.
    private var held: [UInt8]
    private var parts = 0

    private static let lineBreak = Array("\r\n".utf8)
    private static let headEnd = Array("\r\n\r\n".utf8)
    /// The longest head of a part in bytes.
    private static let longestHead = 8_192
    private static let mostParts = 2_000

    init(boundary: String) {
        mark = Self.lineBreak + Array("--\(boundary)".utf8)
        // The first boundary has no line before it.
        held = Self.lineBreak
    }

    /// Whether the last boundary was read.
    var isDone: Bool { state == .done }

    /// Takes the next bytes and tells what they hold.
    mutating func take(_ bytes: some Sequence<UInt8>) throws(PageProblem) -> [Event] {
        held += bytes
        var events: [Event] = []
        while try step(&events) {}
        return events
    }

    /// Deals with what is held as far as can be told; false when more must come in first.
    private mutating func step(_ events: inout [Event]) throws(PageProblem) -> Bool {
        switch state {
        case .done:
            held.removeAll()
            return false
        case .before, .body: return try boundary(&events)
        case .head:
            guard let end = Self.find(Self.headEnd, in: held) else {
                guard held.count <= Self.longestHead else { throw .malformed }
                return false
            }
            guard let head = MultipartBody.head(held[..<end]), parts < Self.mostParts else {
                throw .malformed
            }
            parts += 1
            events.append(.part(name: head.name, fileName: head.fileName))
            held.removeFirst(end + Self.headEnd.count)
            state = .body
            return true
        }
    }

    private mutating func boundary(_ events: inout [Event]) throws(PageProblem) -> Bool {
        guard let place = Self.find(mark, in: held) else {
            let safe = held.count - mark.count
            if safe > 0 {
                if state == .body { events.append(.data(held[..<safe])) }
                held.removeFirst(safe)
            }
            return false
        }
        let after = place + mark.count
        guard held.count >= after + 2 else { return false }
        if state == .body {
            if place > 0 { events.append(.data(held[..<place])) }
            events.append(.end)
        }
        if held[after..<(after + 2)].elementsEqual("--".utf8) {
            state = .done
        } else if held[after..<(after + 2)].elementsEqual(Self.lineBreak) {
            state = .head
        } else {
            throw .malformed
        }
        held.removeFirst(after + 2)
        return true
    }

    /// Where a pattern begins; the C library looks for its first byte many times as fast.
    private static func find(_ pattern: [UInt8], in bytes: [UInt8]) -> Int? {
        guard let first = pattern.first else { return nil }
        return bytes.withUnsafeBytes { all in
            guard let start = all.baseAddress else { return nil }
            var place = 0
            while place + pattern.count <= all.count {
                guard let hit = memchr(start + place, Int32(first), all.count - place) else { return nil }
                place = UnsafeRawPointer(hit) - start
                guard place + pattern.count <= all.count else { return nil }
                if memcmp(start + place, pattern, pattern.count) == 0 { return place }
                place += 1
            }
            return nil
        }
    }
}
