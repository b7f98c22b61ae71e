import Foundation

/// Memory of one rendering, or of one compiled template: taken in order, given back as a whole.
///
/// Values point into it and own nothing, so copying them costs nothing. What points into an arena must not be used
/// after the arena is gone; nothing but plain bytes and numbers leaves a rendering.
final class Arena {
    /// By a pointer, so that taking memory need not ask whether somebody else is at it: an arena stays on a thread.
    private struct State {
        // Without room nothing is ever written there.
        var cursor = UnsafeMutableRawPointer(bitPattern: 16).unsafelyUnwrapped
        var rest = 0
        /// Where the text that was made last ends, as long as nothing was allocated behind it.
        var textEnd: UnsafeRawPointer?
        var taken = 0
    }

    private let state: UnsafeMutablePointer<State>
    private var blocks: [(start: UnsafeMutableRawPointer, size: Int)] = []
    private var kept: [AnyObject] = []

    init() {
        state = UnsafeMutablePointer<State>.allocate(capacity: 1)
        state.initialize(to: State())
    }

    deinit {
        for block in blocks { BlockPool.give(block.start, block.size) }
        state.deallocate()
    }

    /// Bytes taken so far.
    @inline(__always) var taken: Int { state.pointee.taken }

    /// Room for `bytes`, at a multiple of 8.
    @inline(__always)
    func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
        let size = (bytes + 7) & ~7
        if size <= state.pointee.rest {
            let place = state.pointee.cursor
            state.pointee.cursor += size
            state.pointee.rest -= size
            return place
        }
        return allocateBlock(size)
    }

    @inline(never)
    private func allocateBlock(_ size: Int) -> UnsafeMutableRawPointer {
        // Blocks grow with what was taken: a large rendering needs few.
        let wanted = BlockPool.size(for: max(min(1 << 20, taken), size))
        let place = BlockPool.take(wanted)
        blocks.append((place, wanted))
        state.pointee.taken += wanted
        if wanted - size > state.pointee.rest {
            state.pointee.cursor = place + size
            state.pointee.rest = wanted - size
        }
        return place
    }

    @inline(__always)
    func allocate<T: BitwiseCopyable>(_ count: Int, of type: T.Type) -> UnsafeMutablePointer<T> {
        allocate(count * MemoryLayout<T>.stride).bindMemory(to: T.self, capacity: count)
    }

    // MARK: The text that was made last

    /// Room for a text of at most `capacity` bytes; `finish` says how many it has.
    @inline(__always)
    func allocateText(_ capacity: Int) -> UnsafeMutablePointer<UInt8> {
        allocate(capacity).assumingMemoryBound(to: UInt8.self)
    }

    /// Gives back what a text that was just allocated does not need.
    @inline(__always)
    func finish(_ text: UnsafeMutablePointer<UInt8>, _ count: Int, of capacity: Int) {
        let start = UnsafeMutableRawPointer(text)
        let (held, needed) = ((capacity + 7) & ~7, (count + 7) & ~7)
        if start + held == state.pointee.cursor {
            state.pointee.cursor -= held - needed
            state.pointee.rest += held - needed
        }
        state.pointee.textEnd = UnsafeRawPointer(start + count)
    }

    /// Makes the text that was made last longer in place, when there is room behind it.
    @inline(__always)
    func extend(_ end: UnsafeRawPointer, by count: Int) -> Bool {
        guard end == state.pointee.textEnd else { return false }
        let used = UnsafeRawPointer(state.pointee.cursor) - end
        guard used >= 0, used < 8, count - used <= state.pointee.rest else { return false }
        let more = (max(0, count - used) + 7) & ~7
        guard more <= state.pointee.rest else { return false }
        state.pointee.cursor += more
        state.pointee.rest -= more
        state.pointee.textEnd = end + count
        return true
    }

    /// Keeps an object alive as long as the arena.
    func keep(_ object: AnyObject) {
        kept.append(object)
        state.pointee.taken += 64
    }

    // MARK: The arena of a thread

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        return key
    }()

    /// Where values that are made on this thread go: the arena of the rendering or reading that runs on it.
    @inline(__always)
    static var current: Arena {
        guard let pointer = pthread_getspecific(key) else { return lasting }
        return Unmanaged<Arena>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// Values that nobody reads or renders with; there is no such thing outside of `use`, but if there were, they
    /// would last.
    private static var lasting: Arena {
        let arena = Arena()
        pthread_setspecific(key, Unmanaged.passRetained(arena).toOpaque())
        return arena
    }

    /// Runs `body` with this arena as the thread's.
    func use<T, Failure: Error>(_ body: () throws(Failure) -> T) throws(Failure) -> T {
        let outer = pthread_getspecific(Arena.key)
        pthread_setspecific(Arena.key, Unmanaged.passUnretained(self).toOpaque())
        defer { pthread_setspecific(Arena.key, outer) }
        return try withExtendedLifetime(self, body)
    }
}
