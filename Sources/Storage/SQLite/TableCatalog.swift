import Rulebooks
import Synchronization

/// The tables of the kinds asked about so far.
final class TableCatalog: Sendable {
    private let tables = Mutex<[String: KindTable]>([:])

    /// The table of a kind, made anew when its fields are not those of the last time.
    func table(of kind: Kind) -> KindTable {
        tables.withLock { tables in
            if let known = tables[kind.id], known.fits(kind) { return known }
            let table = KindTable(kind)
            tables[kind.id] = table
            return table
        }
    }
}
