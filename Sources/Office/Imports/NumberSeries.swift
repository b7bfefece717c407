import Expressions
import Records
import Rulebooks
import Storage

/// Numbers and identities for many new records, taken from the store's counters once and given back exactly.
struct NumberSeries {
    private let office: Office
    private let kind: Kind
    private let writer: any StoreWriting
    private let numbering: Numbering
    private let day: CivilDate
    /// What was taken of each counter in this series.
    private var taken: [String: (first: Int64, count: Int64)] = [:]
    private var pendingCounter: String?
    private(set) var firstID: Int64
    private(set) var nextID: Int64

    init(office: Office, kind: Kind, writer: any StoreWriting) throws {
        self.office = office
        self.kind = kind
        self.writer = writer
        numbering = Numbering(office.rulebook)
        day = office.today
        firstID = try writer.nextRecordID(kind)
        nextID = firstID
    }

    /// The number for a record; kept when `advance` follows, given back by `takeBack`.
    mutating func number(for record: Record) throws -> String {
        guard kind.numbering.hasSequence else {
            pendingCounter = nil
            return numbering.number(kind.numbering, sequence: 0, of: record, kind: kind, on: day)
        }
        let counter = numbering.counter(kind.numbering, owner: kind.id, of: record, kind: kind, on: day)
        if taken[counter] == nil {
            taken[counter] = (try writer.next(counter: counter), 0)
        }
        pendingCounter = counter
        let state = taken[counter] ?? (1, 0)
        return numbering.number(
            kind.numbering, sequence: state.first + state.count, of: record, kind: kind, on: day)
    }

    mutating func advance() throws {
        nextID += 1
        if let pendingCounter { taken[pendingCounter]?.count += 1 }
        pendingCounter = nil
    }

    mutating func takeBack() {
        pendingCounter = nil
    }

    /// Leaves the counters as if the numbers had been taken one by one.
    func finish() throws {
        for (counter, state) in taken {
            try writer.set(counter: counter, to: state.first + state.count - 1)
        }
    }
}
