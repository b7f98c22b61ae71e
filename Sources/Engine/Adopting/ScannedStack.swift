package import Catalog

/// What is known of one stack that can be taken in, or was.
package struct ScannedStack: Hashable, Sendable {
    package var target: Target
    /// Its name.
    package var stack: String
    package var template: String
    /// The one that comes nearest; `nil` where nobody can tell.
    package var version: VersionNumber?
    /// Where an instance runs.
    package var environment: String
    package var verdict: AdoptionVerdict
    /// What stands against taking it in, a few words each; empty where it is complete.
    package var missing: [String]
    /// What the scan has to say.
    package var note: String
    package var inputs: [AdoptedInput]
    /// What an update to that version with these inputs would change, with its places.
    package var changes: [Change]
    /// Why it differs, as far as can be told.
    package var cause: String
    package var texts: Texts

    /// The texts in which a difference stands.
    package struct Texts: Hashable, Sendable {
        /// The rendered file.
        package var rendered: RenderedFile?
        /// The bundle's template that it was rendered from.
        package var template: RenderedFile?
        /// The stack's own template.
        package var stack: RenderedFile?

        package init(rendered: RenderedFile? = nil, template: RenderedFile? = nil, stack: RenderedFile? = nil) {
            self.rendered = rendered
            self.template = template
            self.stack = stack
        }
    }

    package init(
        target: Target, stack: String, template: String, version: VersionNumber? = nil, environment: String = "",
        verdict: AdoptionVerdict = .unknown, missing: [String] = [], note: String = "", inputs: [AdoptedInput] = [],
        changes: [Change] = [], cause: String = "", texts: Texts = Texts()
    ) {
        self.target = target
        self.stack = stack
        self.template = template
        self.version = version
        self.environment = environment
        self.verdict = verdict
        self.missing = missing
        self.note = note
        self.inputs = inputs
        self.changes = changes
        self.cause = cause
        self.texts = texts
    }

    package var isComplete: Bool { missing.isEmpty }
}

/// What a look at an account found: the inventory to be completed, and what is known of each of its stacks.
package struct AccountScan: Hashable, Sendable {
    package var inventory: Inventory
    package var stacks: [ScannedStack]

    package init(inventory: Inventory, stacks: [ScannedStack]) {
        self.inventory = inventory
        self.stacks = stacks
    }

    /// What has to be taken in together with these: a service with all that it has, an instance with its environment.
    ///
    /// A service's name is taken once a part of it is in the workspace, so that the rest could not follow.
    package func whole(of targets: Set<Target>) -> [ScannedStack] {
        let services = Set(targets.compactMap(\.service))
        var wanted = stacks.filter { stack in
            stack.target.service.map(services.contains) ?? targets.contains(stack.target)
        }
        let environments = Set(wanted.map(\.environment))
        wanted += stacks.filter { stack in
            stack.target.kind == .environment && environments.contains(stack.target.name) && !wanted.contains(stack)
        }
        return wanted
    }

    /// The inventory with only these targets.
    package func inventory(of targets: Set<Target>) -> Inventory {
        var part = inventory
        part.environments.removeAll { !targets.contains(.environment($0.name)) }
        part.services.removeAll { service in !targets.contains { $0.service == service.name } }
        part.others = []
        return part
    }

    /// What is left once these are in the workspace.
    package func without(_ targets: Set<Target>) -> AccountScan {
        var rest = self
        rest.stacks.removeAll { targets.contains($0.target) }
        rest.inventory.environments.removeAll { targets.contains(.environment($0.name)) }
        rest.inventory.services.removeAll { service in targets.contains { $0.service == service.name } }
        return rest
    }
}
