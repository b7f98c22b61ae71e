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
    package func render(_ context: Object) throws(TemplateError) -> Rendering { try render(PreparedContext(context)) }

    /// The text that the template makes of a context that several renderings share.
    ///
    /// - Parameter keepsMap: Whether the result tells where each piece of it comes from; that takes longer.
    package func render(_ context: PreparedContext, keepsMap: Bool = false) throws(TemplateError) -> Rendering {
        do throws(Fault) {
            if let rendering = try attempt(context, keepsMap: keepsMap) { return rendering }
            // A template that changes what it was given works on values of its own.
            let own = PreparedContext(context.object, isShared: false)
            return try attempt(own, keepsMap: keepsMap) ?? Rendering(nil, map: nil)
        } catch {
            let fault = explained(error, context)
            throw TemplateError(fault, in: fault.source ?? source)
        }
    }

    /// A fault with the values that took part in it, and without secrets: it is made to happen again.
    private func explained(_ fault: Fault, _ context: PreparedContext) -> Fault {
        let secrets = SecretValues(context)
        var told = fault
        if fault.kind.comesFromValues {
            let own = PreparedContext(context.object, isShared: false)
            do throws(Fault) {
                _ = try attempt(own, explains: secrets)
            } catch {
                // A filter of the environment may answer otherwise the second time.
                if error.kind == fault.kind, error.message == fault.message, error.offset == fault.offset {
                    told = error
                }
            }
        }
        return told.reworded(secrets.masked)
    }

    /// `nil` when a value that is shared had to change.
    private func attempt(
        _ context: PreparedContext, keepsMap: Bool = false, explains: SecretValues? = nil
    ) throws(Fault) -> Rendering? {
        let arena = Arena()
        return try arena.use { () throws(Fault) in
            let renderer = Renderer(
                unit.environment, arena, keepsMap: keepsMap, explains: explains, sizeHint: unit.source.bytes.count * 2)
            do throws(Fault) {
                try renderer.run(unit, Context(context.values))
            } catch {
                if renderer.needsOwnValues { return nil }
                throw error
            }
            let map = renderer.tracer.map {
                SourceMap($0.pointee, memory: [unit, context, arena] + renderer.loaded)
            }
            return Rendering(renderer.output.pointee.take(), map: map)
        }
    }
}

/// The values that templates are rendered with, made ready once for any number of renderings.
package final class PreparedContext: @unchecked Sendable {
    let object: Object
    private let arena = Arena()
    let values: Mapping
    /// Whether what stands at a path must not be told of a fault, beside what is named as secrets are.
    let isSecret: @Sendable (InputPath) -> Bool

    package convenience init(_ object: Object, isSecret: @escaping @Sendable (InputPath) -> Bool = { _ in false }) {
        self.init(object, isShared: true, isSecret: isSecret)
    }

    init(_ object: Object, isShared: Bool, isSecret: @escaping @Sendable (InputPath) -> Bool = { _ in false }) {
        self.object = object
        self.isSecret = isSecret
        values = arena.use {
            let values = Mapping(capacity: max(4, object.count))
            for (name, value) in object { values.set(Text(name), Item(value, isShared: isShared)) }
            return values
        }
    }
}

/// What came of a template.
package struct Rendering: Sendable {
    private let output: OutputBytes?
    /// Where it all comes from; `nil` unless asked for.
    package let map: SourceMap?

    init(_ output: OutputBytes?, map: SourceMap?) {
        self.output = output
        self.map = map
    }

    /// How many bytes it has.
    package var count: Int { output?.count ?? 0 }

    /// Reads the bytes where they are; they must not be kept.
    package func withBytes<T>(_ body: (UnsafeBufferPointer<UInt8>) throws -> T) rethrows -> T {
        try body(output?.buffer ?? UnsafeBufferPointer(start: nil, count: 0))
    }

    /// A copy of the bytes.
    package var bytes: [UInt8] { withBytes { Array($0) } }

    package var text: String { withBytes { String(decoding: $0, as: UTF8.self) } }
}
