/// What was checked of the code on a paper, step by step, and what came of it.
public struct DocumentReport: Equatable, Sendable {
    /// One thing that is checked.
    public enum Check: Hashable, Sendable, CaseIterable {
        /// The ledger's key signed that this entry issued this number with this digest.
        case statement
        /// The entry stands at its index in the tree of the checkpoint.
        case inclusion
        /// The ledger's key signed the checkpoint.
        case signature
        /// The entry itself names the document.
        case entry
        /// The text is the one that was issued.
        case text
    }

    /// A check with its outcome.
    public struct Step: Hashable, Sendable {
        public let check: Check
        public let outcome: ProofReport.Outcome
    }

    /// Every check in order; those of entry and text only when these were given.
    public let steps: [Step]
    /// The ledger whose key signed; nil when none of the keys trusted did.
    public let origin: String?

    /// Whether the ledger's key signed, and nothing that was checked is false.
    ///
    /// A code without the hashes of its proof leaves the inclusion unchecked, which ``isIncluded`` tells.
    public var isValid: Bool {
        outcome(.statement) == .passed && outcome(.signature) == .passed
            && steps.allSatisfy { if case .failed = $0.outcome { false } else { true } }
    }

    /// Whether the code itself showed that the entry is in the ledger.
    public var isIncluded: Bool { isValid && outcome(.inclusion) == .passed }

    /// How a check ended; nil when it was not made.
    public func outcome(_ check: Check) -> ProofReport.Outcome? {
        steps.first { $0.check == check }?.outcome
    }

    /// The first problem found, if any.
    public var firstProblem: LedgerProblem? {
        for step in steps { if case .failed(let problem) = step.outcome { return problem } }
        return nil
    }
}

extension DocumentReport.Check {
    /// What is checked, in English.
    public var english: String {
        switch self {
        case .statement: "the ledger's key signed that this entry issued the document"
        case .inclusion: "the entry stands in the ledger at its index"
        case .signature: "the checkpoint is signed by the ledger's key"
        case .entry: "the entry names the document"
        case .text: "the text is the one that was issued"
        }
    }

    /// What is checked, in Simplified Chinese.
    public var chinese: String {
        switch self {
        case .statement: "日志密钥签署了“该条目制发本文书”"
        case .inclusion: "条目确在日志所示序号处"
        case .signature: "检查点由日志密钥签名"
        case .entry: "条目中载有本文书"
        case .text: "文本即制发时的文本"
        }
    }
}

extension DocumentCode {
    /// Checks the code with nothing but the keys one trusts.
    ///
    /// - Parameters:
    ///   - leaf: the bytes of the entry, where one has them: from a proof file of the same entry.
    ///   - textDigest: SHA-256 of the document's Chinese text, a zero byte and its English text.
    public func verify(
        trusting keys: [VerifierKey], leaf: [UInt8]? = nil, textDigest: Hash? = nil
    ) -> DocumentReport {
        typealias Outcome = ProofReport.Outcome
        let candidates = keys.filter { $0.id == keyID }
        let signer = candidates.first { key in
            key.isValid(signature: statementSignature, over: Array(statement(origin: key.name).utf8))
        }
        var steps: [DocumentReport.Step] = []
        func note(_ check: DocumentReport.Check, _ outcome: Outcome) {
            steps.append(.init(check: check, outcome: outcome))
        }
        let keyName = candidates.first?.name ?? ""
        let unsigned: LedgerProblem =
            candidates.isEmpty ? .noTrustedSignature : .badSignature(keyName: keyName)
        note(.statement, signer == nil ? .failed(unsigned) : .passed)
        switch evidence {
        case .path: note(.inclusion, root == nil ? .failed(.proofLength) : .passed)
        case .root: note(.inclusion, .notReached)
        }
        note(.signature, signatureOutcome(candidates, unsigned))
        if let leaf { note(.entry, names(in: leaf) ? .passed : .failed(.otherDocument)) }
        if let textDigest { note(.text, textDigest == digest ? .passed : .failed(.otherDocument)) }
        return DocumentReport(steps: steps, origin: signer?.name)
    }

    /// The root that a path leads to is right exactly if the checkpoint with it is signed.
    private func signatureOutcome(
        _ keys: [VerifierKey], _ unsigned: LedgerProblem
    ) -> ProofReport.Outcome {
        guard let root else { return .notReached }
        let isSigned = keys.contains { key in
            guard let checkpoint = try? Checkpoint(origin: key.name, size: size, root: root) else {
                return false
            }
            return key.isValid(signature: checkpointSignature, over: Array(checkpoint.text.utf8))
        }
        return isSigned ? .passed : .failed(keys.isEmpty ? unsigned : .notIncluded)
    }

    /// Whether the entry is the one that the code names, and names the document in turn.
    private func names(in leaf: [UInt8]) -> Bool {
        guard MerkleTree.leafHash(leaf) == leafHash, let json = try? CanonicalJSON(canonical: leaf),
            case .array(let documents)? = json["documents"]
        else { return false }
        return documents.contains { document in
            document["number"]?.text == number && document["digest"]?.text == digest.hexadecimal
        }
    }
}
