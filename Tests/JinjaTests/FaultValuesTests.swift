import Documents
import Jinja
import Testing

/// What a fault tells of the values that took part in it.
@Suite struct FaultValuesTests {
    private static let context: Object = {
        let text = """
            {"service": {"name": "web", "secret_ref": {"$secret": "db"}, "dynamic": "{{resolve:ssm:/shop/plan}}"},
             "service_instance": {"inputs": {
               "size": "large", "port": 80, "ratio": 0.5, "on": true, "nothing": null, "ports": [80, 443],
               "tags": {"team": "shop", "stage": "test"}, "long": "\(String(repeating: "0123456789", count: 20))",
               "db_password": "hunter2-secret", "apiToken": 123454321, "pwd": "ab", "marked": "sesame-open",
               "credentials": {"user": "root-user", "list": ["first-credential"]}}}}
            """
        return Document.read(Source(name: "context", text: text), as: .json).document?.value.object ?? Object()
    }()

    /// `nil` where all goes well.
    private func fault(_ text: String, keepsMap: Bool = false) throws -> TemplateError? {
        var environment = Environment()
        environment.undefined = .strict
        environment.extensions = [.do]
        environment.filters["refuse"] = CustomFilter { (call) throws(CustomFilter.Refusal) in
            throw CustomFilter.Refusal("The value \(call.value?.string ?? "") must not be here.")
        }
        let template = try Template(Source(name: "t", text: text), environment: environment)
        let context = PreparedContext(Self.context) { $0.description == "service_instance.inputs.marked" }
        do throws(TemplateError) {
            _ = try template.render(context, keepsMap: keepsMap)
            return nil
        } catch {
            return error
        }
    }

    private func error(_ text: String, keepsMap: Bool = false) throws -> TemplateError {
        try #require(try fault(text, keepsMap: keepsMap))
    }

    private func values(_ text: String) throws -> [String] {
        try error(text).finding.causes.filter { $0.code == "jinja.value" && $0.severity == .note }.map(\.message)
    }

    @Test(arguments: [
        ("{{ service_instance.inputs.size + 1 }}", ["service_instance.inputs.size is \"large\" (a string)."]),
        (
            "{{ service_instance.inputs.port / (service_instance.inputs.port - 80) }}",
            [
                "service_instance.inputs.port is 80 (a whole number).",
                "service_instance.inputs.port - 80 is 0 (a whole number, from service_instance.inputs.port).",
            ]
        ),
        (
            "{{ service_instance.inputs.ratio + service_instance.inputs.nothing }}",
            ["service_instance.inputs.ratio is 0.5 (a number).", "service_instance.inputs.nothing is none."]
        ),
        ("{% for x in service_instance.inputs.on %}{% endfor %}", ["service_instance.inputs.on is true (a boolean)."]),
        ("{{ service_instance.inputs.ports + 1 }}", ["service_instance.inputs.ports is a list of 2 items."]),
        (
            "{{ service_instance.inputs.tags.owner }}",
            ["service_instance.inputs.tags is a mapping with team and stage."]
        ),
        ("{{ service.name.first.last }}", ["service.name is \"web\" (a string)."]),
        ("{{ service['name'] * 'x' }}", ["service['name'] is \"web\" (a string)."]),
        (
            "{{ service.name|round(service_instance.inputs.port) }}",
            [
                "service.name is \"web\" (a string).", "service_instance.inputs.port is 80 (a whole number).",
            ]
        ),
        ("{% include service.name %}", ["service.name is \"web\" (a string)."]),
        ("{{ [1][service_instance.inputs.port] + 1 }}", ["service_instance.inputs.port is 80 (a whole number)."]),
        (
            "{% if service.name < service_instance.inputs.port %}{% endif %}",
            [
                "service.name is \"web\" (a string).", "service_instance.inputs.port is 80 (a whole number).",
            ]
        ),
        ("{% set a, b = service_instance.inputs.port %}", ["service_instance.inputs.port is 80 (a whole number)."]),
        ("{% for i in [1] %}{{ 1 / loop.index0 }}{% endfor %}", ["loop.index0 is 0 (a whole number)."]),
    ])
    func `a fault tells the values that took part in it`(text: String, expected: [String]) throws {
        let told = try values(text)
        for sentence in expected { #expect(told.contains(sentence), "\(told)") }
    }

    @Test func `a value that was handed on is told with where it comes from`() throws {
        #expect(
            try values("{% for key, value in service.items() %}{{ value + 1 }}{% endfor %}")
                == ["value is \"web\" (a string, from service.name)."])
        #expect(
            try values("{% macro m(x) %}{{ x + 1 }}{% endmacro %}{{ m(service.name) }}")
                == ["x is \"web\" (a string, from service.name)."])
    }

    @Test func `both sides of a choice are told, and nothing under a wrong name`() throws {
        let told = try values(
            "{{ (service.name if service_instance.inputs.on else service_instance.inputs.port) + 1 }}")
        #expect(told.contains("service.name is \"web\" (a string)."))
        #expect(told.contains("service_instance.inputs.port is 80 (a whole number)."))
    }

    @Test func `a long value is cut`() throws {
        let told = try values("{{ service_instance.inputs.long + 1 }}")
        #expect(told.first?.contains("0123456789…") == false && told.first?.contains("…\"") == true)
        #expect((told.first?.count ?? 0) < 130)
    }

    @Test func `a fault of literals has nothing to tell`() throws {
        #expect(try values("{{ 1 / 0 }}{{ 'a' + 1 }}").isEmpty)
    }

    @Test func `values are told with and without a map, and the fault is the same`() throws {
        let text = "{% set x = service.name %}{{ x + 1 }}"
        let (plain, mapped) = (try error(text), try error(text, keepsMap: true))
        #expect(plain.finding == mapped.finding)
    }

    static let secrets = [
        "service_instance.inputs.db_password", "service_instance.inputs.db_password|upper",
        "service_instance.inputs.db_password|reverse", "service_instance['inputs']['db_password']",
        "service_instance.inputs.apiToken", "service_instance.inputs.pwd", "service_instance.inputs.marked",
        "service_instance.inputs.marked[2:]", "service_instance.inputs.credentials.user",
        "service_instance.inputs.credentials.list[0]", "service_instance.inputs.credentials.list|join",
        "service_instance.inputs|tojson", "service_instance.inputs.values()|join", "service|string",
        "dict(a=service_instance.inputs.db_password|upper).a", "service.dynamic", "service.secret_ref",
    ]

    static let uses = [
        "{{ (#) + [] }}", "{% set x = # %}{{ x + [] }}", "{{ {}[#] + 1 }}", "{{ [1][#] }}", "{{ [].index(#) }}",
        "{% macro m(x) %}{{ x - [] }}{% endmacro %}{{ m(#) }}", "{{ (# ~ 'x') - [] }}", "{{ [#] - 1 }}",
        "{% macro m() %}{{ # }}{% endmacro %}{{ m() + [] }}",
        "{% macro m() %}{{ kwargs.a + [] }}{% endmacro %}{{ m(a=#) }}",
        "{% set l = [] %}{% do l.append(#) %}{{ l[0] + [] }}",
        "{% set n = namespace(x=1) %}{% set n.x = # %}{{ n.x + [] }}",
        "{% for x in [#] %}{{ x + [] }}{% endfor %}", "{% include # %}", "{{ # | refuse }}", "{{ # }}{{ 1 / 0 }}",
        "{% set t %}{{ # }}{% endset %}{{ t + 1 }}", "{{ '%d' % # }}", "{{ #.nothing }}",
        "{{ {(# ~ ''): 1}.nothing }}", "{{ (# ~ '') | map('nothing') | list }}", "{{ range(#) }}",
    ]

    @Test(arguments: secrets) func `a secret never shows, whatever is done with it`(secret: String) throws {
        let plain = [
            "hunter2", "123454321", "\"ab\"", "'ab'", "sesame", "open", "root-user", "first-credential", "/shop/plan",
        ]
        let shown = plain.flatMap { [$0, $0.uppercased(), String($0.reversed())] }
        var count = 0
        for use in Self.uses {
            let text = use.replacing("#", with: secret)
            guard let error = try? fault(text) else { continue }
            count += 1
            var told = error.message + "\n" + (error.finding.hint ?? "")
            for cause in error.finding.causes { told += "\n" + cause.message + (cause.hint ?? "") }
            for word in shown { #expect(!told.contains(word), "\(text): \(told)") }
        }
        #expect(count > Self.uses.count / 2)
    }

    @Test func `of a secret the name and the kind are told`() throws {
        #expect(
            try values("{{ service_instance.inputs.db_password + 1 }}")
                == [
                    "service_instance.inputs.db_password is a string that is not shown, for it is a secret or may hold one."
                ])
    }

    @Test func `a name that only leads to a secret is no secret`() throws {
        let context = Object([("password_arn", "arn:aws:x"), ("token_count", 3)])
        let template = try Template(Source(name: "t", text: "{{ password_arn + token_count }}"))
        let error = try #require(throws: TemplateError.self) { try template.render(context) }
        #expect(error.finding.text.contains("arn:aws:x") && error.finding.text.contains("token_count is 3"))
    }
}
