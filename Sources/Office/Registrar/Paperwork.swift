import Dispatch
import Ledger
import Records
import Rulebooks
import Storage
import Synchronization

/// What an action leaves in writing, made beside the door: the text of its documents, and its entry in the ledger,
/// which names their digests.
///
/// Writing a notice in two languages takes longer than deciding to issue it. So a clerk on another thread
/// begins at once, and the door goes on; what the clerk has not begun when the transaction ends, the door writes itself.
final class Paperwork: Sendable {
    /// A document that was ordered: which, and under which number.
    struct Order: Sendable {
        let template: DocumentTemplate
        let number: String
    }

    struct Sheets: Sendable {
        var documents: [StoredDocument]
        var entry: NewEntry
    }

    private let write: @Sendable () -> Sheets
    private let written = Mutex<Sheets?>(nil)

    init(_ write: @escaping @Sendable () -> Sheets) {
        self.write = write
    }

    /// The finished papers; whoever asks first writes them, and others wait for him.
    func sheets() -> Sheets {
        written.withLock { written in
            if let written { return written }
            let sheets = write()
            written = sheets
            return sheets
        }
    }

    /// Lets a clerk begin.
    func begin() {
        Self.clerks.async { _ = self.sheets() }
    }

    private static let clerks = DispatchQueue(label: "zhiheng.clerk")
}
