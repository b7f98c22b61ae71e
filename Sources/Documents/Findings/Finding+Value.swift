/// Findings as data, the same for `--output json`, logs and stored plans.
extension Finding {
    package var value: Value {
        var object = Object([
            ("code", .string(code.rawValue)), ("severity", .string(severity.rawValue)), ("message", .string(message)),
        ])
        if let hint { object["hint"] = .string(hint) }
        if let place {
            object["file"] = .string(place.file)
            object["line"] = .number(Number(place.line))
            object["column"] = .number(Number(place.column))
            object["length"] = .number(Number(place.length))
            if let sourceLine = place.sourceLine { object["sourceLine"] = .string(sourceLine) }
        }
        if let pointer { object["pointer"] = .string(pointer.description) }
        if let focus { object["focus"] = .string(focus.description) }
        if !causes.isEmpty { object["causes"] = .list(causes.map(\.value)) }
        return .object(object)
    }

    /// Reads what `value` wrote; `nil` for anything else.
    package init?(value: Value) {
        guard let code = value["code"]?.string, let severity = value["severity"]?.string.flatMap(Severity.init),
            let message = value["message"]?.string
        else { return nil }
        let place = value["file"]?.string.map { file in
            Place(
                file: file, line: value["line"]?.number?.int ?? 0, column: value["column"]?.number?.int ?? 0,
                length: value["length"]?.number?.int ?? 1, sourceLine: value["sourceLine"]?.string
            )
        }
        self.init(
            Code(rawValue: code), severity, message, hint: value["hint"]?.string, place: place,
            pointer: value["pointer"]?.string.flatMap { Pointer($0) },
            focus: value["focus"]?.string.flatMap { Pointer($0) },
            causes: (value["causes"]?.list ?? []).compactMap(Finding.init(value:))
        )
    }
}
