import Catalog
import Terminal

extension Event {
    /// As the log shows it: when, what, how; outputs with their names, programs' lines with their colours.
    var logLine: LogLine {
        let isError = state == .failed
        var line = Line(untrusted: String(at.iso8601.dropFirst(11).prefix(8)), .faint)
        line.append("  ")
        switch kind {
        case .resource:
            line = line + Words.resource(state).filling(4) + Line("  ")
            line.append(SafeText(untrusted: resource), isError ? .fail : .text)
            if let state { line.append(SafeText(untrusted: "  \(state.rawValue)"), isError ? .fail : .dim) }
            if !physicalID.isEmpty { line.append(SafeText(untrusted: "  \(physicalID)"), .faint) }
            if !message.isEmpty { line.append(SafeText(untrusted: "  \(message)"), isError ? .fail : .dim) }
        case .output:
            line.append("out   ", .info)
            line.append(SafeText(untrusted: resource))
            line.append(" = ", .dim)
            line.append(SafeText(untrusted: message), .info)
        case .phase:
            line.append("--    ", .dim)
            line.append(SafeText(untrusted: message), .header)
        case .log:
            line.append("      ")
            if !resource.isEmpty { line.append(SafeText(untrusted: "\(resource)  "), .dim) }
            line = line + LogLine(untrusted: message, .dim).line
        }
        return LogLine(line, isError: isError)
    }
}
