/// A referenced record that has been loaded: its fields in the order of their declaration.
///
/// A field not on file holds `.null`. Immutable, so it can be shared between threads.
public final class ObjectValue: Sendable, Hashable {
    /// The name the type was declared under.
    public let typeName: String
    /// The record's number.
    public let id: Int64
    /// The fields, in the order of `Environment.declareObject`.
    public let fields: [Value]

    /// Makes a loaded record.
    public init(typeName: String, id: Int64, fields: [Value]) {
        (self.typeName, self.id, self.fields) = (typeName, id, fields)
    }

    /// Two references are equal when they name the same record, whatever was loaded of it.
    public static func == (left: ObjectValue, right: ObjectValue) -> Bool {
        left.id == right.id && left.typeName == right.typeName
    }

    /// Hashes the type and the number of the record.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(id)
        hasher.combine(typeName)
    }
}
