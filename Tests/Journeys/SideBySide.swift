import Foundation

/// Does something for each number below `count` at once, each on a thread of its own, and waits for all.
func sideBySide(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let group = DispatchGroup()
    for number in 0..<count {
        group.enter()
        Thread {
            body(number)
            group.leave()
        }.start()
    }
    group.wait()
}
