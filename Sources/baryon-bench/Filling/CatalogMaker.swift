import Catalog

/// Templates with their versions, as platform teams have them after some years.
struct CatalogMaker {
    /// A template with what targets have to know of it.
    struct Line {
        var template: Template
        /// Versions that targets run, the newest last.
        var running: [VersionNumber]
        var recommended: VersionNumber
        var instanceInputs: String
        /// Places of environment templates among the lines that environments use.
        var environments: [Int]
        var hasPipeline: Bool
    }

    let pool: BundlePool
    let now: Instant
    private(set) var templates: [Template] = []
    private(set) var versions: [TemplateVersion] = []
    private(set) var environments: [Line] = []
    private(set) var services: [Line] = []
    private let day: Int64 = 86_400_000

    init(pool: BundlePool, now: Instant) {
        self.pool = pool
        self.now = now
    }

    /// A fifth are environment templates.
    mutating func make(_ count: Int, _ dice: inout Dice) {
        let environmentCount = max(1, count / 5)
        for number in 0..<environmentCount {
            let name = "\(dice.pick(Vocabulary.areas))-\(dice.pick(Vocabulary.grounds))-\(number + 1)"
            environments.append(line(name, .environment, &dice))
        }
        for number in 0..<max(1, count - environmentCount) {
            let name = "\(dice.pick(Vocabulary.areas))-\(dice.pick(Vocabulary.forms))-\(number + 1)"
            services.append(line(name, .service, &dice))
        }
    }

    private mutating func line(_ name: String, _ kind: TemplateKind, _ dice: inout Dice) -> Line {
        let age = Int64(30 + dice.below(1500)) * day
        let homes = kind == .service ? (0..<(1 + dice.below(3))).map { _ in dice.popular(environments.count) } : []
        var line = VersionLine(entries: [], recommended: nil, minors: [:])
        let numbers = CatalogMaker.numbers(&dice)
        let entry = dice.pick(pool.entries[kind] ?? [])
        for (place, number) in numbers.enumerated() {
            line.add(number)
            let isLast = place == numbers.count - 1
            if isLast, place > 0, dice.hits(perMille: 150) { continue }
            line.publish(number)
        }
        for (place, number) in numbers.enumerated() where place < numbers.count - 1 {
            if dice.hits(perMille: 20) {
                line.retire(number, as: .withdrawn)
            } else if dice.hits(perMille: 100) {
                line.retire(number, as: .deprecated)
            }
        }
        for (place, number) in numbers.enumerated() {
            let at = now.adding(milliseconds: -age + age * Int64(place) / Int64(numbers.count))
            let status = line.status(of: number) ?? .draft
            versions.append(
                TemplateVersion(
                    template: name, kind: kind, number: number, status: status,
                    digest: place == 0 ? entry.digest : dice.pick(pool.entries[kind] ?? []).digest,
                    notes: dice.pick(Vocabulary.notes),
                    reason: status == .withdrawn ? "It lost its logs on each update." : "",
                    compatibleEnvironments: Set(homes).sorted().map {
                        CompatibleEnvironment(
                            template: environments[$0].template.name, major: environments[$0].recommended.major)
                    },
                    languages: entry.languages, registeredAt: at, registeredBy: dice.pick(Vocabulary.people),
                    publishedAt: status == .draft ? nil : at,
                    isRecommendedInMajor: line.minors[number.major] == number.minor))
        }
        let template = Template(
            name: name, kind: kind, title: CatalogMaker.title(name), summary: dice.pick(Vocabulary.notes),
            owner: Vocabulary.team(dice.popular(200)), recommended: line.recommended,
            createdAt: now.adding(milliseconds: -age))
        templates.append(template)
        let published = numbers.filter { line.status(of: $0) != .draft }
        return Line(
            template: template, running: published, recommended: line.recommended ?? published[0],
            instanceInputs: entry.instanceInputs, environments: homes, hasPipeline: entry.languages[.pipeline] != nil)
    }

    /// One to three majors of one to four minors.
    private static func numbers(_ dice: inout Dice) -> [VersionNumber] {
        (1...(1 + dice.popular(3))).flatMap { major in
            (0...dice.below(4)).map { VersionNumber(major, $0) }
        }
    }

    private static func title(_ name: String) -> String {
        let words = name.split(separator: "-").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
