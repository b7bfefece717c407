/// What was checked of a proof bundle, step by step, and what came of it.
public struct ProofReport: Equatable, Sendable {
    /// One thing that is checked.
    public enum Check: Hashable, Sendable {
        /// The leaf is canonical JSON.
        case leaf
        /// The checkpoint is well formed and signed by its ledger's key, one of those trusted.
        case signature
        /// The leaf stands at its index in the tree of the checkpoint.
        case inclusion
        /// The value shown for a personal field is the one the leaf commits to.
        case opening(field: String)
        /// The row shown stands in the import that the leaf records.
        case row
    }

    /// How a check ended.
    public enum Outcome: Hashable, Sendable {
        /// What was checked holds.
        case passed
        /// What was checked does not hold.
        case failed(LedgerProblem)
        /// The check needs something that an earlier check did not yield.
        case notReached
    }

    /// A check with its outcome.
    public struct Step: Hashable, Sendable {
        /// What was checked.
        public let check: Check
        /// How it ended.
        public let outcome: Outcome

        /// What does not hold, in English, told of the thing that was checked; nil unless the check failed.
        public var english: String? {
            guard case .failed(let problem) = outcome else { return nil }
            return (check == .row ? problem.ofARow?.english : nil) ?? problem.english
        }

        /// What does not hold, in Simplified Chinese, told as ``english`` is.
        public var chinese: String? {
            guard case .failed(let problem) = outcome else { return nil }
            return (check == .row ? problem.ofARow?.chinese : nil) ?? problem.chinese
        }
    }

    /// Every check in order: leaf, signature, inclusion, one for each opening, and the row if one is shown.
    public let steps: [Step]
    /// The leaf as JSON, when it could be read; meaningful only if ``isValid``.
    public let leaf: CanonicalJSON?
    /// The checkpoint, when a trusted key signed it.
    public let checkpoint: Checkpoint?
    /// The trusted keys that signed the checkpoint.
    public let signers: [VerifierKey]

    /// Whether every check passed.
    public var isValid: Bool { steps.allSatisfy { $0.outcome == .passed } }

    /// The first problem found, if any.
    public var firstProblem: LedgerProblem? {
        for step in steps { if case .failed(let problem) = step.outcome { return problem } }
        return nil
    }
}

extension ProofReport.Check {
    /// What is checked, in English.
    public var english: String {
        switch self {
        case .leaf: "the entry is in canonical form"
        case .signature: "the checkpoint is signed by a trusted key of its ledger"
        case .inclusion: "the entry stands in the ledger at its index"
        case .opening(let field): "the value shown for \(field) is the one recorded"
        case .row: "the row stands in the import"
        }
    }

    /// What is checked, in Simplified Chinese.
    public var chinese: String {
        switch self {
        case .leaf: "条目为规范形式"
        case .signature: "检查点由其日志的受信密钥签名"
        case .inclusion: "条目确在日志所示序号处"
        case .opening(let field): "字段 \(field) 所示的值即入账的值"
        case .row: "该行确在所示的导入中"
        }
    }
}

extension LedgerProblem {
    /// The sentence for a row of an import, where the general one speaks of an entry and its ledger.
    fileprivate var ofARow: (english: String, chinese: String)? {
        switch self {
        case .notCommitted:
            (
                "The entry does not record the root over the rows of an import; ask for the proof again.",
                "该条目没有记载导入各行的根哈希，请重新获取证明。"
            )
        case .outsideTree(let index, let size):
            (
                "There is no row \(index) (from 0) in an import of \(size) rows; ask for the proof again.",
                "共 \(size) 行的导入中没有第 \(index) 行（从 0 起），请重新获取证明。"
            )
        case .notIncluded:
            (
                "The row is not the one that was imported at its place; do not rely on it.",
                "该行不是导入时处于该位置的行，不可采信。"
            )
        default: nil
        }
    }
}

extension ProofBundle {
    /// Checks the bundle with nothing but the keys one trusts; no check is skipped because another failed.
    public func verify(trusting keys: [VerifierKey]) -> ProofReport {
        var steps: [ProofReport.Step] = []
        func run<Value>(
            _ check: ProofReport.Check, _ body: () throws(LedgerProblem) -> Value
        ) -> Value? {
            do {
                let value = try body()
                steps.append(.init(check: check, outcome: .passed))
                return value
            } catch {
                steps.append(.init(check: check, outcome: .failed(error)))
                return nil
            }
        }
        let json = run(.leaf) { () throws(LedgerProblem) in try CanonicalJSON(canonical: leaf) }
        let opened = run(.signature) { () throws(LedgerProblem) in
            try Checkpoint(opening: checkpoint, trusting: keys)
        }
        if let opened {
            _ = run(.inclusion) { () throws(LedgerProblem) in
                try InclusionProof(index: index, size: opened.size, path: path)
                    .verify(leafHash: MerkleTree.leafHash(leaf), root: opened.root)
            }
        } else {
            steps.append(.init(check: .inclusion, outcome: .notReached))
        }
        func runOnLeaf(
            _ check: ProofReport.Check, _ body: (CanonicalJSON) throws(LedgerProblem) -> Void
        ) {
            guard let json else { return steps.append(.init(check: check, outcome: .notReached)) }
            _ = run(check) { () throws(LedgerProblem) in try body(json) }
        }
        for opening in openings { runOnLeaf(.opening(field: opening.field), opening.verify(leaf:)) }
        if let row { runOnLeaf(.row, row.verify(leaf:)) }
        let signers = opened == nil ? [] : (try? checkpoint.verify(trusting: keys)) ?? []
        return ProofReport(steps: steps, leaf: json, checkpoint: opened, signers: signers)
    }
}
