package import Documents
import Synchronization

/// A template, read once; it can be rendered any number of times, by many threads at once.
package struct Template: Sendable {
    private let unit: Unit
    private let facts: Facts

    package init(_ source: Source, environment: Environment = Environment()) throws(TemplateError) {
        do throws(Fault) {
            unit = try Compiler.compile(source, environment)
            facts = Facts(unit)
        } catch {
            throw TemplateError(error, in: error.source ?? Lexer.normalized(source))
        }
    }

    /// The text with every line end as a newline: offsets and places count in it.
    package var source: Source { unit.source }
    /// What it reads from the context.
    package var references: [Reference] { facts.analysis.references }
    /// Its placeholders, in order.
    package var emissions: [Emission] { facts.analysis.emissions }
    /// Remarks on what is probably not meant, such as names with a hyphen.
    package var findings: [Finding] { facts.analysis.findings }

    /// What is found out about a template without rendering it, once somebody asks.
    private final class Facts: Sendable {
        private let unit: Unit
        private let found = Mutex<Analysis?>(nil)

        init(_ unit: Unit) { self.unit = unit }

        var analysis: Analysis {
            found.withLock { found in
                if let found { return found }
                let analysis = Analysis(of: unit)
                found = analysis
                return analysis
            }
        }
    }

    /// The text that the template makes of `context`.
    ///
    /// - Parameter recordsSpans: Whether the result tells which placeholder wrote what.
    package func render(_ context: Object, recordsSpans: Bool = false) throws(TemplateError) -> Rendering {
        try render(PreparedContext(context), recordsSpans: recordsSpans)
    }

    /// The text that the template makes of a context that several renderings share.
    ///
    /// - Parameter keepsMap: Whether the result tells where each piece of it comes from; that takes longer.
    package func render(
        _ context: PreparedContext, recordsSpans: Bool = false, keepsMap: Bool = false
    ) throws(TemplateError) -> Rendering {
        do throws(Fault) {
            if let rendering = try attempt(
                context.values, memory: [context], recordsSpans: recordsSpans, keepsMap: keepsMap)
            {
                return rendering
            }
            // A template that changes what it was given works on values of its own.
            let own = PreparedContext(context.object, isShared: false)
            if let rendering = try attempt(
                own.values, memory: [own], recordsSpans: recordsSpans, keepsMap: keepsMap)
            {
                return rendering
            }
            return Rendering(bytes: [], spans: [], map: nil)
        } catch {
            throw TemplateError(error, in: error.source ?? source)
        }
    }

    /// `nil` when a value that is shared had to change.
    private func attempt(
        _ values: Mapping, memory: [AnyObject], recordsSpans: Bool, keepsMap: Bool
    ) throws(Fault) -> Rendering? {
        let arena = Arena()
        return try arena.use { () throws(Fault) in
            let renderer = Renderer(
                unit.environment, arena, recordsSpans: recordsSpans, keepsMap: keepsMap,
                sizeHint: unit.source.bytes.count * 2)
            do throws(Fault) {
                try renderer.run(unit, Context(values))
            } catch {
                if renderer.needsOwnValues { return nil }
                throw error
            }
            return Rendering(
                bytes: Array(renderer.output.pointee.bytes), spans: recordsSpans ? spans(renderer.spans) : [],
                map: renderer.tracer.map { SourceMap($0.pointee, memory: memory + [arena] + renderer.loaded) })
        }
    }

    private func spans(_ recorded: [(range: Range<Int>, unit: Unit, tag: Int)]) -> [Rendering.Span] {
        var analyses: [ObjectIdentifier: Analysis] = [ObjectIdentifier(unit): facts.analysis]
        return recorded.map { range, unit, tag in
            let known = analyses[ObjectIdentifier(unit)] ?? Analysis(of: unit)
            analyses[ObjectIdentifier(unit)] = known
            return Rendering.Span(range: range, emission: known.emission(at: tag))
        }
    }
}

/// The values that templates are rendered with, made ready once for any number of renderings.
package final class PreparedContext: @unchecked Sendable {
    let object: Object
    private let arena = Arena()
    let values: Mapping

    package convenience init(_ object: Object) { self.init(object, isShared: true) }

    init(_ object: Object, isShared: Bool) {
        self.object = object
        values = arena.use {
            let values = Mapping(capacity: max(4, object.count))
            for (name, value) in object { values.set(Text(name), Item(value, isShared: isShared)) }
            return values
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
    /// Where it all comes from; `nil` unless asked for.
    package let map: SourceMap?

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
