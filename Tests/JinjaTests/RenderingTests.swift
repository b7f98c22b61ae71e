import Documents
import Jinja
import Testing

@Suite struct RenderingTests {
    private let context = Object([
        ("service", ["name": "web"] as Value),
        ("instances", [["name": "dev"], ["name": "prod"]] as Value),
    ])

    /// What each placeholder wrote, and what flowed into it.
    private func written(_ text: String) throws -> [String] {
        let rendering = try Template(Source(name: "t", text: text)).render(PreparedContext(context), keepsMap: true)
        let map = try #require(rendering.map)
        return map.pieces(in: 0..<rendering.bytes.count).filter(\.isPlaceholder).map { piece in
            String(decoding: rendering.bytes[piece.range], as: UTF8.self) + " = "
                + piece.inputs.map(\.description).joined(separator: ", ")
        }
    }

    @Test func `the source map names the inputs behind each piece of the output`() throws {
        let text =
            "Name: {{ service.name }}\n{% for i in instances %}- {{ i.name }}-{{ service.name|upper }}\n{% endfor %}"
        #expect(
            try written(text) == [
                "web = service.name", "dev = instances[0].name", "WEB = service.name", "prod = instances[1].name",
                "WEB = service.name",
            ])
    }

    @Test func `inputs are followed through names, macros, members and computed values`() throws {
        #expect(try written("{% set a = service.name %}{% set b = a ~ '!' %}{{ b }}") == ["web! = service.name"])
        #expect(
            try written("{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(service.name) }}") == ["web = service.name"])
        #expect(
            try written("{% for k, v in service.items() %}{{ k }}{{ v }}{% endfor %}")
                == ["name = service.name", "web = service.name"])
        #expect(
            try written("{{ instances|map(attribute='name')|join('+') }}") == ["dev+prod = instances"])
        #expect(
            try written("{% set ns = namespace() %}{% set ns.x = service.name %}{{ ns.x }}") == ["web = service.name"])
        #expect(try written("{{ service.nope|default(instances[1].name) }}").first?.hasPrefix("prod = ") == true)
        #expect(
            try written("{% for i in instances if i.name == 'prod' %}{{ i.name }}{{ loop.index }}{% endfor %}")
                == ["prod = instances[1].name", "1 = "])
    }

    @Test func `what decides that a line is there is kept apart from what flows into it`() throws {
        let text = """
            {% for i in instances %}
            {% if i.name == service.other %}
            never
            {% elif service.name %}
            - a
            {% endif %}
            {% endfor %}
            """
        let rendering = try Template(Source(name: "t", text: text)).render(PreparedContext(context), keepsMap: true)
        let offset = try #require(rendering.text.utf8.firstIndex(of: UInt8(ascii: "-"))).utf16Offset(in: rendering.text)
        let piece = try #require(rendering.map?.pieces(in: offset..<offset + 1).first)
        #expect(piece.place.line == 5 && piece.inputs.isEmpty)
        #expect(piece.conditions.map(\.kind) == [.choice, .loop])
        #expect(piece.conditions.map(\.place.line) == [4, 1])
        #expect(
            piece.conditions[0].inputs.map(\.description).sorted() == [
                "instances[0].name", "service.name", "service.other",
            ])
        #expect(piece.conditions[1].inputs.map(\.description) == ["instances"])
    }

    @Test func `the set of inputs that were really read leaves out those of branches that did not run`() throws {
        let text = "{% if service.name == 'web' %}{{ instances[0].name }}{% else %}{{ service.never }}{% endif %}"
        let rendering = try Template(Source(name: "t", text: text)).render(PreparedContext(context), keepsMap: true)
        #expect(rendering.map?.read.map(\.description) == ["instances[0].name", "service.name"])
    }

    @Test func `a filter of the environment sees its arguments and the column of its placeholder`() throws {
        var environment = Environment()
        environment.filters["show"] = CustomFilter { call in
            let named = call.named.map { "\($0.key)=\($0.value.kind)" }.joined()
            return .string("\(call.value?.kind ?? "nothing") \(call.arguments.count) \(named) \(call.column)")
        }
        let template = try Template(
            Source(name: "t", text: "  {{ service\n  | show(1, 2, raw=false) }}|{{ nope | show }}"),
            environment: environment)
        let text = try template.render(context).text
        #expect(text == "  an object 2 raw=a boolean 2|nothing 0  29")
    }

    @Test func `one template renders for many tasks at once`() async throws {
        let template = try Template(Source(name: "t", text: "{% for x in l %}{{ x }}{{ l.append(x) }}{% endfor %}"))
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { try template.render(Object([("l", [1, 2] as Value)])).text } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(texts) == ["1None2None"])
    }
}
