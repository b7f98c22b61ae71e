import CEmbedded
import Foundation
import Testing

@Suite struct StarterTests {
    @Test func `every file of the starter catalog is embedded, in byte order of the paths`() throws {
        let embedded = try Starter.files.map(\.path)
        #expect(embedded == (try Starter.pathsOnDisk()), "make starter renews the list")
    }

    @Test func `an embedded file has the bytes of the file on disk`() throws {
        for file in try Starter.files {
            let onDisk = try Data(contentsOf: Starter.directory.appending(path: file.path))
            #expect(Data(file.bytes) == onDisk, "\(file.path)")
        }
    }

    @Test func `past the end is nothing`() {
        let count = baryon_starter_count()
        #expect(String(cString: baryon_starter_path(count)).isEmpty)
        #expect(baryon_starter_length(count) == 0)
        #expect(baryon_starter_length(Int.max) == 0)
    }

    @Test(arguments: [
        ("vpc-network", ["v1.0"]), ("fargate-cluster", ["v1.0", "v1.1", "v2.0"]),
        ("fargate-cluster-with-database", ["v1.0"]), ("fargate-service", ["v1.0", "v1.1", "v2.0"]),
        ("lambda-function", ["v1.0"]), ("http-api", ["v1.0"]),
    ])
    func `a template brings its versions, each with a schema, a readme and notes`(
        template: String, versions: [String]
    ) throws {
        let paths = Set(try Starter.files.map(\.path))
        let found = Set(paths.filter { $0.hasPrefix(template + "/") }.map { $0.split(separator: "/")[1] })
        #expect(found.map(String.init).sorted() == versions)
        for version in versions {
            for name in ["schema/schema.yaml", "README.md", "NOTES.md"] {
                #expect(paths.contains("\(template)/\(version)/\(name)"))
            }
        }
    }

    @Test func `a readme starts with the template's title and a summary that fits a description`() throws {
        for file in try Starter.files where file.path.hasSuffix("/README.md") {
            let lines = try file.text.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.first?.hasPrefix("# ") == true, "\(file.path)")
            #expect(lines.dropFirst().first?.isEmpty == true, "\(file.path)")
            let summary = lines.dropFirst(2).prefix { !$0.isEmpty }.joined(separator: " ")
            #expect((1...500).contains(summary.unicodeScalars.count), "\(file.path)")
        }
    }

    @Test func `notes are one paragraph that fits a description`() throws {
        for file in try Starter.files where file.path.hasSuffix("/NOTES.md") {
            let text = try file.text
            #expect(text.split(separator: "\n").count == 1, "\(file.path)")
            #expect((1...500).contains(text.unicodeScalars.count), "\(file.path)")
        }
    }

    @Test func `every service says where it can run`() throws {
        let paths = Set(try Starter.files.map(\.path))
        for path in paths where path.hasSuffix("/instance_infrastructure/manifest.yaml") {
            let root = path.dropLast("instance_infrastructure/manifest.yaml".count)
            #expect(paths.contains(root + ".template-registration.yaml"))
            #expect(paths.contains(root + "pipeline_infrastructure/manifest.yaml"))
        }
    }
}
