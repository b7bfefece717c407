import Rulebooks

/// The statements by which tables grow, each with its reason.
enum SchemaSteps {
    static func create(_ table: KindTable, _ kind: Kind) -> SchemaPlan.Step {
        let all = systemDefinitions + table.columns.flatMap { definitions(of: $0) }
        let sql =
            "CREATE TABLE \(SQLText.name(table.name)) (\n    \(all.joined(separator: ",\n    "))\n) STRICT"
        let notes = table.columns.map { note($0, in: table) }
        return SchemaPlan.Step(
            reason: "为“\(kind.name.zh)”建表", reasonEnglish: "A table for \(kind.name.en)",
            sql: ([sql] + notes).joined(separator: ";\n"))
    }

    static func add(_ column: KindTable.Column, _ field: Field, to table: KindTable) -> SchemaPlan.Step {
        let additions = definitions(of: column).map {
            "ALTER TABLE \(SQLText.name(table.name)) ADD COLUMN \($0)"
        }
        return SchemaPlan.Step(
            reason: "“\(table.kind)”新增字段“\(field.name.zh)”",
            reasonEnglish: "The new field \(field.name.en) of \(table.kind)",
            sql: (additions + [note(column, in: table)]).joined(separator: ";\n"))
    }

    static func reuse(_ column: KindTable.Column, _ field: Field, in table: KindTable) -> SchemaPlan.Step {
        SchemaPlan.Step(
            reason: "“\(table.kind)”重新启用字段“\(field.name.zh)”，原有数据仍在",
            reasonEnglish: "The field \(field.name.en) of \(table.kind) is used again, with the data it had",
            sql: note(column, in: table))
    }

    static func widen(
        _ column: KindTable.Column, _ field: Field, in table: KindTable, by factor: Int64
    ) -> SchemaPlan.Step {
        // A product beyond 64 bits becomes a real number, which a STRICT column refuses; nothing is lost.
        let name = SQLText.name(column.name)
        let update =
            "UPDATE \(SQLText.name(table.name)) SET \(name) = \(name) * \(factor) WHERE \(name) IS NOT NULL"
        return SchemaPlan.Step(
            reason: "“\(table.kind)”的“\(field.name.zh)”增加小数位",
            reasonEnglish: "More decimal places for \(field.name.en) of \(table.kind)",
            sql: [update, note(column, in: table)].joined(separator: ";\n"))
    }

    static func retire(field: String, column: String, of table: KindTable) -> SchemaPlan.Step {
        SchemaPlan.Step(
            reason: "“\(table.kind)”不再有字段“\(field)”；列“\(column)”及其数据保留",
            reasonEnglish: "\(table.kind) no longer has \(field); its column \(column) and the data stay",
            sql: "UPDATE zhiheng_column SET in_use = 0 "
                + "WHERE kind = \(SQLText.literal(table.kind)) AND field = \(SQLText.literal(field))")
    }

    static func retire(kind: String) -> SchemaPlan.Step {
        SchemaPlan.Step(
            reason: "规则书不再有“\(kind)”；它的表及其数据保留",
            reasonEnglish: "The rulebook no longer has \(kind); its table and the data stay",
            sql: "UPDATE zhiheng_column SET in_use = 0 WHERE kind = \(SQLText.literal(kind))")
    }

    static func create(_ index: KindIndex, of table: KindTable) -> SchemaPlan.Step {
        SchemaPlan.Step(
            reason: "“\(table.kind)”的索引“\(index.name)”",
            reasonEnglish: "The index \(index.name) of \(table.kind)",
            sql: index.sql)
    }

    static func drop(index name: String, of table: KindTable) -> SchemaPlan.Step {
        SchemaPlan.Step(
            reason: "“\(table.kind)”不再需要索引“\(name)”",
            reasonEnglish: "The index \(name) of \(table.kind) is no longer needed",
            sql: "DROP INDEX \(SQLText.name(name))")
    }

    private static let systemDefinitions = [
        "\"id\" INTEGER PRIMARY KEY",
        "\"number\" TEXT NOT NULL UNIQUE",
        "\"region\" TEXT NOT NULL",
        "\"responsible\" TEXT",
        "\"state\" TEXT NOT NULL",
        "\"stage\" TEXT NOT NULL",
        "\"overdue\" INTEGER NOT NULL CHECK (\"overdue\" IN (0, 1))",
        "\"voided\" INTEGER NOT NULL CHECK (\"voided\" IN (0, 1))",
        "\"public\" INTEGER NOT NULL CHECK (\"public\" IN (0, 1))",
        "\"version\" INTEGER NOT NULL CHECK (\"version\" > 0)",
        "\"entered_at\" INTEGER NOT NULL",
        "\"created_at\" INTEGER NOT NULL",
        "\"updated_at\" INTEGER NOT NULL",
        "\"import_id\" INTEGER",
        "\"import_row\" INTEGER",
        "\"\(KindTable.dueColumn)\" INTEGER",
    ]

    /// Adds to a table of before the column that says when its records fall due, from their clocks.
    static func addDue(to table: KindTable, offsetSeconds: Int) -> SchemaPlan.Step {
        let (name, due) = (SQLText.name(table.name), SQLText.name(KindTable.dueColumn))
        return SchemaPlan.Step(
            reason: "“\(table.kind)”的各条记录注明最近的到期时间",
            reasonEnglish: "When the records of \(table.kind) fall due",
            sql: """
                ALTER TABLE \(name) ADD COLUMN \(due) INTEGER;
                UPDATE \(name) SET \(due) = \(firstDue(of: table, offsetSeconds: offsetSeconds))
                """)
    }

    /// When the first of a record's running clocks will have passed, as its clocks say.
    static func firstDue(of table: KindTable, offsetSeconds: Int) -> String {
        """
        (SELECT min(coalesce(due_at + 1, CAST(strftime('%s', due_on, '+1 day') AS INTEGER) - \(offsetSeconds)))
            FROM zhiheng_clock
            WHERE zhiheng_clock.kind = \(SQLText.literal(table.kind))
                AND zhiheng_clock.record = \(SQLText.name(table.name))."id" AND suspended_at IS NULL)
        """
    }

    private static func definitions(of column: KindTable.Column) -> [String] {
        let name = SQLText.name(column.name)
        var definition = "\(name) \(column.form.columnType)"
        switch column.form {
        // A named constraint tells the writer which column it is about.
        case .boolean: definition += " CONSTRAINT \(name) CHECK (\(name) IN (0, 1))"
        case .date:
            definition +=
                " CONSTRAINT \(name) CHECK (\(name) GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')"
        case .files, .table:
            definition += " CONSTRAINT \(name) CHECK (\(name) IS NULL OR json_valid(\(name)))"
        case .reference(let kind):
            definition += " REFERENCES \(SQLText.name(KindTable.tableName(of: kind))) (\"id\")"
        case .text, .integer, .decimal, .money, .moment, .sealed: break
        }
        return [definition] + (column.blindIndexName.map { ["\(SQLText.name($0)) BLOB"] } ?? [])
    }

    /// Keeps beside the tables what a column holds: the types of SQLite do not tell fen from metres.
    private static func note(_ column: KindTable.Column, in table: KindTable) -> String {
        let values = [table.kind, column.field, column.name, column.form.storedName].map(SQLText.literal)
        return "INSERT INTO zhiheng_column (kind, field, name, form, in_use) "
            + "VALUES (\(values.joined(separator: ", ")), 1) "
            + "ON CONFLICT DO UPDATE SET name = excluded.name, form = excluded.form, in_use = 1"
    }
}

/// What is still to be done, as indexes and questions say it: the same text in both, or no index would be used.
enum OpenMatters {
    /// Neither voided nor in a closed state of the kind.
    static func condition(of kind: Kind) -> String {
        let closed = kind.lifecycle.closed.sorted().map(SQLText.literal)
        guard !closed.isEmpty else { return "\"voided\" = 0" }
        return "\"voided\" = 0 AND \"state\" NOT IN (\(closed.joined(separator: ", ")))"
    }
}

/// An index of a kind's table. Its name has a dot after the table's, which no table's name has.
struct KindIndex: Hashable {
    let name: String
    let sql: String

    private init(
        _ table: KindTable, _ suffix: String, on columns: [String], unique: Bool = false,
        where condition: String? = nil
    ) {
        name = "\(table.name).\(suffix)"
        let list = columns.map(SQLText.name).joined(separator: ", ")
        sql =
            "CREATE \(unique ? "UNIQUE " : "")INDEX \(SQLText.name(name)) ON \(SQLText.name(table.name)) (\(list))"
            + (condition.map { " WHERE \($0)" } ?? "")
    }

    static func all(of table: KindTable, _ kind: Kind, measures: [Measure]) -> [KindIndex] {
        var indexes: [KindIndex] = []
        let key = kind.key.compactMap { table.comparedColumn(ofField: $0) }
        if !key.isEmpty {
            indexes.append(KindIndex(table, "key", on: key, unique: true, where: "\"voided\" = 0"))
        }
        indexes.append(KindIndex(table, "region", on: ["region", "state", "voided"]))
        indexes.append(KindIndex(table, "state", on: ["state"]))
        indexes.append(
            KindIndex(table, "responsible", on: ["responsible"], where: "\"responsible\" IS NOT NULL"))
        indexes.append(KindIndex(table, "overdue", on: ["region"], where: "\"overdue\" = 1"))
        if kind.family == .matter {
            indexes.append(
                KindIndex(
                    table, "open", on: ["region", "state", "stage", KindTable.dueColumn],
                    where: OpenMatters.condition(of: kind)))
        }
        if !kind.clocks.isEmpty {
            indexes.append(
                KindIndex(
                    // Holds all that is asked of what is due, so that no row is looked up in vain.
                    table, "due",
                    on: [KindTable.dueColumn, "id", "region", "state", "stage", "overdue", "voided"],
                    where: "\"\(KindTable.dueColumn)\" IS NOT NULL"))
        }
        if kind.publicWhen != nil {
            // The public sees few of many: one for its lists in the order of ids, one for those of a region.
            let isPublic = "\"public\" = 1 AND \"voided\" = 0"
            indexes.append(KindIndex(table, "public", on: ["public"], where: isPublic))
            indexes.append(KindIndex(table, "public-region", on: ["region"], where: isPublic))
        }
        let dates = Set(measures.compactMap(\.at))
        for column in table.columns {
            if let blind = column.blindIndexName {
                let present = "\(SQLText.name(blind)) IS NOT NULL"
                indexes.append(KindIndex(table, "field.\(column.name)", on: [blind], where: present))
            } else if case .reference = column.form {
                indexes.append(KindIndex(table, "field.\(column.name)", on: [column.name]))
            } else if dates.contains(column.field) {
                indexes.append(KindIndex(table, "field.\(column.name)", on: [column.name]))
            }
        }
        return indexes
    }
}
