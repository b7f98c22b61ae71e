package import Catalog
internal import Documents

/// Rehearses deployments: it makes everything in the workspace's own record of the stack, and nothing in a cloud.
///
/// It has no state of its own, so the ledger is the whole truth.
package struct LocalProvisioner: Provisioner {
    /// Called before and after each recorded step, with the step's name such as `before done Vpc`.
    ///
    /// Tests stop there, by throwing or by ending the process.
    package typealias CrashPoint = @Sendable (String) async throws -> Void

    package let name = "local"
    private let resolver: SecretResolver
    private let crashPoint: CrashPoint?

    package init(resolver: SecretResolver = SecretResolver(), crashPoint: CrashPoint? = nil) {
        self.resolver = resolver
        self.crashPoint = crashPoint
    }

    /// Nobody knows more of a rehearsal than its plan.
    package func plan(_ job: Job) async throws -> Verdict? { nil }

    package func apply(_ job: Job, _ ledger: any Ledger) async throws -> Outcome {
        var run = try await LocalRun(job, ledger, crashPoint)
        return try await run.apply(resolver)
    }

    package func destroy(_ job: Job, _ ledger: any Ledger) async throws -> Outcome {
        var run = try await LocalRun(job, ledger, crashPoint)
        return try await run.destroy()
    }

    package func status(_ job: Job, _ ledger: any Ledger) async throws -> StackStatus {
        let progress = Progress(try await ledger.journal())
        if progress.hasBegun, !progress.isFinished { return .unfinished }
        let count = try await ledger.resources().count
        return count == 0 ? .absent : .settled(resourceCount: count)
    }

    package func outputs(_ job: Job, _ ledger: any Ledger) async throws -> [Output] {
        let records = Records(try await ledger.resources())
        let imports = Imports.areIn(job.template) ? try await ledger.exports() : []
        return (try? WantedStack(job, imports: imports))?.outputs(records) ?? []
    }

    /// Nothing changes a rehearsal from outside.
    package func drift(_ job: Job, _ ledger: any Ledger) async throws -> [Drift] { [] }

    /// What could not be undone is recorded, so the next deployment or removal goes on from it: nothing is stuck for ever.
    package func release(_ job: Job, _ exit: StackExit, _ ledger: any Ledger) async throws -> Outcome {
        switch exit {
        case .continueRollback: return .succeeded(try await outputs(job, ledger))
        case .delete(let keep):
            var run = try await LocalRun(job, ledger, crashPoint)
            run.keeping = Set(keep.map(Key.init))
            return try await run.destroy()
        }
    }
}
