package import Catalog
import Documents
import Provisioning
package import Schemas

extension Engine {
    /// What existing stacks give to the inputs that are called like their outputs, whatever the case, `_` and `-`.
    ///
    /// The stacks are only looked at. All faults are told at once.
    ///
    /// - Parameters:
    ///   - stacks: Names or ARNs.
    ///   - connectionName: Where they are.
    ///   - given: Inputs that somebody sets by hand: nothing is taken for them.
    package func values(
        ofStacks stacks: [String], in connectionName: String, for schema: Schema, besides given: Set<String> = []
    ) async throws(Refusal) -> [InputAssignment] {
        guard !stacks.isEmpty else { return [] }
        let connection = try realConnection(connectionName)
        do {
            let reader = try await checkedReader(connection)
            var search = StackValues(inputs: schema.inputs.map(\.name), given: given)
            for name in stacks {
                if let stack = try await reader.stack(name), stack.status != "DELETE_COMPLETE" {
                    search.look(at: stack)
                } else {
                    let names = try await reader.stacks().map(\.name)
                    search.findings.append(StackValues.unknown(name, in: connection, among: names))
                }
            }
            guard search.findings.isEmpty else { throw Refusal(search.findings) }
            return search.values
        } catch {
            throw Engine.told(error)
        }
    }
}

/// Inputs with the outputs of stacks that have their names.
private struct StackValues {
    let inputs: [String]
    let given: Set<String>
    var findings: [Finding] = []
    private var found: [String: (text: String, stack: String)] = [:]

    init(inputs: [String], given: Set<String>) {
        self.inputs = inputs
        self.given = given
    }

    /// In the order of the inputs.
    var values: [InputAssignment] {
        inputs.compactMap { name in found[name].map { InputAssignment(input: name, text: $0.text) } }
    }

    mutating func look(at stack: StackDescription) {
        var isAsked = false
        for input in inputs {
            let alike = stack.outputs.filter { Self.folded($0.key) == Self.folded(input) }
            guard let output = alike.first(where: { $0.key == input }) ?? alike.first else { continue }
            isAsked = true
            if given.contains(input) { continue }
            if let other = found[input], other.text != output.value {
                findings.append(
                    Finding(
                        "stackOutput.ambiguous",
                        "\(input) must come from one stack, but \(other.stack) says \(other.text) and \(stack.name) says \(output.value).",
                        hint: "Choose: --set \(input)=VALUE"))
            } else {
                found[input] = (output.value, stack.name)
            }
        }
        guard !isAsked else { return }
        let names = stack.outputs.map(\.key)
        findings.append(
            Finding(
                "stackOutput.none",
                "A stack that values are taken from must have an output that is called like an input, but \(stack.name) has "
                    + (names.isEmpty ? "no outputs." : "\(names.joined(separator: ", "))."),
                hint: inputs.isEmpty
                    ? "This version has no inputs." : "The inputs are \(inputs.joined(separator: ", "))."))
    }

    private static func folded(_ name: String) -> String { name.lowercased().filter { $0 != "_" && $0 != "-" } }

    static func unknown(_ name: String, in connection: Connection, among names: [String]) -> Finding {
        Finding(
            "stackOutput.noStack", "There is no stack \(name) in account \(connection.account), \(connection.region).",
            hint: Spelling.nearest(to: name, among: names).map { "Did you mean \($0)?" }
                ?? "Look for it with: aws cloudformation list-stacks --region \(connection.region)")
    }
}
