package import Catalog
import Engine
package import Terminal

/// Where infrastructure goes, in the words of every screen: never an account that nobody has.
package struct Place: Hashable, Sendable {
    package var connection: String
    /// Empty where nothing is made in a cloud.
    package var account: String
    package var region: String
    package var role: String

    package init(_ plan: Plan) {
        connection = plan.connection
        let isLocal = plan.connection == Connection.local.name || plan.provisioner == "local"
        account = isLocal ? "" : plan.grounds.account
        region = isLocal ? "" : plan.grounds.region
        role = isLocal ? "" : plan.grounds.role
    }

    package init(_ connection: Connection) {
        self.connection = connection.name
        account = connection.isLocal ? "" : connection.account
        region = connection.isLocal ? "" : connection.region
        role = connection.isLocal ? "" : connection.settings.role
    }

    /// That of a connection by its name; `nil` where there is none any more.
    package init?(named name: String, _ desk: Desk) {
        guard let found = try? desk.engine.connections().first(where: { $0.name == name }) else { return nil }
        self.init(found)
    }

    package var isLocal: Bool { account.isEmpty }

    /// `prod  123456789012  eu-west-1`, as much of it as fits; account and region to the last.
    package func line(width: Int = .max) -> Line {
        guard !isLocal else {
            return Line(width >= 32 ? "local: creates nothing in a cloud" : "local only, no cloud", Style(.test))
        }
        var line = Line(untrusted: account)
        line.append(SafeText(untrusted: " \(region)"))
        let name = Line(untrusted: connection, .accent) + Line("  ")
        return name.width + line.width <= width ? name + line : line.truncated(to: width)
    }

    /// `as deployer`: the role that is taken on, if there is one.
    var manner: Line {
        guard let name = role.split(separator: "/").last else { return Line() }
        return Line("as ", .dim) + Line(untrusted: "\(name)  ")
    }
}
