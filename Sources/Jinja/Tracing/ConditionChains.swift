/// Instructions that run only when something was decided: the body of a branch or of a loop.
struct Region: Sendable {
    let start: Int
    let end: Int
    /// The instructions that decide.
    let deciders: [Int]
    /// The tag whose decision it is.
    let offset: Int
    let isLoop: Bool
}

/// What stands above a piece of output, as chains that share their beginnings.
struct ConditionChains {
    struct Link: Equatable, BitwiseCopyable {
        /// The chain around; 0 is none.
        let outer: Int32
        let unit: Int32
        let region: Int32
        let origin: Origins.Origin
    }

    /// What is noted of one template, in plain memory: it is asked at every piece.
    private struct Regions: BitwiseCopyable {
        let unit: Unmanaged<Unit>
        /// The innermost region of each instruction, or -1.
        let byInstruction: UnsafeMutablePointer<Int32>
        /// The region around each region, or -1.
        let around: UnsafeMutablePointer<Int32>
        /// What each deciding instruction decided by last.
        let decisions: UnsafeMutablePointer<Origins.Origin>
        /// What was found last for each region.
        let found: UnsafeMutablePointer<Found>

        struct Found: BitwiseCopyable {
            var changes: Int
            var outer: Int32
            var chain: Int32
        }

        init(_ unit: Unit, _ arena: Arena) {
            self.unit = Unmanaged.passUnretained(unit)
            let count = unit.regions.count
            byInstruction = arena.allocate(unit.codeCount, of: Int32.self)
            byInstruction.initialize(repeating: -1, count: unit.codeCount)
            decisions = arena.allocate(unit.codeCount, of: Origins.Origin.self)
            decisions.initialize(repeating: 0, count: unit.codeCount)
            around = arena.allocate(max(1, count), of: Int32.self)
            around.initialize(repeating: -1, count: count)
            found = arena.allocate(max(1, count), of: Found.self)
            found.initialize(repeating: Found(changes: -1, outer: 0, chain: 0), count: count)
            // Outer regions come first once they are in the order of their starts, the longer first.
            let order = unit.regions.indices.sorted {
                let (a, b) = (unit.regions[$0], unit.regions[$1])
                return a.start == b.start ? a.end > b.end : a.start < b.start
            }
            for index in order {
                let region = unit.regions[index]
                guard region.start < region.end else { continue }
                around[index] = byInstruction[region.start]
                for pc in region.start..<region.end { byInstruction[pc] = Int32(index) }
            }
        }
    }

    private let arena: Arena
    private var regions: Row<Regions>
    private var last = -1
    private var units: [Unit] = []
    private var links: Row<Link>
    /// How often a decision came out of something else than before.
    private var changes = 0

    init(in arena: Arena) {
        self.arena = arena
        regions = Row(capacity: 4, in: arena)
        links = Row(capacity: 64, in: arena)
    }

    @inline(__always)
    private mutating func index(of unit: Unit) -> Int {
        let unmanaged = Unmanaged.passUnretained(unit)
        if last >= 0, regions.start[last].unit.toOpaque() == unmanaged.toOpaque() { return last }
        return index(ofOther: unit)
    }

    @inline(never)
    private mutating func index(ofOther unit: Unit) -> Int {
        if let found = units.firstIndex(where: { $0 === unit }) {
            last = found
        } else {
            units.append(unit)
            regions.append(Regions(unit, arena))
            last = regions.count - 1
        }
        return last
    }

    mutating func decide(_ unit: Unit, _ pc: Int, _ origin: Origins.Origin) {
        // First of all: it may add to the regions.
        let index = index(of: unit)
        let decision = regions[index].decisions + pc
        guard decision.pointee != origin else { return }
        decision.pointee = origin
        changes += 1
    }

    /// The chain of an instruction under those of the calls around.
    @inline(__always)
    mutating func chain(_ unit: Unit, _ pc: Int, under outer: Int32, _ origins: inout Origins) -> Int32 {
        let index = index(of: unit)
        let region = regions.start[index].byInstruction[pc]
        if region < 0 { return outer }
        let found = regions.start[index].found[Int(region)]
        if found.changes == changes, found.outer == outer { return found.chain }
        return chain(index, region, outer, &origins)
    }

    private mutating func chain(
        _ index: Int, _ region: Int32, _ outer: Int32, _ origins: inout Origins
    ) -> Int32 {
        let known = regions[index].found[Int(region)]
        if known.changes == changes, known.outer == outer { return known.chain }
        let around = regions[index].around[Int(region)]
        let above = around < 0 ? outer : chain(index, around, outer, &origins)
        let unit = units[index]
        var source: Origins.Origin = 0
        for pc in unit.regions[Int(region)].deciders {
            source = origins.union(source, regions[index].decisions[pc])
        }
        let link = Link(outer: above, unit: Int32(index), region: region, origin: source)
        let chain: Int32
        if known.chain > 0, links[Int(known.chain) - 1] == link {
            chain = known.chain
        } else {
            links.append(link)
            chain = Int32(links.count)
        }
        regions[index].found[Int(region)] = Regions.Found(changes: changes, outer: outer, chain: chain)
        return chain
    }

    /// A chain's links, the innermost first.
    func links(of chain: Int32) -> [(unit: Unit, region: Region, origin: Origins.Origin)] {
        var found: [(unit: Unit, region: Region, origin: Origins.Origin)] = []
        var current = chain
        while current > 0 {
            let link = links[Int(current) - 1]
            let unit = units[Int(link.unit)]
            found.append((unit, unit.regions[Int(link.region)], link.origin))
            current = link.outer
        }
        return found
    }
}
