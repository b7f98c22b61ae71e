import Documents
import Jinja
import Testing

@Suite struct AnalysisTests {
    private func references(_ text: String) throws -> [String] {
        try Template(Source(name: "t", text: text)).references.map { $0.path + ($0.isGuarded ? "?" : "") }
    }

    @Test(arguments: [
        ("{{ a.b['c'][0].d }}", ["a.b.c[0].d"]),
        ("{{ a['x-y'] }}", ["a['x-y']"]),
        ("{% for x in list %}{{ x.name }}{{ loop.index }}{% endfor %}", ["list", "list[*].name"]),
        ("{% for k, v in m.items() %}{{ k }}{{ v.x }}{% endfor %}", ["m", "m[*].x"]),
        ("{% set e = a.b %}{{ e.c }}", ["a.b", "a.b.c"]),
        ("{{ a.b | default(c) }}", ["a.b?", "c"]),
        ("{% if a.b is defined %}{{ a.b }}{% else %}{{ a.b }}{% endif %}", ["a.b?", "a.b?", "a.b"]),
        ("{% if a.b %}{{ a.b }}{% endif %}{{ a.b }}", ["a.b", "a.b?", "a.b"]),
        ("{{ a.b if a.b is defined else 1 }}", ["a.b?", "a.b?"]),
        ("{{ 1 if a is defined and a.b }}", ["a?", "a.b"]),
        ("{% macro m(a) %}{{ a.b }}{{ c }}{% endmacro %}{{ m(d) }}", ["c", "d"]),
        (
            "{% for service_instance in service_instances %}{{ service_instance.name }}{% endfor %}",
            ["service_instances", "service_instances[*].name"]
        ),
        ("{{ list[loop_index].name }}", ["list[*].name", "loop_index"]),
        ("{{ a.get('b') }}", ["a.b?"]),
    ])
    func `the paths that a template reads are known`(text: String, paths: [String]) throws {
        #expect(try references(text) == paths)
    }

    @Test func `it is known where a whole object is walked`() throws {
        let text =
            "{{ e.inputs | tojson }}{% for k in e.inputs %}{% endfor %}{{ e.inputs }}{% if e.inputs %}{% endif %}"
        let uses = try Template(Source(name: "t", text: text)).references.map(\.use)
        #expect(uses == [.filtered("tojson"), .looped, .printed, .tested])
    }

    @Test func `a name with a hyphen is remarked on`() throws {
        let template = try Template(Source(name: "t", text: "a\n{{ outputs.my-output }}{{ a.b - c }}"))
        #expect(template.findings.map(\.place?.text) == ["t:2:12"])
        #expect(template.findings.first?.hint == "Write ['my-output'].")
    }

    @Test(arguments: [
        ("Name: {{ a }}", Emission.Quoting.plain, true), ("Name: '{{ a }}'", .single, false),
        ("Name: \"x {{ a }}\"", .double, false), ("Name: x-{{ a }}", .plain, false),
        ("  - {{ a }}", .plain, true), ("A: [x, {{ a }}, y]", .plain, true), ("A: 'x' # {{ a }}", .plain, false),
        ("Name: it's {{ a }}", .plain, false), ("A: '{{ b }}' + {{ a }}", .plain, false),
    ])
    func `it is known how YAML takes a placeholder`(line: String, quoting: Emission.Quoting, isWhole: Bool) throws {
        let emission = try #require(try Template(Source(name: "t", text: "x:\n" + line + "\ny: 1")).emissions.last)
        #expect(emission.quoting == quoting)
        #expect(emission.isWholeScalar == isWhole)
        #expect(emission.isInComment == line.contains("#"))
    }
}
