import Expressions
import Foundation
import Records
import Rulebooks
import Storage

/// A form begun and not yet sent, with what was entered.
public struct FormDraft: Hashable, Sendable {
    /// The address of the form.
    public let form: String
    /// Names and values in the order of the form.
    public let entries: [Entry]
    public let savedAt: Timestamp

    /// A name and its value.
    public struct Entry: Hashable, Sendable, Codable {
        public let name: String
        public let value: String

        public init(name: String, value: String) { (self.name, self.value) = (name, value) }
    }
}

/// The drafts of an account. They outlive its sessions, are encrypted on disk, and go when the form was taken.
public struct Drafts: Sendable {
    let office: Office
    let login: String

    public init(_ office: Office, of login: String) {
        (self.office, self.login) = (office, login)
    }

    /// So many drafts of an account are kept; the oldest go first.
    public static let most = 20
    /// A draft may have so many bytes.
    public static let longest = 64 * 1024
    /// Drafts are kept for so many days. Files sent with one go a day later than it.
    public static let keptDays: Int64 = 7

    private var oldest: Timestamp {
        Timestamp(seconds: office.moment.seconds - Self.keptDays * 24 * 3600) ?? office.moment
    }

    /// Keeps what was entered; false when it is too much, and then nothing was changed.
    public func save(_ entries: [FormDraft.Entry], for form: String) throws -> Bool {
        let content = try JSONEncoder().encode(entries)
        guard content.count <= Self.longest, form.utf8.count <= 500 else { return false }
        try office.store.write { writer in
            try writer.save(
                StoredDraft(login: login, form: form, content: Array(content), savedAt: office.moment))
            try writer.removeDrafts(login: login, keeping: Self.most, savedBefore: oldest)
        }
        return true
    }

    /// The drafts, the latest first.
    public func all() throws -> [FormDraft] {
        let oldest = oldest
        return try office.store.read { try $0.drafts(login: login) }.compactMap { stored in
            guard stored.savedAt >= oldest,
                let entries = try? JSONDecoder().decode([FormDraft.Entry].self, from: Data(stored.content))
            else { return nil }
            return FormDraft(form: stored.form, entries: entries, savedAt: stored.savedAt)
        }
    }

    /// The draft of a form.
    public func draft(of form: String) throws -> FormDraft? { try all().first { $0.form == form } }

    /// Throws a draft away; true when there was one.
    @discardableResult
    public func remove(_ form: String) throws -> Bool {
        // Most forms have none, and then nothing need be written.
        guard try office.store.read({ try $0.drafts(login: login) }).contains(where: { $0.form == form })
        else {
            return false
        }
        return try office.store.write { try $0.removeDraft(form: form, login: login) }
    }
}
