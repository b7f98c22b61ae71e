package import Documents

/// Plans as data, so that what was approved is kept with its order and can be run exactly so.
extension Plan {
    package var value: Value {
        var object = Object([
            ("target", .string(target.id)), ("action", .string(action.rawValue)), ("template", .string(template)),
            ("version", .string(version.description)), ("fromVersion", Value(fromVersion?.description)),
            ("environment", .string(environment)), ("stage", .string(stage.rawValue)),
            ("connection", .string(connection)), ("provisioner", .string(provisioner)), ("stack", .string(stack)),
            ("spec", .string(spec)), ("revision", .number(Number(revision))), ("inputs", inputs),
            ("previousInputs", previousInputs ?? .null), ("hasPrevious", .bool(previousInputs != nil)),
            ("files", .list(files.map(\.value))), ("changes", .list(changes.map(\.value))),
            ("checks", .list(checks.map(\.value))), ("unknowns", .list(unknowns.map(Value.string))),
            ("findings", .list(findings.map(\.value))), ("basis", Value(basis?.number)),
            ("grounds", grounds.value), ("verdict", verdict.map { .list($0.map(\.value)) } ?? .null),
            ("isSettling", .bool(isSettling)), ("digest", .string(digest)),
        ])
        if !outputs.isEmpty { object["outputs"] = .list(outputs.map(\.value)) }
        return .object(object)
    }

    /// Reads what `value` wrote; `nil` for anything else.
    package init?(value: Value) {
        guard let target = value["target"]?.string.flatMap(Target.init(id:)),
            let action = value["action"]?.string.flatMap(DeploymentAction.init),
            let version = value["version"]?.string.flatMap({ VersionNumber($0) }), let inputs = value["inputs"]
        else { return nil }
        self.init(
            target: target, action: action, template: value.text("template"), version: version,
            fromVersion: value["fromVersion"]?.string.flatMap { VersionNumber($0) },
            environment: value.text("environment"), stage: Stage(rawValue: value.text("stage")) ?? .test,
            connection: value.text("connection"), provisioner: value.text("provisioner"), stack: value.text("stack"),
            spec: value.text("spec"), revision: value["revision"]?.number?.int ?? 0, inputs: inputs,
            previousInputs: value["hasPrevious"]?.bool == true ? value["previousInputs"] : nil,
            files: value.items("files").compactMap(RenderedFile.init(value:)),
            changes: value.items("changes").compactMap(Change.init(value:)),
            outputs: value.items("outputs").compactMap(OutputMove.init(value:)),
            checks: value.items("checks").compactMap(Check.init(value:)),
            unknowns: value.items("unknowns").compactMap(\.string),
            findings: value.items("findings").compactMap(Finding.init(value:)),
            basis: value["basis"]?.number?.int.map { Deployment.ID($0) },
            grounds: Grounds(value: value["grounds"] ?? .null),
            verdict: value["verdict"]?.list.map { $0.compactMap(Change.init(value:)) },
            isSettling: value["isSettling"]?.bool ?? false, digest: value.text("digest")
        )
    }
}

extension RenderedFile {
    package var value: Value {
        .object(Object([("path", .string(path)), ("text", .string(text)), ("previous", Value(previous))]))
    }

    package init?(value: Value) {
        guard let path = value["path"]?.string, let text = value["text"]?.string else { return nil }
        self.init(path: path, text: text, previous: value["previous"]?.string)
    }
}

extension Change {
    package var value: Value {
        .object(
            Object(
                [
                    ("resource", .string(resource)), ("type", .string(type)), ("kind", .string(kind.rawValue)),
                    ("consequence", .string(consequence.rawValue)), ("explanation", .string(explanation)),
                    ("causes", .list(causes.map(\.value))), ("widenings", .list(widenings.map(Value.string))),
                ] + TemplatePlace.member(place))
        )
    }

    package init?(value: Value) {
        guard let resource = value["resource"]?.string, let kind = value["kind"]?.string.flatMap(Kind.init) else {
            return nil
        }
        self.init(
            resource: resource, type: value.text("type"), kind: kind,
            consequence: Consequence(rawValue: value.text("consequence")) ?? .none,
            explanation: value.text("explanation"), causes: value.items("causes").compactMap(Cause.init(value:)),
            widenings: value.items("widenings").compactMap(\.string),
            place: value["place"].flatMap(TemplatePlace.init(value:))
        )
    }
}

extension Change.Cause {
    package var value: Value {
        .object(
            Object(
                [
                    ("property", .string(property)), ("old", Value(old)), ("new", Value(new)), ("input", Value(input)),
                    ("forcesReplacement", .bool(forcesReplacement)),
                ] + TemplatePlace.member(place))
        )
    }

    package init?(value: Value) {
        guard let property = value["property"]?.string else { return nil }
        self.init(
            property: property, old: value["old"]?.string, new: value["new"]?.string, input: value["input"]?.string,
            forcesReplacement: value["forcesReplacement"]?.bool ?? false,
            place: value["place"].flatMap(TemplatePlace.init(value:))
        )
    }
}

extension Check {
    package var value: Value {
        .object(
            Object([
                ("name", .string(name)), ("level", .string(level.rawValue)), ("outcome", .string(outcome.rawValue)),
                ("sentence", .string(sentence)), ("findings", .list(findings.map(\.value))),
                ("waivers", .list(waivers.map(\.value))),
            ])
        )
    }

    package init?(value: Value) {
        guard let name = value["name"]?.string, let outcome = value["outcome"]?.string.flatMap(Outcome.init) else {
            return nil
        }
        self.init(
            name: name, level: Level(rawValue: value.text("level")) ?? .hard, outcome: outcome,
            sentence: value.text("sentence"), findings: value.items("findings").compactMap(Finding.init(value:)),
            waivers: value.items("waivers").compactMap(Waiver.init(value:))
        )
    }
}

extension TemplatePlace {
    /// Nothing where nobody has looked for it, so that plans without places are written as ever.
    fileprivate static func member(_ place: TemplatePlace?) -> [(String, Value)] {
        place.map { [("place", $0.value)] } ?? []
    }
}

extension Value {
    fileprivate init(_ text: String?) { self = text.map(Value.string) ?? .null }
    fileprivate init(_ int: Int?) { self = int.map { .number(Number($0)) } ?? .null }
    fileprivate func text(_ key: String) -> String { self[key]?.string ?? "" }
    fileprivate func items(_ key: String) -> [Value] { self[key]?.list ?? [] }
}
