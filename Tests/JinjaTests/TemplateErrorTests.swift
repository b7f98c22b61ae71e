import Documents
import Jinja
import Testing

@Suite struct TemplateErrorTests {
    private func error(_ text: String, _ context: Object = Object()) -> TemplateError? {
        var environment = Environment()
        environment.undefined = .strict
        do throws(TemplateError) {
            _ = try Template(Source(name: "cloudformation.yaml", text: text), environment: environment).render(context)
            return nil
        } catch {
            return error
        }
    }

    @Test func `an undefined name is shown in its line, with what was probably meant`() {
        let context = Object([("service", ["name": "web"] as Value)])
        #expect(
            error("Name: a\nType: {{ service.nmae }}\n", context)?.finding.text == """
                cloudformation.yaml:2:17: error: 'dict object' has no attribute 'nmae'.
                 2 | Type: {{ service.nmae }}
                   |                 ^^^^^
                  Did you mean 'name'?
                  note: service is a mapping with name.
                """)
    }

    @Test func `a dynamic reference is recognised`() {
        let found = error("Password: '{{resolve:ssm:name:1}}'")
        #expect(found?.kind == .syntax)
        #expect(found?.finding.hint?.contains("{% raw %}") == true)
    }

    @Test func `every dynamic reference outside raw is found`() {
        let text = "a: {{resolve:ssm:a}}\nb: {% raw %}{{resolve:ssm:b}}{% endraw %}\nc: '{{ resolve:ssm:c}}'\n"
        let found = Template.dynamicReferences(in: Source(name: "t", text: text))
        #expect(found.map(\.place?.line) == [1, 3])
    }

    @Test(arguments: [
        ("{% if x %}\n\n", "add {% endif %} for the tag of line 1"), ("{{ x | uper }}", "did you mean 'upper'?"),
        ("{% fro x in y %}", "did you mean 'for'?"), ("{{ a && b }}", "write 'and' for &&"),
    ])
    func `a mistake comes with a way out`(text: String, hint: String) {
        let said = error(text)?.finding.hint?.lowercased()
        #expect(said?.hasPrefix(hint.lowercased()) == true, "\(said ?? "nil")")
    }

    @Test func `a fault in an included template names that template`() {
        var environment = Environment()
        environment.templates["part"] = Source(name: "part.yaml", text: "a\n{{ 1 / 0 }}")
        let main = Source(name: "main.yaml", text: "{% include 'part' %}")
        #expect {
            try Template(main, environment: environment).render(Object())
        } throws: { error in
            (error as? TemplateError)?.finding.place?.file == "part.yaml"
        }
    }

    @Test func `a fault tells the includes and calls that led to it`() {
        var environment = Environment()
        environment.undefined = .strict
        environment.templates["tags"] = Source(
            name: "tags.yaml",
            text: "{% macro tag(x) %}\n{{ x.nme }}{% endmacro %}\n{% macro all(l) %}{{ tag(l) }}{% endmacro %}")
        environment.templates["part"] = Source(
            name: "part.yaml", text: "{% import 'tags' as t %}\n{{ t.all({'name': 1}) }}")
        let main = Source(name: "main.yaml", text: "a\n{% include 'part' %}")
        let error = #expect(throws: TemplateError.self) {
            try Template(main, environment: environment).render(Object())
        }
        #expect(error?.finding.place?.text == "tags.yaml:2:5")
        #expect(
            error?.finding.causes.filter { $0.code == "jinja.entered" }.map { "\($0.place?.text ?? "") \($0.message)" }
                == [
                    "tags.yaml:3:25 Macro 'tag' is entered here.", "part.yaml:2:9 Macro 'all' is entered here.",
                    "main.yaml:2:12 Template 'part.yaml' is entered here.",
                ])
    }

    @Test func `of the calls of a macro that calls itself a few are told`() {
        let found = error("{% macro m(n) %}{{ m(n - 1) if n else 1 / 0 }}{% endmacro %}{{ m(20) }}")
        #expect(found?.finding.causes.count == 9)
        #expect(found?.finding.causes.last?.message == "13 more are entered before.")
    }

    @Test func `all faults of a text are found in one pass`() {
        let text = """
            {{ a b }}
            {% if c d %}{{ e. }}{% else %}{{ f }}{% endif %}
            {{ [1, }}
            {% for x in %}{{ x | }}{% endfor %}
            """
        let places = error(text)?.findings.compactMap { $0.place.map { "\($0.line):\($0.column)" } }
        // Brackets that do not match end the reading.
        #expect(places == ["1:6", "2:9", "2:19", "3:8"])
    }

    @Test func `behind a faulty head of a loop its body is read`() {
        let found = error("{% for x in %}{{ x | }}{% else %}{{ }}{% endfor %}\n{{ a b }}")?.findings
        #expect(found?.compactMap { $0.place.map { "\($0.line):\($0.column)" } } == ["1:13", "1:22", "1:37", "2:6"])
    }

    @Test func `a call that is itself at fault has no way to tell`() {
        #expect(error("{% macro m(a) %}{% endmacro %}{{ m(b=1) }}")?.finding.causes.isEmpty == true)
    }

    @Test func `a filter of the environment refuses with its own sentence and place`() {
        var environment = Environment()
        environment.filters["never"] = CustomFilter { (call) throws(CustomFilter.Refusal) in
            throw CustomFilter.Refusal("The value must not be here.", hint: "Take it out.")
        }
        #expect {
            try Template(Source(name: "t", text: "a\n{{ 1 | never }}"), environment: environment).render(Object())
        } throws: { error in
            let found = (error as? TemplateError)?.finding
            return found?.message == "The value must not be here." && found?.place?.line == 2
                && found?.hint == "Take it out."
        }
    }
}
