import OrderedCollections

/// Text that is equal only to the same scalars: Swift's own equality would merge two spellings of é.
package struct Key: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }

    package static func == (left: Key, right: Key) -> Bool {
        left.text.hasSameScalars(as: right.text)
    }

    package func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

/// Members by name, in the order in which they were written.
///
/// Equality does not look at the order.
package struct Object: Sendable {
    private var members: OrderedDictionary<Key, Value> = [:]

    package init() {}

    /// The last of two members with one name wins, in the place of the first.
    package init(_ members: some Sequence<(String, Value)>) {
        for (key, value) in members { self.members[Key(key)] = value }
    }

    package var count: Int { members.count }
    package var isEmpty: Bool { members.isEmpty }
    package var keys: [String] { members.keys.map(\.text) }
    package var values: [Value] { Array(members.values) }

    package subscript(key: String) -> Value? {
        get { members[Key(key)] }
        set { members[Key(key)] = newValue }
    }

    /// Whether `holds` says so of every member; ends with the first of which it does not.
    ///
    /// Several times quicker than a loop over the members, each of which is copied.
    package func allMembers(_ holds: (String, Value) -> Bool) -> Bool {
        let answer = members.keys.withContiguousStorageIfAvailable { keys in
            members.values.withContiguousStorageIfAvailable { values in
                for index in 0..<keys.count where !holds(keys[index].text, values[index]) { return false }
                return true
            }
        }
        return (answer ?? nil) ?? members.allSatisfy { holds($0.key.text, $0.value) }
    }

    /// Where the member `key` stands in the order.
    package func index(of key: String) -> Int? {
        members.index(forKey: Key(key))
    }
}

extension Object: Hashable {
    package static func == (left: Object, right: Object) -> Bool {
        left.count == right.count && left.members.allSatisfy { right.members[$0.key] == $0.value }
    }

    package func hash(into hasher: inout Hasher) {
        var sum = 0
        for (key, value) in members {
            var own = Hasher()
            own.combine(key)
            own.combine(value)
            sum &+= own.finalize()
        }
        hasher.combine(sum)
    }
}

extension Object: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { members.count }

    package subscript(position: Int) -> (key: String, value: Value) {
        let element = members.elements[position]
        return (element.key.text, element.value)
    }
}
