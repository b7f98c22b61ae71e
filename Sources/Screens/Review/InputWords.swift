import Catalog
import Documents
import Terminal

/// The inputs of an order in columns; those that differ from what is applied are marked.
enum InputWords {
    static func lines(_ plan: OrderPlan, width: Int) -> [Line] {
        let isOne = plan.plans.count == 1
        var lines: [Line] = []
        for step in plan.plans {
            if !isOne {
                if !lines.isEmpty { lines.append(Line()) }
                lines.append(Line(untrusted: step.target.title, .header))
            }
            let inputs = step.inputs.object ?? Object()
            if inputs.isEmpty { lines.append(Line("  no inputs", .dim)) }
            let names = inputs.map { SafeText(untrusted: $0.key).width }
            let room = min(max(12, width / 3), names.max() ?? 0)
            for (name, value) in inputs {
                lines += InputWords.line(name, value, step.previousInputs, room: room, width: width)
            }
        }
        return lines
    }

    private static func line(
        _ name: String, _ value: Value, _ previous: Value?, room: Int, width: Int
    ) -> [Line] {
        let old = previous?[name]
        let isChanged = previous != nil && old != value
        var line = Line(isChanged ? "~ " : "  ", .changed)
        line = line + Line(untrusted: name, .dim).filling(room, .middle) + Line("  ")
        if isChanged {
            line.append(Words.value(old), .removed)
            line.append(" → ", .dim)
        }
        line.append(Words.value(value), isChanged ? .added : .text)
        return line.wrapped(to: width, indent: room + 4)
    }
}
