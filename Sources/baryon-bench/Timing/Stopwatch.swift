/// Times of one piece of work, done again and again.
struct Samples {
    private var sorted: [Duration]

    /// Runs `work` once to warm up, then until the budget is spent, at least three times.
    ///
    /// - Parameter rounds: At most so many.
    init(budget: Duration, rounds: Int = 100_000, _ work: () throws -> Void) rethrows {
        try work()
        var taken: [Duration] = []
        let end = ContinuousClock.now + budget
        while taken.count < 3 || taken.count < rounds && ContinuousClock.now < end {
            taken.append(try ContinuousClock().measure { try work() })
        }
        sorted = taken.sorted()
    }

    /// Times that were taken otherwise.
    init(_ times: [Duration]) { sorted = times.sorted() }

    var count: Int { sorted.count }

    func percentile(_ share: Int) -> Duration { sorted[min(sorted.count - 1, sorted.count * share / 100)] }

    var median: Duration { percentile(50) }
}

extension Duration {
    var nanoseconds: Double {
        Double(components.seconds) * 1e9 + Double(components.attoseconds) / 1e9
    }

    /// `0.42 ms`.
    var shown: String {
        let hundredths = Int((nanoseconds / 1e4).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) ms"
    }
}
