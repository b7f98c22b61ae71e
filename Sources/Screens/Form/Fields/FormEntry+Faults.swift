import Documents
import Schemas
import Terminal

extension FormModel.Entry {
    /// Faults of what was typed that no value could show: rows that name nothing, names twice, text that is no YAML.
    var ownFaults: [Finding] {
        guard isSet else { return [] }
        switch widget {
        case .pairs(let rows): return pairFaults(rows.texts)
        case .yaml(let box):
            let error = FieldWidget.read(box.text).findings.first { $0.severity == .error }
            guard let error, !box.text.allSatisfy(\.isWhitespace) else { return [] }
            let line = error.place.map { ", line \($0.line)" } ?? ""
            return [Finding("form.yaml", "\(field.label)\(line): \(error.message)", hint: error.hint)]
        case .line, .number, .text, .check, .choice, .list, .checks, .rows: return []
        }
    }

    private func pairFaults(_ texts: [String]) -> [Finding] {
        var seen: [String: Int] = [:]
        var findings: [Finding] = []
        for (index, text) in texts.enumerated() where !text.isEmpty {
            guard let key = FieldWidget.pair(text)?.key else {
                findings.append(
                    Finding(
                        "form.pair", "\(field.label), row \(index + 1) must be NAME=value.",
                        hint: "Write a name, an equals sign and the value."))
                continue
            }
            if let first = seen[key] {
                findings.append(
                    Finding(
                        "form.repeatedKey",
                        "\(field.label) must name \(key) once, but rows \(first + 1) and \(index + 1) do.",
                        hint: "Take one of them out, or rename it."))
            } else {
                seen[key] = index
            }
        }
        return findings
    }

    /// Which rows the findings speak of.
    func faultyRows(_ findings: [Finding]) -> Set<Int> {
        let depth = field.pointer.steps.count
        let steps = findings.compactMap { ($0.focus ?? $0.pointer)?.steps }.filter { $0.count > depth }
        switch widget {
        case .rows(let rows):
            // Rows without text are no items: places are counted past them.
            let places = rows.texts.indices.filter { !rows.texts[$0].isEmpty }
            return Set(steps.compactMap { Int($0[depth]) }.filter(places.indices.contains).map { places[$0] })
        case .pairs(let rows):
            let names = Set(steps.map { $0[depth] })
            var seen: Set<String> = []
            return Set(
                rows.texts.indices.filter { index in
                    guard let key = FieldWidget.pair(rows.texts[index])?.key else { return !rows.texts[index].isEmpty }
                    return !seen.insert(key).inserted || names.contains(key)
                })
        case .line, .number, .text, .yaml, .check, .choice, .list, .checks: return []
        }
    }
}
