/// Pieces of output in order, in blocks that stay where they are: none is copied when there are more.
struct Pieces {
    private let arena: Arena
    private var blocks: [UnsafeMutablePointer<Tracer.Piece>] = []
    private(set) var count = 0
    /// Where the next one goes, and the end of its block.
    private var next: UnsafeMutablePointer<Tracer.Piece>?
    private var end: UnsafeMutablePointer<Tracer.Piece>?

    private static let size = 512

    init(in arena: Arena) { self.arena = arena }

    @inline(__always)
    mutating func append(_ piece: Tracer.Piece) {
        if next == end { addBlock() }
        next?.initialize(to: piece)
        next = next.map { $0 + 1 }
        count += 1
    }

    @inline(never)
    private mutating func addBlock() {
        if count / Pieces.size == blocks.count { blocks.append(arena.allocate(Pieces.size, of: Tracer.Piece.self)) }
        next = blocks[count / Pieces.size]
        end = next.map { $0 + Pieces.size }
    }

    subscript(index: Int) -> Tracer.Piece { blocks[index / Pieces.size][index % Pieces.size] }

    /// Those from `start` on.
    func from(_ start: Int) -> [Tracer.Piece] { (start..<max(start, count)).map { self[$0] } }

    mutating func cut(to count: Int) {
        guard count < self.count else { return }
        self.count = count
        let block = count / Pieces.size
        next = blocks[block] + count % Pieces.size
        end = blocks[block] + Pieces.size
    }
}
