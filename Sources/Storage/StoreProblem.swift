import Rulebooks

/// What a store can answer instead of doing.
public enum StoreProblem: Error, Hashable, Sendable {
    /// Another record of the kind has the same values in these fields.
    case duplicate(kind: String, fields: [String])
    /// The record was changed since it was read.
    case conflict(kind: String, record: Int64)
    /// The record refers to a record that is not on file.
    case missingReference(kind: String, record: Int64)
    /// A value is not of the type that its field declares, or a query asks what the column cannot answer.
    case unsuitable(kind: String, column: String)
    /// The schema does not hold the rulebook's kinds; `schema apply` is needed.
    case schemaOutdated
    /// The schema changed since the plan was made; plan again.
    case schemaChanged
    /// The rulebook asks for changes that cannot be made to data on file.
    case schemaRefused([SchemaRefusal])
    /// Written by a newer program, or not a database of ours.
    case foreignDatabase
    /// The key is not the one under which the personal fields on file were encrypted.
    case wrongKey
    /// The disk is full, read-only, or the file cannot be opened.
    case unavailable(reason: UnavailableReason)
    /// A row cannot be read back as its kind declares it: what and where.
    case damaged(kind: String, record: Int64, column: String)
}

/// Why a store cannot work at all for the time being.
public enum UnavailableReason: String, Hashable, Sendable, CaseIterable {
    case diskFull, readOnly, cannotOpen, notADatabase, fileDamaged, locked, diskError, outOfMemory, failed
}

/// A change of the rulebook that the data on file does not allow.
public struct SchemaRefusal: Hashable, Sendable {
    /// The kind, and the field when it is about one.
    public var kind: String
    public var field: String?
    /// What is wrong and what to do.
    public var reason: Bilingual

    public init(kind: String, field: String?, reason: Bilingual) {
        self.kind = kind
        self.field = field
        self.reason = reason
    }
}

extension StoreProblem {
    /// What happened and what to do, in both languages; nothing of the engine shows through.
    public var message: Bilingual {
        switch self {
        case .duplicate(let kind, let fields):
            let names = fields.joined(separator: ", ")
            return Bilingual(
                zh: "“\(kind)”中已有 \(names) 相同的记录。请核对，或打开已有的那一条。",
                en:
                    "Another record of \(kind) has the same \(names). Check the entry, or open the one on file."
            )
        case .conflict(let kind, let record):
            return Bilingual(
                zh: "“\(kind)”的记录 \(record) 在读取之后已被他人更改。请重新打开后再办理。",
                en:
                    "Record \(record) of \(kind) was changed since it was read. Open it again and repeat the action."
            )
        case .missingReference(let kind, let record):
            return Bilingual(
                zh: "“\(kind)”的记录 \(record) 引用了不存在的记录。请先登记被引用的记录。",
                en:
                    "Record \(record) of \(kind) refers to a record that is not on file. Register that one first."
            )
        case .unsuitable(let kind, let column):
            return Bilingual(
                zh: "“\(kind)”的“\(column)”不能接受所给的值或条件。请核对其类型。",
                en: "\(column) of \(kind) cannot take the value or condition given. Check its type.")
        case .damaged(let kind, let record, let column):
            return Bilingual(
                zh: "“\(kind)”的记录 \(record) 的“\(column)”无法读出。请用备份核对数据库。",
                en:
                    "\(column) of record \(record) of \(kind) cannot be read. Compare the database with a backup."
            )
        case .unavailable(let reason): return reason.message
        case .schemaRefused(let refusals):
            return Bilingual(
                zh: refusals.map(\.reason.zh).joined(separator: "\n"),
                en: refusals.map(\.reason.en).joined(separator: "\n"))
        case .schemaOutdated, .schemaChanged, .foreignDatabase, .wrongKey: return databaseMessage
        }
    }

    private var databaseMessage: Bilingual {
        switch self {
        case .schemaOutdated:
            Bilingual(
                zh: "数据库的表结构与规则书不符。请先执行 schema apply。",
                en: "The tables do not match the rulebook. Run schema apply first.")
        case .schemaChanged:
            Bilingual(
                zh: "制订方案之后表结构已变。请重新制订方案。",
                en: "The tables changed since the plan was made. Make the plan again.")
        case .wrongKey:
            Bilingual(
                zh: "密钥不是加密现有个人信息的那一把。请使用原来的密钥。",
                en: "The key is not the one that encrypted the personal data on file. Use the original key.")
        default:
            Bilingual(
                zh: "文件不是本系统的数据库，或由更新的版本写成。请核对路径或升级程序。",
                en:
                    "The file is not one of our databases, or a newer program wrote it. Check the path, or upgrade."
            )
        }
    }
}

extension UnavailableReason {
    /// What happened and what to do, in both languages.
    public var message: Bilingual {
        switch self {
        case .diskFull:
            Bilingual(zh: "磁盘已满。请腾出空间后重试。", en: "The disk is full. Free some space and try again.")
        case .readOnly:
            Bilingual(
                zh: "数据库是只读的。请检查文件和目录的权限。",
                en: "The database is read-only. Check the permissions of the file and its folder.")
        case .cannotOpen:
            Bilingual(
                zh: "无法打开数据库文件。请检查路径、目录和权限。",
                en: "The database file cannot be opened. Check the path, the folder and the permissions.")
        case .notADatabase:
            Bilingual(zh: "该文件不是数据库。请核对路径。", en: "The file is not a database. Check the path.")
        case .fileDamaged:
            Bilingual(zh: "数据库文件已损坏。请从备份恢复。", en: "The database file is damaged. Restore it from a backup.")
        case .locked:
            Bilingual(
                zh: "数据库正被另一程序占用。请稍后重试。",
                en: "Another program holds the database. Try again in a moment.")
        case .diskError:
            Bilingual(
                zh: "读写磁盘时出错。请检查磁盘后重试。",
                en: "The disk could not be read or written. Check the disk and try again.")
        case .outOfMemory:
            Bilingual(zh: "内存不足。请关闭其他程序后重试。", en: "Memory ran out. Close other programs and try again.")
        case .failed:
            Bilingual(
                zh: "数据库未能完成这项工作。请重试；若再次出现请查看运行日志。",
                en:
                    "The database could not do this. Try again; if it happens again, look into the operating log."
            )
        }
    }
}
