import Rulebooks

/// What a token may be used for. The account's own permissions bound it as well.
public enum TokenScope: String, CaseIterable, Hashable, Sendable {
    /// Records, their histories and documents, the ledger's checkpoint and proofs.
    case read
    /// New records and actions.
    case write
    /// Files, sent and fetched.
    case files
    /// Figures of measures and indicators.
    case figures
    /// Webhooks, set up and removed.
    case webhooks

    /// The name people read.
    public var name: Bilingual {
        switch self {
        case .read: Bilingual(zh: "查看记录", en: "read records")
        case .write: Bilingual(zh: "登记和办理", en: "create records and perform actions")
        case .files: Bilingual(zh: "收发附件", en: "send and fetch files")
        case .figures: Bilingual(zh: "查询数据", en: "ask for figures")
        case .webhooks: Bilingual(zh: "管理事件推送", en: "set up webhooks")
        }
    }
}
