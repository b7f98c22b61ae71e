import Documents
import Schemas
import Testing

@Suite struct StarterSchemaTests {
    @Test func `every schema of the starter catalog is without a finding`() throws {
        for file in try Starter.files where file.path.hasSuffix("/schema/schema.yaml") {
            let document = try Starter.document(file.path)
            let kinds = ["environment_input_type", "service_input_type", "pipeline_input_type"]
            let types = kinds.compactMap { document.value["schema"]?[$0]?.string }
            #expect([1, 2].contains(types.count), "\(file.path)")
            for type in types {
                let schema = Schema(document, root: Pointer(["schema", "types", type]))
                #expect(schema.findings.map(\.text).isEmpty, "\(file.path)")
            }
        }
    }

    @Test(arguments: [
        "vpc-network/v1.0", "fargate-cluster/v1.0", "fargate-cluster/v1.1", "fargate-cluster-with-database/v1.0",
    ])
    func `an environment can be ordered with its defaults alone`(version: String) throws {
        let schema = try Starter.schema(version, "environment_input_type")
        #expect(schema.validate(schema.filled([:])).isEmpty)
    }

    @Test(arguments: ["fargate-service/v1.0", "lambda-function/v1.0", "http-api/v1.0"])
    func `a pipeline can be ordered with its defaults alone`(version: String) throws {
        let schema = try Starter.schema(version, "pipeline_input_type")
        #expect(schema.validate(schema.filled([:])).isEmpty)
    }

    @Test(arguments: [
        "10.40.0.0", "10.40.0.0/15", "10.40.0.0/29", "10.256.0.0/16", "10.040.0.0/16", "ten", " 10.0.0.0/16",
    ])
    func `an address range that is none is refused with what would be right`(range: String) throws {
        let schema = try Starter.schema("fargate-cluster/v1.0", "environment_input_type")
        let findings = schema.validate(schema.filled(["vpc_cidr": .string(range)]))
        #expect(findings.map(\.message) == ["VPC address range must be an IPv4 block with a size from /16 to /28."])
        #expect(findings.first?.hint == "Write four numbers from 0 to 255 and a size, such as 10.40.0.0/16.")
    }

    @Test func `what only the provisioner can know passes the schema`() throws {
        let cluster = try Starter.schema("fargate-cluster/v1.0", "environment_input_type")
        #expect(cluster.accepts(["private_subnet_one_cidr": "192.168.0.0/24"]))
        let service = try Starter.schema("fargate-service/v1.0", "service_input_type")
        #expect(service.accepts(["route_priority": 10, "cpu": 256, "memory": 30720]))
    }

    @Test(arguments: [("fargate-cluster", "environment_input_type"), ("fargate-service", "service_input_type")])
    func `a minor version only adds inputs that have defaults`(template: String, kind: String) throws {
        let old = try Starter.schema("\(template)/v1.0", kind).inputs
        let new = try Starter.schema("\(template)/v1.1", kind).inputs
        #expect(Array(new.map(\.name).prefix(old.count)) == old.map(\.name))
        for (before, after) in zip(old, new) {
            #expect(before.isRequired == after.isRequired)
            #expect(before.notes.defaultValue == after.notes.defaultValue)
        }
        #expect(new.count > old.count)
        for added in new.dropFirst(old.count) { #expect(added.notes.defaultValue != nil, "\(added.name)") }
    }

    @Test(arguments: [
        ("fargate-cluster", "environment_input_type", "retention_days", "log_retention_days"),
        ("fargate-service", "service_input_type", "task_count", "desired_count"),
    ])
    func `a breaking version asks for an owner and says what it renamed`(
        template: String, kind: String, name: String, former: String
    ) throws {
        let old = try Starter.schema("\(template)/v1.1", kind).inputs
        let new = try Starter.schema("\(template)/v2.0", kind).inputs
        let required = Set(new.filter(\.isRequired).map(\.name))
        #expect(required.subtracting(old.filter(\.isRequired).map(\.name)) == ["owner_email"])
        #expect(new.first { $0.name == name }?.notes.formerNames == [former])
        #expect(Set(old.map(\.name)).subtracting(new.map(\.name)) == [former])
    }
}
