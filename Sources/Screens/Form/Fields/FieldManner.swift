import Schemas
import Terminal

/// How fields of one sort are asked for, as data: their keys, what help says about them, the room that they get.
struct FieldManner: Sendable {
    enum Sort: CaseIterable, Hashable, Sendable {
        case line, number, text, yaml, check, choice, list, checks, rows, pairs
    }

    let sort: Sort
    /// Where its keys have a meaning, before those of the form; `nil` where it takes none of the form's keys.
    let context: KeyContext?
    /// One line for the help: what its keys do.
    let use: SafeText
    /// The most rows that it takes: with the focus, and without.
    let rows: (focused: Int, resting: Int)

    /// The sort of widget that a kind of field is asked with, unless its value does not go into that.
    static func sort(of field: Field) -> Sort {
        switch field.kind {
        case .text, .file, .secret: .line
        case .multiline: .text
        case .number: .number
        case .flag: .check
        case .choice(_, .radio): .choice
        case .choice(_, .select): .list
        case .checks: .checks
        case .list: .rows
        case .map: .pairs
        case .table, .section, .branches, .yaml: .yaml
        }
    }

    static func of(_ sort: Sort) -> FieldManner {
        table.first { $0.sort == sort } ?? table[0]
    }

    static let table: [FieldManner] = [
        FieldManner(
            sort: .line, context: nil, use: "Ctrl-_ undoes, Ctrl-W cuts a word", rows: (1, 1)),
        FieldManner(
            sort: .number, context: "form.number", use: "+ and - step; units such as 2Gi or 90s are converted",
            rows: (1, 1)),
        FieldManner(
            sort: .text, context: "form.text", use: "Enter begins a line, Tab leaves the field", rows: (6, 3)),
        FieldManner(
            sort: .yaml, context: "form.text", use: "Written as YAML; Ctrl-E opens all inputs in your editor",
            rows: (8, 4)),
        FieldManner(sort: .check, context: nil, use: "Space changes it, y and n say which", rows: (1, 1)),
        FieldManner(
            sort: .choice, context: nil, use: "Left and Right choose, a letter finds", rows: (1, 1)),
        FieldManner(
            sort: .list, context: "form.list", use: "Enter lists all, letters find, Left and Right step", rows: (1, 1)),
        FieldManner(
            sort: .checks, context: "form.checks", use: "Space ticks, Up and Down move", rows: (8, 3)),
        FieldManner(
            sort: .rows, context: "form.rows",
            use: "Enter adds a row, Ctrl-X takes it out, Alt-Up and Alt-Down move it; pasted lines become rows",
            rows: (8, 3)),
        FieldManner(
            sort: .pairs, context: "form.rows",
            use: "NAME=value in each row; Enter adds a row, Ctrl-X takes it out; pasted lines become rows",
            rows: (8, 3)),
    ]
}
