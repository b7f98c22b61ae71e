import Catalog

extension VersionDrift {
    /// The order that lists sort by, most urgent last; also what the database keeps.
    var rank: Int {
        switch self {
        case .none: 0
        case .current: 1
        case .minor: 2
        case .major: 3
        case .back: 4
        }
    }

    init(rank: Int) {
        self = VersionDrift.allCases.first { $0.rank == rank } ?? .none
    }
}

extension VersionLine {
    /// The version that lists name beside one that runs `running`.
    func offer(to running: VersionNumber) -> VersionNumber? {
        switch VersionDrift(running: running, in: self) {
        case .major: recommended
        case .back: Recommendation.moves(from: running, in: self).first?.to ?? recommended
        case .minor, .current, .none: recommended(inMajor: running.major) ?? recommended
        }
    }
}
