import Bundles
import Catalog
import CloudFormation
import Documents
import Schemas

/// What a bundle's part made for one target, and how its template reads.
struct Rendered {
    var files: [RenderedFile] = []
    /// Of the rendering, then of the result as CloudFormation.
    var findings: [Finding] { renderFindings + templateFindings }
    private(set) var renderFindings: [Finding] = []
    private(set) var templateFindings: [Finding] = []
    var template: CloudFormation.Template?
    private(set) var file: RenderedTemplate?

    /// - Parameters:
    ///   - arn: What generated files name as the resource that they belong to.
    ///   - attached: Of a component: the schema of the inputs of the instance that it is attached to.
    ///   - sources: Who set the inputs, for whoever asks where a line comes from.
    init(
        _ bundle: Bundles.Bundle, _ part: Bundles.Bundle.Part, _ context: Value, arn: String,
        attached: Schema? = nil, sources: InputSources? = nil
    ) {
        let made = bundle.generate(part, context, arn: arn)
        let folder = part.directory.isEmpty ? "" : part.directory + "/"
        files = made.files.map { RenderedFile(path: folder + $0.path, text: $0.text) }
        let rendered = bundle.render(part, context, attached: attached)
        renderFindings = made.findings + rendered.findings
        guard let file = rendered.file else { return }
        self.file = file
        files = [
            RenderedFile(
                path: file.path, text: String(decoding: file.bytes, as: UTF8.self),
                origins: sources.map { Explainer(file, context, $0).origins })
        ]
        let read = Document.read(file.source, as: .cloudFormation)
        templateFindings += read.findings
        guard let document = read.document else { return }
        let stack = CloudFormation.Template.read(document)
        templateFindings += stack.findings
        template = stack.template
    }

    /// Whether there is a CloudFormation file to be judged.
    var isMade: Bool { file != nil }

    /// Leaves out why it was not rendered, where the causes are told already.
    mutating func dropFailure() {
        guard files.isEmpty else { return }
        renderFindings.removeAll { $0.severity == .error }
    }

    /// The bundle's own template; `nil` where nothing was rendered from it.
    var original: RenderedFile? { file.map { RenderedFile(path: $0.path, text: $0.templateText) } }

    /// The template's line from which a line of the rendered file was made; `nil` where it can't be told.
    func templateLine(of line: Int) -> Int? { file?.templateLine(of: line) }

    /// The input whose value stands at a place of the rendered file, without the words before its name.
    func input(at place: Place) -> String? {
        guard let paths = file?.origin(from: place.line, column: place.column)?.paths else { return nil }
        guard let path = paths.first(where: { $0.contains("inputs.") }) ?? paths.first else { return nil }
        guard let range = path.range(of: "inputs.") else { return path }
        return String(path[range.upperBound...])
    }
}

extension String {
    /// The first place of `part`, found without Foundation.
    fileprivate func range(of part: String) -> Range<Index>? { firstRange(of: part) }
}
