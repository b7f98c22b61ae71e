internal import Documents
internal import Synchronization

/// What is known of CloudFormation's resource types without asking the service.
package enum ResourceFacts {
    /// The facts of `type` as `region` has them; `nil` for a type that the provider does not publish.
    ///
    /// Regions differ for a few types only; without a region, and in one that is not known, the base region counts.
    package static func facts(for type: String, region: String? = nil) -> ResourceTypeFacts? {
        let key = Lookup(type: Key(type), region: region.map(Key.init))
        if let known = decoded.withLock({ $0[key] }) { return known }
        guard let facts = decode(type, region) else { return nil }
        decoded.withLock { $0[key] = facts }
        return facts
    }

    private struct Lookup: Hashable {
        let type: Key
        let region: Key?
    }

    /// What was asked for before: comparing a fleet asks for the same few types thousands of times.
    private static let decoded = Mutex<[Lookup: ResourceTypeFacts]>([:])

    private static func decode(_ type: String, _ region: String?) -> ResourceTypeFacts? {
        guard isTypeName(type), let base = FactLines.facts.fields(of: type) else { return nil }
        let number = region.flatMap { regionNumber($0) } ?? 0
        let variant = base["v"].flatMap { self.variant(of: number, in: $0) }
        let fields = variant.flatMap { FactLines.facts.fields(of: "\(type)@\($0)") } ?? base
        return ResourceTypeFacts(type: type, fields: fields, statefulness: base["S"])
    }

    package static func isKnown(_ type: String) -> Bool {
        isTypeName(type) && FactLines.facts.hasLine(type)
    }

    /// Whether `region` offers `type`; `nil` when the type or the region is not known.
    package static func isKnown(_ type: String, in region: String) -> Bool? {
        guard isTypeName(type), let fields = FactLines.facts.fields(of: type), let number = regionNumber(region) else {
            return nil
        }
        return !(fields["-"]?.split(separator: ",").contains { $0 == String(number) } ?? false)
    }

    /// When a Lambda runtime ends; `nil` for one that is not known.
    package static func lambdaRuntime(_ name: String) -> LambdaRuntime? {
        guard let fields = FactLines.facts.fields(of: "lambda:\(name)") else { return nil }
        return LambdaRuntime(
            name: name,
            deprecatedOn: fields["deprecated"].map(String.init),
            blocksCreationOn: fields["create"].map(String.init),
            blocksUpdatesOn: fields["update"].map(String.init),
            successor: fields["successor"].map(String.init)
        )
    }

    package static let regions: [String] =
        FactLines.facts.fields(of: "!regions")?[""].map { $0.split(separator: ",").map(String.init) } ?? []

    /// Lines of other kinds have keys that no type name has.
    private static func isTypeName(_ text: String) -> Bool {
        !text.utf8.contains(UInt8(ascii: "@")) && !text.hasPrefix("!") && !text.hasPrefix("lambda:")
    }

    private static func regionNumber(_ region: String) -> Int? {
        regions.firstIndex(of: region)
    }

    private static func variant(of region: Int, in list: Substring) -> Substring? {
        for pair in list.split(separator: ",") {
            let parts = pair.split(separator: ":")
            if parts.count == 2, parts[0] == String(region) { return parts[1] }
        }
        return nil
    }
}

/// The days on which AWS Lambda stops serving a runtime, as `2026-06-30`.
package struct LambdaRuntime: Hashable, Sendable {
    package let name: String
    package let deprecatedOn: String?
    /// From this day no function is created with it.
    package let blocksCreationOn: String?
    /// From this day no function that has it is updated.
    package let blocksUpdatesOn: String?
    package let successor: String?
}
