import Records

/// Lets many callers through the one door at once: their actions commit in groups.
///
/// While one group is being written to disk the next gathers, so that one slow flush serves many. A caller is
/// answered after its group is durable, never before.
public actor Door {
    private let registrar: Registrar
    private var waiting: [(request: Request, answer: CheckedContinuation<Outcome, any Error>)] = []
    private var isWriting = false
    /// The most actions in one group: bounds how long a caller waits behind others.
    private let groupLimit: Int

    public init(_ registrar: Registrar, groupLimit: Int = 512) {
        self.registrar = registrar
        self.groupLimit = max(1, groupLimit)
    }

    /// Performs an action; returns when it is durable, throws when it was refused or could not be written.
    public func perform(_ request: Request) async throws -> Outcome {
        try await withCheckedThrowingContinuation { answer in
            waiting.append((request, answer))
            if !isWriting {
                isWriting = true
                Task { await drain() }
            }
        }
    }

    private func drain() async {
        while !waiting.isEmpty {
            let group = Array(waiting.prefix(groupLimit))
            waiting.removeFirst(group.count)
            let requests = group.map(\.request)
            let registrar = self.registrar
            let results = await Task.detached { Result { try registrar.perform(requests) } }.value
            switch results {
            case .success(let outcomes):
                for (member, outcome) in zip(group, outcomes) { member.answer.resume(with: outcome) }
            case .failure(let error):
                for member in group { member.answer.resume(throwing: error) }
            }
        }
        isWriting = false
    }
}
