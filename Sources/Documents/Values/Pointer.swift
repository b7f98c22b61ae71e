/// A JSON pointer (RFC 6901): the steps from a document's root to one of its values.
package struct Pointer: Hashable, Sendable {
    package var steps: [String]

    package init(_ steps: [String] = []) { self.steps = steps }

    /// Reads `/a~1b/0`; `nil` when it is not empty and does not start with a slash.
    package init?(_ text: String) {
        if text.isEmpty {
            self.init()
            return
        }
        guard text.utf8.first == UInt8(ascii: "/") else { return nil }
        self.init(
            text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
                String($0.replacing("~1", with: "/").replacing("~0", with: "~"))
            }
        )
    }

    package var parent: Pointer { Pointer(steps.dropLast()) }
    package var isRoot: Bool { steps.isEmpty }

    package func appending(_ step: String) -> Pointer { Pointer(steps + [step]) }
    package func appending(_ index: Int) -> Pointer { appending(String(index)) }
}

extension Pointer: CustomStringConvertible {
    package var description: String {
        var text = ""
        for step in steps {
            text += "/"
            let isPlain = step.utf8.allSatisfy { $0 != UInt8(ascii: "~") && $0 != UInt8(ascii: "/") }
            text += isPlain ? step : step.replacing("~", with: "~0").replacing("/", with: "~1")
        }
        return text
    }
}
