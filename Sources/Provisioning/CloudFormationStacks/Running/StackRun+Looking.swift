internal import Catalog
internal import CloudFormation
internal import Documents

/// Questions that change nothing.
extension StackRun {
    func status() async throws -> StackStatus {
        if progress.hasBegun, progress.outcome == nil { return .unfinished }
        try await checks.caller()
        guard let stack = try await checks.stack() else { return .absent }
        switch stack.state {
        case .absent, .reviewed: return .absent
        case .busy: return .busy(stack.status)
        case .settled: return .settled(resourceCount: try await reader.resources(of: stack.id).count)
        case .hollow, .stuck:
            let failed = try await reader.resources(of: stack.id).filter { $0.status.hasSuffix("_FAILED") }
            return .stuck(
                state: stack.status, reason: stack.statusReason,
                exits: StackRefusal.exits(of: stack.status, failed: failed.map(\.logicalID)))
        }
    }

    func outputs() async throws -> [Output] {
        try await checks.caller()
        return try await checks.stack()?.outputs ?? []
    }

    func drift() async throws -> [Drift] {
        try await checks.caller()
        guard let stack = try await checks.stack() else { return try await allGone() }
        do {
            return try await detected(stack.id)
        } catch let fault as AWSFault where [.notImplemented, .unavailable, .badTool].contains(fault.kind) {
            try await ledger.log(
                "\(fault.reason) The endpoint can't detect drift: only the template is compared.\n")
            return try await templateDrift(stack)
        }
    }

    private func allGone() async throws -> [Drift] {
        try await ledger.resources().sorted { $0.logicalID < $1.logicalID }.map {
            Drift(resource: $0.logicalID, type: $0.type, property: "", recorded: $0.physicalID, found: nil)
        }
    }

    private func detected(_ id: String) async throws -> [Drift] {
        let begun = try await session.call("cloudformation", "detect-stack-drift", ["--stack-name", id])
        let detection = begun["StackDriftDetectionId"]?.string ?? ""
        for count in 0... {
            let answer = try await session.call(
                "cloudformation", "describe-stack-drift-detection-status",
                ["--stack-drift-detection-id", detection])
            let status = answer["DetectionStatus"]?.string ?? ""
            if status == "DETECTION_COMPLETE" { break }
            if status == "DETECTION_FAILED" {
                // What could be looked at is there all the same.
                try await ledger.log("\(answer["DetectionStatusReason"]?.string ?? "Drift could not be detected")\n")
                break
            }
            try await pacing.wait(after: count)
        }
        var drifts: [Drift] = []
        var next: String?
        // The tool itself does not turn these pages.
        repeat {
            let page = next.map { ["--next-token", $0] } ?? []
            let answer = try await session.call(
                "cloudformation", "describe-stack-resource-drifts",
                ["--stack-name", id, "--stack-resource-drift-status-filters", "MODIFIED", "DELETED"] + page)
            drifts += (answer["StackResourceDrifts"]?.list ?? []).flatMap(Drift.read)
            next = answer["NextToken"]?.string
        } while next != nil
        return drifts
    }

    private func templateDrift(_ stack: StackDescription) async throws -> [Drift] {
        let found = try await reader.template(of: stack.id)
        guard found != job.template, !job.template.isEmpty else { return [] }
        let document = Document.read(Source(name: job.path, text: found), as: .cloudFormation).document
        let new = document.map { Template.read($0).template.json }
        guard request.template?.json != new else { return [] }
        return [
            Drift(
                resource: stack.name, type: "AWS::CloudFormation::Stack", property: "Template", recorded: "as deployed",
                found: "changed outside")
        ]
    }
}

extension Drift {
    /// One for each property that differs; one for a resource that is gone.
    static func read(_ value: Value) -> [Drift] {
        let resource = value["LogicalResourceId"]?.string ?? ""
        let type = value["ResourceType"]?.string ?? ""
        if value["StackResourceDriftStatus"]?.string == "DELETED" {
            return [
                Drift(
                    resource: resource, type: type, property: "", recorded: value["PhysicalResourceId"]?.string,
                    found: nil)
            ]
        }
        return (value["PropertyDifferences"]?.list ?? []).map { difference in
            let kind = difference["DifferenceType"]?.string
            let path = difference["PropertyPath"]?.string ?? ""
            return Drift(
                resource: resource, type: type, property: path.hasPrefix("/") ? String(path.dropFirst()) : path,
                recorded: kind == "ADD" ? nil : difference["ExpectedValue"]?.string,
                found: kind == "REMOVE" ? nil : difference["ActualValue"]?.string)
        }
    }
}
