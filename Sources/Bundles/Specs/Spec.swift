package import Documents

/// The inputs that a person gave: Proton's EnvironmentSpec or ServiceSpec.
package struct Spec: Sendable {
    package struct Instance: Sendable {
        package let name: String
        package let environment: String
        package let inputs: Value
        /// Where the instance stands in the document.
        package let pointer: Pointer
    }

    package let document: Document
    /// What the document says, `${Proton::CURRENT_VAL}` replaced where that was asked for.
    package var value: Value

    package var isService: Bool { value["proton"]?.string == "ServiceSpec" }

    /// The inputs of an environment.
    package var environmentInputs: Value { Self.inputs(value["spec"]) }

    /// The inputs of the pipeline.
    package var pipelineInputs: Value { Self.inputs(value["pipeline"]) }

    package var instances: [Instance] {
        (value["instances"]?.list ?? []).enumerated().map { index, item in
            Instance(
                name: item["name"]?.string ?? "", environment: item["environment"]?.string ?? "",
                inputs: Self.inputs(item["spec"]), pointer: Pointer(["instances"]).appending(index))
        }
    }

    package func instance(named name: String) -> Instance? {
        instances.first { $0.name.utf8.elementsEqual(name.utf8) }
    }

    private static func inputs(_ value: Value?) -> Value {
        switch value {
        case nil, .null?: .object(Object())
        case let value?: value
        }
    }
}
