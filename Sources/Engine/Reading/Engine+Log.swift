package import Catalog
import Foundation

/// A part of what tools printed during a deployment.
package struct LogPart: Hashable, Sendable {
    package var lines: [String]
    /// Where in the file the part begins and ends, in bytes; the file's size.
    package var start: Int
    package var end: Int
    package var size: Int

    package var isWhole: Bool { start == 0 && end == size }
}

/// Lines of a log that hold some words.
package struct LogHits: Hashable, Sendable {
    package struct Hit: Hashable, Sendable {
        /// From 1.
        package var number: Int
        package var text: String
    }

    package var hits: [Hit]
    /// How many lines hold them; more than are given here where there are too many.
    package var count: Int
}

extension Engine {
    /// A part of the log file that ends at a byte, or at its end; `nil` where no tool has printed anything.
    ///
    /// - Parameter limit: Bytes at most, so that a log of any size costs the same.
    package func log(of id: Deployment.ID, endingAt end: Int? = nil, limit: Int = 1 << 20) throws(Refusal) -> LogPart? {
        _ = try existingDeployment(id)
        guard let file = FileHandle(forReadingAtPath: logPath(of: id)) else { return nil }
        defer { try? file.close() }
        return try refusing {
            let size = Int(try file.seekToEnd())
            let last = max(0, min(end ?? size, size))
            var start = max(0, last - limit)
            try file.seek(toOffset: UInt64(start))
            var bytes = try file.read(upToCount: last - start) ?? Data()
            if start > 0, let firstEnd = bytes.firstIndex(of: 0x0A), firstEnd + 1 < bytes.endIndex {
                // Parts begin with a whole line.
                let cut = firstEnd + 1 - bytes.startIndex
                bytes = bytes.dropFirst(cut)
                start += cut
            }
            return LogPart(lines: LogReader.lines(bytes), start: start, end: last, size: size)
        }
    }

    /// Goes through the whole log file for lines that hold all the words, in any case.
    package func log(of id: Deployment.ID, containing words: String, limit: Int = 5000) throws(Refusal) -> LogHits {
        _ = try existingDeployment(id)
        var found = LogHits(hits: [], count: 0)
        let words = words.lowercased().split(separator: " ").map(String.init)
        guard !words.isEmpty, let file = FileHandle(forReadingAtPath: logPath(of: id)) else { return found }
        defer { try? file.close() }
        return try refusing {
            var rest = Data()
            var number = 0
            func take(_ line: some Sequence<UInt8>) {
                number += 1
                let text = LogReader.text(line)
                let folded = text.lowercased()
                guard words.allSatisfy(folded.contains) else { return }
                found.count += 1
                if found.hits.count < limit { found.hits.append(LogHits.Hit(number: number, text: text)) }
            }
            while let chunk = try file.read(upToCount: 1 << 20), !chunk.isEmpty {
                rest.append(chunk)
                guard let last = rest.lastIndex(of: 0x0A) else { continue }
                for line in rest[..<last].split(separator: 0x0A, omittingEmptySubsequences: false) { take(line) }
                rest = Data(rest[rest.index(after: last)...])
            }
            if !rest.isEmpty { take(rest) }
            return found
        }
    }

    private func logPath(of id: Deployment.ID) -> String { DeploymentLog(directory: workspace.path, id).path }
}

private enum LogReader {
    static func lines(_ bytes: Data) -> [String] {
        var parts = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        if parts.last?.isEmpty == true { parts.removeLast() }
        return parts.map(text)
    }

    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let text = String(decoding: Array(bytes), as: UTF8.self)
        return text.hasSuffix("\r") ? String(text.dropLast()) : text
    }
}
