import Crypto
import Foundation
import GRDB
import Rulebooks

/// Compares the tables on file with those a rulebook needs, and says the steps in between.
///
/// Steps only add: a table, a column, an index, decimal places. A column whose field is gone stays.
struct SchemaPlanner {
    /// A column as the metadata beside the tables describes it.
    private struct StoredColumn {
        let name: String
        let form: String
        let inUse: Bool
    }

    let rulebook: Rulebook

    /// The steps that are needed. Throws ``StoreProblem/schemaRefused(_:)`` naming every impossible change.
    func plan(for db: Database) throws -> SchemaPlan {
        var steps: [SchemaPlan.Step] = []
        var refusals: [SchemaRefusal] = []
        let tables = Set(try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'"))
        let stored = try storedColumns(db)
        for id in rulebook.kindOrder {
            guard let kind = rulebook.kind(id) else { continue }
            let table = KindTable(kind)
            if let refusal = Self.refusal(of: table) {
                refusals.append(refusal)
            } else if let columns = stored[id] {
                if try !db.columns(in: table.name).contains(where: { $0.name == KindTable.dueColumn }) {
                    steps.append(SchemaSteps.addDue(to: table, offsetSeconds: rulebook.timeZoneOffsetSeconds))
                }
                let change = changes(of: table, kind, stored: columns)
                steps += change.steps
                refusals += change.refusals
            } else if tables.contains(table.name) {
                refusals.append(Refusals.tableTaken(table))
            } else {
                steps.append(SchemaSteps.create(table, kind))
            }
            steps += try indexSteps(of: table, kind, db)
        }
        for (id, columns) in stored.sorted(by: { $0.key < $1.key }) where rulebook.kind(id) == nil {
            if columns.values.contains(where: \.inUse) { steps.append(SchemaSteps.retire(kind: id)) }
        }
        guard refusals.isEmpty else { throw StoreProblem.schemaRefused(refusals) }
        return SchemaPlan(steps: steps, basis: try basis(of: db))
    }

    /// Runs the steps within the caller's transaction.
    ///
    /// Throws ``StoreProblem/schemaChanged`` unless the plan is the one that would be made now.
    func apply(_ plan: SchemaPlan, to db: Database) throws {
        guard try self.plan(for: db) == plan else { throw StoreProblem.schemaChanged }
        for step in plan.steps {
            do {
                try SQLiteFailure.mapped { try db.execute(sql: step.sql) }
            } catch let problem as StoreProblem {
                throw naming(problem)
            }
        }
        db.clearSchemaCache()
    }

    private func naming(_ problem: StoreProblem) -> StoreProblem {
        guard case .duplicate(let table, _) = problem,
            let kind = rulebook.kinds.values.first(where: { KindTable.tableName(of: $0.id) == table })
        else { return problem }
        return problem.naming(KindTable(kind), record: 0)
    }

    private static func refusal(of table: KindTable) -> SchemaRefusal? {
        let isReserved = table.name.hasPrefix(SystemSchema.prefix) || table.name.hasPrefix("sqlite_")
        return isReserved ? Refusals.nameReserved(table) : nil
    }

    private func changes(
        of table: KindTable, _ kind: Kind, stored: [String: StoredColumn]
    ) -> (steps: [SchemaPlan.Step], refusals: [SchemaRefusal]) {
        var steps: [SchemaPlan.Step] = []
        var refusals: [SchemaRefusal] = []
        let names = Set(stored.values.map(\.name))
        for (column, field) in zip(table.columns, kind.fields) {
            guard let old = stored[column.field] else {
                if names.contains(column.name) {
                    refusals.append(Refusals.columnTaken(table, field))
                } else {
                    steps.append(SchemaSteps.add(column, field, to: table))
                }
                continue
            }
            if old.name != column.name {
                refusals.append(Refusals.columnTaken(table, field))
            } else if old.form == column.form.storedName {
                if !old.inUse { steps.append(SchemaSteps.reuse(column, field, in: table)) }
            } else if let factor = Self.factor(from: old.form, to: column.form) {
                steps.append(SchemaSteps.widen(column, field, in: table, by: factor))
            } else {
                refusals.append(
                    Refusals.formChanged(table, field, from: old.form, to: column.form.storedName))
            }
        }
        let present = Set(table.columns.map(\.field))
        for (field, column) in stored.sorted(by: { $0.key < $1.key })
        where !present.contains(field) && column.inUse {
            steps.append(SchemaSteps.retire(field: field, column: column.name, of: table))
        }
        return (steps, refusals)
    }

    /// What whole numbers on file are multiplied by when a form gains decimal places; nil for any other
    /// change.
    private static func factor(from old: String, to form: ColumnForm) -> Int64? {
        guard let oldPlaces = ColumnForm.places(ofStoredName: old),
            let places = ColumnForm.places(ofStoredName: form.storedName), places >= oldPlaces, places <= 18
        else { return nil }
        return (oldPlaces..<places).reduce(1) { factor, _ in factor * 10 }
    }

    private func indexSteps(of table: KindTable, _ kind: Kind, _ db: Database) throws -> [SchemaPlan.Step] {
        var present: [String: String] = [:]
        let rows = try Row.fetchAll(
            db,
            sql:
                "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
            arguments: [table.name])
        for row in rows { present[row[0]] = row[1] }
        var steps: [SchemaPlan.Step] = []
        for index in KindIndex.all(of: table, kind, measures: kind.measures) {
            let old = present.removeValue(forKey: index.name)
            if old == index.sql { continue }
            if old != nil { steps.append(SchemaSteps.drop(index: index.name, of: table)) }
            steps.append(SchemaSteps.create(index, of: table))
        }
        for name in present.keys.sorted() where name.hasPrefix(table.name + ".") {
            steps.append(SchemaSteps.drop(index: name, of: table))
        }
        return steps
    }

    private func storedColumns(_ db: Database) throws -> [String: [String: StoredColumn]] {
        var stored: [String: [String: StoredColumn]] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT kind, field, name, form, in_use FROM zhiheng_column") {
            stored[row[0], default: [:]][row[1]] = StoredColumn(name: row[2], form: row[3], inUse: row[4])
        }
        return stored
    }

    /// A fingerprint of every table and index and of what the columns hold.
    private func basis(of db: Database) throws -> String {
        var hash = SHA256()
        for sql in [
            // Tables that begin with sqlite_ hold statistics, which come and go.
            "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY type, name",
            "SELECT kind, field, name || char(31) || form || char(31) || in_use FROM zhiheng_column ORDER BY 1, 2",
        ] {
            for row in try Row.fetchAll(db, sql: sql) {
                for column in 0..<3 {
                    let text: String? = row[column]
                    hash.update(data: Data((text ?? "").utf8))
                    hash.update(data: Data([0]))
                }
            }
        }
        return hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

/// Why a change is refused, in words.
private enum Refusals {
    static func nameReserved(_ table: KindTable) -> SchemaRefusal {
        SchemaRefusal(
            kind: table.kind, field: nil,
            reason: Bilingual(
                zh: "“\(table.kind)”用了保留的名称。请给它另取标识。",
                en: "The id \(table.kind) is reserved. Give the kind another id."))
    }

    static func tableTaken(_ table: KindTable) -> SchemaRefusal {
        SchemaRefusal(
            kind: table.kind, field: nil,
            reason: Bilingual(
                zh: "数据库中已有名为“\(table.name)”、并非由规则书建立的表。请给“\(table.kind)”另取标识，或移走该表。",
                en:
                    "A table \(table.name) exists that no rulebook made. Give \(table.kind) another id, or move it."
            ))
    }

    static func columnTaken(_ table: KindTable, _ field: Field) -> SchemaRefusal {
        SchemaRefusal(
            kind: table.kind, field: field.id,
            reason: Bilingual(
                zh: "“\(table.kind)”的“\(field.id)”所需的列已作他用。请给该字段另取名称。",
                en:
                    "The column that \(field.id) of \(table.kind) needs holds something else. Rename the field."
            ))
    }

    static func formChanged(_ table: KindTable, _ field: Field, from old: String, to new: String)
        -> SchemaRefusal
    {
        SchemaRefusal(
            kind: table.kind, field: field.id,
            reason: Bilingual(
                zh: "“\(table.kind)”的“\(field.id)”在库中是 \(old)，不能改为 \(new)。请保留原字段，另设新名称的字段。",
                en: "\(field.id) of \(table.kind) is \(old) on file and cannot become \(new). "
                    + "Keep the field and declare one of another name."))
    }
}
