import ArgumentParser
import Catalog
import Store
import Terminal

/// The filter of the lists over all names of a workspace, a letter at a time.
struct NamesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "names", abstract: "Times the filter on all instances' names, for each letter of some words.")

    @OptionGroup var place: PlaceOptions
    @Argument(help: "What is typed.") var words = ["checkout", "prod-3 oslo", "pymntwrk", "team-audit"]

    func run() throws {
        let store = try Store.open(directory: try place.path())
        let rows = try store.fleet(FleetQuery(level: .instances, limit: .max)).rows
        let names = rows.map { "\($0.target.title) \($0.environment) \($0.template) \($0.owner)" }
        let making = Samples(budget: .seconds(1)) { _ = NameIndex(names) }
        let index = NameIndex(names)
        print("\(names.count) names; index made in \(making.median.shown)")
        var all: [Duration] = []
        for word in words {
            for count in 1...max(1, word.count) {
                let typed = String(word.prefix(count))
                all.append(Samples(budget: .milliseconds(100), rounds: 20) { _ = index.matches(typed) }.median)
            }
        }
        all.sort()
        print("keystroke: p50 \(all[all.count / 2].shown), p99 \(all[all.count * 99 / 100].shown)")
    }
}
