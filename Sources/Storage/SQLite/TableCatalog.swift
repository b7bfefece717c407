import Records
import Rulebooks
import Synchronization

/// The tables of the kinds asked about so far.
final class TableCatalog: Sendable {
    /// A table and the kind it was last found to fit: asked about the same kind again, nothing is compared.
    private struct Entry {
        var kind: Kind
        var table: KindTable
    }

    /// The civil time of the rulebook that the store was opened with.
    let time: CivilTime
    private let entries = Mutex<[String: Entry]>([:])

    init(time: CivilTime) { self.time = time }

    /// The table of a kind, made anew when its fields are not those of the last time.
    func table(of kind: Kind) -> KindTable {
        entries.withLock { entries in
            if let known = entries[kind.id] {
                if known.kind === kind { return known.table }
                if known.table.fits(kind) {
                    entries[kind.id] = Entry(kind: kind, table: known.table)
                    return known.table
                }
            }
            let table = KindTable(kind)
            entries[kind.id] = Entry(kind: kind, table: table)
            return table
        }
    }
}
