import Catalog
import Documents
import Terminal

/// The inputs of an order: what changes first, old and new side by side; then what stays.
enum InputWords {
    /// Below this, the new value stands under the old one.
    private static let besideWidth = 60

    static func lines(_ plan: OrderPlan, width: Int) -> [Line] {
        let isOne = plan.plans.count == 1
        var lines: [Line] = []
        for step in plan.plans {
            if !isOne {
                if !lines.isEmpty { lines.append(Line()) }
                lines.append(Line(untrusted: step.target.title, .header))
            }
            lines += InputWords.lines(of: step, width: width)
        }
        return lines
    }

    /// One input: what is applied, and what is asked for.
    private struct Pair {
        var name: String
        var old: Value?
        var new: Value?
    }

    private static func lines(of step: Plan, width: Int) -> [Line] {
        let inputs = step.inputs.object ?? Object()
        let previous = step.previousInputs?.object ?? Object()
        guard !inputs.isEmpty || !previous.isEmpty else { return [Line("It takes no inputs.", .dim)] }
        let pairs =
            inputs.map { Pair(name: $0.key, old: previous[$0.key], new: $0.value) }
            + previous.filter { inputs[$0.key] == nil }.map { Pair(name: $0.key, old: $0.value, new: nil) }
        let room = min(max(12, width / 3), pairs.map { SafeText(untrusted: $0.name).width }.max() ?? 0)
        guard step.previousInputs != nil else {
            return pairs.flatMap { same($0, room: room, width: width) }
        }
        let changed = pairs.filter { $0.old != $0.new }
        let kept = pairs.filter { $0.old == $0.new }
        var lines: [Line] = []
        if changed.isEmpty {
            lines.append(Line("All inputs stay as they are applied.", .dim))
        } else if width >= besideWidth {
            lines = beside(changed, room: room, width: width)
        } else {
            lines = changed.flatMap { below($0, width: width) }
        }
        guard !kept.isEmpty else { return lines }
        return lines + [Line(), Panes.heading("AS BEFORE", "\(kept.count)")]
            + kept.flatMap { same($0, room: room, width: width) }
    }

    /// Three columns, each as high as its text.
    private static func beside(_ pairs: [Pair], room: Int, width: Int) -> [Line] {
        let half = max(8, (width - room - 6) / 2)
        func row(_ name: Line, _ old: Line, _ new: Line) -> Line {
            name.filling(room + 2, .middle) + Line("  ") + old.filling(half) + Line("  ") + new
        }
        var lines = [row(Line("  INPUT", .dim), Line("APPLIED", .dim), Line("ASKED FOR", .dim))]
        for pair in pairs {
            let old = Line(Words.value(pair.old), pair.old == nil ? .dim : .removed).wrapped(to: half)
            let new = Line(Words.value(pair.new), pair.new == nil ? .dim : .added).wrapped(to: half)
            for index in 0..<max(old.count, new.count) {
                let name = Line("~ ", .changed) + Line(untrusted: pair.name)
                lines.append(
                    row(
                        index == 0 ? name : Line(), index < old.count ? old[index] : Line(),
                        index < new.count ? new[index] : Line()))
            }
        }
        return lines
    }

    private static func below(_ pair: Pair, width: Int) -> [Line] {
        [(Line("~ ", .changed) + Line(untrusted: pair.name)).truncated(to: width, .middle)]
            + (Line("  - ", .removed) + Line(Words.value(pair.old), .removed)).wrapped(to: width, indent: 4)
            + (Line("  + ", .added) + Line(Words.value(pair.new), .added)).wrapped(to: width, indent: 4)
    }

    private static func same(_ pair: Pair, room: Int, width: Int) -> [Line] {
        let name = Line("  ") + Line(untrusted: pair.name, .dim).filling(room, .middle) + Line("  ")
        return (name + Line(Words.value(pair.new))).wrapped(to: width, indent: room + 4)
    }
}
