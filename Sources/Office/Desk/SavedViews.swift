import Expressions
import Records
import Rulebooks
import Storage

/// The views of lists that an account has saved: filters, columns and order under a name.
public struct SavedViews: Sendable {
    let office: Office
    let login: String

    public init(_ office: Office, of login: String) {
        (self.office, self.login) = (office, login)
    }

    /// So many views of a kind may an account save.
    public static let most = 20
    /// A name may have so many characters.
    public static let longestName = 40
    private static let longestQuery = 4_000

    /// The views of a kind, by name.
    public func views(of kind: Kind) throws -> [StoredView] {
        try office.store.read { try $0.views(login: login, kind: kind.id) }
    }

    /// Saves a view, in place of one of the same name.
    ///
    /// - Throws: `Refusal` when the name is empty or too long, or there are too many.
    public func save(_ name: String, query: String, of kind: Kind, isDefault: Bool) throws {
        let name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard (1...Self.longestName).contains(name.count), query.utf8.count <= Self.longestQuery else {
            throw Refusal(
                RefusalReason(
                    .valueInvalid, field: "name", "视图名称须为 1 至 \(Self.longestName) 个字。",
                    "The name of a view has 1 to \(Self.longestName) characters."))
        }
        try office.store.write { writer in
            let others = try writer.views(login: login, kind: kind.id).filter {
                $0.name != name && !$0.name.isEmpty
            }
            guard others.count < Self.most else {
                throw Refusal(
                    RefusalReason(
                        .valueInvalid, field: "name", "每类最多保存 \(Self.most) 个视图。请先删除不用的。",
                        "At most \(Self.most) views of a kind can be saved. Remove one that is not used."))
            }
            try writer.save(
                StoredView(
                    login: login, kind: kind.id, name: name, query: query, isDefault: isDefault,
                    savedAt: office.moment))
        }
    }

    /// Keeps the columns that were chosen last, under no name.
    public func keepColumns(_ query: String, of kind: Kind) throws {
        guard query.utf8.count <= Self.longestQuery else { return }
        try office.store.write { writer in
            try writer.save(
                StoredView(
                    login: login, kind: kind.id, name: "", query: query, isDefault: false,
                    savedAt: office.moment))
        }
    }

    /// Removes a view; true when there was one.
    public func remove(_ id: Int64) throws -> Bool {
        try office.store.write { try $0.removeView(id, login: login) }
    }
}
