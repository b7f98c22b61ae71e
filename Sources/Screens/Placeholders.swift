package import Catalog
package import Engine
package import Terminal

/// A page that only says its name.
package protocol PlainPage: Page {}
extension PlainPage {
    package var crumbs: [SafeText] { [SafeText(untrusted: key)] }
    package var contexts: [KeyContext] { [] }
    package static var commands: [Command] { [] }
    package mutating func load(_ desk: Desk) throws(Refusal) {}
    package mutating func run(_ command: String, _ desk: Desk) -> [Action] { [] }
    package func draw(in rect: Rect, on surface: inout Surface, _ desk: Desk) -> Point? { nil }
}
package struct TemplatePage: PlainPage {
    package var key = "template"
    package init(_ name: String) {}
    static func versionLine(_ version: TemplateVersion, _ detail: TemplateDetail) -> Line {
        Line(untrusted: version.number.description)
    }
}
package struct FleetPage: PlainPage { package var key = "fleet" }
package struct TargetPage: PlainPage {
    package var key = "target"
    package init(_ target: Target) {}
}
package struct ServicePage: PlainPage {
    package var key = "service"
    package init(_ name: String) {}
}
package struct InboxPage: PlainPage {
    package var key = "inbox"
    package init(template: String = "") {}
}
package struct HistoryPage: PlainPage { package var key = "history" }
