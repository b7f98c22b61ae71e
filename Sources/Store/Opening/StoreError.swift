package import Catalog

/// Why the store did not do what it was asked for; nothing of it was kept then.
package enum StoreError: Error, Hashable, Sendable {
    /// `what` is the noun: `template`, `version`, `environment`.
    case notFound(what: String, name: String)
    /// A change was made from a revision that is no longer the newest.
    case conflict(RevisionConflict)
    /// The target has a deployment that is not finished; one runs at a time.
    case busy(target: Target, deployment: Deployment.ID)
    case inUse(what: String, by: [String])
    /// It was changed by somebody else since it was read.
    case changed(what: String, name: String)
    case nameTaken(what: String, name: String)
    /// Somebody else has taken the deployment over, or it is finished: what the late owner writes is refused.
    case fenced(Deployment.ID)
    /// A rule of the catalog stands against it; the sentence says which.
    case refused(String)
    case newerDatabase(path: String, found: Int, known: Int)
    case locked(path: String)
    case diskFull(path: String)
    case readOnly(path: String)
    case unreadable(path: String, cause: String)
    case networkFileSystem(path: String, kind: String)
    /// Content that rows name and that is not in `blobs`; each with what it is.
    case missingBlobs([MissingBlob])
}

/// A file that should be in `blobs` and is not.
package struct MissingBlob: Hashable, Sendable {
    /// `the bundle of fargate-service 1.1`; `a stored file` where nobody knows.
    package var what: String
    package var path: String

    package init(what: String, path: String) {
        self.what = what
        self.path = path
    }
}

/// What a stale change was made from, and what stands there now.
package struct RevisionConflict: Hashable, Sendable {
    /// The target's title, or the service's name.
    package var subject: String
    package var base: Int
    package var current: Int
    /// The spec of the base revision, where it is still known.
    package var baseSpec: String?
    package var currentSpec: String

    package init(subject: String, base: Int, current: Int, baseSpec: String?, currentSpec: String) {
        self.subject = subject
        self.base = base
        self.current = current
        self.baseSpec = baseSpec
        self.currentSpec = currentSpec
    }
}
