package import Catalog
import Documents
import Engine
import Terminal

/// How other pages open a form.
extension FormPage {
    package static func opening(template: Template, _ choice: VersionChoice, _ desk: Desk) -> [Action] {
        open(desk) { opening throws(Refusal) in try opening.new(template, choice) }
    }

    package static func editing(_ target: Target, _ desk: Desk) -> [Action] {
        if target.kind == .component {
            do throws(Refusal) { return [.open(ComponentPage(changing: try desk.engine.target(target).record))] } catch
            {
                return [.say(Line(untrusted: error.sentence, .error))]
            }
        }
        return open(desk) { opening throws(Refusal) in try opening.editing(target) }
    }

    package static func editing(service: String, _ desk: Desk) -> [Action] {
        open(desk) { opening throws(Refusal) in try opening.service(service) }
    }

    package static func addingInstance(to service: String, _ desk: Desk) -> [Action] {
        open(desk) { opening throws(Refusal) in
            var model = try opening.service(service)
            model.addInstance()
            return model
        }
    }

    package static func upgrading(_ target: Target, to number: VersionNumber, _ desk: Desk) -> [Action] {
        open(desk) { opening throws(Refusal) in try opening.upgrading(target, to: number) }
    }

    package static func opening(draft id: String, _ desk: Desk) -> [Action] {
        do throws(Refusal) {
            guard let draft = try desk.engine.draft(id) else {
                throw Refusal("draft.unknown", "The draft is no longer there.")
            }
            if let page = try ComponentPage.opening(draft, desk) { return [.open(page)] }
            return open(desk, draft: id) { opening throws(Refusal) in try opening.model(draft: draft) }
        } catch {
            return [.say(Line(untrusted: error.sentence, .error))]
        }
    }

    private static func open(
        _ desk: Desk, draft: String? = nil, _ make: (FormOpening) throws(Refusal) -> FormModel
    ) -> [Action] {
        do throws(Refusal) {
            return [.open(FormPage(try make(FormOpening(desk.engine, owner: desk.owner)), draft: draft))]
        } catch {
            return [.say(Line(untrusted: error.sentence, .error))]
        }
    }
}
