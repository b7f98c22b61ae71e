import Catalog
import Documents
import Engine
import Schemas
import Terminal

/// The rendered file beside the form: made in the background, the old one kept until the new one is there.
struct FormPreview: Sendable {
    private(set) var isShown = false
    /// Which of the target's files.
    private(set) var index = 0
    /// The first line shown; `nil` while it follows what changed.
    private(set) var top: Int?
    private(set) var made: RenderedForm?
    private(set) var isMaking = false
    /// The texts that were there first since the file was opened, to mark what the answers changed.
    private var first: [String: String] = [:]
    /// Where the last rendering differs from the one before.
    private var changedAt: [String: Int] = [:]
    /// The lines that the answers changed, against what is applied, else against what was there first.
    private(set) var marked: [String: Set<Int>] = [:]

    /// Shows the file, then the target's next one, then none.
    mutating func turn(fileCount: Int) {
        top = nil
        if !isShown {
            (isShown, index, first, changedAt) = (true, 0, [:], [:])
        } else if index + 1 < fileCount {
            index += 1
        } else {
            isShown = false
        }
    }

    mutating func begin() { isMaking = true }

    mutating func take(_ rendered: RenderedForm) {
        isMaking = false
        let before = made?.files ?? [:]
        for (key, file) in rendered.files {
            if first[key] == nil { first[key] = file.text }
            let base = file.previous ?? first[key]
            marked[key] = base.map { $0 == file.text ? [] : LineDiff(old: $0, new: file.text).added }
            guard let old = before[key]?.text, old != file.text else { continue }
            changedAt[key] = LineDiff(old: old, new: file.text).firstChange
            top = nil
        }
        made = rendered
    }

    /// The first line to show of a file.
    func start(of key: String) -> Int { top ?? max(0, (changedAt[key] ?? marked[key]?.min() ?? 0) - 3) }

    mutating func scroll(_ count: Int, in key: String, lineCount: Int) {
        top = min(max(0, start(of: key) + count), max(0, lineCount - 1))
    }
}

/// What the engine made of the answers.
struct RenderedForm: Sendable {
    var edits: Int
    var plan: OrderPlan?
    var refusal: String?
    var standIns = StandIns()

    /// A file by its step's place, which stays while names are typed.
    static func key(step: Int, _ path: String) -> String { "\(step) \(path)" }

    var files: [String: RenderedFile] {
        let files = (plan?.plans ?? []).enumerated().flatMap { step, plan in
            plan.files.map { (Self.key(step: step, $0.path), $0) }
        }
        return Dictionary(files) { first, _ in first }
    }
}

/// What a rendering was made with where answers are missing.
struct StandIns: Sendable {
    /// Names, by section.
    var names: [Int: String] = [:]
    var hasExamples = false
}

/// Plans what a form asks for, away from the screen.
struct RenderForm: Sendable {
    var request: OrderRequest
    var edits: Int
    var standIns: StandIns
    /// Answers that must not be seen in what is rendered.
    var secrets: [String]

    func run(_ engine: Engine) async -> any Sendable {
        var rendered = RenderedForm(edits: edits, standIns: standIns)
        do throws(Refusal) {
            var plan = try engine.plan(request)
            for step in plan.plans.indices {
                for file in plan.plans[step].files.indices {
                    plan.plans[step].files[file].text = masked(plan.plans[step].files[file].text)
                    plan.plans[step].files[file].previous = plan.plans[step].files[file].previous.map(masked)
                }
            }
            rendered.plan = plan
        } catch {
            rendered.refusal = error.sentence
        }
        return rendered
    }

    private func masked(_ text: String) -> String {
        secrets.reduce(text) { $0.replacing($1, with: "********") }
    }
}

extension FormPage {
    /// Asks for a new rendering where one is shown, typing has paused, and the answers have changed since.
    mutating func refreshPreview(_ desk: Desk) -> [Action] {
        guard preview.isShown, !preview.isMaking, lastEdit == nil, preview.made?.edits != edits else { return [] }
        preview.begin()
        let (whole, standIns) = model.withStandIns
        let work = RenderForm(
            request: whole.request(desk.engine), edits: edits, standIns: standIns, secrets: model.secrets)
        return [.perform(work.run)]
    }

    /// The files of what the focused section is about, with what they are known by.
    var previewFiles: [(key: String, file: RenderedFile)] {
        let plans = preview.made?.plan?.plans ?? []
        let section = model.sections[model.focus.section]
        let step: Int? =
            switch section.kind {
            case .head, .inputs: plans.isEmpty ? nil : 0
            case .pipeline: plans.firstIndex { $0.target.kind == .pipeline }
            case .instance:
                plans.firstIndex {
                    let name = preview.made?.standIns.names[model.focus.section] ?? section.head("name")
                    return $0.target.kind == .instance && $0.target.name == name
                }
            }
        guard let step else { return [] }
        return plans[step].files.map { (RenderedForm.key(step: step, $0.path), $0) }
    }

    /// Scrolls what stands beside the fields: the file, else the help.
    mutating func scrollPane(_ count: Int) {
        guard preview.isShown else {
            helpTop = max(0, helpTop + count)
            return
        }
        let files = previewFiles
        guard files.indices.contains(preview.index) else { return }
        let (key, file) = files[preview.index]
        preview.scroll(count, in: key, lineCount: file.text.split(separator: "\n").count)
    }
}

extension FormModel {
    /// With names and examples where nothing is given yet, so that what is there can be rendered.
    var withStandIns: (model: FormModel, standIns: StandIns) {
        var copy = self
        var standIns = StandIns()
        for spot in faults.keys.sorted() {
            let entry = self[spot]
            let kind = sections[spot.section].kind
            if entry.part == 0, entry.field.name == "name", kind == .head || kind == .instance {
                let count = standIns.names.count + 1
                let name = count == 1 ? "preview" : "preview-\(count)"
                standIns.names[spot.section] = name
                copy.sections[spot.section].take(.string(name), at: spot.entry)
            } else if !entry.isSet, !entry.role.holdsEntries, let example = entry.field.standIn {
                standIns.hasExamples = true
                copy.sections[spot.section].take(example, at: spot.entry)
            }
        }
        return (copy, standIns)
    }

    var secrets: [String] {
        sections.flatMap(\.entries).filter { $0.field.isSecret && $0.isSet }.map(\.shownText).filter { !$0.isEmpty }
    }
}

extension Field {
    /// An answer that shows where a missing one goes.
    fileprivate var standIn: Value? {
        if let placeholder, let value = value(from: placeholder) { return value }
        switch kind {
        case .choice(let options, _): return options.first?.value
        case .number(let entry): return .number(entry.minimum ?? entry.maximum ?? Number(1))
        case .flag: return false
        case .text, .multiline: return .string(name)
        case .checks, .list, .table, .section, .map, .branches, .file, .secret, .yaml: return nil
        }
    }
}

extension LineDiff {
    /// Places in the new text, from 0, of lines that the old one does not have.
    fileprivate var added: Set<Int> {
        var places: Set<Int> = []
        var place = 0
        for line in lines where line.kind != .removed {
            if line.kind == .added { places.insert(place) }
            place += 1
        }
        return places
    }

    fileprivate var firstChange: Int? {
        lines.firstIndex { $0.kind != .kept }
    }
}
