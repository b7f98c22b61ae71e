import Catalog
package import Documents

extension StoreError {
    /// The sentence for people, with the way out.
    package var finding: Finding {
        switch self {
        case .notFound(let what, let name):
            Finding("store.notFound", "There is no \(what) named \"\(name)\".", hint: "Look at the list for its name.")
        case .conflict(let conflict):
            Finding("store.conflict", conflict.sentence, hint: "Look at the difference, and make the change again.")
        case .busy(let target, let deployment):
            Finding(
                "store.busy", "\(target.title) has a deployment that is not finished: \(deployment).",
                hint: "Wait for it, or cancel it.")
        case .inUse(let what, let users):
            Finding(
                "store.inUse", "\(what) is in use by \(users.few).", hint: "Move or remove these first.")
        case .changed(let what, let name):
            Finding(
                "store.changed", "The \(what) named \"\(name)\" has been changed by somebody else meanwhile.",
                hint: "Look at it, and make the change again.")
        case .nameTaken(let what, let name):
            Finding("store.nameTaken", "There is already a \(what) named \"\(name)\".", hint: "Choose another name.")
        case .fenced(let deployment):
            Finding(
                "store.fenced", "Deployment \(deployment) is finished or was taken over by another runner.",
                hint: "Leave it to that runner.")
        case .refused(let sentence): Finding("store.refused", sentence)
        case .missingBlobs(let blobs): StoreError.missing(blobs)
        case .newerDatabase, .locked, .diskFull, .readOnly, .unreadable, .networkFileSystem: fileFinding
        }
    }

    private var fileFinding: Finding {
        switch self {
        case .newerDatabase(let path, let found, let known):
            Finding(
                "store.newer",
                "The workspace must have layout \(known) or older, but is of layout \(found), of a newer Baryon.",
                hint: "Use the newer Baryon for this workspace.", place: Place(file: path))
        case .locked(let path):
            Finding(
                "store.locked", "The workspace is locked by another program for longer than 5 seconds.",
                hint: "Close what holds the file, and try again.", place: Place(file: path))
        case .diskFull(let path):
            Finding(
                "store.diskFull",
                "The disk has no room left: what was being written is not kept, everything before it is.",
                hint: "Make room, and try again.", place: Place(file: path))
        case .readOnly(let path):
            Finding(
                "store.readOnly", "The workspace must be writable, but is not.",
                hint: "Change its permissions, or choose another with --workspace.", place: Place(file: path))
        case .unreadable(let path, let cause):
            Finding(
                "store.unreadable", "Could not read or write the workspace: \(cause).",
                hint: "Choose another with --workspace, or restore a backup.", place: Place(file: path))
        case .networkFileSystem(let path, let kind):
            Finding(
                "store.network", "The workspace must be on a local disk, but is on a network file system (\(kind)).",
                hint: "Choose a local directory with --workspace.", place: Place(file: path))
        case .notFound, .conflict, .busy, .inUse, .changed, .nameTaken, .fenced, .refused, .missingBlobs: finding
        }
    }

    /// Each missing file by what it is and where it should be.
    private static func missing(_ blobs: [MissingBlob]) -> Finding {
        let first = blobs.first?.what ?? "a stored file"
        let more = blobs.count > 1 ? " and \(blobs.count - 1) more stored files" : ""
        return Finding(
            "store.missingBlob", "The workspace lacks \(first)\(more).",
            hint:
                "Restore a backup into a new workspace (baryon workspace restore FILE --workspace DIR), or put the file back.",
            place: blobs.count == 1 ? blobs.first.map { Place(file: $0.path) } : nil,
            causes: blobs.count == 1
                ? []
                : blobs.prefix(20).map {
                    Finding("store.missingBlob", "\($0.what) is missing.", place: Place(file: $0.path))
                }
        )
    }
}

extension RevisionConflict {
    package var sentence: String {
        "\(subject) has changed meanwhile: the change was made from revision \(base), and it is at revision \(current)."
    }
}
