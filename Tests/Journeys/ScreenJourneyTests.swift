import Foundation
import Testing

/// The same way by keys alone, in a terminal.
@Suite(.enabled(if: Screen.isAvailable, "tmux is not installed")) struct ScreenJourneyTests {
    @Test func `infrastructure is ordered, changed, updated and destroyed by keys alone`() throws {
        let program = try Program()
        defer { program.remove() }
        let screen = try Screen(program, ["--pace", "5"])
        try orderEnvironment(screen)
        try orderService(screen)
        try failAndMend(screen)
        try addAndRemoveInstance(screen)
        try registerBundle(screen, program)
        try moveToMinorAndBack(screen)
        try moveToMajor(screen)
        let fleet = try look(screen)
        try screen.press("1")
        try screen.expect("NEEDS YOU")
        try screen.press("q")
        try screen.expectEnd()

        let again = try Screen(program)
        let shown = try look(again)
        #expect(shown == fleet, "everything is as it was")
    }

    /// What the fleet shows, without ages.
    private func look(_ screen: Screen) throws -> [String] {
        try screen.press("3")
        try screen.expect("[Instances", "RUNNING", "shop/dev", "shop/prod")
        let rows = screen.rows.filter { $0.contains("shop/") && $0.contains("fargate-service") }
        return rows.map { $0.split(separator: " ").filter { $0 != "▸" }.dropLast().joined(separator: " ") }
    }

    private func deploy(_ screen: Screen) throws {
        try screen.expect("WHAT WILL CHANGE")
        try screen.press("D")
        try screen.expect("Deploy?")
        try screen.press("y")
    }

    private func orderEnvironment(_ screen: Screen) throws {
        try screen.press("2")
        try screen.expect("RECOMMENDED", "fargate-cluster")
        try screen.press("/")
        try screen.type("cluster")
        try screen.expectNot("vpc-network")
        try screen.press("Enter", "Enter")
        try screen.expect("What it makes", "[Readme]")
        try screen.press("+")
        try screen.expect("new environment", "Name *")
        try screen.type("demo")
        try screen.press("C-n")
        try screen.expect("VPC address range")
        try screen.type("10.40.0.0/33")
        try screen.expect("! VPC address range must be an IPv4 block", "such as 10.40.0.0/16")
        try screen.press("C-s")
        try screen.expect("1 fault")
        try screen.press("BSpace", "BSpace")
        try screen.type("16")
        try screen.expectNot("1 fault")
        try screen.press("C-s")
        try screen.expect("+25 add", "ADDED  23")
        try deploy(screen)
        try screen.expect("EVENTS", "created")
        try screen.expect("RESOURCES  25", "Done.")
        try screen.press("Enter")
        try screen.expect("[Overview]")
        try screen.press("Tab", "Tab")
        try screen.expect("[Outputs 12]", "ClusterArn", "arn:aws:ecs:")
    }

    private func orderService(_ screen: Screen) throws {
        try screen.press("2")
        try screen.expect("RECOMMENDED", "http-api")
        try screen.press("/")
        try screen.type("fargate-service")
        try screen.expectNot("vpc-network")
        try screen.press("Enter", "+")
        try screen.expect("new service")
        try screen.type("shop")
        try screen.press("Down", "Down")
        try screen.type("acme/shop")
        try screen.press("Down")
        try screen.type("main")
        try screen.press("Down")
        try screen.type("arn:aws:codestar-connections:eu-west-1:111122223333:connection/aa")
        try screen.press("C-n")
        try screen.type("dev")
        try screen.press("C-s")
        try screen.expect("Route priority is required")
        try screen.type("10")
        try screen.press("F2")
        try screen.expect("new inst")
        try screen.type("prod")
        try screen.press("F3")
        try screen.expect("differ", "dev", "prod")
        try screen.press("F3")
        try screen.expect("Route priority")
        try screen.press("Down", "Down", "Down", "Down", "Down", "Down", "Down", "C-u")
        try screen.type("20")
        try screen.press("C-s")
        try screen.expect("3 steps", "shop/dev", "shop/prod", "shop pipeline")
        try deploy(screen)
        try screen.expect("3 create   shop pipeline", "Done.")
    }

    private func failAndMend(_ screen: Screen) throws {
        try screen.press("3")
        try screen.expect("shop/dev")
        try screen.press("Enter", "e")
        try screen.expect("change shop/dev")
        try screen.press("Down", "Down", "Down", "Down")
        try screen.type("8192")
        try screen.press("C-s")
        try deploy(screen)
        try screen.expect("cause", "512, 1024 or 2048 MiB", "FAIL")
        try screen.press("e")
        // The form opens at the input that made it fail.
        try screen.expect("change shop/dev", "8192")
        try screen.press("C-u")
        try screen.type("1024")
        try screen.press("C-s")
        try deploy(screen)
        try screen.expect("Done.")
    }

    private func addAndRemoveInstance(_ screen: Screen) throws {
        try screen.press("3")
        try screen.expect("shop/prod")
        try screen.press("Enter", "+")
        try screen.expect("change service shop", "new inst")
        try screen.type("qa")
        try screen.press("Down", "Down", "Down", "Down", "Down", "Down", "Down", "C-u")
        try screen.type("30")
        try screen.press("C-s")
        try deploy(screen)
        try screen.expect("shop/qa", "Done.")

        try screen.press("3")
        try screen.expect("shop/qa")
        try screen.press("G", "Enter")
        try screen.expect("shop/qa", "[Overview]")
        try screen.press("D")
        try screen.expect("destroy", "DATA LOSS")
        try screen.press("D")
        try screen.expect("Destroy shop/qa?", "ListenerRule")
        try screen.press("Enter")
        try screen.expect("Destroy shop/qa?")
        try screen.type("shop/qa")
        try screen.press("Enter")
        try screen.expect("Done.")
        try screen.press("3")
        try screen.expect("shop/prod")
        try screen.expectNot("shop/qa")
    }

    private func registerBundle(_ screen: Screen, _ program: Program) throws {
        let bundle = SampleBundle(directory: program.directory + "/queue")
        try bundle.write(faulty: true)
        try screen.press("2")
        try screen.expect("RECOMMENDED", "http-api")
        try screen.press("R")
        try screen.expect("Register a bundle")
        try screen.type(bundle.directory)
        try screen.press("Enter")
        try screen.expect("3 faults", "strng", "template_langage", "queue_nam")
        try bundle.write(faulty: false)
        try screen.press("Enter")
        try screen.expect("in order")
        try screen.press("R")
        try screen.expect("Register queue 1.0?")
        try screen.press("y")
        try screen.expect("queue 1.0  draft")
        try screen.press("P")
        try screen.expect("Publish queue 1.0?")
        try screen.press("y")
        try screen.expect("queue 1.0 is published")
    }

    /// Selects a version of the service template on its page.
    private func openVersion(_ number: String, _ screen: Screen) throws {
        try screen.press("2")
        try screen.expect("RECOMMENDED", "http-api")
        try screen.press("/")
        try screen.type("fargate-service")
        try screen.expectNot("vpc-network")
        try screen.press("Enter", "Enter")
        try screen.expect("[Readme]")
        try screen.press("BTab")
        try screen.expect("[Versions")
        try screen.press("g")
        for shown in ["2.0", "1.1", "1.0"] {
            try screen.expect("› fargate-service \(shown)")
            if shown == number { return }
            try screen.press("Down")
        }
    }

    private func moveToMinorAndBack(_ screen: Screen) throws {
        try openVersion("1.1", screen)
        try screen.press("P")
        try screen.expect("Publish fargate-service 1.1?")
        try screen.press("y")
        try screen.expect("1.1 is published now")
        for name in ["shop/dev", "shop/prod"] {
            try screen.press("4")
            try screen.expect("Inbox", "TARGET", name)
            try screen.press("/")
            try screen.type(name)
            try screen.press("Enter")
            try screen.expect("Health check interval", "IN THE RESOURCES", "ExecutionRole")
            try screen.press("p", "G")
            try screen.expect("HealthCheckIntervalSeconds")
            try screen.press("Escape")
            try screen.expect("update...")
            try screen.press("U")
            try deploy(screen)
            try screen.expect("Done.")
        }
        try openVersion("1.1", screen)
        try screen.press("W")
        try screen.expect("Withdraw fargate-service 1.1?")
        try screen.type("drops calls")
        try screen.press("Enter")
        try screen.expect("1.1 is withdrawn now")
        try screen.press("4")
        try screen.expect("shop/dev", "shop/prod", "back", "drops calls")
        for name in ["shop/dev", "shop/prod"] {
            try screen.press("4")
            try screen.expect("Inbox", "TARGET", name)
            try screen.press("/")
            try screen.type(name)
            try screen.press("Enter", "U")
            try deploy(screen)
            try screen.expect("Done.")
        }
        try screen.press("4")
        try screen.expect("Nothing is recommended")
    }

    private func moveToMajor(_ screen: Screen) throws {
        try screen.press("3")
        try screen.expect("shop/prod")
        try screen.press("G", "Enter", "e")
        try screen.expect("change shop/prod")
        try screen.press("Down", "Down")
        try screen.type("3")
        try screen.press("C-s")
        try deploy(screen)
        try screen.expect("Done.")
        try openVersion("2.0", screen)
        try screen.press("P")
        try screen.expect("Publish fargate-service 2.0?")
        try screen.press("y")
        try screen.expect("2.0 is published now")
        try screen.press("3")
        try screen.expect("MAJOR", "2.0")
        try screen.press("G", "U")
        try screen.expect("Owner *", "Tasks", "was desired_count", "carried over")
        try screen.type("shop@example.com")
        try screen.press("C-s")
        try deploy(screen)
        try screen.expect("Done.")
        try screen.press("Enter", "Tab")
        try screen.expect("[Inputs", "task_count", "shop@example.com")
    }
}

/// A killed program's work is gone on with by the screens too.
@Suite(.enabled(if: Screen.isAvailable, "tmux is not installed")) struct ScreenKillTests {
    @Test func `opening the screens goes on with what a killed program left`() throws {
        let whole = try Program()
        defer { whole.remove() }
        try #require(try whole.run("environment", "create", "net", "--template", "vpc-network", "--wait").code == 0)

        let program = try Program()
        defer { program.remove() }
        let (process, _, _) = try program.start([
            "environment", "create", "net", "--template", "vpc-network", "--wait", "--pace", "300",
        ])
        while !(try program.run("deployment", "list").out.contains("in progress")) { usleep(100_000) }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let screen = try Screen(program)
        try screen.press("6")
        try screen.expect("DEPLOYMENTS", "ok", "net")
        try screen.press("1", "q")
        try screen.expectEnd()
        #expect(try program.state() == whole.state())
    }
}
