import Catalog
import Engine
import Foundation
import Screens
import Terminal

@main struct Scratch {
    static func main() async throws {
        let environment = ProcessInfo.processInfo.environment
        let engine = try Engine.open(Workspace(option: nil, environment: environment), actor: Actor(name: "ana")) {
            Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        }
        if CommandLine.arguments.contains("seed") {
            func go(_ r: OrderRequest) async throws {
                let plan = try engine.plan(r)
                for f in plan.findings + plan.plans.flatMap(\.findings) { print(f.text) }
                _ = try engine.submit(plan, why: "seed"); try await engine.run()
            }
            try await go(
                .createEnvironment(EnvironmentOrder(name: "net", template: "fargate-cluster", owner: "platform")))
            try await go(
                .createService(
                    ServiceOrder(
                        name: "shop", template: "fargate-service",
                        spec:
                            "proton: ServiceSpec\npipeline: {}\ninstances:\n  - name: dev\n    environment: net\n    spec:\n      route_priority: 10\n  - name: prod\n    environment: net\n    spec:\n      route_priority: 20\n",
                        owner: "team-shop")))
            _ = try? await go(
                .createService(
                    ServiceOrder(
                        name: "bad", template: "fargate-service",
                        spec:
                            "proton: ServiceSpec\ninstances:\n  - name: dev\n    environment: net\n    spec:\n      route_priority: 30\n      cpu: 256\n      memory: 4096\n"
                    )))
            _ = try engine.publish("fargate-service", VersionNumber(1, 1))
            return
        }
        let settings = TerminalSettings(
            theme: .terminal, isASCII: false, crashMessage: "crashed\n", environment: environment)
        exit(
            try ScreensProgram.run(
                engine: engine, owner: "", runner: RunnerOptions(paceMilliseconds: 100), settings: settings,
                environment: environment))
    }
}
