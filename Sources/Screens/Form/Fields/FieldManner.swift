import Schemas
import Terminal

/// How fields of one sort are asked for, as data: their keys, what help says about them, the room that they get.
struct FieldManner: Sendable {
    enum Sort: CaseIterable, Hashable, Sendable {
        case line, number, slider, masked, text, yaml, check, choice, list, checks, rows, pairs, table, branch, page,
            none
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
        case .text: field.mask == nil ? .line : .masked
        case .file: .line
        case .secret(let names): names.isEmpty ? .line : .list
        case .multiline: .text
        case .number: field.shortRange.isEmpty ? .number : .slider
        case .flag: field.isNullable ? .choice : .check
        case .choice(_, .radio): .choice
        case .choice(_, .select): .list
        case .checks: .checks
        case .list: .rows
        case .map(let entry, _): isOneLine(entry) ? .pairs : .table
        case .table: .table
        case .branches: .branch
        case .section(let members, let others): members.isEmpty && others == nil ? .yaml : .page
        case .yaml: .yaml
        }
    }

    /// Whether the value of a map's entry fits beside its name.
    private static func isOneLine(_ entry: Field) -> Bool {
        switch entry.kind {
        case .text, .multiline, .number, .flag, .choice, .yaml: true
        case .checks, .list, .table, .section, .map, .branches, .file, .secret: false
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
            sort: .slider, context: "form.number",
            use: "Left and Right step, Home and End go to the ends; or type the number", rows: (1, 1)),
        FieldManner(
            sort: .masked, context: nil,
            use: "Digits are typed, the signs between come by themselves; Z stands for UTC",
            rows: (1, 1)),
        FieldManner(
            sort: .text, context: "form.text", use: "Enter begins a line, Tab leaves the field", rows: (6, 3)),
        FieldManner(
            sort: .yaml, context: "form.text", use: "Written as YAML; F9 opens it in your editor",
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
            sort: .pairs, context: "form.pairs",
            use: "= goes to the value; Enter adds a row, Ctrl-X takes it out; lines of an .env file can be pasted, "
                + "or read with Ins",
            rows: (10, 4)),
        FieldManner(
            sort: .table, context: "form.table",
            use: "Enter opens a row, + adds one, Ctrl-Y copies it, Ctrl-X takes it out, Alt-Up and Alt-Down move it",
            rows: (10, 5)),
        FieldManner(
            sort: .branch, context: "form.list",
            use: "Left and Right choose, Enter lists all; what was typed for another choice is kept", rows: (1, 1)),
        FieldManner(sort: .page, context: "form.page", use: "Enter opens its page, Esc comes back", rows: (1, 1)),
        FieldManner(sort: .none, context: nil, use: "A letter begins an answer", rows: (1, 1)),
    ]
}
