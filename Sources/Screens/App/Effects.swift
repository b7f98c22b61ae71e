import Engine
import Synchronization
import Terminal

/// Carries out what the shell asks for, and posts the answers.
final class EffectRunner: Sendable {
    private let engine: Engine
    private let session: SessionLink
    private let runner = RunnerTask()
    private let watching = Mutex<Task<Void, Never>?>(nil)

    init(engine: Engine, session: SessionLink) {
        self.engine = engine
        self.session = session
    }

    /// Posts a message whenever something was committed, by this program or another.
    func watch(_ inbox: Inbox<Shell.Message>) {
        let engine = engine
        let task = Task {
            guard let changes = try? engine.changes() else { return }
            for await _ in changes { inbox.post(.changed) }
        }
        watching.withLock { $0 = task }
    }

    /// Ends what still listens; a runner inside has been handed over or was never there.
    func finish() {
        watching.withLock { $0?.cancel() }
    }

    func start(_ effect: Shell.Effect, _ control: LoopControl<Shell.Message>) {
        let inbox = control.inbox
        let engine = engine
        switch effect {
        case .perform(let page, let work):
            Task { inbox.post(.answer(page: page, await work(engine))) }
        case .deploy(let options): runner.start(engine, options) { inbox.post(.runnerEnded($0)) }
        case .handOver(let options):
            let runner = runner
            Task { inbox.post(.handedOver(await runner.handOver(engine, options))) }
        case .edit(let page, let text, let suffix):
            control.runInForeground { .answer(page: page, Editor.edit(text, suffix: suffix)) }
        case .copy(let text): session.copy(text)
        case .export(let export): Task { inbox.post(.exported(export, export.write())) }
        }
    }
}

/// The one thing that effects do with the terminal itself.
package struct SessionLink: Sendable {
    package var copy: @Sendable (String) -> Void

    package init(copy: @escaping @Sendable (String) -> Void) { self.copy = copy }
}
