package import Documents

/// A value of a template as it was written: data with intrinsic functions in it.
package struct Expression: Sendable {
    package indirect enum Form: Sendable {
        /// Text, a number, a boolean or null.
        case literal(Value)
        case list([Expression])
        case object([Member])
        case ref(String)
        case getAtt(resource: String, attribute: Expression)
        case sub([SubPart], variables: [Member])
        /// A named condition, inside of another condition.
        case condition(String)
        /// `parameters` are as many as the function takes; its shape was checked.
        case call(Function, parameters: [Expression])
        /// What is kept as it is: a transform, a loop, a function that is not known or has a wrong shape; in long form.
        case opaque(Value)
    }

    package struct Member: Sendable {
        package let name: String
        package let value: Expression
        /// Where the name stands.
        package let position: Position
    }

    package let form: Form
    package let position: Position

    package init(_ form: Form, at position: Position) {
        self.form = form
        self.position = position
    }

    /// The text of a literal, numbers and booleans included.
    package var literalText: String? {
        if case .literal(let value) = form { Scalars.text(value) } else { nil }
    }
}

/// A piece of the text of `Fn::Sub`.
package enum SubPart: Hashable, Sendable {
    case text(String)
    /// `${Name}` or `${Name.Attribute}`.
    case variable(String)
}

/// CloudFormation's intrinsic functions, by their long names.
package enum Function: String, Sendable, CaseIterable {
    case ref = "Ref"
    case condition = "Condition"
    case getAtt = "Fn::GetAtt"
    case sub = "Fn::Sub"
    case join = "Fn::Join"
    case select = "Fn::Select"
    case split = "Fn::Split"
    case findInMap = "Fn::FindInMap"
    case choose = "Fn::If"
    case equals = "Fn::Equals"
    case and = "Fn::And"
    case or = "Fn::Or"
    case not = "Fn::Not"
    case base64 = "Fn::Base64"
    case cidr = "Fn::Cidr"
    case getAZs = "Fn::GetAZs"
    case importValue = "Fn::ImportValue"
    case transform = "Fn::Transform"
    case length = "Fn::Length"
    case toJSONString = "Fn::ToJsonString"
    case stackOutput = "Fn::GetStackOutput"
    case contains = "Fn::Contains"
    case eachMemberEquals = "Fn::EachMemberEquals"
    case eachMemberIn = "Fn::EachMemberIn"
    case refAll = "Fn::RefAll"
    case valueOf = "Fn::ValueOf"
    case valueOfAll = "Fn::ValueOfAll"

    /// Whether it is one of those that only Rules have.
    var isOfRules: Bool {
        switch self {
        case .contains, .eachMemberEquals, .eachMemberIn, .refAll, .valueOf, .valueOfAll: true
        case .ref, .condition, .getAtt, .sub, .join, .select, .split, .findInMap, .choose, .equals, .and, .or, .not,
            .base64, .cidr, .getAZs, .importValue, .transform, .length, .toJSONString, .stackOutput:
            false
        }
    }

    /// How many items its list has; `nil` where the parameter is one value.
    var itemCounts: ClosedRange<Int>? {
        switch self {
        case .getAtt, .join, .select, .split, .equals, .contains, .eachMemberEquals, .eachMemberIn, .valueOf,
            .valueOfAll:
            2...2
        case .findInMap: 3...4
        case .choose: 3...3
        case .and, .or: 2...10
        case .not: 1...1
        case .cidr: 2...3
        case .ref, .condition, .sub, .base64, .getAZs, .importValue, .transform, .length, .toJSONString, .stackOutput,
            .refAll:
            nil
        }
    }

    /// What it takes, as sentences say it.
    var shape: String {
        switch self {
        case .ref: "the name of a parameter or resource"
        case .condition: "the name of a condition"
        case .getAtt: "a resource and one of its attributes"
        case .sub: "a text, or a list of a text and an object of variables"
        case .join: "a list of a delimiter and a list of values"
        case .select: "a list of an index and a list of values"
        case .split: "a list of a delimiter and a text"
        case .findInMap: "a list of a mapping, a top-level key and a second-level key"
        case .choose: "a list of a condition's name, the value if it holds, and the value if not"
        case .equals: "a list of two values"
        case .and, .or: "a list of 2 to 10 conditions"
        case .not: "a list of one condition"
        case .cidr: "a list of an address block, a count and the bits of each subnet"
        case .base64, .getAZs, .importValue: "a text"
        case .transform: "an object with Name and Parameters"
        case .length: "a list"
        case .toJSONString: "an object or a list"
        case .stackOutput: "an object with StackName and OutputName"
        case .contains, .eachMemberEquals: "a list of a list and a value"
        case .eachMemberIn: "a list of two lists"
        case .refAll: "a type of parameters"
        case .valueOf: "a list of a parameter and an attribute"
        case .valueOfAll: "a list of a type of parameters and an attribute"
        }
    }
}
