/// The versions of one template, and which of them is recommended: the rules, without any storage.
package struct VersionLine: Sendable {
    package struct Entry: Hashable, Sendable {
        package var number: VersionNumber
        package var status: VersionStatus

        package init(number: VersionNumber, status: VersionStatus) {
            self.number = number
            self.status = status
        }
    }

    package private(set) var entries: [Entry]
    /// The version for new targets; `nil` before the first is published.
    package private(set) var recommended: VersionNumber?
    /// The minor that targets of a major should run.
    package private(set) var minors: [Int: Int]

    package init(entries: [Entry], recommended: VersionNumber?, minors: [Int: Int]) {
        self.entries = entries.sorted { $0.number < $1.number }
        self.recommended = recommended
        self.minors = minors
    }

    package func status(of number: VersionNumber) -> VersionStatus? {
        entries.first { $0.number == number }?.status
    }

    /// The recommended version of `major`.
    package func recommended(inMajor major: Int) -> VersionNumber? {
        minors[major].map { VersionNumber(major, $0) }
    }

    /// The number that a registration gets: no major means the next major, a major means its next minor.
    ///
    /// This is the rule of Proton's API; a major that does not exist yet starts at minor 0.
    package func next(major: Int?) -> VersionNumber {
        guard let major else { return VersionNumber((entries.last?.number.major ?? 0) + 1, 0) }
        let minor = entries.last { $0.number.major == major }.map { $0.number.minor + 1 } ?? 0
        return VersionNumber(major, minor)
    }

    package mutating func add(_ number: VersionNumber) {
        entries.append(Entry(number: number, status: .draft))
        entries.sort { $0.number < $1.number }
    }

    /// Publishing makes a version recommended where it is higher than what is.
    package mutating func publish(_ number: VersionNumber) {
        set(.published, of: number)
        if minors[number.major].map({ $0 < number.minor }) ?? true { minors[number.major] = number.minor }
        if recommended.map({ $0 < number }) ?? true { recommended = number }
    }

    /// A person's choice; it may be an older version.
    package mutating func recommend(_ number: VersionNumber) {
        minors[number.major] = number.minor
        recommended = number
    }

    /// Withdraws or deprecates; what was recommended falls back to the highest published version that is left.
    package mutating func retire(_ number: VersionNumber, as status: VersionStatus) {
        set(status, of: number)
        if status == .withdrawn { forget(number) }
    }

    package mutating func delete(_ number: VersionNumber) {
        entries.removeAll { $0.number == number }
        forget(number)
    }

    private mutating func forget(_ number: VersionNumber) {
        if minors[number.major] == number.minor {
            minors[number.major] =
                entries.last { $0.number.major == number.major && $0.status == .published }?.number.minor
        }
        if recommended == number { recommended = entries.last { $0.status == .published }?.number }
    }

    private mutating func set(_ status: VersionStatus, of number: VersionNumber) {
        guard let index = entries.firstIndex(where: { $0.number == number }) else { return }
        entries[index].status = status
    }
}
