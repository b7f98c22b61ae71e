import ArgumentParser
import Catalog
import Documents
import Engine

/// What every command takes that deploys something.
struct OrderOptions: ParsableArguments {
    @OptionGroup var reason: ReasonOptions
    @Option(help: ArgumentHelp("A tag of the order; may be repeated.", valueName: "key=value")) var tag: [String] = []
    @Flag(help: "Show what would be done, and change nothing.") var plan = false
    @Flag(help: "Ask the provider too what would be done; the worse word counts.") var verify = false
    @Flag(help: "Carry it out in this process and wait for the end.") var wait = false
    @OptionGroup var pacing: PacingOptions

    var why: String { reason.why }

    var tags: [String: String] {
        var tags: [String: String] = [:]
        for pair in tag.compactMap(Assignment.init) { tags[pair.name] = pair.text }
        return tags
    }

    func validate() throws {
        for text in tag where Assignment(text) == nil {
            throw ValidationError("--tag must be written as key=value, but is \"\(text)\".")
        }
        if plan, wait { throw ValidationError("--plan changes nothing, so there is nothing to --wait for.") }
    }
}

/// How local deployments behave, for watching and for tests.
struct PacingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Time that local deployments take before each act.", valueName: "milliseconds"))
    var pace = 0
    @Option(help: ArgumentHelp("Make a local deployment fail at this resource.", valueName: "logical-id"))
    var failAt: String?

    func validate() throws {
        guard (0...60_000).contains(pace) else {
            throw ValidationError("--pace must be from 0 to 60000 milliseconds, but is \(pace).")
        }
    }

    func runner(only order: Order.ID? = nil, untilIdle: Bool = true) -> RunnerOptions {
        RunnerOptions(untilIdle: untilIdle, only: order, failAt: failAt, paceMilliseconds: pace)
    }
}

/// Inputs: a whole spec, single ones, or both.
struct SpecOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The spec's file; - reads standard input.", valueName: "file")) var spec: String?
    @Option(help: ArgumentHelp("One input; dots lead into objects. May be repeated.", valueName: "input=value"))
    var set: [String] = []

    var assignments: [InputAssignment] {
        self.set.compactMap(Assignment.init).map { InputAssignment(input: $0.name, text: $0.text) }
    }

    /// The names of the inputs that were set.
    var names: [String] { assignments.map(\.input) }

    func validate() throws {
        if spec?.isEmpty == true { throw ValidationError("--spec must name a file, but is empty.") }
        for text in set where Assignment(text) == nil {
            throw ValidationError("--set must be written as input=value, but is \"\(text)\".")
        }
    }
}

/// The answer to "are you sure", given beforehand.
struct ConfirmOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Destroy without asking: the name of what is destroyed.", valueName: "name"))
    var yes: String?
}

/// A destruction, which goes on only under the name of what is destroyed.
struct Destroying {
    var name: String
    /// As in "Destroying net has to be confirmed".
    var act: String
    /// A sentence.
    var threat: String

    /// - Parameters:
    ///   - given: What `--yes` named.
    ///   - otherWay: Behind the hint where nobody can be asked.
    func confirm(given: String?, else otherWay: String = "") throws {
        if let given {
            guard given == name else {
                throw Refusal(
                    "destroy.confirm", "--yes must name \(name), but names \(given).", hint: "Nothing was destroyed.")
            }
            return
        }
        guard Console.canAsk else {
            throw Refusal(
                "destroy.confirm", "\(act) has to be confirmed by its name.", hint: "Add --yes \(name)\(otherWay).")
        }
        guard Console.ask("\(threat) Type \(name) to go on: ") == name else { throw Stopped.refusal }
    }
}

/// `name=text`, split at the first sign.
struct Assignment {
    var name: String
    var text: String

    init?(_ pair: String) {
        guard let sign = pair.firstIndex(of: "="), sign != pair.startIndex else { return nil }
        name = String(pair[..<sign])
        text = String(pair[pair.index(after: sign)...])
    }
}
