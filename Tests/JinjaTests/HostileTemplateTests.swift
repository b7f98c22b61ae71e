import Documents
import Jinja
import Testing

/// Templates that would take all memory, all time or the whole stack: each ends with a sentence.
@Suite struct HostileTemplateTests {
    private static func nested(_ open: String, _ close: String, _ count: Int) -> String {
        String(repeating: open, count: count) + "1" + String(repeating: close, count: count)
    }

    static let templates = [
        "{{ \(nested("(", ")", 5_000)) }}", "{{ \(nested("[", "]", 5_000)) }}",
        "{{ \(nested("{1:", "}", 5_000)) }}",
        nested("{% if 1 %}", "{% endif %}", 5_000), nested("{% for x in [1] %}", "{% endfor %}", 200),
        "{{ " + String(repeating: "-", count: 50_000) + "1 }}",
        "{{ " + String(repeating: "not ", count: 50_000) + "1 }}",
        "{{ 1" + String(repeating: " + 1", count: 50_000) + " }}",
        "{{ a" + String(repeating: ".b", count: 50_000) + " }}",
        "{{ a" + String(repeating: "|upper", count: 50_000) + " }}",
        "{% for i in range(10 ** 12) %}x{% endfor %}", "{{ range(10 ** 12)|list }}", "{{ range(10 ** 12)|sum }}",
        "{{ 'x' * 10 ** 9 }}", "{{ [0] * 10 ** 9 }}", "{{ 'x' * 10 ** 40 }}", "{{ 'x'|center(10 ** 9) }}",
        "{{ 'x'.ljust(10 ** 10) }}", "{{ '%1000000000d' % 1 }}", "{{ '{:1000000000}'.format(1) }}",
        "{{ 'a\nb'|indent(10 ** 9) }}", "{{ 2 ** (10 ** 9) }}", "{{ 10 ** 5000 * 10 ** 9000 }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{% include 'self' %}", "{% extends 'self' %}",
        "{% import 'self' as s %}", "{% block b %}{{ self.b() }}{% endblock %}",
        "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        "{% set ns = namespace(x='ab') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}",
        "{% set ns = namespace(x=[]) %}{% for i in range(90000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}",
        "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for i in range(99999) %}{{ 'x' * 9999 }}{% endfor %}", "{% set l = [] %}{{ l.append(l) }}{{ l }}",
        "{% set l = [] %}{{ l.append(l) }}{% set m = [] %}{{ m.append(m) }}{{ l == m }}",
        "{% set d = {} %}{{ d.update(a=d) }}{{ d|tojson }}",
        "{{ 'x'|replace('', 'y' * 10 ** 6)|replace('y', 'z' * 100) }}",
        "{{ ['a' * 10 ** 5] * 10 ** 4 }}", "{{ cycler(*range(10 ** 9)) }}", "{{ range(10 ** 9)|batch(1)|list }}",
        "{{ (range(99999)|list + range(99999)|list)|sort }}",
        "{{ '\\N{BULLET}' }}" + String(repeating: "{{ '\\N{X}' }}", count: 99),
    ]

    @Test(arguments: templates)
    func `a hostile template is refused with a sentence`(text: String) throws {
        var environment = Environment()
        environment.extensions = [.do, .loopcontrols]
        environment.templates["self"] = Source(name: "self", text: text)
        let source = Source(name: "self", text: text)
        let error = #expect(throws: TemplateError.self) {
            try Template(source, environment: environment).render(Object())
        }
        #expect(error?.finding.message.isEmpty == false)
        #expect(error?.line ?? 0 > 0)
    }

    @Test(arguments: [
        "{{ -(2 ** 63) // -1 }}", "{{ -(2 ** 63) % -1 }}", "{{ (-9223372036854775807 - 1) * -1 }}",
        "{{ [1][-9223372036854775807 - 1:9223372036854775807] }}", "{{ 'abc'[2 ** 70:] }}",
        "{{ range(-9223372036854775807, 9223372036854775807, 9223372036854775807)|list }}",
        "{{ 5 in range(-9223372036854775807, 9223372036854775807) }}", "{{ [1].pop(-1) }}", "{{ 1e308 * 1e308 }}",
        "{{ 1e308|int }}", "{{ 12345|round(-9223372036854775807) }}", "{{ 1.5|round(400) }}", "{{ '%c' % 65 }}",
        "{{ ''|truncate(9223372036854775807) }}", "{{ 'a'.expandtabs(-5) }}", "{{ [3, 1]|slice(1)|list }}",
        "{{ 'nan'|float in [1] }}", "{{ ['nan'|float, 1, 'nan'|float]|sort }}", "{{ 'a'[::-9223372036854775807] }}",
    ])
    func `numbers at the edge never stop the program`(text: String) {
        _ = try? Template(Source(name: "t", text: text)).render(Object())
    }

    @Test(arguments: [
        "{{ x + i }}", "{% set y = x * x // (x + i) %}", "{{ '%d' % x }}{{ '{:d}'.format(x) }}", "{{ -x }}",
        "{% set y = (x ~ '')|int %}", "{{ [x + i]|tojson }}", "{% set y = x ** 2 % (x - i) %}", "{{ [x, i]|sum }}",
    ])
    func `long numbers take steps by their length`(text: String) throws {
        let text = "{% set x = 10 ** 4000 %}{% for i in range(100000) %}\(text){% endfor %}"
        let error = #expect(throws: TemplateError.self) {
            try Template(Source(name: "t", text: text)).render(Object())
        }
        #expect(error?.kind == .limit)
        #expect(error?.message.contains("steps") == true)
    }

    @Test func `a number too long for Python to write is refused, and others are written`() throws {
        func written(_ text: String) throws -> String {
            try Template(Source(name: "t", text: text)).render(Object()).text
        }
        #expect(try written("{{ 10 ** 4299 }}").count == 4_300)
        #expect(try written("{{ 2 ** 20000 % 1000007 }}") == "\(Self.power(2, 20_000, modulo: 1_000_007))")
        let error = #expect(throws: TemplateError.self) { try written("{{ 10 ** 4300 }}") }
        #expect(error?.kind == .value)
        #expect(try written("{{ ('9' * 4301)|int }} {{ ('9' * 4300)|int == 10 ** 4300 - 1 }}") == "0 True")
    }

    private static func power(_ base: Int, _ exponent: Int, modulo: Int) -> Int {
        (0..<exponent).reduce(1) { power, _ in power * base % modulo }
    }

    @Test func `dividing long numbers gives back what was multiplied`() throws {
        let text = """
            {% for a, b in [(3, 700), (2, 3000), (7, 1500), (65535, 200), (4294967295, 90)] %}\
            {% set x = a ** b - 1 %}{% set y = (a + 2) ** (b // 2) + 5 %}\
            {{ (x * y + y - 1) // y == x }}{{ (x * y + y - 1) % y == y - 1 }}{{ -x // y * y + -x % y == -x }}\
            {% endfor %}
            """
        let made = try Template(Source(name: "t", text: text)).render(Object()).text
        #expect(made == String(repeating: "True", count: 15))
    }

    @Test(arguments: ["2 ** 70 + 1", "2 ** 1023", "-(3 ** 600)", "2 ** 53 * 2 ** 20 + 2 ** 20 + 1"])
    func `a long number becomes the nearest binary one`(number: String) throws {
        let written = try Template(Source(name: "t", text: "{{ \(number) }} {{ (\(number))|float }}")).render(Object())
        let parts = written.text.split(separator: " ")
        #expect(Double(parts[0]) == Double(parts[1]))
    }

    @Test func `bytes that are no UTF-8 are taken as they come`() throws {
        let source = Source(
            name: "t", bytes: Array("a\u{FF}".utf8) + [0xFF, 0xC0] + Array("{{ 1 }}".utf8) + [0xE2, 0x82])
        #expect(try Template(source).render(Object()).bytes.contains(UInt8(ascii: "1")))
        #expect(throws: TemplateError.self) { try Template(Source(name: "t", bytes: Array("{{ ".utf8) + [0xFF])) }
        #expect(throws: TemplateError.self) { try Template(Source(name: "t", bytes: Array("{{ '".utf8) + [0xFF])) }
    }
}
