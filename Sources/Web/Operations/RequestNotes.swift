import HTTPTypes
import Hummingbird
import Synchronization

/// What becomes known of a request while it is answered, and is told in the log when it was.
///
/// All copies of a request's context share it.
final class RequestNotes: Sendable {
    private let login = Mutex<String?>(nil)

    var signedInAs: String? {
        get { login.withLock { $0 } }
        set { login.withLock { $0 = newValue } }
    }
}

/// The number by which one request is found in the logs of all who passed it on.
enum RequestNumber {
    /// The number that a trusted proxy gave, if it is one.
    static func given(_ request: Request, trusted: Bool) -> String? {
        guard trusted, let name = HTTPField.Name("X-Request-Id"), let text = request.headers[name],
            (8...64).contains(text.utf8.count),
            text.utf8.allSatisfy({ byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: "."):
                    true
                default: false
                }
            })
        else { return nil }
        return text
    }
}

/// A path as it may be kept: without what only its owner may know.
enum LoggedPath {
    /// Parts of a route whose values open something.
    private static let secret: Set<String> = ["token", "code", "receipt", "secret"]

    /// - Parameter route: the pattern of the route, `/receipts/{code}`; nil where there is none.
    static func text(_ path: String, route: String?) -> String {
        guard let route else { return String(path.prefix(200)) }
        let patterns = route.split(separator: "/")
        let parts = path.split(separator: "/").enumerated().map { index, part in
            guard patterns.indices.contains(index) else { return part }
            let name = patterns[index].trimmingPrefix(":").trimmingPrefix("{").prefix { $0 != "}" }
            let isCapture = patterns[index].hasPrefix(":") || patterns[index].hasPrefix("{")
            return isCapture && secret.contains(String(name)) ? "*" : part
        }
        return String(("/" + parts.joined(separator: "/")).prefix(200))
    }
}
