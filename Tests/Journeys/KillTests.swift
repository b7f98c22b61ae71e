import Foundation
import Testing

/// Whatever is killed, whenever: starting again finishes the work as if nothing had happened.
@Suite(.serialized) struct KillTests {
    /// The uninterrupted run, to compare with, and how many lines it talks.
    private func whole() throws -> (state: String, events: Int) {
        let program = try Program()
        defer { program.remove() }
        let result = try program.run("environment", "create", "net", "--template", "vpc-network", "--wait")
        try #require(result.code == 0, "\(result.talk)")
        let events = (result.out + result.talk).split(separator: "\n").count
        return (try program.state(), events)
    }

    @Test func `a deployment killed at any of its steps is finished by the next start`() throws {
        let (expected, count) = try whole()
        try #require(count > 10)
        for step in stride(from: 1, to: count, by: 3) {
            let program = try Program()
            defer { program.remove() }
            let (process, out, talk) = try program.start([
                "environment", "create", "net", "--template", "vpc-network", "--wait", "--pace", "15",
            ])
            wait(for: step, linesOf: [out, talk], of: process)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            try program.run("runner", "--until-idle")
            #expect(try program.state() == expected, "killed after \(step) lines")
        }
    }

    @Test func `a killed detached runner is no loss either`() throws {
        let (expected, _) = try whole()
        let program = try Program()
        defer { program.remove() }
        let ordered = try program.run("environment", "create", "net", "--template", "vpc-network", "--pace", "400")
        #expect(ordered.code == 0, "\(ordered.talk)")
        let runner = try #require(detachedRunner(of: program))
        let (watch, out, talk) = try program.start(["deployment", "watch", "1"])
        wait(for: 6, linesOf: [out, talk], of: watch)
        kill(runner, SIGKILL)
        watch.terminate()
        watch.waitUntilExit()
        try program.run("runner", "--until-idle")
        #expect(try program.state() == expected)
    }

    /// Reads until so many lines have come, or the process has ended.
    private func wait(for lines: Int, linesOf pipes: [Pipe], of process: Process) {
        var seen = 0
        for pipe in pipes { _ = fcntl(pipe.fileHandleForReading.fileDescriptor, F_SETFL, O_NONBLOCK) }
        while seen < lines, process.isRunning {
            var requests = pipes.map {
                pollfd(fd: $0.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
            }
            guard poll(&requests, nfds_t(requests.count), 5000) > 0 else { return }
            for request in requests where request.revents & Int16(POLLIN) != 0 {
                var buffer = [UInt8](repeating: 0, count: 4096)
                let count = read(request.fd, &buffer, buffer.count)
                if count > 0 { seen += buffer[..<count].count { $0 == 0x0A } }
            }
            if requests.allSatisfy({ $0.revents & Int16(POLLIN) == 0 }) { return }
        }
    }

    /// The process that runs `baryon runner` on this workspace, once it has started.
    private func detachedRunner(of program: Program) -> pid_t? {
        for _ in 0..<100 {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            for process in names.compactMap({ pid_t($0) }) {
                let file = FileHandle(forReadingAtPath: "/proc/\(process)/cmdline")
                let bytes = file.flatMap { try? $0.readToEnd() } ?? Data()
                let words = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
                if words.contains("runner"), words.contains(program.workspace) { return process }
            }
            usleep(50_000)
        }
        return nil
    }
}
