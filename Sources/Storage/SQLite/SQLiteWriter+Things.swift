import Expressions
import Ledger

/// Checkpoints, documents, notices, imports, settings and salts.
extension SQLiteWriter {
    func save(_ checkpoint: StoredCheckpoint) throws {
        let statement = try cached(
            """
            INSERT INTO zhiheng_checkpoint (size, note, signed_at) VALUES (?1, ?2, ?3)
            ON CONFLICT DO UPDATE SET note = excluded.note, signed_at = excluded.signed_at
            """)
        statement.bind(1, Int64(bitPattern: checkpoint.size))
        statement.bind(2, checkpoint.note)
        statement.bind(3, checkpoint.signedAt.seconds)
        try statement.run()
    }

    func save(_ document: StoredDocument) throws {
        let statement = try cached(
            """
            INSERT INTO zhiheng_document (number, document, kind, record, version, issued_at, text,
                text_english)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """)
        statement.bind(1, document.number)
        statement.bind(2, document.document)
        statement.bind(3, document.kind)
        statement.bind(4, document.record)
        statement.bind(5, document.version)
        statement.bind(6, document.issuedAt.seconds)
        statement.bind(7, document.text)
        statement.bind(8, document.textEnglish)
        do {
            try statement.run()
        } catch StoreProblem.duplicate {
            throw StoreProblem.duplicate(kind: document.document, fields: ["number"])
        }
    }

    func enqueue(_ notices: [StoredNotice]) throws {
        let statement = try cached(
            """
            INSERT INTO zhiheng_notice (addressee, topic, kind, record, document, text, text_english,
                created_at,
                delivered_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """)
        for notice in notices {
            statement.bind(1, notice.addressee)
            statement.bind(2, notice.topic)
            statement.bind(3, notice.kind)
            statement.bind(4, notice.record)
            statement.bind(5, notice.document)
            statement.bind(6, notice.text)
            statement.bind(7, notice.textEnglish)
            statement.bind(8, notice.createdAt.seconds)
            statement.bind(9, notice.deliveredAt?.seconds)
            try statement.run()
        }
    }

    func markDelivered(notice id: Int64, at moment: Timestamp) throws {
        let statement = try cached(
            "UPDATE zhiheng_notice SET delivered_at = ?2 WHERE id = ?1 AND delivered_at IS NULL")
        statement.bind(1, id)
        statement.bind(2, moment.seconds)
        try statement.run()
    }

    func set(setting name: String, _ value: [UInt8]?) throws {
        guard let value else {
            let statement = try cached("DELETE FROM zhiheng_setting WHERE name = ?1")
            statement.bind(1, name)
            return try statement.run()
        }
        let statement = try cached(
            """
            INSERT INTO zhiheng_setting (name, value) VALUES (?1, ?2)
            ON CONFLICT DO UPDATE SET value = excluded.value
            """)
        statement.bind(1, name)
        statement.bind(2, value)
        try statement.run()
    }

    func set(salt: [UInt8]?, for key: SaltKey, kind: String, record: Int64) throws {
        let statement = try cached(
            salt == nil
                ? "DELETE FROM zhiheng_salt WHERE kind = ?1 AND record = ?2 AND field = ?3 AND version = ?4"
                : """
                INSERT INTO zhiheng_salt (kind, record, field, version, salt) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT DO UPDATE SET salt = excluded.salt
                """)
        statement.bind(1, kind)
        statement.bind(2, record)
        statement.bind(3, key.field)
        statement.bind(4, key.version)
        if let salt { statement.bind(5, salt) }
        try statement.run()
    }

    func save(_ run: ImportRun) throws {
        let statement = try cached(
            """
            INSERT INTO zhiheng_import_run (id, kind, map, file_name, file_digest, rows, refused, root,
                imported_at, first_record, last_record)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            ON CONFLICT DO UPDATE SET kind = excluded.kind, map = excluded.map,
                file_name = excluded.file_name,
                file_digest = excluded.file_digest, rows = excluded.rows, refused = excluded.refused,
                root = excluded.root, imported_at = excluded.imported_at,
                    first_record = excluded.first_record,
                last_record = excluded.last_record
            """)
        statement.bind(1, run.id)
        statement.bind(2, run.kind)
        statement.bind(3, run.map)
        statement.bind(4, run.fileName)
        statement.bind(5, run.fileDigest)
        statement.bind(6, run.rows)
        statement.bind(7, run.refused)
        statement.bind(8, run.root.bytes)
        statement.bind(9, run.importedAt.seconds)
        statement.bind(10, run.firstRecord)
        statement.bind(11, run.lastRecord)
        try statement.run()
    }

    func save(importHashes bytes: [UInt8], import id: Int64, block: Int64) throws {
        let statement = try cached(
            """
            INSERT INTO zhiheng_import_hash (import_id, block, hashes) VALUES (?1, ?2, ?3)
            ON CONFLICT DO UPDATE SET hashes = excluded.hashes
            """)
        statement.bind(1, id)
        statement.bind(2, block)
        statement.bind(3, bytes)
        try statement.run()
    }
}
