package import Catalog
internal import Documents

/// Carries out what consists of values alone: they become outputs, and nothing is made anywhere.
///
/// The job's parameters are the values.
package struct ValuesProvisioner: Provisioner {
    package static let name: String = "values"

    package let name: String = ValuesProvisioner.name

    package init() {}

    package func plan(_ job: Job) async throws -> Verdict? { nil }

    package func apply(_ job: Job, _ ledger: any Ledger) async throws -> Outcome {
        try await end(with: try await outputs(job, ledger), ledger)
    }

    package func destroy(_ job: Job, _ ledger: any Ledger) async throws -> Outcome { try await end(with: [], ledger) }

    private func end(with outputs: [Output], _ ledger: any Ledger) async throws -> Outcome {
        let progress = Progress(try await ledger.journal())
        if progress.isFinished { return .succeeded(outputs) }
        if progress.end != nil { return .cancelled(undone: []) }
        if try await ledger.isCancelRequested() {
            try await ledger.record(Step(JournalEntry(.cancelled)))
            return .cancelled(undone: [])
        }
        let events = outputs.map { EventDraft(kind: .output, resource: $0.key, message: $0.value) }
        try await ledger.record(Step(JournalEntry(.finished), events: events))
        return .succeeded(outputs)
    }

    /// There is nothing that could be gone or in the way.
    package func status(_ job: Job, _ ledger: any Ledger) async throws -> StackStatus { .settled(resourceCount: 0) }

    package func outputs(_ job: Job, _ ledger: any Ledger) async throws -> [Output] {
        job.parameters.map { Output(key: $0.key, value: $0.value.string ?? "") }
    }

    /// Whether the values are still right is known to whoever provisions.
    package func drift(_ job: Job, _ ledger: any Ledger) async throws -> [Drift] { [] }

    package func release(_ job: Job, _ exit: StackExit, _ ledger: any Ledger) async throws -> Outcome {
        switch exit {
        case .continueRollback: .succeeded(try await outputs(job, ledger))
        case .delete: try await destroy(job, ledger)
        }
    }
}
