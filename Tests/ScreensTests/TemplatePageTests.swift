import Catalog
import Engine
import Screens
import Terminal
import Testing

@Suite struct TemplatePageTests {
    @Test(arguments: ScreenBench.sizes)
    func `inputs stand in columns, the selected one with its help`(size: Size) throws {
        let bench = try ScreenBench()
        let rows = bench.rows(TemplatePage("fargate-cluster"), ["Tab"], size: size)
        #expect(rows.hasRow("PARAMETER", "TYPE") || size.width < 80)
        #expect(rows.hasRow("vpc_cidr"))
        if size.width >= 80 { #expect(rows.hasRow("10.40.0.0/16")) }
        if size.height > 10 { #expect(rows.hasRow("VPC address range")) }
    }

    @Test func `outputs follow the inputs`() throws {
        let bench = try ScreenBench()
        let rows = bench.rows(TemplatePage("fargate-cluster"), ["Tab", "G"])
        #expect(rows.hasRow("ENVIRONMENT OUTPUTS", "outputs"))
        #expect(rows.hasRow("ClusterArn"))
    }

    @Test(arguments: [Size(120, 36), Size(80, 24)])
    func `a version tells what it changes against the one before`(size: Size) throws {
        let bench = try ScreenBench()
        let rows = bench.rows(TemplatePage("fargate-service"), ["S-Tab", "g"], size: size)
        #expect(rows.hasRow("2.0", "draft"))
        #expect(rows.hasRow("INPUTS SINCE 1.1"))
        #expect(rows.hasRow("2 changes: 1 added, 1 breaking"))
        let first = bench.rows(TemplatePage("fargate-service"), ["S-Tab", "G"], size: size)
        #expect(first.hasRow("1.0", "published"))
        #expect(first.hasRow("The first version."))
    }

    @Test func `all about a version fills the screen on a low one, and Esc gives the list back`() throws {
        let bench = try ScreenBench()
        let keys: [KeyEvent] = ["S-Tab", "g", "Enter"]
        let rows = bench.rows(TemplatePage("fargate-service"), keys, size: Size(80, 24))
        #expect(rows.hasRow("breaking", "Owner is a new required input"))
        #expect(bench.rows(TemplatePage("fargate-service"), keys + ["Esc"]).hasRow("VERSION", "STATUS"))
        let end = bench.rows(TemplatePage("fargate-service"), keys + ["G"], size: Size(40, 10))
        #expect(end.hasRow("files"))
    }

    @Test func `the chosen version is the one that the other tabs show`() throws {
        let bench = try ScreenBench()
        let rows = bench.rows(TemplatePage("fargate-service"), ["S-Tab", "g", "Tab"])
        #expect(rows[0].contains("fargate-service 2.0"))
        #expect(rows.hasRow("[Readme]", "draft"))
    }

    @Test func `deprecating asks for a reason, and what is off says why`() throws {
        let bench = try ScreenBench()
        let page = TemplatePage("fargate-service")
        #expect(bench.rows(page, ["S-Tab", "G", "D"]).hasRow("Deprecate fargate-service 1.0?"))
        #expect(bench.rows(page, ["S-Tab", "G", "P"]).hasRow("publish: it is published"))
        #expect(bench.rows(page, ["S-Tab", "g", "D"]).hasRow("deprecate: it is draft"))
    }
}
