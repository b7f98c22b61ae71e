import Subprocess

/// Unpacks gzip with the tool that every system has.
enum Gzip {
    enum Outcome: Sendable {
        case bytes([UInt8])
        case tooLarge
        case unreadable(String)
    }

    static func isCompressed(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

    static func unpacked(_ bytes: [UInt8], limit: Int) async -> Outcome {
        do {
            let result = try await run(
                .name("gzip"), arguments: ["-dc"], input: .array(bytes), output: .bytes(limit: limit),
                error: .string(limit: 4096))
            if result.terminationStatus.isSuccess { return .bytes(result.standardOutput) }
            let words = result.standardError.split(separator: "\n").first.map(String.init)
            return .unreadable(words ?? "gzip gave up")
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            return .tooLarge
        } catch {
            return .unreadable("gzip could not be run")
        }
    }
}
