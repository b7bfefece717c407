import Office
import Records
import Rulebooks
import Storage

/// What checking or importing a file found.
extension Site {
    /// So many errors stand on the page; the file of refused rows holds them all.
    private static let shownErrors = 1_000

    /// What an import would do, before anything is written.
    func importPreview(_ job: StoredJob, _ actor: Actor, _ context: SiteContext) throws -> Page {
        guard let order = job.requested(ImportDesk.Order.self), let kind = rulebook.kind(order.kind),
            let found = job.outcome(ImportFindings.self)
        else { throw PageProblem.notFound }
        let next = try JobDesk(office).job(following: job.id)
        let name = kind.name.text(context.language)
        let heading = renderer.text("import_check_of", ["kind": name], context.language)
        let isOpen = next == nil
        var values = importValues(job, order, found, heading, context)
        values["target"] = "/jobs/\(job.id)/confirm"
        values["discardTarget"] = "/jobs/\(job.id)/discard"
        values["isOpen"] = isOpen
        values["canImport"] = isOpen && found.refused == 0 && found.taken > 0
        values["canSkip"] = isOpen && found.refused > 0 && found.taken > 0
        let count = Describing.grouped(Int(found.taken))
        values["importLabel"] = renderer.text("import_all", ["count": count], context.language)
        values["skipLabel"] = renderer.text("import_skip", ["count": count], context.language)
        if let next { values["nextHref"] = "/jobs/\(next.id)" }
        if let same = found.sameFile {
            values["sameFile"] = renderer.text("import_same", ["id": String(same)], context.language)
        }
        return Page(template: "import-preview", values: values)
    }

    /// What an import did.
    func importResult(_ job: StoredJob, _ context: SiteContext) throws -> Page {
        guard let order = job.requested(ImportDesk.Order.self), let kind = rulebook.kind(order.kind),
            let found = job.outcome(ImportFindings.self)
        else { throw PageProblem.notFound }
        let name = kind.name.text(context.language)
        let heading = renderer.text("import_kind", ["kind": name], context.language)
        var values = importValues(job, order, found, heading, context)
        values["isDone"] = found.isDone
        values["verdict"] = text(found.isDone ? "import_done" : "import_not_done", context)
        values["tone"] = found.isDone ? "done" : "late"
        values["listHref"] = "/records/\(kind.id)"
        if let position = found.position {
            values["entryText"] = renderer.text(
                "import_entry", ["number": String(position), "id": String(found.importID ?? 0)],
                context.language)
        }
        return Page(template: "import-result", values: values)
    }

    private func importValues(
        _ job: StoredJob, _ order: ImportDesk.Order, _ found: ImportFindings, _ heading: String,
        _ context: SiteContext
    ) -> [String: Any] {
        let parts = AdministrationParts(self, context)
        var values: [String: Any] = [
            "title": heading, "heading": heading, "fileName": order.fileName,
            "digest": "SHA-256 " + order.digest, "encoding": found.encoding,
            "crumbs": [
                ["href": "/imports", "label": text("imports", context)],
                ["href": "/records/\(order.kind)/import", "label": text("import_choose", context)],
            ],
            "tiles": tiles(found, context),
            "mapping": found.columns.map { column -> [String: Any] in
                var line: [String: Any] = ["heading": column.heading, "sample": column.sample]
                let field = rulebook.kind(order.kind)?.field(column.field ?? "")
                line["field"] = field?.name.text(context.language)
                return line
            },
            "hasMapping": !found.columns.isEmpty,
        ]
        if !found.errors.isEmpty {
            values["problems"] = errorTable(found, parts)
            if found.errorCount > Int64(min(found.errors.count, Self.shownErrors)) {
                values["problemsMoreText"] = renderer.text(
                    "import_first", ["count": Describing.grouped(Self.shownErrors)], context.language)
            }
        }
        if !found.listedWarnings.isEmpty {
            values["warnings"] = found.listedWarnings.prefix(20).map { warning in
                "\(text("column_row", context)) \(warning.row)："
                    + (context.language == .zh ? warning.zh : warning.en)
            }
        }
        if found.hasRefusedRows { values["refusedHref"] = "/jobs/\(job.id)/refused.csv" }
        if !found.sampleRows.isEmpty {
            values["sampleRows"] = [
                "caption": text("import_sample", context),
                "columns": found.columns.map { ["heading": $0.heading, "figure": false] as [String: Any] },
                "rows": found.sampleRows.map { row in
                    [
                        "cells": zip(row, found.columns).map {
                            ["heading": $0.1.heading, "text": $0.0] as [String: Any]
                        }
                    ]
                },
            ]
        }
        return values
    }

    private func tiles(_ found: ImportFindings, _ context: SiteContext) -> [[String: Any]] {
        func tile(_ key: String, _ count: Int64, _ tone: String?) -> [String: Any] {
            var tile: [String: Any] = [
                "label": text(key, context), "value": Describing.grouped(Int(count)),
            ]
            if count > 0 { tile["tone"] = tone }
            return tile
        }
        var tiles = [
            tile("import_rows", found.rowsRead, nil),
            tile(found.isDone ? "import_taken" : "import_accepted", found.taken, "done"),
            tile("import_refused", found.refused, "late"),
        ]
        if found.left > 0 { tiles.append(tile("import_left", found.left, nil)) }
        if found.warnings > 0 { tiles.append(tile("import_warnings", found.warnings, "soon")) }
        return tiles
    }

    private func errorTable(_ found: ImportFindings, _ parts: AdministrationParts) -> [String: Any] {
        parts.table(
            parts.text("import_problems"), ["column_row", "column", "column_value", "column_reason"],
            figures: ["column_row"],
            found.errors.prefix(Self.shownErrors).map { error in
                (
                    nil,
                    [
                        parts.cell(String(error.row)), parts.cell(error.column ?? "—"),
                        parts.cell(error.value ?? ""),
                        parts.cell(parts.language == .zh ? error.zh : error.en, note: error.code),
                    ]
                )
            })
    }
}

extension AdministrationParts {
    /// Where a job stands, with its tone.
    func jobState(_ job: StoredJob) -> [String: Any] {
        let isCheck = job.sort == JobSort.importCheck.rawValue || job.sort == JobSort.rulebookCheck.rawValue
        let found = job.outcome(ImportFindings.self)
        switch job.state {
        case .waiting, .running: return cell(state: "open", text("job_" + job.state.rawValue))
        case .failed, .interrupted: return cell(state: "late", text("job_" + job.state.rawValue))
        case .discarded: return cell(state: "void", text("job_discarded"))
        case .done where isCheck: return cell(state: "waiting", text("job_checked"))
        case .done:
            let isNothing = job.sort == JobSort.import.rawValue && found?.isDone != true
            return cell(
                state: isNothing ? "late" : "done", text(isNothing ? "import_not_done" : "job_done"))
        }
    }
}
