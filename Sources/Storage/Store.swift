import Expressions
import Figures
import Ledger
import Records
import Rulebooks

/// The database door: what the office asks of an engine, and nothing else.
///
/// An engine keeps real tables generated from the kinds, the tally cells, the ledger's entries and tiles,
/// counters, clocks, documents, imports, the outbox, settings and what signing in rests on. Both engines pass the same contract tests.
public protocol Store: Sendable {
    /// Runs a body against one consistent snapshot. Readers never wait for the writer.
    func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result

    /// Runs a body in one durable transaction: when it returns, all of it is on disk; when it throws, none
    /// of it is.
    func write<Result>(_ body: (any StoreWriting) throws -> Result) throws -> Result

    /// What would have to change for the database to hold the kinds of a rulebook. Empty when nothing.
    func planSchema(for rulebook: Rulebook) throws -> SchemaPlan

    /// Applies a plan in one transaction. Throws when the database changed since the plan was made.
    func apply(_ plan: SchemaPlan, for rulebook: Rulebook) throws

    /// Copies the database as of one moment into a new file, while others read and write.
    ///
    /// - Parameter progress: called now and then with the share done, from 0 to 1.
    func backUp(to path: String, progress: ((Double) -> Void)?) throws
}

/// Reading from one snapshot. Not to be kept beyond the body it was given to.
public protocol StoreReading: AnyObject, SignInReading, ReceiptReading, AdministrationReading, APIReading,
    DeskReading
{
    func record(_ kind: Kind, id: Int64) throws -> Record?
    func record(_ kind: Kind, number: String) throws -> Record?
    /// The record whose natural key (the kind's `key` fields, in order) has these values.
    func record(_ kind: Kind, key: [Value]) throws -> Record?
    /// The id of a record by number, or by its key written as text parts joined with "|"; used by imports.
    func recordID(_ kind: Kind, reference: String) throws -> Int64?
    /// A page of records in a stable order; see `RecordQuery`.
    func records(_ query: RecordQuery, of kind: Kind) throws -> [Record]
    func count(_ query: RecordQuery, of kind: Kind) throws -> Int
    /// How many records a query finds, counted no further than `most`.
    func count(_ query: RecordQuery, of kind: Kind, upTo most: Int?) throws -> Int
    /// Runs a body that may ask only so much of the engine; nil when that was not enough. Nothing is changed by giving up.
    ///
    /// The measure is the engine's own (for SQLite instructions of its virtual machine, some 50 million of which take a
    /// second), so that on the same data the answer is the same however fast the machine is.
    func within<Result>(effort: Int, _ body: () throws -> Result) throws -> Result?
    /// The last id up to which the words of a kind's records have been noted; 0 for none.
    func wordsNoted(of kind: Kind) throws -> Int64
    /// Visits all records of a kind in the order of their ids, with constant memory.
    func eachRecord(of kind: Kind, from firstID: Int64, _ body: (Record) throws -> Void) throws

    /// The sums that figures ask for, in order of measure, month, region and dimension.
    func cellSums(_ request: CellRequest) throws -> [CellSum]
    /// Visits every cell in key order.
    func eachTallyCell(_ body: (TallyKey, Int64) throws -> Void) throws

    /// The number of entries in the ledger.
    func ledgerSize() throws -> UInt64
    func entry(at position: UInt64) throws -> StoredEntry?
    /// Visits entries in order of position.
    func eachEntry(from position: UInt64, _ body: (StoredEntry) throws -> Void) throws
    /// The entries about one record, oldest first.
    func entries(kind: String, record: Int64) throws -> [StoredEntry]
    /// The entries by which rulebooks were adopted, the latest first, at most `limit`.
    func adoptions(limit: Int) throws -> [StoredEntry]
    /// The position of the last entry about a record, nil when there is none.
    func lastEntry(kind: String, record: Int64) throws -> UInt64?
    func tile(level: Int, index: UInt64) throws -> [UInt8]?
    func eachTile(_ body: (_ level: Int, _ index: UInt64, _ hashes: [UInt8]) throws -> Void) throws
    /// Signed checkpoints, newest last.
    func checkpoints() throws -> [StoredCheckpoint]

    /// Clocks that want attention at or before a moment, earliest first, at most `limit`.
    func clocksWanting(before moment: Timestamp, limit: Int) throws -> [ClockReference]
    func documents(kind: String, record: Int64) throws -> [StoredDocument]
    func document(number: String) throws -> StoredDocument?
    func outbox(limit: Int) throws -> [StoredNotice]
    func importRun(_ id: Int64) throws -> ImportRun?
    func importRuns() throws -> [ImportRun]
    /// The stored row hashes of an import: 32 bytes each, in blocks of 8,192 rows.
    func importHashes(_ id: Int64, block: Int64) throws -> [UInt8]?
    func setting(_ name: String) throws -> [UInt8]?
    /// The last value of every counter that numbers are taken from, by name.
    func counters() throws -> [String: Int64]
    /// Lets the engine look over its files: the tables in which rows, types or indexes contradict each other,
    /// "" where the table cannot be told. Reads everything; empty when all is well.
    func damagedTables() throws -> [String]
    /// The numbers of records of a kind that do not fall due when their clocks say; at most so many.
    func misdue(_ kind: Kind, limit: Int) throws -> [String]
    /// The salts of a record's personal fields: (field, version at which the value was set) to 32 bytes.
    func salts(kind: String, record: Int64) throws -> [SaltKey: [UInt8]]
}

/// Writing in one transaction.
public protocol StoreWriting: StoreReading, SignInWriting, ReceiptWriting, AdministrationWriting, APIWriting,
    DeskWriting
{
    /// Runs a body in a savepoint of its own: when it throws, only its changes are undone.
    func savepoint<Result>(_ body: () throws -> Result) throws -> Result

    /// The next value of a counter, beginning with 1; part of the transaction, so that numbers have no gaps.
    func next(counter name: String) throws -> Int64
    /// Sets a counter to the last value used, after a run of numbers was taken at once.
    func set(counter name: String, to value: Int64) throws
    /// The identity for a new record of a kind.
    func nextRecordID(_ kind: Kind) throws -> Int64
    /// The first of `count` identities in a row for new records of a kind.
    func reserveRecordIDs(_ kind: Kind, count: Int64) throws -> Int64
    /// Writes a new record with its clocks. Throws `StoreProblem.duplicate` naming the constraint's fields.
    func insert(_ record: Record, of kind: Kind) throws
    /// Replaces a record and its clocks, if its version on file is `record.version - 1`; throws
    /// `.conflict` otherwise.
    func update(_ record: Record, of kind: Kind) throws
    /// Adds deltas to tally cells; a cell that comes to zero is removed.
    func add(_ deltas: [TallyKey: Int64]) throws
    /// Replaces all tally cells.
    func replaceTallies(_ cells: [TallyKey: Int64]) throws

    /// Appends entries at the end of the ledger, in order, and writes the tiles that grow with them.
    func append(_ entries: [NewEntry]) throws
    /// The edge of the ledger as of now in this transaction: its size and root.
    func frontier() throws -> MerkleFrontier
    func save(_ checkpoint: StoredCheckpoint) throws
    func save(_ document: StoredDocument) throws
    func enqueue(_ notices: [StoredNotice]) throws
    func markDelivered(notice id: Int64, at moment: Timestamp) throws
    func set(setting name: String, _ value: [UInt8]?) throws
    func set(salt: [UInt8]?, for key: SaltKey, kind: String, record: Int64) throws
    func save(_ run: ImportRun) throws
    func save(importHashes bytes: [UInt8], import id: Int64, block: Int64) throws

    /// Notes the words by which a record is found, in place of those noted before. Words are given without spaces,
    /// in small letters.
    func note(words: [String], of record: Int64, kind: Kind) throws
    /// Says up to which id the words of a kind's records have been noted.
    func set(wordsNoted through: Int64, of kind: Kind) throws

    /// A prepared way of inserting many new records of one kind fast; use it, then `finish()`.
    func bulkInserter(of kind: Kind) throws -> any BulkInserting
}

/// Inserts many records of one kind with prepared statements, without reading anything back.
public protocol BulkInserting: AnyObject {
    func insert(_ record: Record) throws
    func finish() throws
}
