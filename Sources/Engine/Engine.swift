package import Catalog
import Documents
import Provisioning
import Store

/// The use cases over one workspace: what every face calls, and nothing else.
///
/// Readers are quick indexed queries. Acts either happen whole or throw a `Refusal` and leave everything as it was.
package struct Engine: Sendable {
    package let workspace: Workspace
    /// Who acts: stands in the history beside every act.
    package let actor: Actor
    let store: Store
    let clock: @Sendable () -> Instant
    let bundles: BundleCache
    let provisioners: Provisioners
    let checkCache = CheckCache()
    /// What the person who runs this program lets it do.
    package let access: Access

    /// The version of the rules by which plans are made; part of every plan's digest.
    package static let rulesVersion = "1"

    package func now() -> Instant { clock() }

    /// Opens the workspace, makes it where there is none, and loads the starter catalog into an empty one.
    package static func open(
        _ workspace: Workspace, actor: Actor, access: Access = Access(), now clock: @escaping @Sendable () -> Instant
    ) throws(Refusal) -> Engine {
        let store = try refusing { try Store.open(directory: workspace.path) }
        let engine = Engine(
            workspace: workspace, actor: actor, store: store, clock: clock, bundles: BundleCache(),
            provisioners: Provisioners(access), access: access
        )
        if try refusing({ try store.isEmpty() }) { try engine.loadStarterCatalog() }
        return engine
    }

    func entry(_ act: String, _ subject: String, detail: String = "", why: String = "") -> HistoryEntry {
        HistoryEntry(at: clock(), by: actor.name, act: act, subject: subject, detail: detail, why: why)
    }
}

/// Runs `body` and turns what it throws into a refusal with sentences.
func refusing<Result>(_ body: () throws -> Result) throws(Refusal) -> Result {
    do {
        return try body()
    } catch let refusal as Refusal {
        throw refusal
    } catch let error as StoreError {
        throw Refusal([error.finding])
    } catch let finding as Finding {
        throw Refusal([finding])
    } catch {
        throw Refusal("engine.unexpected", "Baryon could not go on: \(error).")
    }
}
