import Expressions
import Figures
import Ledger
import Records

/// A ledger entry as it lies in the store.
public struct StoredEntry: Hashable, Sendable {
    /// The index of the leaf in the tree, from 0.
    public var position: UInt64
    /// The kind and identity of the record it is about; nil for entries about the whole (rulebook, import).
    public var kind: String?
    public var record: Int64?
    public var version: Int64?
    /// The action's id and the login of who performed it: copies of leaf members, for look-up.
    public var action: String
    public var actor: String
    /// The leaf: canonical JSON, byte for byte.
    public var leaf: [UInt8]

    public init(
        position: UInt64, kind: String?, record: Int64?, version: Int64?, action: String, actor: String,
        leaf: [UInt8]
    ) {
        self.position = position
        self.kind = kind
        self.record = record
        self.version = version
        self.action = action
        self.actor = actor
        self.leaf = leaf
    }
}

/// An entry to append.
public struct NewEntry: Sendable {
    public var kind: String?
    public var record: Int64?
    public var version: Int64?
    public var action: String
    public var actor: String
    public var leaf: [UInt8]
    /// The RFC 6962 leaf hash of `leaf`.
    public var hash: Hash

    public init(
        kind: String?, record: Int64?, version: Int64?, action: String, actor: String, leaf: [UInt8],
        hash: Hash
    ) {
        self.kind = kind
        self.record = record
        self.version = version
        self.action = action
        self.actor = actor
        self.leaf = leaf
        self.hash = hash
    }
}

/// A signed checkpoint of the ledger.
public struct StoredCheckpoint: Hashable, Sendable {
    public var size: UInt64
    public var note: String
    public var signedAt: Timestamp

    public init(size: UInt64, note: String, signedAt: Timestamp) {
        self.size = size
        self.note = note
        self.signedAt = signedAt
    }
}

/// Names a record's clock that wants attention.
public struct ClockReference: Hashable, Sendable {
    public var kind: String
    public var record: Int64
    public var clock: String
    public var at: Timestamp

    public init(kind: String, record: Int64, clock: String, at: Timestamp) {
        self.kind = kind
        self.record = record
        self.clock = clock
        self.at = at
    }
}

/// A document issued about a record, in both languages, as it was issued.
public struct StoredDocument: Hashable, Sendable {
    public var number: String
    public var document: String
    public var kind: String
    public var record: Int64
    public var version: Int64
    public var issuedAt: Timestamp
    public var text: String
    public var textEnglish: String

    public init(
        number: String, document: String, kind: String, record: Int64, version: Int64, issuedAt: Timestamp,
        text: String, textEnglish: String
    ) {
        self.number = number
        self.document = document
        self.kind = kind
        self.record = record
        self.version = version
        self.issuedAt = issuedAt
        self.text = text
        self.textEnglish = textEnglish
    }
}

/// A message waiting in the outbox for an inbox, mail or webhook.
public struct StoredNotice: Hashable, Sendable {
    /// 0 before it is stored.
    public var id: Int64
    /// `responsible:<credit code>`, `office:<region>` or `upper:<region>`.
    public var addressee: String
    public var topic: String
    public var kind: String
    public var record: Int64
    public var document: String?
    public var text: String
    public var textEnglish: String
    public var createdAt: Timestamp
    public var deliveredAt: Timestamp?

    public init(
        id: Int64 = 0, addressee: String, topic: String, kind: String, record: Int64, document: String?,
        text: String,
        textEnglish: String, createdAt: Timestamp, deliveredAt: Timestamp? = nil
    ) {
        self.id = id
        self.addressee = addressee
        self.topic = topic
        self.kind = kind
        self.record = record
        self.document = document
        self.text = text
        self.textEnglish = textEnglish
        self.createdAt = createdAt
        self.deliveredAt = deliveredAt
    }
}

/// One import: a file taken in by one action.
public struct ImportRun: Hashable, Sendable {
    public var id: Int64
    public var kind: String
    public var map: String?
    public var fileName: String
    /// Hex SHA-256 of the file's bytes.
    public var fileDigest: String
    public var rows: Int64
    public var refused: Int64
    /// The RFC 6962 root over the rows' hashes.
    public var root: Hash
    public var importedAt: Timestamp
    public var firstRecord: Int64
    public var lastRecord: Int64

    public init(
        id: Int64, kind: String, map: String?, fileName: String, fileDigest: String, rows: Int64,
        refused: Int64,
        root: Hash, importedAt: Timestamp, firstRecord: Int64, lastRecord: Int64
    ) {
        self.id = id
        self.kind = kind
        self.map = map
        self.fileName = fileName
        self.fileDigest = fileDigest
        self.rows = rows
        self.refused = refused
        self.root = root
        self.importedAt = importedAt
        self.firstRecord = firstRecord
        self.lastRecord = lastRecord
    }
}

/// Names the salt of a personal field as set at a version of its record.
public struct SaltKey: Hashable, Sendable {
    public var field: String
    public var version: Int64

    public init(field: String, version: Int64) {
        self.field = field
        self.version = version
    }
}

/// Which records to read: conditions, order and page.
public struct RecordQuery: Sendable {
    /// A comparison on a column: one of the system columns id, number, region, responsible, state, stage,
    /// overdue, voided, public, version, entered_at, created_at, updated_at, import_id, next_due; else a field name.
    /// `field.NAME` always names the field, even when a system column has the same name.
    ///
    /// A missing value satisfies `isMissing` only, except that `equal` and `notEqual` to `.null` mean
    /// `isMissing` and `isPresent`. Text is compared by code point. Personal fields can only be asked for
    /// equality and presence; files and tables only for presence.
    public struct Condition: Sendable {
        public enum Comparison: Sendable {
            case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
            case startsWith, contains, isMissing, isPresent
        }
        public var column: String
        public var comparison: Comparison
        public var value: Value

        public init(column: String, comparison: Comparison, value: Value) {
            self.column = column
            self.comparison = comparison
            self.value = value
        }
    }

    public var conditions: [Condition] = []
    /// Groups of conditions, of each of which at least one must hold; an empty group holds for no record.
    public var alternatives: [[Condition]] = []
    /// Unpadded digits of a region: only records within it.
    public var regionPrefix: String?
    public var includesVoided = false
    /// Only records that are neither voided nor in a closed state of their kind.
    public var onlyOpen = false
    /// Words of which each must have been noted for the record (`note(words:of:kind:)`), a whole word or, with `*` at
    /// its end, the beginning of one. Records for which no words were noted yet count as having all.
    public var words: [String] = []
    /// Column and direction; missing values come last, ties are broken by id in the same direction.
    /// Nil means in the order of ids.
    public var sort: (column: String, descending: Bool)?
    public var limit: Int = 50
    public var offset: Int = 0
    /// Only records behind this place of the order. With it the offset is not used.
    public var after: RecordCursor?

    public init() {}
}

/// What stands between a database and a rulebook: statements in order, each with its reason.
public struct SchemaPlan: Hashable, Sendable {
    public struct Step: Hashable, Sendable {
        public var reason: String
        public var reasonEnglish: String
        public var sql: String

        public init(reason: String, reasonEnglish: String, sql: String) {
            self.reason = reason
            self.reasonEnglish = reasonEnglish
            self.sql = sql
        }
    }

    public var steps: [Step]
    /// Fingerprint of the database's schema when the plan was made.
    public var basis: String
    public var isEmpty: Bool { steps.isEmpty }

    public init(steps: [Step], basis: String) {
        self.steps = steps
        self.basis = basis
    }
}
