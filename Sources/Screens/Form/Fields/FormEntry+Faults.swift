import Documents
import Schemas
import Terminal

extension FormModel.Entry {
    /// Faults of what was typed that no value could show: rows that name nothing, names twice, text that is no YAML.
    var ownFaults: [Finding] {
        guard isSet else { return [] }
        switch widget {
        case .pairs(let input): return pairFaults(input.pairs.map { ($0.name.text, $0.isEmpty) })
        case .yaml(let box):
            let error = FieldWidget.read(box.text).findings.first { $0.severity == .error }
            guard let error, !box.text.allSatisfy(\.isWhitespace) else { return [] }
            let line = error.place.map { ", line \($0.line)" } ?? ""
            return [Finding("form.yaml", "\(field.label)\(line): \(error.message)", hint: error.hint)]
        case .line, .number, .masked, .text, .check, .choice, .list, .checks, .rows, .table, .branch, .page, .none:
            return []
        }
    }

    private func pairFaults(_ names: [(text: String, isEmpty: Bool)]) -> [Finding] {
        var seen: [String: Int] = [:]
        var findings: [Finding] = []
        for (index, name) in names.enumerated() where !name.isEmpty {
            guard !name.text.isEmpty else {
                findings.append(
                    Finding(
                        "form.pair", "\(field.label), row \(index + 1) must have a name.",
                        hint: "Write it before the equals sign."))
                continue
            }
            if let first = seen[name.text] {
                findings.append(
                    Finding(
                        "form.repeatedKey",
                        "\(field.label) must name \(name.text) once, but rows \(first + 1) and \(index + 1) do.",
                        hint: "Take one of them out, or rename it."))
            } else {
                seen[name.text] = index
            }
        }
        return findings
    }

    /// Whether something was answered, and no row was only just begun.
    var isAnswered: Bool {
        switch widget {
        case .rows(let rows): isSet && !rows.list.isOnBlank
        case .pairs(let pairs): isSet && !pairs.list.isOnBlank
        case .line, .number, .masked, .text, .yaml, .check, .choice, .list, .checks, .table, .branch, .page, .none:
            isSet
        }
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
        case .pairs(let input):
            let names = Set(steps.map { $0[depth] })
            var seen: Set<String> = []
            return Set(
                input.pairs.indices.filter { index in
                    let pair = input.pairs[index]
                    guard !pair.name.isEmpty else { return !pair.isEmpty }
                    return !seen.insert(pair.name.text).inserted || names.contains(pair.name.text)
                })
        case .line, .number, .masked, .text, .yaml, .check, .choice, .list, .checks, .table, .branch, .page, .none:
            return []
        }
    }
}
