import CloudFormation
import Documents
import Jinja

/// Renders a part with sample values and reads the result as CloudFormation.
///
/// Faults are told at their place in the template. It is done with every input given and again with the least that must
/// be, so that both sides of most conditions are seen.
struct RenderCheck {
    let bundle: Bundle
    let part: Bundle.Part
    let checked: CheckedTemplate
    let template: PartTemplate
    /// The outputs that the compatible environments declare.
    let environmentOutputs: [String]

    /// - Parameter isFaulty: Whether references of the template are at fault already: it is rendered all the same then,
    ///   with nothing in their place.
    func findings(isFaulty: Bool) -> [Finding] {
        let sample = SampleContext(bundle: bundle, part: part, environmentOutputs: environmentOutputs)
        var files: [RenderedTemplate] = []
        var missing: [String] = []
        var reason: Finding?
        for amount in SampleInputs.Amount.allCases {
            let (context, unmade) = sample.context(amount)
            guard let context else {
                missing += unmade
                continue
            }
            let (file, faults) = template.render(context)
            if let file { files.append(file) } else { reason = reason ?? faults.first }
        }
        if files.isEmpty, isFaulty, let file = lenient(sample) { files.append(file) }
        guard !files.isEmpty else { return isFaulty ? [] : [unrendered(missing, reason)] }
        return files.flatMap { Self.findings(in: $0) }
    }

    /// Rendered as if every unknown name were empty.
    private func lenient(_ sample: SampleContext) -> RenderedTemplate? {
        guard let context = sample.context(.all).context else { return nil }
        return checked.lenient?.render(context).file
    }

    private static func findings(in file: RenderedTemplate) -> [Finding] {
        let places = TemplatePlaces(file)
        let read = Document.read(file.source, as: .cloudFormation)
        var findings = read.findings
        if let document = read.document {
            let (template, faults) = CloudFormation.Template.read(document)
            // Other faults of an evaluation may come from the samples.
            let circles = template.evaluate().findings.filter { $0.code == "cloudformation.cycle" }
            findings += faults + circles.filter { circle in !faults.contains { $0.message == circle.message } }
        }
        return findings.map { finding in
            var finding = finding
            finding.place = finding.place.map { places.place(of: $0) }
            finding.pointer = nil
            finding.focus = nil
            return finding
        }
    }

    private func unrendered(_ missing: [String], _ reason: Finding?) -> Finding {
        let why: String
        if let first = missing.first {
            why = "no value that fits the input \(first) could be made"
        } else if let reason {
            why = reason.message.prefix(1).lowercased() + reason.message.dropFirst().dropLast()
        } else {
            why = "there are none"
        }
        return Finding(
            "render.samples", .note,
            "The file was not rendered with sample values, so it was not read as CloudFormation: \(why).",
            hint: missing.first.map { "Give \($0) a default or an example in the schema." },
            place: reason?.place ?? bundle.place(template.path))
    }
}
