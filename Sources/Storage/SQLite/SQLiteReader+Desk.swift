import Expressions
import GRDB
import GRDBSQLite

/// Given up because the engine was asked for more than it was allowed.
struct EffortExhausted: Error {}

extension SQLiteReader {
    func views(login: String, kind: String?) throws -> [StoredView] {
        let statement = try cached(
            """
            SELECT id, kind, name, query, is_default, saved_at FROM zhiheng_view
            WHERE login = ?1 AND (?2 IS NULL OR kind = ?2) ORDER BY kind, name, id
            """)
        statement.bind(1, login)
        statement.bind(2, kind)
        defer { statement.reset() }
        var views: [StoredView] = []
        while try statement.step() {
            views.append(
                StoredView(
                    id: statement.integer(0), login: login, kind: statement.text(1), name: statement.text(2),
                    query: statement.text(3), isDefault: statement.integer(4) == 1,
                    savedAt: try moment(in: statement, 5, kind: "zhiheng_view", record: statement.integer(0)))
            )
        }
        return views
    }

    func drafts(login: String) throws -> [StoredDraft] {
        let statement = try cached(
            "SELECT id, form, sealed, saved_at FROM zhiheng_draft WHERE login = ?1 ORDER BY saved_at DESC, id DESC"
        )
        statement.bind(1, login)
        defer { statement.reset() }
        var drafts: [StoredDraft] = []
        while try statement.step() {
            let (id, form) = (statement.integer(0), statement.text(1))
            // What cannot be opened, because the key is another or the bytes are, is as good as none.
            guard
                let content = cipher.open(
                    statement.bytes(2), kind: DraftSeal.kind, field: DraftSeal.field(login, form), record: 0)
            else { continue }
            drafts.append(
                StoredDraft(
                    id: id, login: login, form: form, content: content,
                    savedAt: try moment(in: statement, 3, kind: "zhiheng_draft", record: id)))
        }
        return drafts
    }

    func hasUpload(_ digest: String, login: String?) throws -> Bool {
        let statement = try cached(
            "SELECT 1 FROM zhiheng_upload WHERE digest = ?1 AND (?2 IS NULL OR login = ?2) LIMIT 1")
        statement.bind(1, digest)
        statement.bind(2, login)
        defer { statement.reset() }
        return try statement.step()
    }

    func uploads(sentBefore moment: Timestamp, limit: Int) throws -> [String] {
        let statement = try cached(
            """
            SELECT DISTINCT digest FROM zhiheng_upload AS old WHERE sent_at < ?1 AND was_new = 1 AND NOT EXISTS (
                SELECT 1 FROM zhiheng_upload AS new WHERE new.digest = old.digest AND new.sent_at >= ?1)
            ORDER BY sent_at LIMIT ?2
            """)
        statement.bind(1, moment.seconds)
        statement.bind(2, Int64(max(0, limit)))
        defer { statement.reset() }
        var digests: [String] = []
        while try statement.step() { digests.append(statement.text(0)) }
        return digests
    }

    func within<Result>(effort: Int, _ body: () throws -> Result) throws -> Result? {
        let connection = db.sqliteConnection
        let step: Int32 = 1_000
        let left = UnsafeMutablePointer<Int>.allocate(capacity: 1)
        left.initialize(to: max(1, effort / Int(step)))
        // The handler is taken away before what it counts in is given back.
        defer {
            sqlite3_progress_handler(connection, 0, nil, nil)
            left.deallocate()
        }
        sqlite3_progress_handler(
            connection, step,
            { left in
                guard let left = left?.assumingMemoryBound(to: Int.self) else { return 0 }
                left.pointee -= 1
                return left.pointee < 0 ? 1 : 0
            }, left)
        do {
            return try body()
        } catch is EffortExhausted {
            return nil
        }
    }
}

/// Binds a draft's bytes to whose form they are.
enum DraftSeal {
    static let kind = "zhiheng_draft"
    static func field(_ login: String, _ form: String) -> String { login + "\n" + form }
}

extension SQLiteWriter {
    func save(_ view: StoredView) throws {
        if view.isDefault {
            let others = try cached("UPDATE zhiheng_view SET is_default = 0 WHERE login = ?1 AND kind = ?2")
            others.bind(1, view.login)
            others.bind(2, view.kind)
            try others.run()
        }
        let statement = try cached(
            """
            INSERT INTO zhiheng_view (login, kind, name, query, is_default, saved_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (login, kind, name) DO UPDATE SET
                query = excluded.query, is_default = excluded.is_default, saved_at = excluded.saved_at
            """)
        statement.bind(1, view.login)
        statement.bind(2, view.kind)
        statement.bind(3, view.name)
        statement.bind(4, view.query)
        statement.bind(5, view.isDefault)
        statement.bind(6, view.savedAt.seconds)
        try statement.run()
    }

    func removeView(_ id: Int64, login: String) throws -> Bool {
        let statement = try cached("DELETE FROM zhiheng_view WHERE id = ?1 AND login = ?2")
        statement.bind(1, id)
        statement.bind(2, login)
        try statement.run()
        return db.changesCount > 0
    }

    func save(_ draft: StoredDraft) throws {
        let statement = try cached(
            """
            INSERT INTO zhiheng_draft (login, form, sealed, saved_at) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (login, form) DO UPDATE SET sealed = excluded.sealed, saved_at = excluded.saved_at
            """)
        statement.bind(1, draft.login)
        statement.bind(2, draft.form)
        statement.bind(
            3,
            try cipher.seal(
                draft.content, kind: DraftSeal.kind, field: DraftSeal.field(draft.login, draft.form),
                record: 0))
        statement.bind(4, draft.savedAt.seconds)
        try statement.run()
    }

    func removeDraft(form: String, login: String) throws -> Bool {
        let statement = try cached("DELETE FROM zhiheng_draft WHERE form = ?1 AND login = ?2")
        statement.bind(1, form)
        statement.bind(2, login)
        try statement.run()
        return db.changesCount > 0
    }

    func removeDrafts(login: String, keeping count: Int, savedBefore moment: Timestamp) throws {
        let old = try cached("DELETE FROM zhiheng_draft WHERE saved_at < ?1")
        old.bind(1, moment.seconds)
        try old.run()
        let many = try cached(
            """
            DELETE FROM zhiheng_draft WHERE login = ?1 AND id NOT IN (
                SELECT id FROM zhiheng_draft WHERE login = ?1 ORDER BY saved_at DESC, id DESC LIMIT ?2)
            """)
        many.bind(1, login)
        many.bind(2, Int64(max(0, count)))
        try many.run()
    }

    func noteUpload(_ digest: String, login: String, wasNew: Bool, at moment: Timestamp) throws {
        let statement = try cached(
            """
            INSERT INTO zhiheng_upload (digest, login, sent_at, was_new) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO UPDATE SET sent_at = excluded.sent_at
            """)
        statement.bind(1, digest)
        statement.bind(2, login)
        statement.bind(3, moment.seconds)
        statement.bind(4, wasNew)
        try statement.run()
    }

    func forgetUploads(_ digests: [String]) throws {
        let statement = try cached("DELETE FROM zhiheng_upload WHERE digest = ?1")
        for digest in digests {
            statement.bind(1, digest)
            try statement.run()
        }
    }
}
