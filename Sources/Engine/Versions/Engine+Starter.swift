import Bundles
import CEmbedded
import Catalog
import Documents
import Store

/// The catalog that an empty workspace starts with.
extension Engine {
    /// Keeps the embedded bundles; the first version of each template is published, later ones are drafts.
    ///
    /// All of it is one transaction: of several processes that find the workspace empty, one fills it. The bundles were
    /// checked when they were embedded.
    func loadStarterCatalog() throws(Refusal) {
        try refusing {
            let at = clock()
            var starters: [StarterVersion] = []
            for starter in StarterBundle.all() {
                let bundle = Bundle(files: BundleFiles(starter.files), name: starter.template)
                guard let kind = bundle.kind.templateKind else { continue }
                let isFirst = starter.number == VersionNumber(1, 0)
                let pages = BundlePages(bundle)
                let version = TemplateVersion(
                    template: starter.template, kind: kind, number: starter.number,
                    status: isFirst ? .published : .draft, digest: try store.put(bundle.archive), notes: pages.notes,
                    compatibleEnvironments: bundle.registration.compatibleEnvironments, languages: bundle.languages,
                    registeredAt: at, registeredBy: actor.name, publishedAt: isFirst ? at : nil,
                    isRecommendedInMajor: isFirst, takesComponents: bundle.registration.takesComponents
                )
                let template = Template(
                    name: starter.template, kind: kind, title: pages.title ?? starter.template, summary: pages.summary,
                    owner: "platform", recommended: VersionNumber(1, 0), createdAt: at
                )
                starters.append(StarterVersion(template: template, version: version))
            }
            try store.loadStarter(starters, by: actor.name, at: at)
        }
    }
}

/// One embedded bundle: `<template>/v<major>.<minor>/...`.
struct StarterBundle {
    var template: String
    var number: VersionNumber
    var files: [BundleFiles.File]

    /// Environments first, because services are checked against their outputs.
    static func all() -> [StarterBundle] {
        var bundles: [String: StarterBundle] = [:]
        for index in 0..<baryon_starter_count() {
            let path = String(cString: baryon_starter_path(index))
            let start = baryon_starter_bytes(index)
            let parts = path.split(separator: "/", maxSplits: 2).map(String.init)
            guard parts.count == 3, let number = VersionNumber(String(parts[1].dropFirst())) else { continue }
            let bytes = Array(UnsafeBufferPointer(start: start, count: baryon_starter_length(index)))
            let key = "\(parts[0]) \(parts[1])"
            bundles[key, default: StarterBundle(template: parts[0], number: number, files: [])].files.append(
                BundleFiles.File(path: parts[2], bytes: bytes))
        }
        return bundles.values.sorted {
            let (left, right) = ($0.isEnvironment ? 0 : 1, $1.isEnvironment ? 0 : 1)
            return (left, $0.template, $0.number) < (right, $1.template, $1.number)
        }
    }

    private var isEnvironment: Bool { files.contains { $0.path.hasPrefix("infrastructure/") } }
}
