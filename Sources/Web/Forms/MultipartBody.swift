/// Reads `multipart/form-data` (RFC 7578) that has come in whole.
///
/// Total on any bytes: what is no proper body gives nil.
enum MultipartBody {
    struct Part {
        var name: String
        var fileName: String?
        var bytes: ArraySlice<UInt8>
    }

    /// The most parts taken.
    static let limit = 2_000

    /// The boundary that a content type names.
    static func boundary(of contentType: String) -> String? {
        let pieces = contentType.split(separator: ";").map { $0.trimming() }
        guard pieces.first?.lowercased() == "multipart/form-data" else { return nil }
        guard let piece = pieces.dropFirst().first(where: { $0.lowercased().hasPrefix("boundary=") }) else {
            return nil
        }
        let value = piece.dropFirst("boundary=".count).filter { $0 != "\"" }
        return (1...70).contains(value.utf8.count) ? String(value) : nil
    }

    /// The parts of a body, in order.
    static func parts(of body: [UInt8], boundary: String) -> [Part]? {
        let mark = Array("--\(boundary)".utf8)
        guard var position = find(mark, in: body, from: 0) else { return nil }
        var parts: [Part] = []
        while true {
            position += mark.count
            if body[min(position, body.count)...].starts(with: "--".utf8) { return parts }
            guard body[min(position, body.count)...].starts(with: "\r\n".utf8), parts.count < limit,
                let next = find(Array("\r\n".utf8) + mark, in: body, from: position),
                let part = part(body[(position + 2)..<max(next, position + 2)])
            else { return nil }
            parts.append(part)
            position = next + 2
        }
    }

    private static func part(_ bytes: ArraySlice<UInt8>) -> Part? {
        let all = Array(bytes)
        guard let end = find(Array("\r\n\r\n".utf8), in: all, from: 0), let head = head(all[..<end]) else {
            return nil
        }
        return Part(name: head.name, fileName: head.fileName, bytes: all[(end + 4)...])
    }

    /// What the head of a part says: its name, and that of its file.
    static func head(_ bytes: ArraySlice<UInt8>) -> (name: String, fileName: String?)? {
        guard let head = String(validating: bytes, as: UTF8.self) else { return nil }
        let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-disposition:") }
        guard let line, let name = parameter("name", of: line) else { return nil }
        return (name, parameter("filename", of: line))
    }

    /// A quoted parameter of a header line; browsers write a quotation mark within as %22.
    private static func parameter(_ name: String, of line: Substring) -> String? {
        for piece in line.split(separator: ";").dropFirst() {
            let piece = piece.trimming()
            guard piece.hasPrefix(name + "=\"") else { continue }
            return String(piece.dropFirst(name.count + 2).prefix { $0 != "\"" })
        }
        return nil
    }

    /// Where a pattern begins, at or after a place. Boundaries are long and rare, so the first byte settles nearly all.
    private static func find(_ pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = pattern.first, start >= 0 else { return nil }
        var position = start
        while position + pattern.count <= bytes.count {
            guard let hit = bytes[position...].firstIndex(of: first), hit + pattern.count <= bytes.count
            else {
                return nil
            }
            if bytes[hit..<(hit + pattern.count)].elementsEqual(pattern) { return hit }
            position = hit + 1
        }
        return nil
    }
}

extension Substring {
    fileprivate func trimming() -> Substring {
        var text = self
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
