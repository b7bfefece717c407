import Expressions

/// A view of a list that an account has saved.
public struct StoredView: Hashable, Sendable {
    /// 0 before it is stored.
    public var id: Int64
    public var login: String
    public var kind: String
    /// Unique among the views of an account and kind.
    public var name: String
    /// The filters, columns and order as the address of the list holds them.
    public var query: String
    /// Whether the list opens with it.
    public var isDefault: Bool
    public var savedAt: Timestamp

    public init(
        id: Int64 = 0, login: String, kind: String, name: String, query: String, isDefault: Bool,
        savedAt: Timestamp
    ) {
        (self.id, self.login, self.kind, self.name) = (id, login, kind, name)
        (self.query, self.isDefault, self.savedAt) = (query, isDefault, savedAt)
    }
}

/// A form begun and not yet sent.
public struct StoredDraft: Hashable, Sendable {
    /// 0 before it is stored.
    public var id: Int64
    public var login: String
    /// Which form: its address.
    public var form: String
    /// What was entered. Encrypted on disk, since personal data may be among it.
    public var content: [UInt8]
    public var savedAt: Timestamp

    public init(id: Int64 = 0, login: String, form: String, content: [UInt8], savedAt: Timestamp) {
        (self.id, self.login, self.form) = (id, login, form)
        (self.content, self.savedAt) = (content, savedAt)
    }
}

/// Reading what accounts keep for themselves.
public protocol DeskReading {
    /// The views of an account, by name; of one kind or of all.
    func views(login: String, kind: String?) throws -> [StoredView]
    /// The drafts of an account, the latest first.
    func drafts(login: String) throws -> [StoredDraft]
    /// Whether an account sent a file that no record has taken yet.
    func hasUpload(_ digest: String, login: String?) throws -> Bool
    /// Files that were new when they were sent, before a moment, and that no record has taken; at most so many.
    func uploads(sentBefore moment: Timestamp, limit: Int) throws -> [String]
}

/// Writing what accounts keep for themselves.
public protocol DeskWriting: DeskReading {
    /// Saves a view under its name, in place of one of the same account, kind and name. A default takes that from others.
    func save(_ view: StoredView) throws
    /// Removes a view of an account; true when there was one.
    func removeView(_ id: Int64, login: String) throws -> Bool
    /// Saves a draft, in place of one of the same account and form.
    func save(_ draft: StoredDraft) throws
    /// Removes a draft of an account; true when there was one.
    func removeDraft(form: String, login: String) throws -> Bool
    /// Removes the drafts of an account but the latest so many, and everybody's that were saved before a moment.
    func removeDrafts(login: String, keeping count: Int, savedBefore moment: Timestamp) throws
    /// Takes note of a file that an account sent, and whether there was none like it before.
    func noteUpload(_ digest: String, login: String, wasNew: Bool, at moment: Timestamp) throws
    /// Forgets that files were sent: a record has taken them, or they are gone.
    func forgetUploads(_ digests: [String]) throws
}
