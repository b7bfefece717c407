import Expressions

/// Tokens, request keys, webhooks and deliveries.
extension SQLiteReader {
    private static let tokenSQL = """
        SELECT id, digest, login, account, name, scopes, kinds, created_at, created_by, expires_at,
            last_used_at, revoked_at, revoked_by FROM zhiheng_token
        """

    func token(digest: [UInt8]) throws -> StoredToken? {
        let statement = try cached(Self.tokenSQL + " WHERE digest = ?1")
        statement.bind(1, digest)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return try token(in: statement)
    }

    func token(id: Int64) throws -> StoredToken? {
        let statement = try cached(Self.tokenSQL + " WHERE id = ?1")
        statement.bind(1, id)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return try token(in: statement)
    }

    func tokens(login: String?, limit: Int) throws -> [StoredToken] {
        let condition = login == nil ? "" : " WHERE login = ?2"
        let statement = try cached(Self.tokenSQL + condition + " ORDER BY id DESC LIMIT ?1")
        statement.bind(1, Int64(max(0, limit)))
        if let login { statement.bind(2, login) }
        var tokens: [StoredToken] = []
        defer { statement.reset() }
        while try statement.step() { tokens.append(try token(in: statement)) }
        return tokens
    }

    private func token(in row: PreparedStatement) throws -> StoredToken {
        let (table, id) = ("zhiheng_token", row.integer(0))
        return StoredToken(
            id: id, digest: row.bytes(1), login: row.text(2), account: row.integer(3), name: row.text(4),
            scopes: Words.list(row.text(5)), kinds: row.textOrNil(6).map(Words.list),
            createdAt: try moment(in: row, 7, kind: table, record: id), createdBy: row.text(8),
            expiresAt: try moment(in: row, 9, kind: table, record: id),
            lastUsedAt: try momentOrNil(row, 10, table, id), revokedAt: try momentOrNil(row, 11, table, id),
            revokedBy: row.textOrNil(12))
    }

    func requestKey(subject: String, key: String) throws -> StoredRequestKey? {
        let statement = try cached(
            """
            SELECT request, at, kind, record, version, status, headers, body FROM zhiheng_request_key
            WHERE subject = ?1 AND key = ?2
            """)
        statement.bind(1, subject)
        statement.bind(2, key)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        var answer: StoredRequestKey.Answer?
        if let status = statement.integerOrNil(5) {
            let place = RequestKeyBody.field(subject, key)
            guard
                let body = cipher.open(statement.bytes(7), kind: RequestKeyBody.kind, field: place, record: 0)
            else { throw StoreProblem.damaged(kind: RequestKeyBody.kind, record: 0, column: "body") }
            answer = .init(status: Int(clamping: status), headers: statement.text(6), body: body)
        }
        return StoredRequestKey(
            subject: subject, key: key, request: statement.bytes(0),
            at: try moment(in: statement, 1, kind: "zhiheng_request_key", record: 0),
            kind: statement.textOrNil(2), record: statement.integerOrNil(3),
            version: statement.integerOrNil(4), answer: answer)
    }

    // MARK: Webhooks

    private static let webhookSQL = """
        SELECT id, login, account, address, topics, kinds, secret, created_at, state, position, failures
        FROM zhiheng_webhook
        """

    func webhook(id: Int64) throws -> StoredWebhook? {
        let statement = try cached(Self.webhookSQL + " WHERE id = ?1")
        statement.bind(1, id)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return try webhook(in: statement)
    }

    func webhooks(login: String?) throws -> [StoredWebhook] {
        let condition = login == nil ? "" : " WHERE login = ?1"
        let statement = try cached(Self.webhookSQL + condition + " ORDER BY id")
        if let login { statement.bind(1, login) }
        var webhooks: [StoredWebhook] = []
        defer { statement.reset() }
        while try statement.step() { webhooks.append(try webhook(in: statement)) }
        return webhooks
    }

    private func webhook(in row: PreparedStatement) throws -> StoredWebhook {
        let (id, account) = (row.integer(0), row.integer(2))
        let address = row.text(3)
        guard
            let secret = cipher.open(
                row.bytes(6), kind: WebhookSecret.kind, field: WebhookSecret.field(address), record: account)
        else { throw StoreProblem.damaged(kind: WebhookSecret.kind, record: id, column: "secret") }
        return StoredWebhook(
            id: id, login: row.text(1), account: account, address: address, topics: Words.list(row.text(4)),
            kinds: row.textOrNil(5).map(Words.list), secret: secret,
            createdAt: try moment(in: row, 7, kind: WebhookSecret.kind, record: id), state: row.text(8),
            position: UInt64(clamping: row.integer(9)), failures: row.integer(10))
    }

    private static let deliverySQL = """
        SELECT id, webhook, position, topic, state, attempts, next_at, attempted_at, status, problem, created_at
        FROM zhiheng_delivery
        """

    func delivery(id: Int64) throws -> StoredDelivery? {
        let statement = try cached(Self.deliverySQL + " WHERE id = ?1")
        statement.bind(1, id)
        return try deliveries(in: statement).first
    }

    func deliveriesDue(at moment: Timestamp, limit: Int) throws -> [StoredDelivery] {
        let statement = try cached(
            Self.deliverySQL + " WHERE next_at IS NOT NULL AND next_at <= ?1 ORDER BY next_at, id LIMIT ?2")
        statement.bind(1, moment.seconds)
        statement.bind(2, Int64(max(0, limit)))
        return try deliveries(in: statement)
    }

    func deliveries(webhook: Int64, before: Int64?, limit: Int) throws -> [StoredDelivery] {
        let statement = try cached(
            Self.deliverySQL + " WHERE webhook = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3")
        statement.bind(1, webhook)
        statement.bind(2, before ?? Int64.max)
        statement.bind(3, Int64(max(0, limit)))
        return try deliveries(in: statement)
    }

    private func deliveries(in row: PreparedStatement) throws -> [StoredDelivery] {
        var deliveries: [StoredDelivery] = []
        let table = "zhiheng_delivery"
        defer { row.reset() }
        while try row.step() {
            let id = row.integer(0)
            deliveries.append(
                StoredDelivery(
                    id: id, webhook: row.integer(1), position: UInt64(clamping: row.integer(2)),
                    topic: row.text(3), state: row.text(4), attempts: row.integer(5),
                    nextAt: try momentOrNil(row, 6, table, id),
                    attemptedAt: try momentOrNil(row, 7, table, id), status: row.integerOrNil(8),
                    problem: row.textOrNil(9),
                    createdAt: try moment(in: row, 10, kind: table, record: id)))
        }
        return deliveries
    }

    private func momentOrNil(
        _ row: PreparedStatement, _ column: Int, _ table: String, _ id: Int64
    ) throws -> Timestamp? {
        row.isNull(column) ? nil : try moment(in: row, column, kind: table, record: id)
    }
}

/// Words in one column: none of them has a space.
enum Words {
    static func list(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
    static func text(_ words: [String]) -> String { words.joined(separator: " ") }
}

/// Where an answer is sealed to: it may hold a secret that was told once.
enum RequestKeyBody {
    static let kind = "zhiheng_request_key"

    static func field(_ subject: String, _ key: String) -> String { "body/" + subject + "/" + key }
}

/// Where the secret of a webhook is sealed to: one copied to another account or address does not open.
enum WebhookSecret {
    static let kind = "zhiheng_webhook"

    static func field(_ address: String) -> String { "secret/" + address }
}
