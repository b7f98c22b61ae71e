internal import Catalog
internal import Documents

/// What ECS refuses of tasks and services.
enum ContainerRules {
    static let all = [
        ServiceRule("AWS::ECS::TaskDefinition", check: fargate),
        ServiceRule("AWS::ECS::TaskDefinition", check: containers),
        ServiceRule("AWS::ECS::TaskDefinition", check: ports),
        ServiceRule("AWS::ECS::Service", check: count),
        ServiceRule("AWS::ECS::Service", check: network),
        ServiceRule("AWS::ECS::Service", check: balancer),
    ]

    /// The memory that Fargate offers for each CPU, in MiB (ECS developer guide, "Task CPU and memory").
    static let offers: [(cpu: Int, memory: [Int])] = [
        (256, [512, 1024, 2048]),
        (512, Array(stride(from: 1024, through: 4096, by: 1024))),
        (1024, Array(stride(from: 2048, through: 8192, by: 1024))),
        (2048, Array(stride(from: 4096, through: 16384, by: 1024))),
        (4096, Array(stride(from: 8192, through: 30720, by: 1024))),
        (8192, Array(stride(from: 16384, through: 61440, by: 4096))),
        (16384, Array(stride(from: 32768, through: 122_880, by: 8192))),
    ]

    private static func isFargate(_ proposal: Proposal) -> Bool {
        proposal.list("RequiresCompatibilities").contains("FARGATE")
    }

    private static func fargate(_ proposal: Proposal) -> Refusal? {
        guard isFargate(proposal) else { return nil }
        if let mode = proposal.text("NetworkMode"), mode != "awsvpc" {
            return Refusal(
                "The network mode of a Fargate task must be awsvpc, but is \(mode).", hint: "Set NetworkMode: awsvpc.")
        }
        if proposal["NetworkMode"] == nil {
            return Refusal(
                "The network mode of a Fargate task must be awsvpc, but is not set.", hint: "Set NetworkMode: awsvpc.")
        }
        guard let cpuText = proposal.text("Cpu"), let memoryText = proposal.text("Memory") else {
            return Refusal(
                "A Fargate task must say its cpu and memory, but one of them is missing.", hint: "Set Cpu and Memory.")
        }
        guard let cpu = units(cpuText, "vcpu"), let offer = offers.first(where: { $0.cpu == cpu }) else {
            let offered = offers.map { String($0.cpu) }
            return Refusal(
                "The cpu of a Fargate task must be \(alternatives(offered)), but is \(cpuText).",
                hint: nearestCPU(units(cpuText, "vcpu")))
        }
        guard let memory = units(memoryText, "gb"), offer.memory.contains(memory) else {
            return Refusal(
                "The memory of a Fargate task with \(cpu) cpu units must be \(inWords(offer.memory)) MiB, "
                    + "but is \(memoryText).",
                hint: nearest(units(memoryText, "gb"), offer))
        }
        return nil
    }

    private static func nearestCPU(_ wanted: Int?) -> String {
        let nearest = offers.map(\.cpu).min { abs($0 - (wanted ?? 0)) < abs($1 - (wanted ?? 0)) } ?? 256
        return "Choose \(nearest), for instance."
    }

    /// The nearest memory that is offered, and the cpu for which the wanted one is.
    private static func nearest(_ wanted: Int?, _ offer: (cpu: Int, memory: [Int])) -> String {
        guard let wanted else { return "Write the memory in MiB, such as \(offer.memory[0])." }
        let near = offer.memory.sorted { abs($0 - wanted) < abs($1 - wanted) }.prefix(2).sorted().map(String.init)
        let other = offers.first { $0.memory.contains(wanted) }
        return "Choose \(alternatives(near)) MiB" + (other.map { ", or \($0.cpu) cpu units for \(wanted) MiB." } ?? ".")
    }

    private static func inWords(_ memory: [Int]) -> String {
        guard memory.count > 3 else { return alternatives(memory.map(String.init)) }
        return "between \(memory[0]) and \(memory[memory.count - 1]) in steps of \(memory[1] - memory[0])"
    }

    /// Cpu units or MiB, also written as `.5 vCPU` or `2 GB`.
    private static func units(_ text: String, _ unit: String) -> Int? {
        if let int = Value.string(text).wholeNumber { return int }
        let small = text.lowercased().filter { $0 != " " }
        guard small.hasSuffix(unit), let whole = Double(small.dropLast(unit.count)) else { return nil }
        let value = whole * 1024
        return value > 0 && value < 1e9 ? Int(value) : nil
    }

    private static func containers(_ proposal: Proposal) -> Refusal? {
        let cpu = proposal.text("Cpu").flatMap { units($0, "vcpu") }
        let memory = proposal.text("Memory").flatMap { units($0, "gb") }
        let all = proposal.list("ContainerDefinitions")
        for container in all {
            let name = container.text("Name") ?? "a container"
            if let own = container.int("Cpu"), let cpu, own > cpu {
                return Refusal(
                    "The cpu of container \(name) must not be above the task's \(cpu) units, but is \(own).",
                    hint: "Lower it to \(cpu), or raise the task's.")
            }
            if let own = container.int("Memory") ?? container.int("MemoryReservation"), let memory, own > memory {
                return Refusal(
                    "The memory of container \(name) must not be above the task's \(memory) MiB, but is \(own).",
                    hint: "Lower it to \(memory), or raise the task's.")
            }
            if let hard = container.int("Memory"), let soft = container.int("MemoryReservation"), soft > hard {
                return Refusal(
                    "The memory reservation of container \(name) must not be above its memory of \(hard) MiB, "
                        + "but is \(soft).", hint: "Lower it to \(hard), or raise the memory.")
            }
        }
        let sum = all.compactMap { $0.int("Cpu") }.filter { (0...1_000_000).contains($0) }.reduce(0, +)
        if let cpu, sum > cpu {
            return Refusal(
                "The cpu of all containers must not be above the task's \(cpu) units, but is \(sum) together.",
                hint: "Lower them, or raise the task's.")
        }
        let names = all.compactMap { $0.text("Name") }
        guard let twice = names.first(where: { name in names.filter { $0 == name }.count > 1 }) else { return nil }
        return Refusal(
            "Containers of one task must have different names, but two are called \(twice).", hint: "Rename one.")
    }

    private static func ports(_ proposal: Proposal) -> Refusal? {
        for mapping in proposal.list("ContainerDefinitions").flatMap({ $0["PortMappings"]?.list ?? [] }) {
            guard let port = mapping.int("ContainerPort") else { continue }
            if !(1...65535).contains(port) {
                return Refusal(
                    "A container's port must be between 1 and 65535, but is \(port).",
                    hint: "Choose the port that the container listens on.")
            }
            guard proposal.text("NetworkMode") == "awsvpc", let host = mapping.int("HostPort"), host != port else {
                continue
            }
            return Refusal(
                "With network mode awsvpc the host port must be the container's \(port), but is \(host).",
                hint: "Leave HostPort out.")
        }
        return nil
    }

    private static func count(_ proposal: Proposal) -> Refusal? {
        guard let count = proposal.int("DesiredCount"), count < 0 else { return nil }
        return Refusal(
            "The desired count of a service must not be negative, but is \(count).",
            hint: "Choose 0 to stop it, or how many tasks should run.")
    }

    private static func network(_ proposal: Proposal) -> Refusal? {
        guard let task = task(of: proposal), task.properties.text("NetworkMode") == "awsvpc",
            proposal["NetworkConfiguration"] == nil
        else { return nil }
        return Refusal(
            "A service must have a network configuration when its task has network mode awsvpc, but has none.",
            hint: "Set NetworkConfiguration with subnets and security groups.")
    }

    private static func balancer(_ proposal: Proposal) -> Refusal? {
        guard let task = task(of: proposal) else { return nil }
        let containers = task.properties["ContainerDefinitions"]?.list ?? []
        let names = containers.compactMap { $0.text("Name") }
        for balancer in proposal.list("LoadBalancers") {
            guard let name = balancer.text("ContainerName") else { continue }
            guard let container = containers.first(where: { $0.text("Name") == name }) else {
                return Refusal(
                    "The load balancer's container must be one of the task's (\(names.joined(separator: ", "))), "
                        + "but is \(name).", hint: "Name one of them.")
            }
            let ports = (container["PortMappings"]?.list ?? []).compactMap { $0.int("ContainerPort") }
            guard let port = balancer.int("ContainerPort"), !ports.isEmpty, !ports.contains(port) else { continue }
            return Refusal(
                "The load balancer must use a port of container \(name) (\(alternatives(ports.map(String.init)))), "
                    + "but uses \(port).", hint: "Use a port that the container maps.")
        }
        return nil
    }

    private static func task(of service: Proposal) -> ProvisionedResource? {
        guard let id = service.text("TaskDefinition") else { return nil }
        return service.others(of: "AWS::ECS::TaskDefinition").first { $0.physicalID == id }
    }
}
