import Testing

@testable import Terminal

@Suite struct TerminalChoiceTests {
    @Test func `a known name is tried first, then what most terminals are`() {
        #expect(
            TerminalChoice.decide(["TERM": "xterm-kitty"], isInteractive: true)
                == .screen(descriptions: ["xterm-kitty", "xterm-256color", "linux", "vt100"]))
        #expect(
            TerminalChoice.decide([:], isInteractive: true)
                == .screen(descriptions: ["xterm-256color", "linux", "vt100"]))
        #expect(
            TerminalChoice.decide(["TERM": "linux"], isInteractive: true)
                == .screen(descriptions: ["linux", "xterm-256color", "vt100"]))
    }

    @Test func `dumb terminals and pipes get plain lines`() {
        #expect(
            TerminalChoice.decide(["TERM": "dumb"], isInteractive: true)
                == .plain("TERM is dumb: the terminal takes plain lines only"))
        #expect(
            TerminalChoice.decide(["TERM": "xterm"], isInteractive: false)
                == .plain("input or output is not a terminal"))
    }

    @Test(arguments: [
        (["LANG": "de_DE.UTF-8"], true), (["LANG": "de_DE.utf8"], true),
        (["LC_ALL": "C", "LANG": "de_DE.UTF-8"], false),
        ([:], false), (["LC_ALL": "", "LC_CTYPE": "C.UTF-8"], true),
    ])
    func `the first variable that is set decides about UTF-8`(environment: [String: String], asks: Bool) {
        #expect(TerminalChoice.asksForUTF8(environment) == asks)
    }

    @Test func `the wait for Esc is short, longer over a network, and can be set`() {
        #expect(TerminalChoice.escapeDelay([:]) == .milliseconds(25))
        #expect(TerminalChoice.escapeDelay(["SSH_CONNECTION": "x"]) == .milliseconds(50))
        #expect(TerminalChoice.escapeDelay(["ESCDELAY": "100"]) == .milliseconds(100))
        #expect(TerminalChoice.escapeDelay(["ESCDELAY": "-3"]) == .milliseconds(25))
    }

    @Test func `NO_COLOR counts when it is not empty`() {
        #expect(TerminalChoice.wantsColor([:]))
        #expect(TerminalChoice.wantsColor(["NO_COLOR": ""]))
        #expect(!TerminalChoice.wantsColor(["NO_COLOR": "1"]))
    }
}
