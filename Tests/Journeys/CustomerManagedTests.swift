import Foundation
import Testing

/// Values of existing stacks become an environment, and nothing is written where they are.
@Suite struct CustomerManagedTests {
    private var program: Program
    private let account: PlayedAccount

    init() throws {
        program = try Program()
        account = try PlayedAccount(in: program.directory)
        program.variables = account.variables
        try program.claim("all")
    }

    private func run(_ arguments: String...) throws -> Program.Result { try run(arguments) }

    private func run(_ arguments: [String]) throws -> Program.Result { try program.run(arguments) }

    private func prepare() throws {
        try program.write(
            """
            schema:
              format: {openapi: "3.0.0"}
              environment_input_type: Network
              types:
                Network:
                  type: object
                  required: [vpc_id, subnet_ids, zone]
                  properties:
                    vpc_id: {type: string}
                    subnet_ids: {type: string}
                    zone: {type: string}
            """, to: "existing/schema/schema.yaml")
        #expect(try run("template", "register", "existing").talk.contains("customer-managed"))
        #expect(try run("template", "publish", "existing", "1.0").code == 0)
        #expect(
            try run("connection", "add", "staging", "--account", PlayedAccount.number, "--region", "eu-west-1").code
                == 0)
    }

    @Test func `outputs of stacks become values, what is set goes over them, and what is missing is told`() throws {
        defer { program.remove() }
        try prepare()
        try account.put(["network": ["VpcId": "vpc-1", "SubnetIDs": "a,b"], "zones": ["Zone": "z1"], "bare": [:]])
        let order = ["environment", "create", "net", "--template", "existing", "--connection", "staging"]
        func create(_ more: String...) throws -> Program.Result { try run(order + more) }

        let missing = try create("--outputs-of", "network", "--plan")
        #expect(missing.code == 4)
        #expect(missing.talk.contains("--set zone=VALUE") && !missing.talk.contains("--set vpc_id"))
        let wrong = try create("--outputs-of", "netwrk", "--outputs-of", "bare")
        #expect(wrong.code == 1)
        #expect(wrong.talk.contains("Did you mean network?") && wrong.talk.contains("bare has no outputs"))
        let plan = try create("--outputs-of", "network", "--outputs-of", "zones", "--set", "zone=z9", "--plan")
        #expect(plan.code == 2, "\(plan.talk)")
        #expect(plan.out.contains("vpc_id      - -> vpc-1") && plan.out.contains("zone        - -> z9"))

        let made = try create("--outputs-of", "network", "--outputs-of", "zones", "--wait")
        #expect(made.code == 0, "\(made.talk)")
        let shown = try run("environment", "show", "net").out
        for value in ["vpc-1", "a,b", "z1"] { #expect(shown.contains(value)) }
        #expect(try run("template", "list").out.contains("environment, customer-managed"))
        #expect(try run("template", "show", "existing").out.contains("customer-managed, published"))

        try account.put(["network": ["VpcId": "vpc-2", "SubnetIDs": "a,b"], "zones": ["Zone": "z1"]])
        let moved = try run("environment", "update", "net", "--outputs-of", "network", "--plan")
        #expect(moved.code == 2)
        #expect(moved.out.contains("vpc-1 -> vpc-2") && !moved.out.contains("subnet_ids"))
        #expect(try run("environment", "update", "net", "--outputs-of", "network", "--wait").code == 0)
        #expect(try run("environment", "show", "net").out.contains("vpc-2"))
        #expect(try run("environment", "update", "net", "--outputs-of", "network", "--plan").code == 0)
        #expect(try run("environment", "delete", "net", "--yes", "net", "--wait").code == 0)
        #expect(account.actCount == 0, "nothing was written outside")
    }

    @Test func `an inventory may hold an environment that has no stack, and what runs in it`() throws {
        defer { program.remove() }
        try prepare()
        try account.put([:])
        try program.write(
            """
            connection: staging
            environments:
            - {name: net, template: existing, version: "1.0", owner: core, spec: {vpc_id: vpc-1, subnet_ids: a, zone: z}}
            """, to: "inventory.yaml")
        #expect(try run("adopt", "apply", "inventory.yaml", "--plan").out.contains("clean"))
        let applied = try run("adopt", "apply", "inventory.yaml")
        #expect(applied.code == 0, "\(applied.talk)")
        #expect(try run("adopt", "list").out.contains("net"))
        let shown = try run("environment", "show", "net").out
        #expect(shown.contains("vpc-1") && shown.contains("core") && shown.contains("staging"))
        #expect(try run("environment", "update", "net", "--set", "zone=z", "--plan").code == 0)
        try program.write(
            """
            connection: staging
            environments:
            - {name: two, stack: net, template: existing, version: "1.0", spec: {vpc_id: v, subnet_ids: a, zone: z}}
            - {name: three, template: vpc-network, version: "1.0"}
            """, to: "wrong.yaml")
        try account.put(["net": [:]])
        let wrong = try run("adopt", "apply", "wrong.yaml").talk
        #expect(wrong.contains("two must have no stack") && wrong.contains("three must have a stack"), "\(wrong)")
        #expect(account.actCount == 0)
    }

    @Test func `values come from the right account, and from one stack each`() throws {
        defer { program.remove() }
        try prepare()
        try account.put(["one": ["Zone": "z1"], "two": ["zone": "z2"]])
        let order = [
            "environment", "create", "net", "--template", "existing", "--connection", "staging", "--set", "vpc_id=v",
            "--set", "subnet_ids=a", "--outputs-of", "one", "--outputs-of", "two",
        ]
        let twice = try run(order)
        #expect(twice.code == 1)
        #expect(twice.talk.contains("one says z1 and two says z2"))
        #expect(try run(order + ["--set", "zone=z3", "--plan"]).out.contains("- -> z3"))
        let local = try run(order + ["--connection", "local"])
        #expect(local.code == 1)
        try account.be("999900001111")
        #expect(try run(order).talk.contains("must go to account \(PlayedAccount.number)"))
        #expect(account.actCount == 0)
    }
}

extension PlayedAccount {
    /// Settled stacks with outputs, in place of all that there were.
    fileprivate func put(_ stacks: [String: [String: String]]) throws {
        let all: [[String: Any]] = stacks.sorted { $0.key < $1.key }.map { name, outputs in
            [
                "StackName": name, "StackStatus": "CREATE_COMPLETE", "pending": [], "resources": [:], "events": [],
                "template": "",
                "StackId": "arn:aws:cloudformation:eu-west-1:\(PlayedAccount.number):stack/\(name)/1",
                "Outputs": outputs.map { ["OutputKey": $0.key, "OutputValue": $0.value] },
            ]
        }
        let state: [String: Any] = [
            "stacks": all, "changeSets": [], "effects": [], "count": 0, "clock": 0, "made": [:],
        ]
        try JSONSerialization.data(withJSONObject: state).write(to: URL(fileURLWithPath: directory + "/state.json"))
    }

    fileprivate func be(_ account: String) throws {
        try Data("{\"account\": \"\(account)\"}".utf8).write(to: URL(fileURLWithPath: directory + "/knobs.json"))
    }
}
