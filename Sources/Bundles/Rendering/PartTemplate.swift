import Catalog
package import Documents
package import Jinja
package import Schemas

/// The template of one part, read once and rendered for any number of targets.
package struct PartTemplate: Sendable {
    /// In the bundle, such as `infrastructure/cloudformation.yaml`.
    package let path: String
    package let template: Jinja.Template
    /// Whether the schema says that what stands at a path must not be shown.
    let isSecret: @Sendable (InputPath) -> Bool

    /// As the service rendered: Proton's filters, and a reference to nothing is a fault.
    static var environment: Jinja.Environment {
        var environment = Jinja.Environment()
        environment.undefined = .strict
        environment.filters = ProtonFilters.all
        return environment
    }

    /// The file for one target; `nil` with a finding where the template refuses `context`.
    package func render(_ context: Value) -> (file: RenderedTemplate?, findings: [Finding]) {
        do throws(TemplateError) {
            let context = PreparedContext(context.object ?? Object(), isSecret: isSecret)
            let rendering = try template.render(context, keepsMap: true)
            return (RenderedTemplate(path: path, template: template, rendering: rendering), [])
        } catch {
            return (nil, error.findings)
        }
    }
}

/// A file that a template made, with the way back to the inputs.
package struct RenderedTemplate: Sendable {
    package let path: String
    package let template: Jinja.Template
    private let map: SourceMap?
    /// The rendered text under its own name.
    package let source: Source

    init(path: String, template: Jinja.Template, rendering: Rendering) {
        self.path = path
        self.template = template
        map = rendering.map
        source = Source(name: path, bytes: rendering.bytes)
    }

    package var bytes: [UInt8] { source.bytes }

    /// What it was rendered from.
    package var templateText: String { String(decoding: template.source.bytes, as: UTF8.self) }

    /// The piece at an offset of the rendered file, cut to it.
    func piece(at offset: Int) -> SourceMap.Piece? { map?.pieces(in: offset..<offset + 1).first }

    /// The pieces that a line of the rendered file is made of, without the end of the line.
    package func pieces(line: Int) -> [SourceMap.Piece] {
        let start = source.offset(ofLine: line)
        let next = source.offset(ofLine: line + 1)
        let end = next > start && bytes[next - 1] == 0x0A ? next - 1 : next
        return end > start ? map?.pieces(in: start..<end) ?? [] : []
    }

    /// Where the text at `line` and `column` of the rendered file comes from.
    ///
    /// - Returns: The placeholder's place and the values that it read; `nil` for text that stands in the template.
    package func origin(line: Int, column: Int) -> (place: Place, paths: [String])? {
        guard let piece = piece(at: source.offset(line: line, column: column)), piece.isPlaceholder else { return nil }
        return (piece.place, piece.inputs.map(\.description))
    }

    /// As `origin(line:column:)`; where the template's own text stands there, such as the quote before a value, the
    /// first placeholder behind it in the line counts.
    package func origin(from line: Int, column: Int) -> (place: Place, paths: [String])? {
        let start = source.offset(line: line, column: column)
        let next = pieces(line: line).first { $0.isPlaceholder && $0.range.upperBound > start }
        return next.map { ($0.place, $0.inputs.map(\.description)) }
    }

    /// The values that were put into one line of the rendered file.
    package func origins(line: Int) -> [(place: Place, paths: [String])] {
        pieces(line: line).filter(\.isPlaceholder).map { ($0.place, $0.inputs.map(\.description)) }
    }

    /// The template's line from which a line of the rendered file was made; `nil` for an empty line.
    package func templateLine(of line: Int) -> Int? {
        let pieces = pieces(line: line)
        let first = pieces.first { bytes[$0.range].contains { $0 != 0x20 && $0 != 0x09 } }
        return (first ?? pieces.first)?.place.line
    }
}

extension Bundle {
    /// The template of a part that is written in Jinja.
    ///
    /// - Returns: No template for a part in Terraform or CodeBuild: `generate` makes its files.
    /// - Parameter attached: Of a component: the schema of the inputs of the instance that it is attached to.
    package func template(of part: Part, attached: Schema? = nil) -> (template: PartTemplate?, findings: [Finding]) {
        guard let manifest = manifests[part] else { return (nil, []) }
        guard manifest.language == .cloudFormation else { return (nil, []) }
        let path = part.path(manifest.file)
        guard let source = source(path) else { return (nil, []) }
        let dynamic = Jinja.Template.dynamicReferences(in: source)
        do throws(TemplateError) {
            let template = try Jinja.Template(source, environment: PartTemplate.environment)
            return (
                PartTemplate(path: path, template: template, isSecret: secretPaths(of: part, attached: attached)),
                dynamic
            )
        } catch {
            return (nil, dynamic + error.findings(besides: dynamic))
        }
    }

    /// Says of a path in the context of a part whether the schema marks its value as one that must not be shown.
    func secretPaths(of part: Part, attached: Schema? = nil) -> @Sendable (InputPath) -> Bool {
        { path in
            var shape = Shape.root(of: part).step(.key(path.root))
            for (index, step) in path.steps.enumerated() {
                if case .inputs(let owner)? = shape {
                    let schema = inputs(of: owner) ?? attached
                    return schema?.isSecret(at: path.steps[index...].map(\.name)) ?? false
                }
                shape = shape?.step(step)
            }
            return false
        }
    }

    /// The file of one part for one target.
    package func render(
        _ part: Part, _ context: Value, attached: Schema? = nil
    ) -> (file: RenderedTemplate?, findings: [Finding]) {
        let (template, findings) = template(of: part, attached: attached)
        guard let template else { return (nil, findings) }
        let rendered = template.render(context)
        return (rendered.file, findings + rendered.findings)
    }
}

extension TemplateError {
    /// Its faults but those on lines of which something was told: a dynamic reference is a syntax fault too, and its own
    /// sentence says more.
    func findings(besides told: [Finding]) -> [Finding] {
        findings.filter { fault in !told.contains { $0.place?.line == fault.place?.line } }
    }
}

/// A word between two signs in a rendered file, and what put it there.
package struct RenderedMark: Hashable, Sendable {
    package let text: String
    /// In the template: the placeholder that printed it.
    package let place: Place?
    /// The value that was printed, such as `service_instance.inputs.password`.
    package let path: String?
}

extension RenderedTemplate {
    /// What stands between `start` and `end`, as often as it does.
    package func marks(from start: String, to end: String) -> [RenderedMark] {
        let (start, end) = (Array(start.utf8), Array(end.utf8))
        var marks: [RenderedMark] = []
        var rest = bytes[...]
        while let first = rest.firstRange(of: start) {
            guard let last = rest[first.upperBound...].firstRange(of: end) else { break }
            let place = source.place(at: first.lowerBound, length: last.upperBound - first.lowerBound)
            let origin = origin(from: place.line, column: place.column)
            marks.append(
                RenderedMark(
                    text: String(decoding: bytes[first.upperBound..<last.lowerBound], as: UTF8.self),
                    place: origin?.place, path: origin?.paths.first { $0.contains("inputs") } ?? origin?.paths.first))
            rest = rest[last.upperBound...]
        }
        return marks
    }
}
