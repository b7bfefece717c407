import HTTPTypes
import Hummingbird
import NIOCore
import Office
import Records
import Rulebooks
import Storage

extension APICall {
    // MARK: A new record

    func create() async throws -> Response {
        let (caller, sight) = (try caller(), try sight())
        _ = try query([])
        let bytes = try await body(upTo: Self.longestBody)
        let kind = try kind(part("kind"), sight)
        let json = try object(bytes, ["fields", "reason"])
        let requestKey = try requestKey(bytes)
        if let requestKey, let done = try await replay(requestKey, sight) { return done }
        let values = try EnteredJSON(office: office, kind: kind).values(json["fields"]).filter {
            $0.value != .null
        }
        let action = Action(.create, kind: kind.id, values: values, reason: try reason(json))
        return try await perform(action, caller, sight, requestKey, status: .created)
    }

    // MARK: An action on a record

    func act() async throws -> Response {
        let (caller, sight) = (try caller(), try sight())
        _ = try query([])
        let bytes = try await body(upTo: Self.longestBody)
        let found = try record(sight)
        let verb = try verb(part("action"), found.kind)
        let requestKey = try requestKey(bytes)
        if let requestKey, let done = try await replay(requestKey, sight) { return done }
        let version = try expectedVersion(found.record)
        let json = bytes.isEmpty ? JSONValue.object([]) : try object(bytes, ["fields", "reason"])
        var action = Action(
            verb, kind: found.kind.id, record: found.record.id, expectedVersion: version,
            reason: try reason(json))
        action.values = try EnteredJSON(office: office, kind: found.kind).values(
            json["fields"], for: found.record)
        do {
            return try await perform(action, caller, sight, requestKey, status: .ok)
        } catch let refusal as Refusal where refusal.reasons.map(\.code) == [.versionConflict] {
            throw APIProblem.versionStale(present: try present(found))
        }
    }

    private func verb(_ name: String, _ kind: Kind) throws -> Action.Verb {
        if kind.lifecycle.action(name) != nil { return .move(name) }
        switch name {
        case "amend": return .amend
        case "void": return .void
        default:
            let known = kind.lifecycle.actions.map(\.id) + ["amend", "void"]
            let text = known.joined(separator: ", ")
            throw Refusal(
                RefusalReason(
                    .unknownAction, "\(kind.name.zh)没有“\(name)”这一办理动作；可用：\(text)。",
                    "\(kind.name.en) has no action `\(name)`; there are: \(text)."))
        }
    }

    /// The version that the caller saw; it must be the present one.
    private func expectedVersion(_ record: Record) throws -> Int64? {
        guard let header = request.headers[.ifMatch] else { throw APIProblem.versionNeeded }
        guard let tags = EntityTags(header) else { throw Self.noTag("If-Match") }
        if tags.isAny { return nil }
        guard tags.versions.contains(record.version) else {
            throw APIProblem.versionStale(present: String(record.version))
        }
        return record.version
    }

    private func present(_ found: FoundRecord) throws -> String {
        let record = try office.store.read { try $0.record(found.kind, id: found.record.id) }
        return String(record?.version ?? found.record.version)
    }

    private func reason(_ json: JSONValue) throws -> String? {
        switch json["reason"] {
        case nil, .null: return nil
        case .string(let text) where text.count <= 2_000:
            return text
        default:
            throw APIProblem.invalid("reason", "须为不超过 2000 字的文字", "must be a text of 2000 characters at most")
        }
    }

    // MARK: Through the door

    private func perform(
        _ action: Action, _ caller: TokenCaller, _ sight: Sight, _ requestKey: RequestKey?,
        status: HTTPResponse.Status
    ) async throws -> Response {
        do {
            // By its login, so that the door finds an account suspended meanwhile.
            let outcome = try await site.door.perform(
                DoorRequest(action, by: .account(caller.actor.login), requestKey: requestKey))
            let (json, headers) = try answer(to: outcome, sight, isNew: status == .created)
            let bytes = json.encoded
            if let requestKey {
                let lines = [HTTPField.Name.eTag, .location].compactMap { name in
                    headers[name].map { "\(name.canonicalName): \($0)" }
                }.joined(separator: "\n")
                try RequestKeys(office).keep(
                    .init(status: status.code, headers: lines, body: bytes), for: requestKey)
            }
            return answer(bytes: bytes, type: Self.json, status: status, headers: headers)
        } catch RequestKeyProblem.done {
            guard let requestKey, let done = try await replay(requestKey, sight) else {
                throw APIProblem.keyReused
            }
            return done
        } catch RequestKeyProblem.otherRequest {
            throw APIProblem.keyReused
        }
    }

    private func answer(
        to outcome: Outcome, _ sight: Sight, isNew: Bool
    ) throws -> (JSONValue, HTTPFields) {
        guard let kind = rulebook.kind(outcome.record.kind) else { throw APIProblem.notFound }
        let documents = RecordDocument(office, language, sight)
        let found = FoundRecord(kind: kind, record: outcome.record)
        let json = try office.store.read { reader -> JSONValue in
            let record =
                sight.sees(outcome.record, of: kind)
                ? try documents.whole(found, reader) : documents.mention(found)
            let spawned = outcome.spawned.compactMap { record in
                rulebook.kind(record.kind).map { documents.mention(FoundRecord(kind: $0, record: record)) }
            }
            return .object([
                ("action", .string(outcome.action)), ("position", .integer(outcome.position)),
                ("record", record), ("documents", .array(outcome.documents.map(documents.document))),
                ("spawned", .array(spawned)),
                (
                    "warnings",
                    .array(
                        outcome.warnings.map {
                            .object([
                                ("field", .optional($0.field)),
                                ("detail", .string(language == .zh ? $0.text : $0.textEnglish)),
                            ])
                        })
                ),
            ])
        }
        var headers: HTTPFields = [.eTag: "\"\(outcome.record.version)\""]
        if isNew { headers[.location] = APIAddress.record(kind.id, outcome.record.number) }
        return (json, headers)
    }

    // MARK: Sent twice

    /// The answer of before, when the request was done already.
    ///
    /// One that came at the same time may still be on its way to its answer, which is waited for.
    func replay(_ requestKey: RequestKey, _ sight: Sight) async throws -> Response? {
        do {
            for _ in 0..<Self.waits {
                guard let stored = try RequestKeys(office).find(requestKey, at: office.moment) else {
                    return nil
                }
                if let answer = stored.answer { return try replay(stored, answer, sight) }
                try await Task.sleep(for: .milliseconds(20))
            }
            return try RequestKeys(office).find(requestKey, at: office.moment).map { try retell($0, sight) }
        } catch RequestKeyProblem.otherRequest {
            throw APIProblem.keyReused
        }
    }

    /// So often an answer that is on its way is looked for.
    private static let waits = 100

    private static func replayed() -> HTTPFields {
        HTTPField.Name("Idempotency-Replayed").map { [$0: "true"] } ?? [:]
    }

    private func replay(
        _ stored: StoredRequestKey, _ kept: StoredRequestKey.Answer, _ sight: Sight
    ) throws -> Response {
        // Whoever may no longer see the record is not shown it once more.
        if stored.kind != nil, try found(stored, sight) == nil { throw APIProblem.notFound }
        var headers = Self.replayed()
        for line in kept.headers.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let name = HTTPField.Name(String(parts[0])) else { continue }
            headers[name] = String(parts[1].drop { $0 == " " })
        }
        return answer(bytes: kept.body, type: Self.json, status: .init(code: kept.status), headers: headers)
    }

    private func found(_ stored: StoredRequestKey, _ sight: Sight) throws -> FoundRecord? {
        try office.store.read { reader in
            guard let kind = stored.kind.flatMap(rulebook.kind), let id = stored.record,
                let record = try reader.record(kind, id: id), sight.sees(record, of: kind)
            else { return nil }
            return FoundRecord(kind: kind, record: record)
        }
    }

    /// What was done, told anew from the record: the process died before its answer was kept.
    private func retell(_ stored: StoredRequestKey, _ sight: Sight) throws -> Response {
        guard let found = try found(stored, sight) else { throw APIProblem.notFound }
        let entry = try office.store.read { reader in
            try reader.entries(kind: found.kind.id, record: found.record.id)
                .first { $0.version == stored.version }
        }
        let documents = try office.store.read { reader in
            try reader.documents(kind: found.kind.id, record: found.record.id)
                .filter { $0.version == stored.version }
        }
        let outcome = Outcome(
            action: entry?.action ?? "", record: found.record, documents: documents, spawned: [],
            warnings: [],
            position: entry?.position ?? 0)
        let isNew = entry?.action == "create"
        let (json, headers) = try answer(to: outcome, sight, isNew: isNew)
        var all = Self.replayed()
        for field in headers { all[field.name] = field.value }
        return answer(json, status: isNew ? .created : .ok, headers: all)
    }
}
