import Catalog
import Documents
import Engine
import Foundation
import Screens
import Terminal
import Testing

/// Values of customer-managed environments, as a review shows them.
@Suite struct ReviewOutputTests {
    @Test(arguments: ScreenBench.sizes)
    func `values that change stand under a heading of their own, old and new`(size: Size) async throws {
        let bench = try ScreenBench()
        let file = URL(fileURLWithPath: bench.directory + "/existing/schema/schema.yaml")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let schema = """
            schema:
              format: {openapi: "3.0.0"}
              environment_input_type: Network
              types: {Network: {type: object, properties: {vpc_id: {type: string}, zone: {type: string}}}}
            """
        try Data(schema.utf8).write(to: file)
        _ = try await bench.engine.register(Registration(path: bench.directory + "/existing"))
        _ = try bench.engine.publish("existing", VersionNumber(1, 0))
        let spec = "proton: EnvironmentSpec\nspec: {vpc_id: vpc-1, zone: z}\n"
        try await bench.order(
            .createEnvironment(EnvironmentOrder(name: "own", template: "existing", spec: spec)))
        let set = [InputAssignment(input: "vpc_id", text: "vpc-2")]
        let page = ReviewPage(
            request: .updateEnvironment(TargetUpdate(target: .environment("own"), set: set)), title: "change own")
        let rows = bench.rows(page, size: size)
        #expect(rows.hasRow("OUTPUTS  1") && rows.hasRow("update", "vpc_id") && !rows.hasRow("update", "zone"))
        if size.height > 20 { #expect(bench.rows(page, ["Down"], size: size).hasRow("vpc-1 → vpc-2")) }
    }
}
