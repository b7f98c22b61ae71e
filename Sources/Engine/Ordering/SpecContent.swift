package import Documents

/// A spec taken apart, for forms: what each target is given, before defaults.
package struct SpecContent: Hashable, Sendable {
    package struct Instance: Hashable, Sendable {
        package var name: String
        package var environment: String
        package var inputs: Value

        package init(name: String, environment: String, inputs: Value = .object(Object())) {
            self.name = name
            self.environment = environment
            self.inputs = inputs
        }
    }

    /// The inputs of an environment; `nil` in a service's spec.
    package var environment: Value?
    package var pipeline: Value?
    package var instances: [Instance]

    package init(environment: Value? = nil, pipeline: Value? = nil, instances: [Instance] = []) {
        self.environment = environment
        self.pipeline = pipeline
        self.instances = instances
    }
}

/// The inputs of a target, carried over to another version's schema.
package struct UpgradeInputs: Hashable, Sendable {
    package enum Fate: Hashable, Sendable {
        case carried
        case renamed(from: String)
        case newDefault
        /// Required, new, and without a default: a person has to say.
        case asked
        /// The old answer is no longer allowed; it is kept as a suggestion.
        case refused(old: Value)
        /// The new version does not take it any more.
        case dropped(old: Value)
    }

    package struct Line: Hashable, Sendable {
        package var input: String
        package var label: String
        package var fate: Fate
    }

    package var from: TemplateVersionName
    package var to: TemplateVersionName
    package var inputs: Value
    package var lines: [Line]

    package struct TemplateVersionName: Hashable, Sendable {
        package var template: String
        package var number: String
    }
}
