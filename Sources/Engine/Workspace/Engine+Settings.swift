package import Catalog
import Documents
import Store

/// What a workspace can be told.
package enum WorkspaceSetting: String, Hashable, Sendable, CaseIterable {
    /// Where new pipelines go; those that are there stay.
    case pipelineConnection = "pipeline-connection"
    case deploymentsAtOnce = "deployments-at-once"
    case deploymentsAtOnceInEnvironment = "deployments-at-once-in-environment"

    package var title: String {
        switch self {
        case .pipelineConnection: "Pipelines go to"
        case .deploymentsAtOnce: "At once"
        case .deploymentsAtOnceInEnvironment: "At once in one environment"
        }
    }

    /// What holds where nothing is set.
    var standard: String {
        switch self {
        case .pipelineConnection: Connection.local.name
        case .deploymentsAtOnce, .deploymentsAtOnceInEnvironment: "0"
        }
    }
}

extension Engine {
    package func set(_ setting: WorkspaceSetting, to value: String, why: String = "") throws(Refusal) {
        try Words.check(why: why)
        switch setting {
        case .pipelineConnection: _ = try existingConnection(value)
        case .deploymentsAtOnce, .deploymentsAtOnceInEnvironment:
            guard let count = Int(value), (0...10_000).contains(count) else {
                throw Refusal(
                    "workspace.setting", "\(setting.rawValue) must be a count from 0 to 10000, but is \"\(value)\".",
                    hint: "0 is for any number.")
            }
        }
        try refusing {
            try store.set(
                setting.rawValue, to: value,
                history: entry("workspace.set", "workspace", detail: "\(setting.rawValue) \(value)", why: why))
        }
    }

    /// What is set, and what holds where nothing is.
    package func settings() throws(Refusal) -> [(setting: WorkspaceSetting, value: String)] {
        try refusing {
            try WorkspaceSetting.allCases.map { ($0, try store.setting($0.rawValue) ?? $0.standard) }
        }
    }

    /// Where new pipelines go.
    package func pipelineConnection() throws(Refusal) -> Connection {
        let name = try refusing { try store.setting(WorkspaceSetting.pipelineConnection.rawValue) }
        return try existingConnection(name ?? Connection.local.name)
    }

    /// A cap on deployments that run at once; `nil` for none.
    func cap(_ setting: WorkspaceSetting) throws -> Int? {
        try store.setting(setting.rawValue).flatMap { Int($0) }.flatMap { $0 == 0 ? nil : $0 }
    }
}
