import Expressions

/// Tokens, request keys, webhooks and deliveries.
extension SQLiteWriter {
    func insert(_ token: StoredToken) throws -> Int64 {
        let statement = try cached(
            """
            INSERT INTO zhiheng_token (digest, login, account, name, scopes, kinds, created_at, created_by,
                expires_at, last_used_at, revoked_at, revoked_by)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """)
        statement.bind(1, token.digest)
        statement.bind(2, token.login)
        statement.bind(3, token.account)
        statement.bind(4, token.name)
        statement.bind(5, Words.text(token.scopes))
        statement.bind(6, token.kinds.map(Words.text))
        statement.bind(7, token.createdAt.seconds)
        statement.bind(8, token.createdBy)
        statement.bind(9, token.expiresAt.seconds)
        statement.bind(10, token.lastUsedAt?.seconds)
        statement.bind(11, token.revokedAt?.seconds)
        statement.bind(12, token.revokedBy)
        try statement.run()
        return db.lastInsertedRowID
    }

    func markUsed(token id: Int64, at moment: Timestamp) throws {
        let statement = try cached(
            "UPDATE zhiheng_token SET last_used_at = ?2 WHERE id = ?1 AND coalesce(last_used_at, 0) < ?2")
        statement.bind(1, id)
        statement.bind(2, moment.seconds)
        try statement.run()
    }

    func revoke(token id: Int64, at moment: Timestamp, by login: String) throws -> Bool {
        let statement = try cached(
            "UPDATE zhiheng_token SET revoked_at = ?2, revoked_by = ?3 WHERE id = ?1 AND revoked_at IS NULL")
        statement.bind(1, id)
        statement.bind(2, moment.seconds)
        statement.bind(3, login)
        try statement.run()
        return statement.changeCount > 0
    }

    func insert(_ requestKey: StoredRequestKey) throws -> Bool {
        let statement = try cached(
            """
            INSERT INTO zhiheng_request_key (subject, key, request, at, kind, record, version, status, headers, body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING
            """)
        statement.bind(1, requestKey.subject)
        statement.bind(2, requestKey.key)
        statement.bind(3, requestKey.request)
        statement.bind(4, requestKey.at.seconds)
        statement.bind(5, requestKey.kind)
        statement.bind(6, requestKey.record)
        statement.bind(7, requestKey.version)
        statement.bind(8, requestKey.answer.map { Int64($0.status) })
        statement.bind(9, requestKey.answer?.headers)
        if let body = requestKey.answer?.body {
            statement.bind(10, try sealed(body, requestKey.subject, requestKey.key))
        } else {
            statement.bindNull(10)
        }
        try statement.run()
        return statement.changeCount > 0
    }

    func keep(_ answer: StoredRequestKey.Answer, subject: String, key: String) throws {
        let statement = try cached(
            """
            UPDATE zhiheng_request_key SET status = ?3, headers = ?4, body = ?5
            WHERE subject = ?1 AND key = ?2 AND status IS NULL
            """)
        statement.bind(1, subject)
        statement.bind(2, key)
        statement.bind(3, Int64(answer.status))
        statement.bind(4, answer.headers)
        statement.bind(5, try sealed(answer.body, subject, key))
        try statement.run()
    }

    private func sealed(_ body: [UInt8], _ subject: String, _ key: String) throws -> [UInt8] {
        try cipher.seal(body, kind: RequestKeyBody.kind, field: RequestKeyBody.field(subject, key), record: 0)
    }

    func removeRequestKeys(before moment: Timestamp) throws {
        let statement = try cached("DELETE FROM zhiheng_request_key WHERE at < ?1")
        statement.bind(1, moment.seconds)
        try statement.run()
    }

    // MARK: Webhooks

    func insert(_ webhook: StoredWebhook) throws -> Int64 {
        let statement = try cached(
            """
            INSERT INTO zhiheng_webhook (login, account, address, topics, kinds, secret, created_at, state,
                position, failures)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """)
        statement.bind(1, webhook.login)
        statement.bind(2, webhook.account)
        statement.bind(3, webhook.address)
        statement.bind(4, Words.text(webhook.topics))
        statement.bind(5, webhook.kinds.map(Words.text))
        statement.bind(
            6,
            try cipher.seal(
                webhook.secret, kind: WebhookSecret.kind, field: WebhookSecret.field(webhook.address),
                record: webhook.account))
        statement.bind(7, webhook.createdAt.seconds)
        statement.bind(8, webhook.state)
        statement.bind(9, Int64(clamping: webhook.position))
        statement.bind(10, webhook.failures)
        try statement.run()
        return db.lastInsertedRowID
    }

    func update(_ webhook: StoredWebhook) throws {
        let statement = try cached(
            "UPDATE zhiheng_webhook SET state = ?2, position = ?3, failures = ?4 WHERE id = ?1")
        statement.bind(1, webhook.id)
        statement.bind(2, webhook.state)
        statement.bind(3, Int64(clamping: webhook.position))
        statement.bind(4, webhook.failures)
        try statement.run()
    }

    func removeWebhook(_ id: Int64) throws -> Bool {
        let deliveries = try cached("DELETE FROM zhiheng_delivery WHERE webhook = ?1")
        deliveries.bind(1, id)
        try deliveries.run()
        let statement = try cached("DELETE FROM zhiheng_webhook WHERE id = ?1")
        statement.bind(1, id)
        try statement.run()
        return statement.changeCount > 0
    }

    func insert(_ delivery: StoredDelivery) throws {
        let statement = try cached(
            """
            INSERT INTO zhiheng_delivery (webhook, position, topic, state, attempts, next_at, attempted_at,
                status, problem, created_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING
            """)
        statement.bind(1, delivery.webhook)
        statement.bind(2, Int64(clamping: delivery.position))
        statement.bind(3, delivery.topic)
        statement.bind(4, delivery.state)
        statement.bind(5, delivery.attempts)
        statement.bind(6, delivery.nextAt?.seconds)
        statement.bind(7, delivery.attemptedAt?.seconds)
        statement.bind(8, delivery.status)
        statement.bind(9, delivery.problem)
        statement.bind(10, delivery.createdAt.seconds)
        try statement.run()
    }

    func update(_ delivery: StoredDelivery) throws {
        let statement = try cached(
            """
            UPDATE zhiheng_delivery SET state = ?2, attempts = ?3, next_at = ?4, attempted_at = ?5,
                status = ?6, problem = ?7
            WHERE id = ?1
            """)
        statement.bind(1, delivery.id)
        statement.bind(2, delivery.state)
        statement.bind(3, delivery.attempts)
        statement.bind(4, delivery.nextAt?.seconds)
        statement.bind(5, delivery.attemptedAt?.seconds)
        statement.bind(6, delivery.status)
        statement.bind(7, delivery.problem)
        try statement.run()
    }

    func removeDeliveries(before moment: Timestamp) throws {
        let statement = try cached("DELETE FROM zhiheng_delivery WHERE next_at IS NULL AND created_at < ?1")
        statement.bind(1, moment.seconds)
        try statement.run()
    }
}
