import Documents
import Jinja
import Testing

@Suite struct RenderingTests {
    private let context = Object([
        ("service", ["name": "web"] as Value),
        ("instances", [["name": "dev"], ["name": "prod"]] as Value),
    ])

    @Test func `the source map names the inputs behind each piece of the output`() throws {
        let text =
            "Name: {{ service.name }}\n{% for i in instances %}- {{ i.name }}-{{ service.name|upper }}\n{% endfor %}"
        let rendering = try Template(Source(name: "t", text: text)).render(context, recordsSpans: true)
        let written = rendering.spans.map { span in
            String(decoding: rendering.bytes[span.range], as: UTF8.self) + " = "
                + span.emission.paths.joined(separator: ", ")
        }
        #expect(
            written == [
                "web = service.name", "dev = instances[*].name", "WEB = service.name", "prod = instances[*].name",
                "WEB = service.name",
            ])
        #expect(rendering.emission(at: 7)?.place.column == 7)
        #expect(rendering.emission(at: 0) == nil)
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
