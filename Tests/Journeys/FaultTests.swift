import Foundation
import Testing

/// How commands speak where something is wrong: to people, to programs, to pipes.
@Suite struct FaultTests {
    @Test func `refusals and usage errors are JSON where results are`() throws {
        let program = try Program()
        defer { program.remove() }
        let refused = try program.run("environment", "show", "nosuch", "--output", "json")
        #expect(refused.code == 1)
        #expect(refused.talk.contains("error: There is no environment"))
        let wrong = try program.run("environment", "update", "nosuch", "--output", "json")
        #expect(wrong.code == 64)
        #expect(wrong.talk.contains("Usage: baryon environment update"))
        for result in [refused, wrong] {
            let read = try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any]
            let errors = try #require(read?["errors"] as? [[String: Any]])
            #expect(errors.first?["message"] is String)
            #expect(errors.first?["code"] is String)
        }
    }

    @Test func `nothing that is printed to a pipe acts on a terminal`() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write(
            "proton: EnvironmentSpec\nspec:\n  nat_gatways: \"\u{202E}evil\"\n  vpc_cidr: \"\u{202E}\\e[31m\"",
            to: "spec.yaml")
        let order = ["environment", "create", "net", "--template", "vpc-network", "--spec", "spec.yaml", "--plan"]
        for result in [try program.run(order), try program.run(order + ["--output", "json"])] {
            #expect(result.code == 4)
            for text in [result.out, result.talk] {
                #expect(!text.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{1B}" })
            }
        }
        let broken = "proton: EnvironmentSpec\nspec: {a: \"\u{1B}[31m\u{07}\"}"
        try program.write(broken, to: "broken.yaml")
        let talk = try program.run([
            "environment", "create", "net", "--template", "vpc-network", "--spec", "broken.yaml",
        ])
        .talk
        #expect(talk.contains("broken.yaml:2:"))
        #expect(!talk.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{07}" })
    }

    @Test(arguments: [
        ["environment", "create", "x", "--template", "vpc-network", "--spec", ""],
        ["deployment", "list", "--limit", "-1"],
        ["environment", "list", "--limit", "-1"], ["workspace", "history", "--limit", "-1"],
        ["template", "publish", "mine@3.7", "3.8"], ["help", "nosuch"], ["--theme", "nosuch"],
    ])
    func `wrong words end with 64 and say how it goes`(arguments: [String]) throws {
        let program = try Program()
        defer { program.remove() }
        let result = try program.run(arguments)
        #expect(result.code == 64)
        #expect(result.talk.hasPrefix("error: "), "\(result.talk)")
    }

    @Test func `what is not there leads on`() throws {
        let program = try Program()
        defer { program.remove() }
        #expect(try program.run("environment", "show", "x").talk.contains("baryon environment list"))
        #expect(try program.run("deployment", "list", "nosuch/x").code == 1)
        #expect(try program.run("environment", "list", "--owner", "nobody").talk.contains("There is no environment"))
        #expect(try program.run("template", "list", "--owner", "nobody").talk.contains("without --owner there are 6"))
        let file = try program.run("--workspace", "/etc/passwd", "template", "list")
        #expect(file.code != 0)
        let catalog = program.workspace + "/catalog.sqlite"
        let restored = try program.run("workspace", "restore", catalog, "--workspace", program.directory + "/other")
        #expect(restored.code == 1)
        #expect(!restored.talk.contains("table"))
    }

    @Test func `a command's owner is its own`() throws {
        let program = try Program()
        defer { program.remove() }
        try program.run("environment", "create", "net", "--template", "vpc-network", "--owner", "web", "--wait")
        #expect(try program.run("environment", "list", "--owner", "web").out.contains("net"))
        #expect(try program.run("environment", "list", "--owner", "other").out.isEmpty)
    }

    @Test func `a value's fault is placed at the flag that gave it`() throws {
        let program = try Program()
        defer { program.remove() }
        let result = try program.run(
            "environment", "create", "net", "--template", "vpc-network", "--set", "nix=1", "--set", "vpc_cidr=9")
        #expect(result.code == 1)
        #expect(result.talk.contains("--set nix: error:") && result.talk.contains("--set vpc_cidr: error:"))
    }
}
