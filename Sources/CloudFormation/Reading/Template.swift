package import Documents

/// A CloudFormation template as data, everything with the place where it stands.
package struct Template: Sendable {
    package let source: Source
    package var formatVersion: String?
    package var description: String?
    /// Names of the macros that the service runs over the template before it reads it.
    package var transforms: [String] = []
    package var parameters: [Parameter] = []
    package var mappings: [Mapping] = []
    package var conditions: [Condition] = []
    package var rules: [Rule] = []
    package var resources: [Resource] = []
    package var outputs: [Output] = []
    /// The whole template in long form: intrinsic functions as objects, no tags.
    package let json: Value
    /// Whether loops or macros may add resources that are not written here.
    package var isOpen = false
    /// The whole document, where loops wait for values of parameters.
    var waiting: Document?

    /// Whether a macro has a say in it, by a transform of the whole or of a part.
    package var hasMacros: Bool { !transforms.isEmpty || hasTransformCalls }

    /// Whether `Fn::Transform` stands in it.
    package var hasTransformCalls: Bool { json.json().contains("\"Fn::Transform\":") }

    /// The transform that brings loops and a few functions more.
    static let languageExtensions = "AWS::LanguageExtensions"
    static let serverless = "AWS::Serverless-2016-10-31"

    init(source: Source, json: Value) {
        self.source = source
        self.json = json
    }

    package struct Parameter: Sendable {
        package let name: String
        package var type = "String"
        package var defaultValue: Value?
        package var allowedValues: [Value] = []
        /// Bounds of its length in characters, and of its number; patterns are left to the service.
        package var lengths = Bounds()
        package var numbers = Bounds()
        package var description: String?
        /// What the author says to somebody whose value does not fit.
        package var constraint: String?
        /// Whether its value must not be shown.
        package var isHidden = false
        package let position: Position

        /// Whether the value is a list, given as text with commas.
        package var isList: Bool { type.hasPrefix("List<") || type == "CommaDelimitedList" }
        /// Whether the service looks the value up when it deploys.
        package var isLookedUp: Bool { type.hasPrefix("AWS::SSM::Parameter::Value<") }
    }

    package struct Bounds: Hashable, Sendable {
        package var least: Number?
        package var most: Number?
    }

    package struct Mapping: Sendable {
        package let name: String
        /// Top-level keys, each with its second-level keys and their values.
        package let rows: Object
        package let position: Position
    }

    package struct Condition: Sendable {
        package let name: String
        package let expression: Expression
        package let position: Position
    }

    /// What must hold for the values of parameters before anything is made.
    package struct Rule: Sendable {
        package let name: String
        /// When it is asked for; always, where there is none.
        package var condition: Expression?
        package var assertions: [Assertion] = []
        package let position: Position
    }

    package struct Assertion: Sendable {
        package let expression: Expression
        /// What the author says to somebody whose values break it.
        package let description: String?
    }

    package struct Resource: Sendable {
        package let logicalID: String
        package var type: String
        package var properties: Expression?
        package var dependsOn: [Name] = []
        package var condition: Name?
        package var deletionPolicy: Expression?
        package var updateReplacePolicy: Expression?
        package var metadata: Expression?
        package var creationPolicy: Expression?
        package var updatePolicy: Expression?
        package let position: Position
    }

    package struct Output: Sendable {
        package let name: String
        package var value: Expression?
        package var exportName: Expression?
        package var description: String?
        package var condition: Name?
        package let position: Position
    }

    /// A name that refers to something, and where it stands.
    package struct Name: Sendable {
        package let text: String
        package let position: Position
    }
}
