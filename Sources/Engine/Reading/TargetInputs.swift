package import Catalog
package import Documents
package import Schemas
import Store

/// What a target is given: each input with where it comes from, and what is applied instead.
package struct TargetInputs: Sendable {
    /// With the defaults filled in, in the order of the schema.
    package var desired: Value
    /// Only what somebody gave.
    package var given: Value
    /// What is applied, with the defaults of its version; `nil` where nothing is.
    package var applied: Value?
    /// Of the desired version; `nil` where it has none.
    package var schema: Schema?

    package struct Line: Hashable, Sendable {
        package var name: String
        /// `nil` where the input is no longer asked for.
        package var desired: Value?
        package var isGiven: Bool
        package var applied: Value?
        /// Whether something is applied, and it is another value.
        package var differs: Bool
    }

    /// By name: what is asked for, and behind it what is applied and no longer asked for.
    package var lines: [Line] {
        let wanted = desired.object ?? Object()
        let there = applied?.object ?? Object()
        var lines = wanted.map { name, value in
            let old = there[name]
            return Line(
                name: name, desired: value, isGiven: given[name] != nil, applied: old,
                differs: applied != nil && old != value)
        }
        for (name, value) in there where wanted[name] == nil {
            lines.append(Line(name: name, desired: nil, isGiven: false, applied: value, differs: true))
        }
        return lines
    }
}

extension Engine {
    /// The inputs of a target: desired, given and applied.
    package func inputs(of target: Target) throws(Refusal) -> TargetInputs {
        let record = try existingRecord(target)
        return try refusing {
            let kind: TemplateKind = target.kind == .environment ? .environment : .service
            var applied: Value?
            if let state = record.applied {
                var past = record
                past.desired = DesiredState(version: state.version, spec: state.spec, revision: state.revision)
                applied = try filledInputs(of: past)
            }
            let version = try store.version(record.template, record.desired.version)
            return TargetInputs(
                desired: try filledInputs(of: record),
                given: try read(record.desired.spec, kind: kind).inputs(of: target), applied: applied,
                schema: try version.flatMap { try bundle(of: $0).schemas[target.part] }
            )
        }
    }
}
