import Catalog
import Documents
import Engine
package import Terminal

extension AdoptionPage {
    package func availability(of command: String) -> Availability {
        switch command {
        case "adoption.scan": return connections.isEmpty ? .no("add a connection first") : .yes
        case "adoption.stacks": return browser.rows.isEmpty ? .no("no stack was found yet") : .yes
        case "adoption.cancel": return work?.isCancelled == true ? .no("it is ending already") : .yes
        case "adoption.adopt":
            if scan == nil { return .no("scan an account first: c goes to the connections") }
            if marked.contains(where: { $0.found != nil }) { return .yes }
            guard let selected else { return .no("select a stack, or mark some") }
            return selected.found == nil ? .no("it is taken in already") : .yes
        case "adoption.write", "adoption.again":
            return scan == nil ? .no("scan an account first: c goes to the connections") : .yes
        case "adoption.preview": return selected == nil ? .no("select a stack") : .yes
        case "adoption.connection": return .yes
        default: return tree.count == 0 ? .no("nothing is listed") : .yes
        }
    }

    package mutating func run(_ command: String, _ desk: Desk) -> [Action] {
        if browser.run(command) {
            arrange()
            return []
        }
        switch command {
        case "adoption.scan":
            return connections.indices.contains(chosen.index) ? look(connections[chosen.index]) : []
        case "adoption.again": return scanned.map { look($0) } ?? []
        case "adoption.stacks": isChoosing = false
        case "adoption.connection": isChoosing = true
        case "adoption.cancel": work?.cancel()
        case "adoption.open": return open()
        case "adoption.preview": reader.open()
        case "preview.leave": reader.leave()
        case "adoption.filter": browser.isFiltering = true
        case "adoption.mark": mark()
        case "adoption.markAll": state.toggleMarks(of: browser.shown.map { browser.rows[$0].id })
        case "adoption.markRange":
            let shown = tree
            state.markRange(count: shown.count, id: shown.id)
            // Groups can be selected, but only stacks are marked.
            state.marks.formIntersection(browser.rows.map(\.id))
        case "adoption.adopt": return adopt()
        case "adoption.write": return writeInventory()
        default: break
        }
        return []
    }

    private mutating func open() -> [Action] {
        guard let node = selectedNode else { return [] }
        if let row = selected { return [.open(AdoptionStackPage(row))] }
        if folded.remove(node.id) == nil { folded.insert(node.id) }
        arrange()
        return []
    }

    private mutating func mark() {
        guard let node = selectedNode else { return }
        if node.hasChildren {
            state.toggleMarks(of: node.item.places.map { browser.rows[$0].id })
        } else {
            state.toggleMark()
        }
    }

    private func writeInventory() -> [Action] {
        guard let scan, let scanned else { return [] }
        let text = scan.inventory.text(of: scanned)
        return [
            .ask(
                Question(
                    "Write the inventory to a file",
                    [
                        Line("What was found and is not taken in, with versions and inputs; what is missing, fill in."),
                        Line("Then: baryon adopt apply FILE", .info),
                    ], asking: "File", first: "inventory-\(scanned.name).yaml",
                    then: { [.write(Export(path: $0, text: text))] }))
        ]
    }

    // MARK: Work away from the keys

    private mutating func look(_ connection: Connection) -> [Action] {
        let name = connection.name
        return begin("Looking at the stacks of \(name)") { engine, progress throws(Refusal) in
            .scanned(connection, try await engine.scan(name, progress: progress))
        }
    }

    /// Records what the confirmation has listed.
    mutating func record(_ adoption: Adoption) -> [Action] {
        begin("Taking in \(Words.count(adoption.targets.count, "stack").string)") { engine, progress throws(Refusal) in
            .adopted(
                try await engine.adopt(
                    adoption.inventory, name: "inventory", file: { _ in "" }, progress: progress))
        }
    }

    private mutating func begin(
        _ title: String,
        _ act:
            @escaping @Sendable (Engine, @escaping @Sendable (AdoptionProgress) -> Void) async throws(Refusal) ->
            AdoptionWork.Answer
    ) -> [Action] {
        let work = AdoptionWork(title)
        (self.work, progress, fault) = (work, AdoptionProgress(), nil)
        return [
            .perform { engine in
                await work.run { progress throws(Refusal) in try await act(engine, progress) }
            }
        ]
    }

    package mutating func tick(_ desk: Desk) -> [Action] {
        if let work { progress = work.progress }
        return []
    }

    package mutating func receive(_ answer: any Sendable, _ desk: Desk) -> [Action] {
        if let adoption = answer as? Adoption { return record(adoption) }
        guard let ended = answer as? AdoptionWork.Ended, ended.work === work else { return [] }
        work = nil
        switch ended.answer {
        case .scanned(let connection, let found): return show(found, of: connection)
        case .adopted(let targets): return show(targets, desk)
        case .refused(let refusal): return show(refusal)
        }
    }

    private mutating func show(_ found: AccountScan, of connection: Connection) -> [Action] {
        (scan, scanned, isChoosing, folded) = (found, connection, false, [])
        state = ListState()
        browser.clearFilter()
        rebuild()
        let count = found.stacks.count
        if count == 0 {
            return [
                .say(Line(untrusted: "No stack of \(connection.name) has Proton's tags and is not taken in.", .warn))
            ]
        }
        let ready = found.stacks.count(where: \.isComplete)
        return [.say(Line("\(Words.count(count, "stack")) found, \(ready) ready to be taken in.", .ok))]
    }

    private mutating func show(_ targets: [AdoptedTarget], _ desk: Desk) -> [Action] {
        scan = scan?.without(Set(targets.map(\.target)))
        taken = (try? desk.engine.adopted()) ?? taken
        state.marks = []
        rebuild()
        func count(_ verdict: AdoptionVerdict) -> Int { targets.count { $0.verdict == verdict } }
        return [
            .say(
                Line(
                    "\(Words.count(targets.count, "stack")) taken in: \(count(.clean)) clean, \(count(.differs)) differ, \(count(.unknown)) unknown. Nothing was changed outside.",
                    .ok))
        ]
    }

    /// A look that came to nothing leaves what was found before; faults of an adoption are listed all.
    private mutating func show(_ refusal: Refusal) -> [Action] {
        if refusal.findings.first?.code == "provider.cancelled" {
            return [.say(Line(untrusted: refusal.sentence, .warn))]
        }
        let say = Action.say(Line(untrusted: refusal.sentence, .error))
        if isChoosing {
            fault = refusal
            return [say]
        }
        guard refusal.findings.count > 1 || refusal.findings.contains(where: { $0.hint != nil }) else { return [say] }
        return [
            say,
            .ask(
                Question(
                    "Nothing was recorded", Words.faults(refusal, width: 66),
                    choices: [.init("o", "all right", [])])),
        ]
    }
}
