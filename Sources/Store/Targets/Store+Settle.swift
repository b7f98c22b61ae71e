package import Catalog
import GRDB

extension Store {
    /// What is there is known again: what was applied, or nothing at all.
    ///
    /// - Parameters:
    ///   - isOfMove: Whether what is gone was left by a move that did not succeed: the target is as it was before then.
    ///   - kept: What stays outside of the stack that is gone.
    package func settle(
        _ target: Target, isGone: Bool, isOfMove: Bool = false, kept: [KeptResource] = [], history: HistoryEntry
    ) throws(StoreError) {
        try write { db in
            if let unfinished = try db.unfinished(target) {
                throw StoreError.busy(target: target, deployment: unfinished)
            }
            if isGone, isOfMove {
                try db.run("UPDATE targets SET is_uncertain = 0, stack = NULL WHERE target = ?", [target.id])
            } else if isGone {
                try db.run("DELETE FROM resources WHERE target = ?", [target.id])
                try db.run(
                    """
                    UPDATE targets SET is_uncertain = 0, stack = NULL, applied_deployment = NULL, applied_major = NULL,
                        applied_minor = NULL, applied_spec = NULL, applied_revision = NULL, applied_outputs = NULL,
                        applied_at = NULL, rank = 0 WHERE target = ?
                    """, [target.id])
            } else {
                try db.run("UPDATE targets SET is_uncertain = 0 WHERE target = ?", [target.id])
            }
            guard db.changesCount == 1 else {
                throw StoreError.notFound(what: target.kind.rawValue, name: target.title)
            }
            if isGone, !isOfMove {
                try db.run("DELETE FROM exports WHERE target = ?", [target.id])
                try db.run("DELETE FROM imports WHERE target = ?", [target.id])
            }
            for resource in kept { try db.insert(resource) }
            try db.add(history)
        }
    }
}
