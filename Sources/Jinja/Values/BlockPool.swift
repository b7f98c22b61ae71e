import Foundation
import Synchronization

/// Blocks of memory that renderings have given back, for the next one: the system takes its time for new ones.
enum BlockPool {
    /// Sizes are powers of two from here.
    private static let smallest = 14
    private static let largest = 20
    /// Blocks of one size that are kept.
    private static let most = 4

    private struct Spare: @unchecked Sendable {
        var bySize: [[UnsafeMutableRawPointer]] = Array(repeating: [], count: largest - smallest + 1)
    }

    private static let spare = Mutex(Spare())

    /// The bytes that a block for `size` has.
    @inline(__always)
    static func size(for size: Int) -> Int {
        size <= 1 << smallest ? 1 << smallest : 1 << (Int.bitWidth - (size - 1).leadingZeroBitCount)
    }

    /// A block of a size that `size(for:)` gave.
    static func take(_ size: Int) -> UnsafeMutableRawPointer {
        if size <= 1 << largest {
            let found = spare.withLock { $0.bySize[size.trailingZeroBitCount - smallest].popLast().map(Block.init) }
            if let found { return found.start }
        }
        guard let block = malloc(size) else { fatalError("no memory is left") }
        return block
    }

    static func give(_ block: UnsafeMutableRawPointer, _ size: Int) {
        if size <= 1 << largest {
            let given = Block(start: block)
            let isKept = spare.withLock { spare in
                let place = size.trailingZeroBitCount - smallest
                guard spare.bySize[place].count < most else { return false }
                spare.bySize[place].append(given.start)
                return true
            }
            if isKept { return }
        }
        free(block)
    }

    /// A block on its way through the lock.
    private struct Block: @unchecked Sendable {
        let start: UnsafeMutableRawPointer
    }
}
