import Foundation
import Testing

/// Where infrastructure goes, by keys alone.
@Suite(.enabled(if: Screen.isAvailable, "tmux is not installed")) struct ConnectionJourneyTests {
    @Test func `a secret is defined on a connection by keys, and commands know it`() throws {
        let program = try Program()
        defer { program.remove() }
        try program.run("connection", "add", "staging", "--account", "123456789012", "--region", "eu-west-1")
        let screen = try Screen(program, columns: 80, rows: 24)
        try screen.press("8")
        try screen.expect("2 connections", "staging", "123456789012")
        try screen.press("G", "Enter")
        try screen.expect("[Environments 0]", "none: the rights of who runs it")
        try screen.press("S")
        try screen.expect("Define a secret of staging")
        try screen.type("db-password")
        try screen.press("Enter")
        try screen.expect("Where is db-password?")
        try screen.type("ssm:/shop/db")
        try screen.press("Enter")
        try screen.expect("[Secrets 1]", "db-password is at ssm:/shop/db.")
        #expect(try program.run("connection", "secret", "list", "--connection", "staging").out.contains("ssm:/shop/db"))
        try screen.press("D")
        try screen.expect("Delete the secret db-password?")
        try screen.press("y")
        try screen.expect("[Secrets 0]", "S defines one")
        // What another program changes is shown at once.
        try program.run("connection", "change", "staging", "--role", "arn:aws:iam::123456789012:role/deploy")
        try screen.expect("role/deploy")
        try screen.press("Escape")
        try screen.expect("2 connections")
    }
}
