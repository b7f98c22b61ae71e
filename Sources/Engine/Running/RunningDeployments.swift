import Catalog
import Store
import Synchronization

/// The deployments that one runner carries out side by side.
final class RunningDeployments: Sendable {
    /// Waiting for a provider takes no strength: several go on at once. Rehearsals do not wait, and go one by one.
    private static let atOnce = 8
    private static let pause = Duration.seconds(5)

    private let engine: Engine
    private let options: RunnerOptions
    private let owner: String
    private let state = Mutex(State())

    private struct State {
        /// With where they go.
        var running: [Deployment.ID: String] = [:]
        var error: (any Error)?
    }

    init(engine: Engine, options: RunnerOptions, owner: String) {
        self.engine = engine
        self.options = options
        self.owner = owner
    }

    func run() async throws {
        let (wakes, wake) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        try await withThrowingTaskGroup(of: Void.self) { group in
            var watching: [Task<Void, Never>]?
            defer { for task in watching ?? [] { task.cancel() } }
            var wakes = wakes.makeAsyncIterator()
            while !Task.isCancelled {
                if let error = state.withLock({ $0.error }) { throw error }
                if let claim = try await next() {
                    state.withLock { $0.running[claim.deployment.id] = claim.deployment.connection }
                    group.addTask {
                        await self.carryOut(claim)
                        wake.yield()
                    }
                } else if options.untilIdle, try await isDone() {
                    return
                } else if watching == nil, isOpenForMore {
                    watching = try watch(wake)
                    // What was submitted before somebody watched is looked for once more.
                } else if await wakes.next() == nil {
                    return
                }
            }
        }
        if let error = state.withLock({ $0.error }) { throw error }
    }

    /// Whether what is submitted meanwhile can be begun before what runs has ended: rehearsals wait for each other.
    private var isOpenForMore: Bool {
        !options.untilIdle
            || state.withLock { $0.running.isEmpty || $0.running.values.contains { $0 != Connection.local.name } }
    }

    private func isDone() async throws -> Bool {
        guard state.withLock({ $0.running.isEmpty }) else { return false }
        return try await engine.patiently { try !engine.isWorkLeft(only: options.only) }
    }

    /// Wakes at each change of the workspace, and now and then: a runner that dies says nothing.
    private func watch(_ wake: AsyncStream<Void>.Continuation) throws -> [Task<Void, Never>] {
        let changes = try engine.store.changes()
        let watching = Task {
            for await _ in changes { wake.yield() }
            wake.finish()
        }
        let ticking = Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: RunningDeployments.pause)
                wake.yield()
            }
        }
        return [watching, ticking]
    }

    private func carryOut(_ claim: Claim) async {
        do {
            try await engine.carryOut(claim, options)
        } catch {
            state.withLock { $0.error = $0.error ?? error }
        }
        state.withLock { $0.running[claim.deployment.id] = nil }
    }

    private func next() async throws -> Claim? {
        let running = state.withLock { $0.running }
        guard running.count < RunningDeployments.atOnce else { return nil }
        let isLocalBusy = running.values.contains(Connection.local.name)
        return try await engine.patiently {
            try engine.claim(owner: owner, only: options.only, isLocalBusy: isLocalBusy)
        }
    }
}
