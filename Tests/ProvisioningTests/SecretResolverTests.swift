import Catalog
import Documents
import Foundation
import Provisioning
import Testing

@Suite struct SecretResolverTests {
    private static let connection = Connection(
        name: "prod", provisioner: .cloudFormation, account: "111122223333", region: "eu-west-1",
        createdAt: Instant(milliseconds: 0))

    /// An `aws` that knows one parameter and one secret, and repeats what it should not when it is asked for others.
    private static let tool = """
        #!/bin/sh
        file=$(printf '%s\\n' "$@" | sed -n 's,^file://,,p')
        echo "$1 $2 $(cat "$file")" >> "$BARYON_AWS_STATE/calls"
        case "$(cat "$file")" in
          *'"/shop/db"'*) echo '{"Parameter": {"Value": "canary-p"}}' ;;
          *'"shop"'*) echo '{"SecretString": "{\\"user\\": \\"u\\", \\"password\\": \\"canary-s\\"}"}' ;;
          *garbage*) echo 'canary-garbage: {' ;;
          *) echo 'An error occurred (ParameterNotFound) when calling the GetParameter operation: ' >&2; exit 254 ;;
        esac
        """

    private func with<Result>(_ body: (String, SecretResolver) async throws -> Result) async throws -> Result {
        let directory = NSTemporaryDirectory() + "baryon-secrets-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try write(Self.tool, directory + "/aws", mode: 0o700)
        let environment = [
            "PATH": "/usr/bin:/bin", "BARYON_AWS_STATE": directory, "TMPDIR": directory, "DB": "canary-v", "EMPTY": "",
        ]
        return try await body(
            directory, SecretResolver(tool: AWSTool(path: directory + "/aws", environment: environment)))
    }

    private func write(_ text: String, _ path: String, mode: Int = 0o600) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    private func secret(_ source: String) throws -> Secret {
        Secret(connection: "prod", name: "db", source: try SecretSource(source))
    }

    @Test func `a value is what its source has, without the last line's end`() async throws {
        try await with { directory, resolver in
            try write("canary-f\n", directory + "/value")
            try write("#!/bin/sh\necho canary-x $1\n", directory + "/print", mode: 0o700)
            let wanted = [
                ("env:DB", "canary-v"), ("file:\(directory)/value", "canary-f"),
                ("exec:\(directory)/print one", "canary-x one"), ("ssm:/shop/db", "canary-p"),
                ("secretsmanager:shop:password", "canary-s"),
                ("secretsmanager:shop", "{\"user\": \"u\", \"password\": \"canary-s\"}"),
            ]
            for (source, value) in wanted {
                let found = try await resolver.value(of: secret(source), on: Self.connection)
                #expect(found.text == value, "\(source)")
                #expect("\(found) \([found])".contains("canary") == false)
            }
            let calls = try String(contentsOfFile: directory + "/calls", encoding: .utf8)
            #expect(calls.contains("ssm get-parameter") && calls.contains("WithDecryption"))
            #expect(calls.contains("secretsmanager get-secret-value"))
            let left = try FileManager.default.contentsOfDirectory(atPath: directory)
            #expect(left.filter { $0.hasPrefix("baryon-") }.isEmpty)
        }
    }

    @Test func `what is missing is told by the secret's name, and never by what was found`() async throws {
        try await with { directory, resolver in
            try write("#!/bin/sh\necho canary-x; echo canary-x >&2; exit 3\n", directory + "/print", mode: 0o700)
            try write("", directory + "/empty")
            try Data([0xFF, 0x63]).write(to: URL(fileURLWithPath: directory + "/binary"))
            let wanted = [
                ("env:NONE", "is not set"), ("env:EMPTY", "is empty"), ("file:\(directory)/none", "No such file"),
                ("file:\(directory)", "something else"), ("file:/dev/zero", "something else"),
                ("file:\(directory)/empty", "is empty"), ("file:\(directory)/binary", "must be text"),
                ("exec:\(directory)/print", "ended with code 3"), ("exec:/nowhere/tool", "not installed"),
                ("exec:seq 20000", "at most 64 KB"), ("ssm:/shop/none", "could not be read"),
                ("ssm:/shop/garbage", "could not be read"), ("secretsmanager:shop:pass", "has no such key"),
            ]
            for (source, words) in wanted {
                let failure = await #expect(throws: Failure.self) {
                    _ = try await resolver.value(of: secret(source), on: Self.connection)
                }
                let told = (failure?.reason ?? "") + (failure?.hint ?? "")
                #expect(told.hasPrefix("The secret \"db\" of connection prod (\(source)) "))
                #expect(told.contains(words), "\(source): \(told)")
                #expect(!told.replacing(source, with: "").contains("canary"), "\(source): \(told)")
            }
        }
    }

    @Test func `a rehearsal makes sure of each secret, and leaves those of an account alone`() async throws {
        try await with { _, resolver in
            let provisioner = LocalProvisioner(resolver: resolver)
            var job = Job(
                deployment: Deployment.ID(1), target: .environment("net"), stack: "net", template: Templates.vpc())
            job.secrets = try [secret("env:DB"), secret("ssm:/shop/db")]
            let ledger = MemoryLedger()
            guard case .succeeded = try await provisioner.apply(job, ledger) else {
                Issue.record("it did not succeed")
                return
            }
            let log = ledger.state.events.filter { $0.kind == .log }.map(\.message)
            #expect(log == ["The secret \"db\" is in an account (ssm:/shop/db): it was not looked for."])
            job.secrets = try [secret("env:NONE"), secret("file:/none")]
            let refused = MemoryLedger()
            guard case .failed(let failure) = try await provisioner.apply(job, refused) else {
                Issue.record("it did not fail")
                return
            }
            #expect(failure.reason.contains("(env:NONE)") && failure.reason.contains("(file:/none)"))
            #expect(refused.state.resources.isEmpty)
        }
    }

    @Test func `what a tool says is without a secret, however it writes it`() {
        let value = "a/b+\"c&d~1"
        let redaction = Redaction([SecretValue(value), SecretValue("xy")])
        let text = [
            value, "say \(Value.string(value).json())", "http://u:a%2Fb%2B%22c%26d~1@h", "612f622b226326647e31",
            Data(value.utf8).base64EncodedString(), Data("user:\(value)".utf8).base64EncodedString(),
            Data("me:\(value)@".utf8).base64EncodedString(), "xy",
        ].map(redaction.clean)
        for line in text {
            #expect(line.contains("(secret)"), "\(line)")
            #expect(!line.contains("c&d") && !line.contains("%26d") && !line.contains("xy"))
        }
        #expect(redaction.clean("as it is") == "as it is")
    }
}
