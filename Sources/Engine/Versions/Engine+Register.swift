package import Catalog
import Documents
import Bundles
import Store

extension Engine {
    /// Reads a bundle and reports every fault with its place; nothing is stored.
    ///
    /// - Parameter environment: The path of an environment bundle whose outputs it is checked against.
    package func check(path: String, environment: String? = nil) async throws(Refusal) -> CheckReport {
        let bundle = try await readBundle(path)
        var environments = try environments(for: bundle.registration.compatibleEnvironments)
        if let environment { environments.append(EnvironmentOffer(try await readBundle(environment))) }
        let findings = bundle.check(against: environments)
        return CheckReport(
            path: path, kind: bundle.kind.templateKind, findings: findings,
            needs: environments.isEmpty ? Engine.sorted(bundle.needs.map(\.output)) : [],
            fileCount: bundle.files.files.count)
    }

    private static func sorted(_ names: [String]) -> [String] { Set(names).sorted() }

    /// Registers a bundle as a draft. A bundle with errors is refused with all of them.
    package func register(_ registration: Registration) async throws(Refusal) -> RegistrationResult {
        let bundle = try await readBundle(registration.path)
        return try register(bundle, registration)
    }

    /// The name and number that a bundle would be registered under now; nothing is read from it or stored.
    package func prospect(_ registration: Registration) throws(Refusal) -> (name: String, number: VersionNumber) {
        let name = registration.name ?? Engine.templateName(registration.path)
        return try refusing { (name, try Engine.number(registration.numbering, in: try store.line(of: name), name)) }
    }

    /// Registers every `<template>/v<major>/` below `path` as the next minor of its major.
    package func importTree(path: String, owner: String = "") async throws(Refusal) -> ImportReport {
        let tree = try BundleTree(below: path)
        guard !tree.bundles.isEmpty || tree.skipped.contains(where: { $0.finding.severity == .error }) else {
            throw Refusal(
                "import.empty", "There is no bundle below \(path).",
                hint: "Lay the tree out as <template>/v<major>/ with a schema/schema.yaml in each."
            )
        }
        var lines = tree.skipped.map { ImportReport.Line(path: $0.path, result: nil, findings: [$0.finding]) }
        // Environments first, so that services find the outputs that they read.
        var read: [(found: FoundBundle, bundle: Bundle)] = []
        for found in tree.bundles {
            do throws(Refusal) {
                read.append((found, try await readBundle(found.path)))
            } catch {
                lines.append(ImportReport.Line(path: found.path, result: nil, findings: error.findings))
            }
        }
        for (found, bundle) in read.sorted(by: { Engine.comesFirst($0.bundle, $1.bundle) }) {
            do throws(Refusal) {
                let result = try register(
                    bundle,
                    Registration(
                        path: found.path, name: found.template, numbering: .nextMinor(of: found.major), owner: owner))
                lines.append(ImportReport.Line(path: found.path, result: result, findings: result.findings))
            } catch {
                lines.append(ImportReport.Line(path: found.path, result: nil, findings: error.findings))
            }
        }
        return ImportReport(lines: lines.sorted { $0.path < $1.path })
    }

    private static func comesFirst(_ left: Bundle, _ right: Bundle) -> Bool {
        left.kind == .environment && right.kind != .environment
    }

    func readBundle(_ path: String) async throws(Refusal) -> Bundle {
        let (bundle, findings) = await Bundle.read(path)
        guard let bundle else { throw Refusal(findings) }
        return bundle
    }

    func register(_ bundle: Bundle, _ registration: Registration) throws(Refusal) -> RegistrationResult {
        let name = registration.name ?? Engine.templateName(registration.path)
        if let fault = Name.fault(in: name, what: "The template's name") { throw Refusal([fault]) }
        try Words.check(owner: registration.owner)
        let compatible = Engine.union(bundle.registration.compatibleEnvironments, registration.compatibleWith)
        var findings = bundle.check(against: try environments(for: compatible))
        guard bundle.kind != .component else {
            throw Refusal(
                "template.component",
                "A template's bundle must have schema/schema.yaml, but \(registration.path) has none, as a component.",
                hint: "Order a component with: baryon component create NAME --file \(registration.path)")
        }
        guard let kind = bundle.kind.templateKind, !findings.contains(where: { $0.severity == .error }) else {
            throw Refusal(findings)
        }
        try checkKind(kind, registration, name, compatible)
        try checkProvisioning(bundle, name)
        findings += try unknownEnvironments(registration.compatibleWith)
        return try refusing {
            let archive = bundle.archive
            if let known = try store.version(of: name, digest: Store.digest(of: archive)) {
                findings += Engine.notApplied(registration, known)
                return RegistrationResult(version: known, wasKnown: true, findings: findings)
            }
            let pages = BundlePages(bundle)
            let digest = try store.put(archive)
            let version = try keep(registration, name) { line in
                let number = try Engine.number(registration.numbering, in: line, name)
                let version = TemplateVersion(
                    template: name, kind: kind, number: number, status: .draft, digest: digest,
                    notes: registration.notes.isEmpty ? pages.notes : registration.notes,
                    compatibleEnvironments: compatible, languages: bundle.languages, registeredAt: clock(),
                    registeredBy: actor.name,
                    takesComponents: kind == .service
                        && (registration.takesComponents || bundle.registration.takesComponents)
                )
                let template =
                    try store.template(name)
                    ?? Template(
                        name: name, kind: kind, title: pages.title ?? name, summary: pages.summary,
                        owner: registration.owner, createdAt: clock()
                    )
                try store.register(template, version, history: entry("template.register", name, detail: "\(number)"))
                return version
            }
            return RegistrationResult(version: version, wasKnown: false, findings: findings)
        }
    }

    private func checkKind(
        _ kind: TemplateKind, _ registration: Registration, _ name: String, _ compatible: [CompatibleEnvironment]
    ) throws(Refusal) {
        if let wanted = registration.kind, wanted != kind {
            throw Refusal(
                "template.kind",
                "The bundle must be one for \(wanted.plural), but its schema is one for \(kind.plural)."
            )
        }
        if let existing = try refusing({ try store.template(name) }), existing.kind != kind {
            throw Refusal(
                "name.taken",
                "\(name) is a template for \(existing.kind.plural) already; names are unique across kinds.",
                hint: "Register it under another name: --name NAME"
            )
        }
        if kind == .environment, !registration.compatibleWith.isEmpty {
            throw Refusal(
                "template.compatible",
                "Only services run in environments: a bundle for environments is compatible with none.",
                hint: "Leave out --compatible-with.")
        }
        if kind == .service, compatible.isEmpty {
            throw Refusal(
                "template.compatible",
                "A service template must name the environment templates it runs in, but names none.",
                hint: "Add .template-registration.yaml, or say --compatible-with TEMPLATE:MAJOR."
            )
        }
    }

    /// An environment's stack would be left behind by a version that makes none.
    private func checkProvisioning(_ bundle: Bundle, _ name: String) throws(Refusal) {
        guard bundle.kind == .environment, let other = try refusing({ try store.versions(of: name).first }),
            other.isCustomerManaged != bundle.isCustomerManaged
        else { return }
        let word = bundle.isCustomerManaged ? "is not, and this one is" : "is, and this one is not"
        throw Refusal(
            "template.provisioning",
            "All versions of an environment template must be customer-managed, or none, but \(name) \(other.number) \(word).",
            hint: "Register it under another name: --name NAME")
    }

    private static func number(
        _ numbering: Registration.Numbering, in line: VersionLine, _ name: String
    ) throws -> VersionNumber {
        switch numbering {
        case .nextMajor: return line.next(major: nil)
        case .nextMinor(let major): return line.next(major: major)
        case .nextMinorOfKnown(let major):
            let known = Set(line.entries.map(\.number.major)).sorted()
            guard known.contains(major) || (known.isEmpty && major == 1) else {
                throw Refusal(
                    "version.noMajor",
                    known.isEmpty
                        ? "\(name) has no version yet, so there is no major \(major) to add a minor to."
                        : "\(name) has no major \(major) to add a minor to; it has \(known.map(String.init).joined(separator: ", ")).",
                    hint: "Leave --major out for the next major, or name the number: --as \(major).0")
            }
            return line.next(major: major)
        case .exact(let number):
            guard line.status(of: number) == nil else {
                throw Refusal(
                    "version.taken", "\(name) has a version \(number) already, and versions never change.",
                    hint: "The next free ones are \(line.next(major: number.major)) and \(line.next(major: nil))."
                )
            }
            return number
        }
    }

    /// What the newest version of each compatible environment major in the catalog gives.
    private func environments(for compatible: [CompatibleEnvironment]) throws(Refusal) -> [EnvironmentOffer] {
        try refusing {
            try compatible.compactMap { environment in
                let versions = try store.versions(of: environment.template)
                let version = versions.first {
                    $0.number.major == environment.major && $0.kind == .environment && $0.status != .withdrawn
                }
                return try version.map {
                    EnvironmentOffer(try bundle(of: $0).bundle, name: "\($0.template) \($0.number)")
                }
            }
        }
    }

    /// The folder's name; for template sync's layout, the folder above `v1`.
    private static func templateName(_ path: String) -> String {
        let parts = path.split(separator: "/").map(String.init).filter { $0 != "." }
        guard var last = parts.last else { return "" }
        for ending in [".tar.gz", ".tgz", ".tar"] where last.hasSuffix(ending) { last.removeLast(ending.count) }
        let isVersion = last.hasPrefix("v") && last.dropFirst().allSatisfy { $0.isNumber || $0 == "." }
        return isVersion && parts.count > 1 ? parts[parts.count - 2] : last
    }

    private static func union(
        _ own: [CompatibleEnvironment], _ more: [CompatibleEnvironment]
    ) -> [CompatibleEnvironment] {
        own + more.filter { !own.contains($0) }
    }
}
