import Exchange
import Expressions
import HTTPTypes
import Hummingbird
import NIOCore
import Office
import Records
import Rulebooks
import Storage

/// Who signed in, who was refused what, and who did what.
extension Site {
    func addLogs(to pages: RouterGroup<SiteContext>) {
        pages.get("/administration/sign-ins") { [self] request, context in
            let actor = try actor(context, anyOf: [.administer, .audit])
            return response(try signInLog(request.query(), actor, context), context)
        }
        pages.get("/administration/refusals") { [self] request, context in
            let actor = try actor(context, anyOf: [.administer, .audit])
            return response(try refusalLog(request.query(), actor, context), context)
        }
        pages.get("/administration/log") { [self] request, context in
            let actor = try actor(context, anyOf: [.audit])
            return response(try auditLog(request.query(), actor, context), context)
        }
        pages.get("/administration/log.csv") { [self] request, context in
            let actor = try actor(context, anyOf: [.audit])
            return try auditLogFile(request.query(), actor, context)
        }
    }

    // MARK: Who signed in

    private func logQuery(_ asked: FormFields) -> LogQuery {
        var query = LogQuery()
        query.login = asked.given("login")
        query.address = asked.given("address")
        if let outcome = asked.given("outcome") { query.outcomes = [outcome] }
        let offset = rulebook.timeZoneOffsetSeconds
        query.from = asked.day("from").flatMap {
            Timestamp(date: $0, secondOfDay: 0, offsetSeconds: offset)
        }
        query.until = asked.day("until").flatMap {
            // The last second of the day is before the end of it, and one more is the end.
            Timestamp(date: $0, secondOfDay: 86_399, offsetSeconds: offset)
                .flatMap { Timestamp(seconds: $0.seconds + 1) }
        }
        query.before = asked.before
        query.limit = Self.pageSize + 1
        return query
    }

    private func signInLog(_ asked: FormFields, _ actor: Actor, _ context: SiteContext) throws -> Page {
        let parts = AdministrationParts(self, context)
        let lines = try SignIn(office).signIns(logQuery(asked), as: actor)
        let shown = Array(lines.prefix(Self.pageSize))
        return logPage(
            "sign_in_log", "/administration/sign-ins", asked, parts,
            filters: [
                parts.textFilter("login", text("login", context), asked.given("login")),
                parts.choiceFilter(
                    "outcome", text("column_outcome", context), asked.given("outcome"),
                    none: text("all", context),
                    SignInEvent.allCases.map { ($0.rawValue, $0.name.text(context.language)) }),
                parts.textFilter("address", text("session_address", context), asked.given("address")),
                parts.periodFilter(
                    text("column_days", context), from: asked.given("from"), until: asked.given("until")),
            ], table: shown.isEmpty ? nil : parts.signInTable(shown, isOwn: false),
            next: lines.count > Self.pageSize ? shown.last.map { String($0.id) } : nil)
    }

    private func refusalLog(_ asked: FormFields, _ actor: Actor, _ context: SiteContext) throws -> Page {
        let parts = AdministrationParts(self, context)
        if !machine.jobs.holdsDoor { try machine.denials.enter(in: office, isNow: true) }
        let lines = try DenialLog(office).denials(logQuery(asked), as: actor)
        let shown = Array(lines.prefix(Self.pageSize))
        let rows = shown.map { line -> (href: String?, cells: [[String: Any]]) in
            (
                nil,
                [
                    parts.cell(parts.moment(line.at)),
                    parts.cell(
                        line.login.isEmpty ? text("nobody", context) : line.login,
                        note: line.role.isEmpty ? nil : parts.role(line.role)),
                    parts.cell(code: "\(line.method) \(line.target)"),
                    parts.cell(
                        AdministrationParts.meaning(of: line.code)?.text(context.language) ?? line.code,
                        note: line.code),
                    parts.cell(line.address), parts.cell(String(line.times)),
                ]
            )
        }
        return logPage(
            "refusal_log", "/administration/refusals", asked, parts,
            filters: [
                parts.textFilter("login", text("login", context), asked.given("login")),
                parts.textFilter("outcome", text("column_code", context), asked.given("outcome")),
                parts.textFilter("address", text("session_address", context), asked.given("address")),
                parts.periodFilter(
                    text("column_days", context), from: asked.given("from"), until: asked.given("until")),
            ],
            table: rows.isEmpty
                ? nil
                : parts.table(
                    text("refusal_log", context),
                    [
                        "column_moment", "column_person", "column_target", "column_reason",
                        "session_address", "column_times",
                    ], figures: ["column_times"], rows),
            next: lines.count > Self.pageSize ? shown.last.map { String($0.id) } : nil)
    }

    private func logPage(
        _ key: String, _ path: String, _ asked: FormFields, _ parts: AdministrationParts,
        filters: [[String: Any]], table: [String: Any]?, next: String?, exports: [[String: Any]] = []
    ) -> Page {
        var values: [String: Any] = [
            "title": parts.text(key), "heading": parts.text(key), "lead": parts.text(key + "_lead"),
            "exports": exports, "hasFilters": true, "filterAction": path,
            "keptInputs": [[String: Any]](), "filters": filters, "emptyText": parts.text("list_empty"),
        ]
        values["table"] = table
        var pager: [String: Any] = ["countText": ""]
        if asked["before"] != nil {
            pager["firstHref"] = path + "?" + asked.replacing("before", with: nil).encoded
        }
        if let next { pager["nextHref"] = path + "?" + asked.replacing("before", with: next).encoded }
        if pager.count > 1 { values["pager"] = pager }
        return Page(template: "sign-in-log", values: values)
    }

    // MARK: Who did what

    private func auditQuery(_ asked: FormFields) -> AuditLog.Query {
        var query = AuditLog.Query()
        (query.person, query.kind, query.action) = (
            asked.given("login"), asked.given("kind"), asked.given("act")
        )
        (query.from, query.until) = (asked.day("from"), asked.day("until"))
        query.below = asked["before"].flatMap { UInt64($0) }
        return query
    }

    private func auditLog(_ asked: FormFields, _ actor: Actor, _ context: SiteContext) throws -> Page {
        let parts = AdministrationParts(self, context)
        let language = context.language
        var query = auditQuery(asked)
        query.limit = Self.pageSize
        let page = try AuditLog(office, language: language, as: actor).page(query)
        let sight = Sight(of: actor, in: rulebook)
        let rows = page.lines.map { line -> (href: String?, cells: [[String: Any]]) in
            (nil, parts.auditCells(line, sight))
        }
        let query2 = asked.replacing("before", with: nil).encoded
        return logPage(
            "audit_log", "/administration/log", asked, parts,
            filters: [
                parts.textFilter("login", text("login", context), asked.given("login")),
                parts.choiceFilter(
                    "kind", text("column_kind", context), query.kind, none: text("all", context),
                    rulebook.kindOrder.compactMap(rulebook.kind).map { ($0.id, $0.name.text(language)) }),
                parts.choiceFilter(
                    "act", text("rule_action", context), query.action, none: text("all", context),
                    auditActions(query.kind, language)),
                parts.periodFilter(
                    text("column_days", context), from: asked.given("from"), until: asked.given("until")),
            ],
            table: rows.isEmpty
                ? nil
                : parts.table(
                    text("audit_log", context),
                    [
                        "entry_column", "column_moment", "column_person", "rule_action", "column_record",
                        "column_what",
                    ], rows),
            next: page.next.map { String($0) },
            exports: [
                [
                    "label": text("export_csv", context),
                    "href": "/administration/log.csv" + (query2.isEmpty ? "" : "?" + query2),
                ]
            ])
    }

    /// The actions that entries can be of: those of the kind chosen, or those that all kinds have.
    private func auditActions(_ kind: String?, _ language: Language) -> [(String, String)] {
        let reading = RecordReading(office, language: language)
        let kind = kind.flatMap(rulebook.kind)
        let common = ["create", "amend", "void", "erase-personal-data", "import", "unmask", "adopt-rulebook"]
        let own = kind?.lifecycle.actions.map(\.id) ?? []
        return (common + own).map { ($0, reading.actionName($0, kind: kind)) }
    }

    /// So many entries go into one file; the period narrows what is asked for.
    private static let exportedEntries = 10_000

    private func auditLogFile(
        _ asked: FormFields, _ actor: Actor, _ context: SiteContext
    ) throws -> Response {
        let parts = AdministrationParts(self, context)
        let log = try AuditLog(office, language: context.language, as: actor)
        let sink = MemoryByteSink()
        let writer = CSVWriter(sink, options: .excel)
        try writer.write(
            [
                "entry_column", "column_moment", "login", "account_role", "rule_action", "column_kind",
                "column_number", "column_reason", "column_what",
            ].map { parts.text($0) })
        var query = auditQuery(asked)
        query.limit = 1_000
        var written = 0
        while written < Self.exportedEntries {
            let page = try log.page(query)
            for line in page.lines.prefix(Self.exportedEntries - written) {
                try writer.write(parts.auditRow(line))
                written += 1
            }
            guard let next = page.next else { break }
            query.below = next
        }
        try writer.finish()
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"zhiheng-log-\(office.today).csv\"",
            ], body: .init(byteBuffer: ByteBuffer(bytes: sink.bytes)))
    }
}

// MARK: - Parts

extension AdministrationParts {
    func signInTable(_ lines: [StoredSignIn], isOwn: Bool) -> [String: Any] {
        let columns =
            ["column_moment"] + (isOwn ? [] : ["login"])
            + ["column_outcome", "session_address", "session_browser"]
        return table(
            text("sign_in_log"), columns,
            lines.map { line in
                let event = SignInEvent(rawValue: line.outcome)
                let isBad = event == .refused || event == .locked
                var cells = [cell(moment(line.at))]
                if !isOwn { cells.append(cell(line.login)) }
                cells += [
                    cell(
                        state: isBad ? "late" : event == .signedIn ? "done" : "open",
                        event?.name.text(language) ?? line.outcome,
                        note: line.performer.map { text("by_person", ["person": $0]) }),
                    cell(line.address), cell(Self.browser(line.userAgent)),
                ]
                return (nil, cells)
            })
    }

    func auditCells(_ line: AuditLine, _ sight: Sight) -> [[String: Any]] {
        var record = cell(line.kind?.name.text(language) ?? "—")
        if let kind = line.kind, let number = line.number, sight.sees(kind) {
            let href = "/records/\(kind.id)/" + FormFields.encoded(number)
            record = cell(link: href, number, note: kind.name.text(language))
        }
        return [
            cell(String(line.position)), cell(moment(line.step.performedAt)),
            cell(line.step.actor, note: line.step.role), cell(line.step.actionName), record,
            cell(changes(line, longest: 160)),
        ]
    }

    func auditRow(_ line: AuditLine) -> [String] {
        [
            String(line.position), moment(line.step.performedAt), line.step.actor, line.step.role,
            line.step.actionName, line.kind?.name.text(language) ?? "", line.number ?? "",
            line.step.reason ?? "", changes(line, longest: 2_000),
        ]
    }

    /// What an entry changed, in one line.
    private func changes(_ line: AuditLine, longest: Int) -> String {
        let colon = language == .zh ? "：" : ": "
        var parts = line.step.changes.map { change in
            change.name + colon + (change.before.isEmpty ? "" : change.before + " → ")
                + (change.after.isEmpty ? "—" : change.after)
        }
        if let detail = line.detail { parts.insert(detail, at: 0) }
        if let reason = line.step.reason { parts.insert(reason, at: 0) }
        let text = parts.joined(separator: language == .zh ? "；" : "; ")
        return text.count > longest ? text.prefix(longest) + "…" : text
    }

    /// What a code of a refusal means, for those that stand in the log.
    static func meaning(of code: String) -> Bilingual? {
        let refusals: [RefusalCode: Bilingual] = [
            .roleNotAllowed: Bilingual(zh: "角色不能办理", en: "not for this role"),
            .regionNotAllowed: Bilingual(zh: "不在辖区内", en: "outside the own region"),
            .partyNotResponsible: Bilingual(zh: "不是责任单位", en: "not the party responsible"),
            .separatePersonNeeded: Bilingual(zh: "须由他人办理", en: "somebody else must do it"),
            .notPermitted: Bilingual(zh: "没有权限", en: "not permitted"),
            .accountDisabled: Bilingual(zh: "账号已停用", en: "the account is not active"),
            .rolesSeparate: Bilingual(zh: "不得兼任", en: "roles to be kept apart"),
        ]
        if let code = RefusalCode(rawValue: code) { return refusals[code] }
        let problems: [PageProblem] = [
            .notFound, .signInNeeded, .forbidden, .formExpired, .fileNotTaken, .passwordChangeNeeded,
            .tooMany(retryAfterSeconds: 60),
        ]
        let words = [
            Bilingual(zh: "无此页面或无权知道", en: "no such page, or none to be seen"),
            Bilingual(zh: "未登录", en: "not signed in"), Bilingual(zh: "角色没有权限", en: "not for this role"),
            Bilingual(zh: "表单令牌不符", en: "the form's token is wrong"),
            Bilingual(zh: "文件类型不接收", en: "a file of a sort not taken"),
            Bilingual(zh: "须先修改口令", en: "the password must be changed first"),
            Bilingual(zh: "操作过于频繁", en: "too many requests"),
        ]
        return zip(problems, words).first { $0.0.code == code }?.1
    }
}
