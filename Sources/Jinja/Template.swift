package import Documents

/// A template, read once; it can be rendered any number of times, by many threads at once.
package struct Template: Sendable {
    /// The text with every line end as a newline: offsets and places count in it.
    package let source: Source
    /// What it reads from the context.
    package let references: [Reference]
    /// Its placeholders, in order.
    package let emissions: [Emission]
    /// Remarks on what is probably not meant, such as names with a hyphen.
    package let findings: [Finding]
    private let environment: Environment
    private let unit: Unit

    package init(_ source: Source, environment: Environment = Environment()) throws(TemplateError) {
        do throws(Fault) {
            let (unit, analysis) = try Compiler.compile(source, environment)
            self.source = unit.source
            self.environment = environment
            self.unit = unit
            references = analysis.references
            emissions = analysis.emissions
            findings = analysis.findings
        } catch {
            throw TemplateError(error, in: error.source ?? Lexer.normalized(source))
        }
    }

    /// The text that the template makes of `context`.
    ///
    /// - Parameter recordsSpans: Whether the result tells which placeholder wrote what.
    package func render(_ context: Object, recordsSpans: Bool = false) throws(TemplateError) -> Rendering {
        try Arena().use { () throws(TemplateError) in
            let renderer = Renderer(environment, recordsSpans: recordsSpans)
            var given: [Text: Item] = [:]
            for (name, value) in context { given[Text(name)] = Item(value) }
            do throws(Fault) {
                try renderer.run(unit, Context(given, globals: Globals()))
            } catch {
                throw TemplateError(error, in: error.source ?? source)
            }
            return Rendering(bytes: renderer.output, spans: renderer.spans)
        }
    }
}

/// What came of a template.
package struct Rendering: Sendable {
    /// A piece of the output that a placeholder wrote.
    package struct Span: Sendable {
        /// Bytes of the output.
        package let range: Range<Int>
        package let emission: Emission
    }

    package let bytes: [UInt8]
    /// In the order of the output; empty unless asked for.
    package let spans: [Span]

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The placeholder that wrote the byte at `offset` of the output.
    package func emission(at offset: Int) -> Emission? {
        var low = 0
        var high = spans.count
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].range.upperBound <= offset { low = middle + 1 } else { high = middle }
        }
        guard low < spans.count, spans[low].range.contains(offset) else { return nil }
        return spans[low].emission
    }
}
