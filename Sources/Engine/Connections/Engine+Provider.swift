import Catalog
import Documents
import Provisioning
import Store

/// Asking a provider directly, outside of any deployment.
extension Engine {
    func realConnection(_ name: String) throws(Refusal) -> Connection {
        let connection = try existingConnection(name)
        guard !connection.isLocal else {
            throw Refusal(
                "connection.isLocal", "Stacks are looked for in an account, but the connection local has none.",
                hint: "Add a connection: baryon connection add NAME --account DIGITS --region NAME")
        }
        return connection
    }

    /// A reader that is known to look at the right account.
    ///
    /// - Parameter meter: Counts its calls.
    func checkedReader(_ connection: Connection, _ meter: AdoptionMeter? = nil) async throws -> StackReader {
        var reader = provisioners.reader(for: connection)
        if let meter { reader = reader.counting { meter.count() } }
        let caller = try await reader.callerIdentity()
        guard caller.account == connection.account else {
            throw Refusal(
                "connection.wrongAccount",
                "Connection \(connection.name) must go to account \(connection.account), but you are \(caller.arn) of \(caller.account).",
                hint: "Name the right profile for \(connection.name) in ~/.config/baryon/config.yaml.")
        }
        return reader
    }

    /// What a provider said, or did not say, as a refusal.
    static func told(_ error: any Error) -> Refusal {
        switch error {
        case let fault as AWSFault:
            Refusal([Finding("provider.fault", fault.reason, hint: fault.hint.isEmpty ? nil : fault.hint)])
        case let failure as Failure:
            Refusal([Finding("provider.fault", failure.reason, hint: failure.hint.isEmpty ? nil : failure.hint)])
        case let faults as PlanFaults: Refusal(faults.findings)
        case is CancellationError:
            Refusal("provider.cancelled", "It was cancelled: nothing was recorded.", hint: "Begin again when you like.")
        default: refusal(error)
        }
    }
}
