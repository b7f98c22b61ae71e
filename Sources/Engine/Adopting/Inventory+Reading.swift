import Catalog
package import Documents

extension Inventory {
    /// Reads what `text` wrote and a person completed; all faults at once, each at its place.
    package static func read(_ text: String, name: String) -> (inventory: Inventory?, findings: [Finding]) {
        let (document, faults) = Document.read(Source(name: name, text: text), as: .spec)
        guard let document, !faults.hasErrors else { return (nil, faults) }
        var reader = InventoryReader(document: document)
        let inventory = reader.inventory()
        return (inventory, faults + reader.findings)
    }
}

private struct InventoryReader {
    let document: Document
    var findings: [Finding] = []

    private static let top = ["connection", "environments", "services", "others"]
    private static let environment = [
        "name", "stack", "template", "version", "stage", "owner", "spec_file", "spec", "note",
    ]
    private static let service = [
        "name", "template", "owner", "repository", "branch", "repository_connection", "spec_file", "instances",
        "pipeline", "note",
    ]
    private static let instance = ["name", "environment", "stack", "version", "spec", "note"]
    private static let pipeline = ["stack", "version", "spec", "note"]

    mutating func inventory() -> Inventory {
        let root = Pointer()
        known(root, Self.top)
        var inventory = Inventory(connection: needed(root, "connection"))
        for pointer in items(root, "environments") {
            known(pointer, Self.environment)
            // Without a stack it is one of values alone.
            var entry = entry(pointer, name: needed(pointer, "name"), stack: text(pointer, "stack"))
            entry.template = needed(pointer, "template")
            entry.owner = text(pointer, "owner")
            let stage = text(pointer, "stage")
            if let known = Stage(rawValue: stage.isEmpty ? "test" : stage) {
                entry.stage = known
            } else {
                fault("stage must be test or production, but is \(stage).", pointer.appending("stage"))
            }
            inventory.environments.append(entry)
        }
        for pointer in items(root, "services") { inventory.services.append(serviceEntry(pointer)) }
        return inventory
    }

    private mutating func serviceEntry(_ pointer: Pointer) -> Inventory.ServiceEntry {
        known(pointer, Self.service)
        var service = Inventory.ServiceEntry(
            name: needed(pointer, "name"), template: needed(pointer, "template"), owner: text(pointer, "owner"),
            repository: text(pointer, "repository"), branch: text(pointer, "branch"),
            repositoryConnection: text(pointer, "repository_connection"), specFile: text(pointer, "spec_file"),
            place: document.place(of: pointer))
        for item in items(pointer, "instances") {
            known(item, Self.instance)
            var entry = entry(item, name: needed(item, "name"), stack: needed(item, "stack"))
            entry.environment = needed(item, "environment")
            service.instances.append(entry)
        }
        let pipeline = pointer.appending("pipeline")
        if let value = document.value[pipeline], value != .null {
            known(pipeline, Self.pipeline)
            service.pipeline = entry(pipeline, name: "", stack: needed(pipeline, "stack"))
        }
        if service.instances.isEmpty {
            fault("A service must have an instance at least.", pointer.appending("instances"))
        }
        return service
    }

    private mutating func entry(_ pointer: Pointer, name: String, stack: String) -> Inventory.Entry {
        var entry = Inventory.Entry(
            name: name, stack: stack, specFile: text(pointer, "spec_file"),
            place: document.place(of: pointer))
        let place = pointer.appending("version")
        switch document.value[place] {
        case .string(let text):
            entry.version = VersionNumber(text)
            if entry.version == nil { fault("version must be MAJOR.MINOR, but is \(text).", place) }
        // Without quotes YAML takes it for a number.
        case .number(let number):
            entry.version = VersionNumber(number.text)
            if entry.version == nil { fault("version must be MAJOR.MINOR in quotes, but is \(number.text).", place) }
        case nil, .null:
            let what = stack.isEmpty ? name : stack
            fault("version must be filled in: nobody could tell which one \(what) was made from.", place)
        case .bool, .list, .object: fault("version must be MAJOR.MINOR.", place)
        }
        if let spec = document.value[pointer.appending("spec")], spec != .null {
            if spec.object == nil { fault("spec must hold inputs by name.", pointer.appending("spec")) }
            entry.spec = spec
        }
        return entry
    }

    private mutating func items(_ pointer: Pointer, _ key: String) -> [Pointer] {
        let list = pointer.appending(key)
        switch document.value[list] {
        case nil, .null: return []
        case .list(let items): return items.indices.map { list.appending(String($0)) }
        case .bool, .number, .string, .object:
            fault("\(key) must be a list.", list)
            return []
        }
    }

    private mutating func text(_ pointer: Pointer, _ key: String) -> String {
        switch document.value[pointer.appending(key)] {
        case .string(let text): return text
        case .number(let number): return number.text
        case nil, .null: return ""
        case .bool, .list, .object:
            fault("\(key) must be text.", pointer.appending(key))
            return ""
        }
    }

    private mutating func needed(_ pointer: Pointer, _ key: String) -> String {
        let text = text(pointer, key)
        if text.isEmpty { fault("\(key) must be filled in.", pointer.appending(key)) }
        return text
    }

    private mutating func known(_ pointer: Pointer, _ names: [String]) {
        guard let object = document.value[pointer]?.object else {
            return fault("This must hold names with values.", pointer)
        }
        for (key, _) in object where !names.contains(key) {
            findings.append(
                Finding(
                    "inventory.unknown", "An inventory has no \(key) here.",
                    hint: Spelling.nearest(to: key, among: names).map { "Did you mean \($0)?" }
                        ?? "It has \(names.joined(separator: ", ")).", place: document.place(of: pointer.appending(key))
                ))
        }
    }

    private mutating func fault(_ sentence: String, _ pointer: Pointer) {
        findings.append(Finding("inventory.value", sentence, place: document.place(of: pointer)))
    }
}
