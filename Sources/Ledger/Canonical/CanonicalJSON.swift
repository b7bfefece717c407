/// A JSON value with exactly one byte form: RFC 8785 (JCS), restricted to whole numbers.
///
/// Numbers are integers within ±(2^53 − 1), as I-JSON (RFC 7493) requires for exactness; an integer beyond
/// that is written as a string of its decimal digits. There are no fractions: quantities are written in
/// their smallest unit or as text. Strings are compared by their code points, never normalised.
public enum CanonicalJSON: Sendable {
    /// The literal `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number; written as a string beyond ``greatestInteger``.
    case integer(Int64)
    /// Text, kept as it is.
    case string(String)
    /// Values in order.
    case array([CanonicalJSON])
    /// Members with unique names.
    case object(Members)

    /// The greatest integer written as a number, 2^53 − 1; the least is its negative.
    public static let greatestInteger: Int64 = 9_007_199_254_740_991

    /// The members of an object in canonical order: by the UTF-16 code units of their names.
    public struct Members: Sendable, Sequence {
        /// A name and its value.
        public typealias Element = (name: String, value: CanonicalJSON)

        private(set) var elements: [Element]

        /// The members in these pairs, in any order.
        ///
        /// Throws ``LedgerProblem/malformedJSON(offset:reason:)`` with
        /// ``LedgerProblem/JSONReason/duplicateName`` when a name appears twice.
        public init(_ pairs: some Sequence<(String, CanonicalJSON)>) throws(LedgerProblem) {
            elements = pairs.map { (name: $0.0, value: $0.1) }
            elements.sort { $0.name.precedesInUTF16($1.name) }
            for (former, latter) in zip(elements, elements.dropFirst())
            where former.name.hasSameCodePoints(as: latter.name) {
                throw .malformedJSON(offset: 0, reason: .duplicateName)
            }
        }

        /// The members of a dictionary.
        public init(_ members: [String: CanonicalJSON]) {
            elements = members.map { (name: $0.key, value: $0.value) }
            elements.sort { $0.name.precedesInUTF16($1.name) }
        }

        /// The value of the member with exactly this name.
        public subscript(name: String) -> CanonicalJSON? {
            elements.first { $0.name.hasSameCodePoints(as: name) }?.value
        }

        /// How many members there are.
        public var count: Int { elements.count }

        /// The members in canonical order.
        public func makeIterator() -> [Element].Iterator { elements.makeIterator() }
    }

    /// The value of an object's member; nil for other values and absent members.
    public subscript(name: String) -> CanonicalJSON? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// The text of a string value.
    public var text: String? {
        if case .string(let text) = self { text } else { nil }
    }
}

extension CanonicalJSON: Equatable {
    /// Values are equal when their canonical bytes are.
    public static func == (left: CanonicalJSON, right: CanonicalJSON) -> Bool {
        left.encoded() == right.encoded()
    }
}

extension CanonicalJSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
    ExpressibleByNilLiteral
{
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// An integer.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// An array.
    public init(arrayLiteral elements: CanonicalJSON...) { self = .array(elements) }
    /// An object; of members with the same name the last counts.
    public init(dictionaryLiteral elements: (String, CanonicalJSON)...) {
        self = .object(Members(Dictionary(elements, uniquingKeysWith: { $1 })))
    }
    /// Null.
    public init(nilLiteral: ()) { self = .null }
}

extension String {
    /// Whether the UTF-16 form of this string sorts before the other's, told from the UTF-8 forms.
    ///
    /// The two orders differ in one place: UTF-16 puts code points above U+FFFF (UTF-8 lead bytes F0 to F4)
    /// before U+E000 to U+FFFF (lead bytes EE and EF).
    func precedesInUTF16(_ other: String) -> Bool {
        var others = other.utf8.makeIterator()
        for byte in utf8 {
            guard let otherByte = others.next() else { return false }
            if byte != otherByte { return Self.utf16Rank(byte) < Self.utf16Rank(otherByte) }
        }
        return others.next() != nil
    }

    private static func utf16Rank(_ leadByte: UInt8) -> UInt8 {
        leadByte == 0xEE || leadByte == 0xEF ? leadByte + 0x10 : leadByte
    }

    /// Whether both strings have the same code points; `==` would also equate normalised forms.
    func hasSameCodePoints(as other: String) -> Bool {
        utf8.elementsEqual(other.utf8)
    }
}
