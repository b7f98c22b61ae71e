import Foundation
import Testing

/// A developer's and a platform engineer's whole way, by commands alone, from an empty workspace.
@Suite struct CommandJourneyTests {
    private let connection = "arn:aws:codestar-connections:eu-west-1:111122223333:connection/aa"

    @Test func `infrastructure is ordered, changed, updated and destroyed by commands alone`() throws {
        let program = try Program()
        defer { program.remove() }
        try orderEnvironment(program)
        try orderService(program)
        try failAndMend(program)
        try addAndRemoveInstance(program)
        try registerBundle(program)
        try moveToMinorAndBack(program)
        try moveToMajor(program)
        let state = try program.state()
        #expect(try program.run("instance", "list").code == 0)
        #expect(try program.state() == state, "looking changes nothing")
    }

    @Test func `without a terminal the screens are refused with a sentence, and Home is told as text`() throws {
        let program = try Program()
        defer { program.remove() }
        let bare = try program.run([])
        #expect(bare.code == 1)
        #expect(bare.talk.contains("There is no terminal"))
        #expect(bare.out.contains("Nothing needs you.") && !bare.out.contains("\u{1B}"))
        #expect(try program.run("--plain").code == 0)
    }

    @Test func `render tells where a line comes from, and who set its values`() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write(
            """
            schema:
              format: {openapi: "3.0.0"}
              environment_input_type: Net
              types: {Net: {type: object, properties: {size: {type: integer, default: 2}}}}
            """, to: "b/schema/schema.yaml")
        try program.write(
            """
            infrastructure:
              templates:
                - {file: cloudformation.yaml, rendering_engine: jinja, template_language: cloudformation}
            """, to: "b/infrastructure/manifest.yaml")
        try program.write(
            """
            Resources:
            {%- if environment.inputs.size > 1 %}
              Queue:
                Type: AWS::SQS::Queue
                Properties: {DelaySeconds: {{ environment.inputs.size }}}
            {%- endif %}
            """, to: "b/infrastructure/cloudformation.yaml")
        try program.write("proton: EnvironmentSpec\nspec:\n  size: 7\n", to: "spec.yaml")
        let render = ["render", "b", "--spec", "spec.yaml", "--explain"]
        let told = try program.run(render + ["4"])
        #expect(told.code == 0, "\(told.talk)")
        #expect(told.out.contains("cloudformation.yaml:4:     Properties: {DelaySeconds: 7}"))
        #expect(told.out.contains("cloudformation.yaml:5:32: {{ environment.inputs.size }} wrote \"7\""))
        #expect(told.out.contains("environment.inputs.size = 7: set in spec.yaml:3:9"))
        #expect(told.out.contains("there because of {%- if environment.inputs.size > 1 %} at "))
        let plain = try program.run(render + ["cloudformation.yaml:1"])
        #expect(plain.out.contains("stands so in ") && plain.out.contains("cloudformation.yaml:1:1"))
        #expect(try program.run(render + ["99"]).talk.contains("has no line 99: it ends with line 4"))
        #expect(try program.run(render + ["other.yaml:1"]).talk.contains("There is cloudformation.yaml"))
        #expect(try program.run(render + ["0"]).code == 64)
        #expect(
            try program.run(render + ["4", "--output", "json"]).out.contains("\"path\": \"environment.inputs.size\""))
    }

    private func orderEnvironment(_ program: Program) throws {
        let list = try program.run("template", "list")
        #expect(list.out.contains("Fargate cluster") && list.out.contains("fargate-service"))
        #expect(try program.run("template", "show", "fargate-cluster").out.contains("one load balancer"))

        let wrong = try program.run(
            "environment", "create", "demo", "--template", "fargate-cluster", "--set", "vpc_cidr=10.40.0.0/33", "--wait"
        )
        #expect(wrong.code == 1)
        #expect(wrong.talk.contains("VPC address range must be an IPv4 block"))
        #expect(wrong.talk.contains("--set vpc_cidr: error:"))

        let plan = try program.run("environment", "create", "demo", "--template", "fargate-cluster", "--plan")
        #expect(plan.code == 2)
        #expect(plan.out.contains("AWS::ECS::Cluster") && plan.out.contains("25 to add"))
        #expect(try names(program, "environment") == [], "a plan stores nothing")

        let made = try program.run("environment", "create", "demo", "--template", "fargate-cluster", "--wait")
        #expect(made.code == 0, "\(made.talk)")
        #expect(made.out.contains("ClusterArn") && made.out.contains("arn:aws:ecs:"))
        #expect(try names(program, "environment") == ["demo"])
    }

    private func orderService(_ program: Program) throws {
        try program.write(
            """
            proton: ServiceSpec
            pipeline:
              approval: false
            instances:
              # the first one that a change reaches
              - name: dev
                environment: demo
                spec:
                  route_priority: 10
              - name: prod
                environment: demo
                spec:
                  route_priority: 20
                  desired_count: 2
            """, to: "shop.yaml")
        let made = try program.run(
            "service", "create", "shop", "--template", "fargate-service", "--spec", "shop.yaml", "--repository",
            "acme/shop", "--branch", "main", "--repository-connection", connection, "--wait")
        #expect(made.code == 0, "\(made.talk)")
        #expect(made.out.contains("PipelineUrl"))
        #expect(try names(program, "instance") == ["shop/dev", "shop/prod"])
        let service = try json(program, "service", "show", "shop")
        let spec = service["spec"] as? String
        #expect(spec?.contains("# the first one that a change reaches") == true, "a spec is kept as it was given")
    }

    private func failAndMend(_ program: Program) throws {
        let failed = try program.run("instance", "update", "shop/dev", "--set", "memory=8192", "--wait")
        #expect(failed.code == 1)
        #expect(failed.talk.contains("TaskDefinition") && failed.talk.contains("512, 1024 or 2048 MiB"))
        let shown = try program.run("deployment", "list").out
        #expect(shown.contains("failed"))
        #expect(try program.run("drift").code == 2, "what was asked for is not applied")

        let mended = try program.run(
            "instance", "update", "shop/dev", "--set", "cpu=512", "--set", "memory=1024", "--why", "mended", "--wait")
        #expect(mended.code == 0, "\(mended.talk)")
        #expect(try program.run("drift").code == 0)
        #expect(try program.run("instance", "show", "shop/dev").out.contains("mended"))

        let stopped = try program.run(
            "instance", "update", "shop/dev", "--set", "port=8080", "--wait", "--fail-at", "TargetGroup")
        #expect(stopped.code == 1)
        let number = try #require(
            (try json(program, "deployment", "list")["deployments"] as? [[String: Any]])?.first?["id"])
        let again = try program.run("deployment", "retry", "\(number)", "--wait")
        #expect(again.code == 0, "\(again.talk)")
        #expect(try inputs(program, "shop/dev")["port"] as? Int == 8080)
    }

    private func addAndRemoveInstance(_ program: Program) throws {
        try program.write(
            """
            proton: ServiceSpec
            pipeline: ${Proton::CURRENT_VAL}
            instances:
              - name: dev
                environment: demo
                spec: ${Proton::CURRENT_VAL}
              - name: prod
                environment: demo
                spec: ${Proton::CURRENT_VAL}
              - name: qa
                environment: demo
                spec:
                  route_priority: 30
            """, to: "three.yaml")
        let added = try program.run("service", "update", "shop", "--spec", "three.yaml", "--wait")
        #expect(added.code == 0, "\(added.talk)")
        #expect(try names(program, "instance") == ["shop/dev", "shop/prod", "shop/qa"])
        #expect(try inputs(program, "shop/dev")["cpu"] as? Int == 512, "current values are kept")

        let changed = try program.run("instance", "update", "shop/qa", "--set", "health_check_path=/health", "--wait")
        #expect(changed.code == 0, "\(changed.talk)")

        let left = try program.run("service", "update", "shop", "--spec", "shop.yaml", "--wait")
        #expect(left.code == 1, "leaving an instance out is a destruction")
        #expect(left.talk.contains("--remove qa"))
        let unasked = try program.run("instance", "delete", "shop/qa", "--wait")
        #expect(unasked.code == 1)
        #expect(unasked.talk.contains("--yes shop/qa"))
        let plan = try program.run("instance", "delete", "shop/qa", "--plan")
        #expect(plan.code == 3)
        #expect(plan.out.contains("data loss"))
        let removed = try program.run("instance", "delete", "shop/qa", "--yes", "shop/qa", "--wait")
        #expect(removed.code == 0, "\(removed.talk)")
        #expect(try names(program, "instance") == ["shop/dev", "shop/prod"])
        let early = try program.run("environment", "delete", "demo", "--yes", "demo")
        #expect(early.code == 1)
        #expect(early.talk.contains("shop/dev"), "what still runs in it is named")
    }

    private func registerBundle(_ program: Program) throws {
        let bundle = SampleBundle(directory: program.directory + "/queue")
        try bundle.write(faulty: true)
        let faulty = try program.run("template", "check", "queue")
        #expect(faulty.code == 1)
        for fault in SampleBundle.faults { #expect((faulty.out + faulty.talk).contains(fault), "\(fault)") }
        #expect(try program.run("template", "register", "queue").code == 1)
        #expect(!(try program.run("template", "list").out.contains("queue ")), "nothing is half stored")

        try bundle.write(faulty: false)
        let clean = try program.run("template", "check", "queue")
        #expect(clean.code == 0, "\(clean.out)\(clean.talk)")
        #expect(try program.run("template", "register", "queue", "--owner", "platform").code == 0)
        let again = try program.run("template", "register", "queue")
        #expect(again.code == 0)
        #expect(again.out.contains("already"), "an identical bundle is not registered twice")
        #expect(try program.run("template", "publish", "queue", "1.0").code == 0)
        let ordered = try program.run(
            "environment", "create", "jobs", "--template", "queue", "--set", "queue_name=jobs", "--wait")
        #expect(ordered.code == 0, "\(ordered.talk)")

        try FileManager.default.createDirectory(
            atPath: program.directory + "/tree/mail/v3", withIntermediateDirectories: true)
        try SampleBundle(directory: program.directory + "/tree/mail/v3").write(faulty: false)
        let imported = try program.run("template", "import", "tree")
        #expect(imported.code == 0, "\(imported.talk)")
        #expect(try program.run("template", "list").out.contains("mail"))
        #expect(try program.run("template", "delete", "queue@1.0").code == 1, "a version in use stays")
    }

    private func moveToMinorAndBack(_ program: Program) throws {
        #expect(try moves(program) == [])
        #expect(try program.run("template", "publish", "fargate-service", "1.1").code == 0)
        #expect(
            try moves(program) == [
                "instance/shop/dev 1.0 > 1.1", "instance/shop/prod 1.0 > 1.1", "pipeline/shop 1.0 > 1.1",
            ])
        let preview = try program.run("update", "preview", "shop/dev")
        #expect(preview.code == 2)
        #expect(preview.out.contains("Health check interval") && preview.out.contains("HealthCheckIntervalSeconds"))
        #expect(try program.run("update", "apply", "shop/dev", "--wait").code == 0)
        #expect(try program.run("update", "apply", "shop/prod", "--wait").code == 0)
        #expect(try moves(program) == ["pipeline/shop 1.0 > 1.1"])

        #expect(try program.run("template", "withdraw", "fargate-service", "1.1").code == 1, "a reason is needed")
        #expect(try program.run("template", "withdraw", "fargate-service", "1.1", "--why", "drops calls").code == 0)
        #expect(try program.run("template", "recommend", "fargate-service", "1.0").code == 0)
        #expect(try moves(program) == ["instance/shop/dev 1.1 > 1.0", "instance/shop/prod 1.1 > 1.0"])
        #expect(try program.run("update", "list").out.contains("drops calls"))
        #expect(try program.run("update", "apply", "shop/dev", "shop/prod", "--wait").code == 0)
        #expect(try moves(program) == [])
    }

    private func moveToMajor(_ program: Program) throws {
        #expect(try program.run("instance", "update", "shop/prod", "--set", "desired_count=3", "--wait").code == 0)
        #expect(try program.run("template", "publish", "fargate-service", "2.0").code == 0)
        #expect(try program.run("instance", "list").out.contains("MAJOR"))
        let unanswered = try program.run("update", "apply", "shop/prod", "--to", "2.0", "--wait")
        #expect(unanswered.code == 1)
        #expect(unanswered.talk.contains("--set owner_email="))
        let moved = try program.run(
            "update", "apply", "shop/prod", "--to", "2.0", "--set", "owner_email=shop@example.com", "--wait")
        #expect(moved.code == 0, "\(moved.talk)")
        let inputs = try inputs(program, "shop/prod")
        #expect(inputs["task_count"] as? Int == 3, "the renamed answer is carried over")
        #expect(inputs["owner_email"] as? String == "shop@example.com")
    }

    // MARK: What programs read

    private func json(_ program: Program, _ arguments: String...) throws -> [String: Any] {
        let result = try program.run(arguments + ["--output", "json"])
        return try #require(try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
    }

    private func names(_ program: Program, _ noun: String) throws -> [String] {
        let rows = try json(program, noun, "list").values.compactMap { $0 as? [[String: Any]] }.first ?? []
        return rows.compactMap { row in
            guard let service = row["serviceName"] as? String else { return row["name"] as? String }
            return "\(service)/\(row["name"] as? String ?? "")"
        }.sorted()
    }

    private func inputs(_ program: Program, _ instance: String) throws -> [String: Any] {
        try #require(try json(program, "instance", "show", instance)["inputs"] as? [String: Any])
    }

    private func moves(_ program: Program) throws -> [String] {
        let rows = try #require(try json(program, "update", "list")["recommendations"] as? [[String: Any]])
        return rows.map { "\($0["target"] ?? "") \($0["fromVersion"] ?? "") > \($0["toVersion"] ?? "")" }.sorted()
    }
}
