import Foundation

extension String {
    /// Whether both texts have the same scalars; `==` would also merge two spellings of é.
    package func hasSameScalars(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        // Comparing the stored bytes is many times faster than walking two views of UTF-8.
        let isSame = utf8.withContiguousStorageIfAvailable { bytes in
            other.utf8.withContiguousStorageIfAvailable { others -> Bool in
                guard let left = bytes.baseAddress, let right = others.baseAddress else { return true }
                return memcmp(left, right, bytes.count) == 0
            } ?? utf8.elementsEqual(other.utf8)
        }
        return isSame ?? utf8.elementsEqual(other.utf8)
    }
}
