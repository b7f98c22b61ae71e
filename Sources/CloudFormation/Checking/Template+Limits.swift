package import Documents

extension Template {
    /// Whether the body is too long to be sent with the request: it has to lie in a bucket first.
    package var mustBeUploaded: Bool { source.bytes.count > ServiceLimits.sentBytes }

    /// Where the template goes beyond what the service takes. Whoever deploys elsewhere has no such limits.
    ///
    /// What loops make counts: where they run over parameters, ask the expanded template.
    ///
    /// - Parameter parameters: Values that are given, by name; defaults count for the others.
    package func limitFindings(parameters values: [String: Value] = [:]) -> [Finding] {
        var check = LimitCheck(template: self)
        check.body()
        check.count(resources.map { ($0.logicalID, $0.position) }, ServiceLimits.resources, "resources")
        check.count(parameters.map { ($0.name, $0.position) }, ServiceLimits.parameters, "parameters")
        check.count(outputs.map { ($0.name, $0.position) }, ServiceLimits.outputs, "outputs")
        check.count(mappings.map { ($0.name, $0.position) }, ServiceLimits.mappings, "mappings")
        for mapping in mappings { check.attributes(of: mapping) }
        for parameter in parameters { check.value(of: parameter, values[parameter.name]) }
        check.dynamicReferences()
        return check.findings
    }
}

/// What CloudFormation takes at most, of one template.
package enum ServiceLimits {
    /// Bytes of a template that a request takes.
    package static let sentBytes = 51_200
    /// Bytes of a template that is read from a bucket.
    package static let uploadedBytes = 1 << 20
    static let resources = 500
    static let parameters = 200
    static let outputs = 200
    static let mappings = 200
    static let mappingAttributes = 200
    static let descriptionBytes = 1_024
    static let nameLength = 255
    static let parameterBytes = 4_096
    static let dynamicReferences = 60
}

private struct LimitCheck {
    let template: Template
    var findings: [Finding] = []

    mutating func body() {
        let count = template.source.bytes.count
        if count > ServiceLimits.uploadedBytes {
            report("The template must have at most \(ServiceLimits.uploadedBytes) bytes, but has \(count).", at: nil)
        }
        guard let description = template.description?.utf8.count, description > ServiceLimits.descriptionBytes else {
            return
        }
        report(
            "The description must have at most \(ServiceLimits.descriptionBytes) bytes, but has \(description).",
            hint: "Shorten it.", at: nil)
    }

    mutating func count(_ items: [(name: String, position: Position)], _ limit: Int, _ what: String) {
        for item in items where item.name.utf8.count > ServiceLimits.nameLength {
            report(
                "The name of each of the \(what) must have at most \(ServiceLimits.nameLength) characters, but one has "
                    + "\(item.name.utf8.count).", hint: "Shorten it.", at: item.position)
        }
        guard items.count > limit else { return }
        report(
            "The template must have at most \(limit) \(what), but has \(items.count).",
            hint: "Split it into several stacks.", at: items[limit].position)
    }

    mutating func attributes(of mapping: Template.Mapping) {
        let counts =
            [("top-level", mapping.rows.count)] + mapping.rows.map { ("second-level", $0.value.object?.count ?? 0) }
        for (level, count) in counts where count > ServiceLimits.mappingAttributes {
            report(
                "Mapping \"\(mapping.name)\" must have at most \(ServiceLimits.mappingAttributes) \(level) keys, but has "
                    + "\(count).", hint: "Split it into several mappings.", at: mapping.position)
            return
        }
    }

    mutating func value(of parameter: Template.Parameter, _ value: Value?) {
        guard let value = value ?? parameter.defaultValue else { return }
        let text = Scalars.text(value) ?? (value.list ?? []).map { Scalars.text($0) ?? "" }.joined(separator: ",")
        guard text.utf8.count > ServiceLimits.parameterBytes else { return }
        report(
            "The value of parameter \"\(parameter.name)\" must have at most \(ServiceLimits.parameterBytes) bytes, but has "
                + "\(text.utf8.count).", hint: "Shorten it.", at: parameter.position)
    }

    mutating func dynamicReferences() {
        let count = Self.count("{{resolve:", in: template.source.bytes)
        guard count > ServiceLimits.dynamicReferences else { return }
        report(
            "The template must have at most \(ServiceLimits.dynamicReferences) dynamic references, but has \(count).",
            hint: "Take some as parameters instead.", at: nil)
    }

    private static func count(_ part: String, in bytes: [UInt8]) -> Int {
        var count = 0
        var rest = bytes[...]
        let wanted = Array(part.utf8)
        while let start = rest.firstIndex(of: wanted[0]) {
            if rest[start...].starts(with: wanted) { count += 1 }
            rest = rest[(start + 1)...]
        }
        return count
    }

    private mutating func report(_ message: String, hint: String? = nil, at position: Position?) {
        let source = template.source
        findings.append(
            Finding(
                "cloudformation.limit", message, hint: hint,
                place: position.map { $0.place(in: source) } ?? Place(file: source.name)))
    }
}
