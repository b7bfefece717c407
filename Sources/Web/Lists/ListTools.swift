import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Office
import Records
import Rulebooks
import Storage

/// What one does with a list: choose its columns, save it as a view, take it out as a file.
extension Site {
    func addListTools(to pages: RouterGroup<SiteContext>) {
        pages.post("/records/:kind/columns") { [self] request, context in
            let (kind, fields) = try await toolForm(request, context)
            guard let login = context.visitor.actor?.login else { throw PageProblem.signInNeeded }
            var columns = FormFields()
            for column in fields.all("column").prefix(60) where kind.field(column) != nil {
                columns.append("column", column)
            }
            try SavedViews(office, of: login).keepColumns(columns.encoded, of: kind)
            return Self.redirect(to: listAddress(kind, fields["query"], without: ["column"]))
        }
        pages.post("/records/:kind/views") { [self] request, context in
            let (kind, fields) = try await toolForm(request, context)
            guard let login = context.visitor.actor?.login else { throw PageProblem.signInNeeded }
            let views = SavedViews(office, of: login)
            if let removed = fields["remove"].flatMap({ Int64($0) }) {
                guard try views.remove(removed) else { throw PageProblem.notFound }
            } else {
                let address = listAddress(kind, fields["query"], without: ListAsked.pageNames)
                try views.save(
                    fields["name"] ?? "", query: String(address.drop { $0 != "?" }.dropFirst()), of: kind,
                    isDefault: fields["default"] == "true")
            }
            return Self.redirect(to: listAddress(kind, fields["query"], without: []))
        }
        pages.post("/records/:kind/export") { [self] request, context in
            let sight = try context.staffSight()
            guard sight.actor.permissions.contains(.export) else { throw PageProblem.forbidden }
            let (kind, fields) = try await toolForm(request, context)
            guard let form = fields["form"].flatMap(ListExporter.Form.init),
                let asked = FormFields(urlEncoded: fields["query"] ?? "")
            else { throw PageProblem.malformed }
            return try await export(kind, asked, as: form, sight, context)
        }
    }

    private func toolForm(
        _ request: Request, _ context: SiteContext
    ) async throws -> (kind: Kind, fields: FormFields) {
        let sight = try context.staffSight()
        let kind = try self.kind(context.parameters.require("kind"), sight)
        return (kind, try await form(request, context))
    }

    /// The address of a list from what a form kept of it.
    private func listAddress(_ kind: Kind, _ query: String?, without names: [String]) -> String {
        var fields = FormFields(urlEncoded: query ?? "") ?? FormFields()
        for name in names + ["csrf", "lang"] { fields = fields.replacing(name, with: nil) }
        return "/records/\(kind.id)?" + (fields.pairs.isEmpty ? "all=1" : fields.encoded)
    }

    // MARK: Views and columns

    /// The address of the view with which a list opens, where the account has saved one.
    func defaultView(of kind: Kind, _ context: SiteContext) throws -> String? {
        guard let login = context.visitor.actor?.login else { return nil }
        let view = try SavedViews(office, of: login).views(of: kind).first {
            $0.isDefault && !$0.name.isEmpty
        }
        return view.map { listAddress(kind, $0.query, without: []) }
    }

    /// The columns that an account chose last.
    func keptColumns(_ views: [StoredView]) -> [String] {
        views.first { $0.name.isEmpty }.flatMap { FormFields(urlEncoded: $0.query) }?.all("column") ?? []
    }

    /// What the tools of a list name.
    func tools(
        _ asked: ListAsked, _ list: RecordList, _ columns: [Field], _ views: [StoredView],
        _ context: SiteContext
    ) -> [String: Any] {
        let shown = Set(columns.map(\.id))
        let named = views.filter { !$0.name.isEmpty }
        let query = asked.fields.encoded
        return [
            "columnsAction": asked.base + "/columns", "viewsAction": asked.base + "/views",
            "exportAction": asked.base + "/export", "listQuery": query,
            "mayExport": asked.sight.actor.permissions.contains(.export),
            "columnChoices": list.possibleColumns.map {
                [
                    "name": "column", "value": $0.id, "label": $0.name.text(asked.language),
                    "selected": shown.contains($0.id),
                ] as [String: Any]
            },
            "views": named.map { view -> [String: Any] in
                [
                    "href": listAddress(asked.kind, view.query, without: []), "label": view.name,
                    "id": String(view.id), "default": view.isDefault, "current": view.query == query,
                ]
            },
            "hasViews": !named.isEmpty,
        ]
    }

    // MARK: Files

    private func export(
        _ kind: Kind, _ fields: FormFields, as form: ListExporter.Form, _ sight: Sight, _ context: SiteContext
    ) async throws -> Response {
        let language = context.language
        let asked = ListAsked(fields, site: self, kind: kind, sight: sight, language: language)
        guard let query = try asked.query() else { throw PageProblem.notFound }
        let list = RecordList(site: self, kind: kind, sight: sight, language: language)
        let kept = try SavedViews(self.office, of: sight.actor.login).views(of: kind)
        let columns = list.columns(asked.columns.isEmpty ? keptColumns(kept) : asked.columns)
        let conditions = asked.allConditions
        let office = self.office
        let bytes = try await exporting.run {
            let file = FileManager.default.temporaryDirectory.appendingPathComponent(
                "zhiheng-list-" + UUID().uuidString)
            defer { try? FileManager.default.removeItem(at: file) }
            _ = try ListExporter(office, sight, language: language).export(
                kind, query, columns: columns, as: form, path: file.path, conditions: conditions)
            return [UInt8](try Data(contentsOf: file))
        }
        let day = office.today.description
        let name = FormFields.encoded("\(kind.name.text(language))-\(day).\(form.rawValue)")
        return Response(
            status: .ok,
            headers: [
                .contentType: form == .csv
                    ? "text/csv; charset=utf-8"
                    : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                .contentDisposition:
                    "attachment; filename=\"\(kind.id)-\(day).\(form.rawValue)\"; filename*=UTF-8''\(name)",
                .cacheControl: "no-store",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
