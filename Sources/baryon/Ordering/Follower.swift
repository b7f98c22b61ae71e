import ArgumentParser
import Catalog
import Documents
import Engine

/// Prints the events of deployments as they happen, until all have ended.
final class Follower {
    private let engine: Engine
    /// Results go to a program: events are talk then.
    private let isQuiet: Bool
    /// Whether events are printed as JSON, one a line.
    private let isJSON: Bool
    private var seen: [Deployment.ID: Int] = [:]

    init(engine: Engine, isQuiet: Bool = false, isJSON: Bool = false) {
        self.engine = engine
        self.isQuiet = isQuiet
        self.isJSON = isJSON
    }

    /// Watches, and carries the deployments out in this process where `runner` says so.
    func run(_ ids: [Deployment.ID], _ runner: RunnerOptions?) async throws -> [Deployment] {
        let (wakes, wake) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let changes = try engine.changes()
        let watching = Task { for await _ in changes { wake.yield() } }
        // What another process carries out may end without a word when that process dies.
        let ticking = Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(2))
                wake.yield()
            }
        }
        let work = runner.map { Work(engine: engine, options: $0, wake: wake) }
        let signals = SignalWatch { _ in
            work?.stop()
            wake.yield()
        }
        defer {
            watching.cancel()
            ticking.cancel()
            signals.stop()
        }
        wake.yield()
        for await _ in wakes {
            let deployments = try show(ids)
            if deployments.allSatisfy(\.phase.isFinished) {
                try await work?.finish()
                return try show(ids)
            }
            if let signal = signals.received {
                try await work?.finish()
                throw interrupted(by: signal, try show(ids), hasWork: work != nil)
            }
            try await work?.goOn()
        }
        return try show(ids)
    }

    private func interrupted(by signal: Int32, _ deployments: [Deployment], hasWork: Bool) -> ExitCode {
        if hasWork, let open = deployments.first(where: { !$0.phase.isFinished }) {
            Console.talk(
                "Deployment \(open.id) \(open.phase.sentence); go on with: baryon runner --until-idle")
        }
        return ExitCode(128 + signal)
    }

    /// Prints what is new and gives the deployments as they stand.
    private func show(_ ids: [Deployment.ID]) throws -> [Deployment] {
        try ids.map { id in
            // Read first: an event between the two readings is printed the next time round.
            let deployment = try engine.deployment(id).deployment
            while true {
                let events = try engine.events(of: id, after: seen[id] ?? 0, limit: 1000)
                guard let last = events.last else { break }
                for event in events { print(event, of: deployment.target) }
                seen[id] = last.sequence
            }
            return deployment
        }
    }

    private func print(_ event: Event, of target: Target) {
        if isJSON {
            Console.line(EventText.json(event, of: target))
        } else if isQuiet {
            Console.talk(EventText.line(event, of: target))
        } else {
            Console.out(EventText.line(event, of: target))
        }
    }
}

/// The runner inside this process.
private final class Work: Sendable {
    private let engine: Engine
    private let options: RunnerOptions
    private let wake: AsyncStream<Void>.Continuation
    private let task = Running()

    init(engine: Engine, options: RunnerOptions, wake: AsyncStream<Void>.Continuation) {
        self.engine = engine
        self.options = options
        self.wake = wake
    }

    /// Starts, or starts again: what another runner held may be free now.
    func goOn() async throws {
        if try await task.isIdle() {
            let (engine, options, wake, task) = (engine, options, wake, task)
            task.start {
                defer { task.end() }
                // Its end is seen by what has changed. Waking for it too would turn idly while another runner has
                // the work.
                do { try await engine.run(options) } catch {
                    wake.yield()
                    throw error
                }
            }
        }
    }

    func stop() { task.cancel() }
    func finish() async throws { try await task.wait() }
}
