import ArgumentParser
import Catalog

/// How an order ended, for people and for the exit code.
struct Outcome {
    private let failed: [Deployment]

    init(_ deployments: [Deployment]) {
        failed = deployments.filter { $0.phase != .succeeded }
    }

    /// Says the cause, what was undone and what to do; ends with 1 unless all succeeded.
    func report() throws {
        guard !failed.isEmpty else { return }
        for deployment in failed {
            guard let failure = deployment.failure else { continue }
            Console.talk(
                "error: deployment \(deployment.id) of \(deployment.target.title) \(deployment.phase.sentence)"
            )
            let cause = failure.type.isEmpty ? failure.resource : "\(failure.resource) (\(failure.type))"
            Console.talk("  " + (cause.isEmpty ? failure.reason : "\(cause): \(failure.reason)"))
            if !failure.undone.isEmpty { Console.talk("  Undone: \(failure.undone.joined(separator: ", "))") }
            if !failure.hint.isEmpty { Console.talk("  \(failure.hint)") }
        }
        throw ExitCode(1)
    }
}
