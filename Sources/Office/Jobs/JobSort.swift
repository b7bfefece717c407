import Rulebooks

/// What can be worked at while nobody waits for it.
public enum JobSort: String, CaseIterable, Hashable, Sendable {
    case importCheck = "import-check"
    case `import`
    case audit
    case backup
    case backupCheck = "backup-check"
    case rulebookCheck = "rulebook-check"
    case adoption

    /// What is needed to ask for it, and to see it.
    public var permission: Permission {
        switch self {
        case .importCheck, .import: .import
        case .audit: .audit
        case .backup, .backupCheck: .operate
        case .rulebookCheck, .adoption: .adopt
        }
    }

    /// Whether it concerns whoever asked for it and nobody else.
    public var isOwn: Bool { permission == .import }

    /// Whether it keeps the door to itself while it runs, so that nothing else is written.
    public var holdsDoor: Bool {
        switch self {
        case .importCheck, .import, .adoption: true
        case .audit, .backup, .backupCheck, .rulebookCheck: false
        }
    }

    /// The name people read.
    public var name: Bilingual {
        switch self {
        case .importCheck: Bilingual(zh: "核对导入文件", en: "Check of a file")
        case .import: Bilingual(zh: "导入", en: "Import")
        case .audit: Bilingual(zh: "审计", en: "Audit")
        case .backup: Bilingual(zh: "备份", en: "Backup")
        case .backupCheck: Bilingual(zh: "核验备份", en: "Check of a backup")
        case .rulebookCheck: Bilingual(zh: "检查规则书", en: "Check of a rulebook")
        case .adoption: Bilingual(zh: "采用规则书", en: "Adoption of a rulebook")
        }
    }
}
