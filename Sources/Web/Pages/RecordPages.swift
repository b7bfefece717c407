import Expressions
import HTTPTypes
import Hummingbird
import NIOCore
import Office
import Records
import Rulebooks
import Storage

extension Site {
    func addRecords(to pages: RouterGroup<SiteContext>) {
        pages.get("/records/:kind/new") { [self] request, context in
            let sight = try context.staffSight()
            let kind = try self.kind(context.parameters.require("kind"), sight)
            return try newRecord(kind, sight, nil, [:], [], context)
        }
        pages.get("/records/:kind/:number") { [self] request, context in
            let sight = try context.staffSight()
            let kind = try self.kind(context.parameters.require("kind"), sight)
            let found = try find(kind, context.parameters.require("number"), sight)
            return try recordPage(found, sight, context, query: request.query())
        }
        pages.get("/files/:digest") { [self] request, context in
            _ = try context.staffSight()
            // A file of a record is asked for at the record. Here are only those that one sent oneself and that no
            // record holds yet.
            let digest = try context.parameters.require("digest")
            guard let login = context.visitor.actor?.login,
                try Uploads(office, archive: archive).isOwn(digest, of: login)
            else { throw PageProblem.notFound }
            return try file(digest)
        }
        pages.get("/records/:kind/:number/files/:digest") { [self] request, context in
            let sight = try context.staffSight()
            let kind = try self.kind(context.parameters.require("kind"), sight)
            let found = try find(kind, context.parameters.require("number"), sight)
            let digest = try context.parameters.require("digest")
            guard Uploads.holds(digest, found, sight: sight) else { throw PageProblem.notFound }
            return try file(digest)
        }
    }

    /// A record of a kind by the number in an address.
    func find(_ kind: Kind, _ number: String, _ sight: Sight) throws -> FoundRecord {
        guard let name = number.removingPercentEncoding else { throw PageProblem.malformed }
        do {
            return try RecordFinder(office).find("\(kind.id):\(name)", as: sight)
        } catch let refusal as Refusal where refusal.has(.recordNotFound) {
            throw PageProblem.notFound
        }
    }

    static func href(of found: FoundRecord) -> String {
        "/records/\(found.kind.id)/\(FormFields.encoded(found.record.number))"
    }

    // MARK: The page

    func recordPage(
        _ found: FoundRecord, _ sight: Sight, _ context: SiteContext, query: FormFields = FormFields(),
        sent: (action: String, form: SentForm, errors: [String: String])? = nil,
        reasons: [RefusalReason] = [],
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let href = Self.href(of: found)
        var sent = sent
        let draft =
            try sent == nil
            ? Drafts(office, of: sight.actor.login).all().first { $0.form.hasPrefix(href + "/actions/") }
            : nil
        if let draft {
            sent = (String(draft.form.dropFirst((href + "/actions/").count)), Self.sent(of: draft), [:])
        }
        let parts = RecordParts(site: self, found: found, sight: sight, context: context)
        let values = try office.store.read { reader in
            try parts.values(reader, sent: sent, reasons: reasons)
        }
        var page = Page(template: "record", values: values, status: status)
        if let draft { page.values["draft"] = draftValues(draft, returnTo: href, context.language) }
        if let done = query["done"] {
            let name = RecordReading(office, language: context.language).actionName(done, kind: found.kind)
            page.values["message"] = [
                "tone": "done", "text": renderer.text("message_done", ["action": name], context.language),
            ]
        }
        return response(page, context)
    }

    // MARK: Files

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    /// A picture or PDF kept in the archive. Its name is the SHA-256 of its content, which nobody guesses.
    private func file(_ digest: String) throws -> Response {
        let isDigest = digest.utf8.count == 64 && digest.utf8.allSatisfy(Self.isHexadecimal)
        guard isDigest, let bytes = archive.bytes(digest), let type = Self.mediaType(of: bytes[...]) else {
            throw PageProblem.notFound
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: type, .cacheControl: "private, max-age=86400", .contentDisposition: "inline",
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

/// The parts of a record's page.
struct RecordParts {
    let site: Site
    let found: FoundRecord
    let sight: Sight
    let context: SiteContext

    private var language: Language { context.language }
    private var kind: Kind { found.kind }
    private var record: Record { found.record }
    private var reading: RecordReading { RecordReading(site.office, language: language, sight: sight) }
    private var describing: Describing { Describing(site, language) }
    private func text(_ key: String, _ values: [String: String] = [:]) -> String {
        site.renderer.text(key, values, language)
    }

    func values(
        _ reader: any StoreReading, sent: (action: String, form: SentForm, errors: [String: String])?,
        reasons: [RefusalReason]
    ) throws -> [String: Any] {
        let title = reading.title(of: record, kind: kind)
        let href = Site.href(of: found)
        var values: [String: Any] = [
            "title": title == record.number ? title : "\(record.number) \(title)",
            "crumbs": [["href": "/records/\(kind.id)", "label": kind.name.text(language)]],
            "kindName": kind.name.text(language), "number": record.number, "heading": title,
            "state": describing.state(of: record, kind: kind), "lifecycle": lifecycle(),
            "recordVersion": String(record.version), "returnTo": href, "hasClocks": !record.clocks.isEmpty,
            "clocks": record.clocks.compactMap { clock -> [String: Any]? in
                guard let shown = describing.clock(clock, of: record, kind: kind) else { return nil }
                return ["name": kind.clock(clock.clock)?.name.text(language) ?? clock.clock, "clock": shown]
            },
            "factGroups": [["facts": try facts(reader)] as [String: Any]],
            "timeline": ["events": try events(reader)], "related": try related(reader),
        ]
        values["under"] = site.rulebook.regions.fullName(record.region)?.text(language)
        let documents = try reading.documents(of: found, reader: reader)
        values["hasDocuments"] = !documents.isEmpty
        values["documents"] = documents.map { document in
            [
                "href": "/documents/" + FormFields.encoded(document.number),
                "text": site.rulebook.documents[document.document]?.name.text(language) ?? document.document,
                "number": document.number,
                "date": describing.day(site.office.time.day(of: document.issuedAt)),
                "downloads": Site.downloads(of: document.number, language),
            ]
        }
        try addActions(to: &values, reader, sent: sent)
        values.merge(site.errorValues(reasons, prefix: sent?.action, language)) { _, new in new }
        return values
    }

    // MARK: The lifecycle

    /// The way from the first state to a closed one that is straightest, with the present state on it.
    func lifecycle() -> [String: Any] {
        let path = mainPath()
        let current = path.firstIndex(of: record.state)
        let steps = path.enumerated().map { index, state -> [String: Any] in
            let place = current.map { index < $0 ? "past" : index == $0 ? "current" : "ahead" } ?? "ahead"
            return [
                "label": kind.lifecycle.state(state)?.name.text(language) ?? state, "place": place,
                "current": index == current,
            ]
        }
        var lifecycle: [String: Any] = ["steps": steps]
        let others = kind.lifecycle.states.filter { !path.contains($0.id) }.map { $0.name.text(language) }
        if !others.isEmpty {
            lifecycle["aside"] = text(
                "lifecycle_aside", ["states": others.joined(separator: language == .zh ? "、" : ", ")])
        }
        return lifecycle
    }

    /// The way to the closed state that lies farthest, through the present state where there is one: what ends early,
    /// as a transfer or a refusal does, is no main way.
    private func mainPath() -> [String] {
        let first = path(from: kind.lifecycle.initial) { $0 == record.state } ?? [kind.lifecycle.initial]
        guard first.last == record.state else {
            return (farthest(from: kind.lifecycle.initial) ?? first) + [record.state]
        }
        if kind.lifecycle.closed.contains(record.state) { return first }
        return first + (farthest(from: record.state) ?? [record.state]).dropFirst()
    }

    /// The longest of the shortest ways to the closed states.
    private func farthest(from start: String) -> [String]? {
        let ends = kind.lifecycle.states.map(\.id).filter(kind.lifecycle.closed.contains)
        let ways = ends.compactMap { end in path(from: start) { $0 == end } }
        return ways.max { $0.count < $1.count }
    }

    private func path(from start: String, to isEnd: (String) -> Bool) -> [String]? {
        var queue = [[start]]
        var seen: Set<String> = [start]
        while !queue.isEmpty {
            let path = queue.removeFirst()
            guard let last = path.last else { continue }
            if isEnd(last) { return path }
            for action in kind.lifecycle.actions where action.from.contains(last) {
                if let next = action.to, seen.insert(next).inserted { queue.append(path + [next]) }
            }
        }
        return nil
    }

    // MARK: Facts

    private func facts(_ reader: any StoreReading) throws -> [[String: Any]] {
        try reading.fields(of: found, reader: reader).map { shown -> [String: Any] in
            var fact: [String: Any] = [
                "label": shown.field.name.text(language), "wide": shown.text.count > 40, "none": false,
            ]
            let value = record.value(shown.field.id, in: kind) ?? .null
            switch (shown.field.type, value) {
            case (_, _) where shown.isMasked: fact["masked"] = ["text": shown.text]
            case (.reference(let target), .int(let id)):
                guard let targetKind = site.rulebook.kind(target),
                    let other = try reader.record(targetKind, id: id),
                    sight.sees(other, of: targetKind)
                else {
                    fact["text"] = shown.text
                    break
                }
                let href = Site.href(of: FoundRecord(kind: targetKind, record: other))
                fact["link"] = ["href": href, "text": shown.text]
            case (.files, .list(let digests)):
                fact["wide"] = true
                fact["files"] = [
                    "gallery": digests.compactMap { digest -> [String: Any]? in
                        guard case .string(let digest) = digest else { return nil }
                        return [
                            "href": Site.href(of: found) + "/files/" + digest,
                            "fileName": String(digest.prefix(8)),
                        ]
                    }
                ]
            case (.table(let columns, _), _):
                fact["wide"] = true
                fact["text"] = reading.rows(of: value, columns: columns).map { row in
                    zip(columns, row).filter { !$0.1.isEmpty }.map { "\($0.0.name.text(language))：\($0.1)" }
                        .joined(separator: language == .zh ? "；" : "; ")
                }.joined(separator: "\n")
            default: fact["text"] = shown.text
            }
            return fact
        }
    }

    // MARK: What happened

    private func events(_ reader: any StoreReading) throws -> [[String: Any]] {
        let history = HistoryService(site.office, language: language, sight: sight)
        let accounts = Accounts(site.rulebook)
        var names: [String: String] = [:]
        return try history.steps(of: found, reader: reader).reversed().map { step -> [String: Any] in
            var event: [String: Any] = [
                "label": step.actionName, "late": step.action.hasPrefix("clock."),
                "when": step.performedAt.map(reading.moment) ?? "",
                "whenISO": step.performedAt?.description ?? "",
                "changes": step.changes.map { change -> [String: Any] in
                    var shown: [String: Any] = ["label": change.name]
                    if !change.before.isEmpty { shown["before"] = change.before }
                    if !change.after.isEmpty { shown["after"] = change.after }
                    return shown
                },
            ]
            if !step.actor.isEmpty {
                let role = site.rulebook.roles[step.role]?.name.text(language) ?? step.role
                let isMachine = step.actor == Actor.system.login
                let name =
                    try names[step.actor] ?? accounts.name(of: step.actor, reader: reader) ?? step.actor
                names[step.actor] = name
                event["who"] =
                    role.isEmpty
                    ? name : isMachine ? role : text("person_of_role", ["name": name, "role": role])
            } else if !step.role.isEmpty {
                // Whoever filed it without an account.
                event["who"] = step.role
            }
            event["note"] = step.reason ?? step.note
            if let number = step.documents.first {
                event["document"] = ["href": "/documents/" + FormFields.encoded(number), "text": number]
            }
            if let position = step.position {
                event["entry"] = [
                    "href": Site.href(of: found), "text": text("entry_number", ["number": String(position)]),
                ]
            }
            return event
        }
    }

    /// Records that refer to this one, by kind.
    private func related(_ reader: any StoreReading) throws -> [[String: Any]] {
        var groups: [[String: Any]] = []
        for other in site.rulebook.kindOrder.compactMap(site.rulebook.kind) where sight.sees(other) {
            for (index, target) in other.references where target == kind.id {
                var query = RecordQuery()
                query.conditions = [
                    .init(
                        column: "field." + other.fields[index].id, comparison: .equal, value: .int(record.id))
                ]
                query.sort = ("id", true)
                query.limit = 6
                guard let limited = sight.limit(query, of: other) else { continue }
                let records = try reader.records(limited, of: other)
                guard !records.isEmpty else { continue }
                let count = try reader.count(limited, of: other)
                groups.append([
                    "heading": other.name.text(language),
                    "countText": text("items", ["count": String(count)]),
                    "rows": records.map { record -> [String: Any] in
                        [
                            "href": Site.href(of: FoundRecord(kind: other, record: record)),
                            "text": reading.title(of: record, kind: other),
                            "state": describing.state(of: record, kind: other),
                        ]
                    },
                ])
            }
        }
        return groups
    }

    // MARK: Actions

    private func addActions(
        to values: inout [String: Any], _ reader: any StoreReading,
        sent: (action: String, form: SentForm, errors: [String: String])?
    ) throws {
        let available = try ActionGuide(site.office).actions(on: found, as: sight, reader: reader)
        let possible = available.filter(\.isPossible)
        values["actions"] = try possible.enumerated().map { index, action in
            try self.action(
                action.rule, reader, isFirst: index == 0, sent: sent?.action == action.rule.id ? sent : nil)
        }
        let corrections = try ActionGuide(site.office).corrections(of: found, as: sight, reader: reader)
        if corrections.amend { values["amendHref"] = Site.href(of: found) + "/amend" }
        if corrections.void { values["voiding"] = voiding(sent?.action == "void" ? sent?.form : nil) }
        if possible.isEmpty { values["noActionText"] = text("no_action") }
        let refused = available.filter { !$0.isPossible && $0.rule.from.contains(record.state) }
        values["refused"] = refused.map { action -> [String: Any] in
            [
                "label": action.rule.name.text(language),
                "reasons": action.obstacles.map { $0.words.text(language) },
            ]
        }
        if !refused.isEmpty {
            values["refusedText"] = text("refused_actions", ["count": String(refused.count)])
        }
    }

    /// Voiding as an action that asks for the reason.
    private func voiding(_ form: SentForm?) -> [String: Any] {
        var reason: [String: Any] = [
            "id": "void-reason", "name": "reason", "label": text("void_reason"), "required": true,
            "optional": false, "group": false, "wide": true, "editor": "field/multiline", "limit": "500",
        ]
        reason["value"] = form?.fields["reason"]
        return [
            "id": "void", "label": text("void_record"), "target": Site.href(of: found) + "/void",
            "primary": false, "danger": true, "open": form != nil, "asks": true, "fields": [reason],
            "help": text("void_help"), "hasFiles": false,
        ]
    }

    private func action(
        _ rule: ActionRule, _ reader: any StoreReading, isFirst: Bool,
        sent: (action: String, form: SentForm, errors: [String: String])?
    ) throws -> [String: Any] {
        let editors = FieldEditors(
            site: site, kind: kind, language: language, sight: sight, prefix: rule.id, reader: reader)
        let asked = rule.asks.compactMap(kind.field)
        let optional = rule.may.compactMap(kind.field)
        let current = sent?.form
        let fields =
            try asked.map {
                try editors.editor(of: $0, required: true, sent: current, errors: sent?.errors ?? [:])
            }
            + optional.map {
                try editors.editor(of: $0, required: false, sent: current, errors: sent?.errors ?? [:])
            }
        var action: [String: Any] = [
            "id": rule.id, "label": rule.name.text(language),
            "target": Site.href(of: found) + "/actions/" + rule.id, "primary": isFirst, "danger": false,
            "open": sent != nil, "live": !fields.isEmpty, "saveDraftLabel": text("save_draft"),
            "asks": !fields.isEmpty, "fields": fields,
            "hasFiles": (asked + optional).contains { if case .files = $0.type { true } else { false } },
        ]
        if let document = rule.issues, let name = site.rulebook.documents[document]?.name.text(language) {
            action["issues"] = text("issues_document", ["document": name])
        }
        return action
    }
}
