/// What one rulebook says that another does not, part by part, in words that officials and enterprises read.
///
/// Parts are found again by their ids; rules without an id of their own by what they say, so that a rule put in
/// between is not taken for a change of all that follow. Order, layout and comments of the files do not count.
public struct RulebookDifference: Sendable {
    /// What was added, removed or changed: what concerns the whole first, then kind by kind.
    public let changes: [Change]

    /// Compares two rulebooks, usually two versions of one.
    public init(from old: Rulebook, to new: Rulebook) {
        changes = RulebookComparison(old: old, new: new).changes
    }

    /// Whether both say the same.
    public var isEmpty: Bool { changes.isEmpty }

    /// How many changes there are of a manner.
    public func count(_ manner: Manner) -> Int { changes.count { $0.manner == manner } }

    /// The changes under the kinds they belong to, in the order of `changes`; nil stands for the whole.
    public var byKind: [(kind: String?, changes: [Change])] {
        var groups: [(kind: String?, changes: [Change])] = []
        for change in changes {
            if let last = groups.indices.last, groups[last].kind == change.kind {
                groups[last].changes.append(change)
            } else {
                groups.append((change.kind, [change]))
            }
        }
        return groups
    }
}

extension RulebookDifference {
    /// What happened to a part.
    public enum Manner: String, Sendable, CaseIterable {
        /// It was not there before.
        case added
        /// It is gone.
        case removed
        /// It is there in both, and differs.
        case changed

        /// The word for it.
        public var name: Bilingual {
            switch self {
            case .added: Bilingual(zh: "新增", en: "Added")
            case .removed: Bilingual(zh: "删除", en: "Removed")
            case .changed: Bilingual(zh: "修改", en: "Changed")
            }
        }
    }

    /// A part of a rulebook that is there in one and not in the other, or that differs.
    public struct Change: Hashable, Sendable {
        /// What happened.
        public let manner: Manner
        /// What sort of part it is.
        public let subject: RulebookSubject
        /// The kind that the part belongs to; nil when it belongs to the whole.
        public let kind: String?
        /// The id of the part among those of its sort.
        public let id: String
        /// The name people read, the newer one.
        public let name: Bilingual
        /// What differs, one by one; for a part that was added or removed what it says.
        public let details: [Detail]

        /// The change in one sentence: `Clock changed: Rectification`.
        public var sentence: Bilingual {
            Bilingual(
                zh: "\(manner.name.zh)\(subject.name.zh)“\(name.zh)”",
                en: "\(subject.name.en) \(manner.name.en.lowercased()): \(name.en)")
        }
    }

    /// One thing that differs.
    public struct Detail: Hashable, Sendable {
        /// What it is: its term, its performers, a dated value.
        public let label: Bilingual
        /// What was said before; nil when nothing was.
        public let before: Bilingual?
        /// What is said now; nil when nothing is.
        public let after: Bilingual?

        /// The difference in one line: `term: 5 working days → 3 working days`.
        public var sentence: Bilingual {
            switch (before, after) {
            case (let before?, let after?):
                Bilingual(
                    zh: "\(label.zh)：由“\(before.zh)”改为“\(after.zh)”",
                    en: "\(label.en): \(before.en) → \(after.en)")
            case (nil, let after?):
                Bilingual(zh: "\(label.zh)：\(after.zh)", en: "\(label.en): \(after.en)")
            case (let before?, nil):
                Bilingual(zh: "\(label.zh)：不再有“\(before.zh)”", en: "\(label.en): no longer \(before.en)")
            case (nil, nil): label
            }
        }
    }
}

/// The sorts of parts that a rulebook has.
public enum RulebookSubject: String, Sendable, CaseIterable {
    case rulebook, kind, field, state, action, rule, clock, measure
    case policy, judgement, scorecard, codeList, role, document, report, indicator, importMap, calendar
    case regions

    /// The word of the glossary for it.
    public var name: Bilingual {
        switch self {
        case .rulebook: Bilingual(zh: "规则书", en: "Rulebook")
        case .kind: Bilingual(zh: "类别", en: "Kind")
        case .field: Bilingual(zh: "字段", en: "Field")
        case .state: Bilingual(zh: "状态", en: "State")
        case .action: Bilingual(zh: "办理动作", en: "Action")
        case .rule: Bilingual(zh: "规则", en: "Rule")
        case .clock: Bilingual(zh: "时限", en: "Clock")
        case .measure: Bilingual(zh: "计量", en: "Measure")
        case .policy: Bilingual(zh: "参数", en: "Policy")
        case .judgement: Bilingual(zh: "判定表", en: "Judgement")
        case .scorecard: Bilingual(zh: "评分表", en: "Scorecard")
        case .codeList: Bilingual(zh: "代码表", en: "Code list")
        case .role: Bilingual(zh: "角色", en: "Role")
        case .document: Bilingual(zh: "文书", en: "Document")
        case .report: Bilingual(zh: "报告", en: "Report")
        case .indicator: Bilingual(zh: "指标", en: "Indicator")
        case .importMap: Bilingual(zh: "导入映射", en: "Import map")
        case .calendar: Bilingual(zh: "工作日历", en: "Calendar")
        case .regions: Bilingual(zh: "行政区划", en: "Regions")
        }
    }
}
