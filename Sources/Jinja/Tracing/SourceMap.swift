package import Documents

/// Where each piece of a rendered file comes from.
///
/// What a rendering noted is kept as it is, with the memory that it points into; places and paths are made of it when
/// somebody asks.
package final class SourceMap: @unchecked Sendable {
    /// Output that one tag or one run of the template's own text wrote.
    package struct Piece: Sendable {
        /// Bytes of the output.
        package let range: Range<Int>
        /// The tag or the text in the template that wrote it.
        package let place: Place
        package let isPlaceholder: Bool
        /// The tag as the template has it; empty for text.
        package let text: String
        /// What flowed into it.
        package let inputs: [InputPath]
        /// What decided that it is there, the innermost first.
        package let conditions: [Condition]
    }

    /// A tag that decided whether, or how often, something was written.
    package struct Condition: Hashable, Sendable {
        package enum Kind: Sendable { case choice, loop }

        package let kind: Kind
        package let place: Place
        /// The tag as the template has it.
        package let text: String
        /// What was asked, or gone through.
        package let inputs: [InputPath]
    }

    private let tracer: Tracer
    private let memory: [AnyObject]

    init(_ tracer: Tracer, memory: [AnyObject]) {
        self.tracer = tracer
        self.memory = memory
    }

    /// How many pieces the output has; they follow each other without gaps.
    package var count: Int { tracer.pieces.count }

    /// Every place of the context that was really used.
    package var read: [InputPath] {
        tracer.usedPlaces.map { tracer.origins.path(of: $0) }.sorted { "\($0)" < "\($1)" }
    }

    /// The pieces that a range of the output is made of; those at its ends are cut to it.
    package func pieces(in range: Range<Int>) -> [Piece] {
        var low = 0
        var high = tracer.pieces.count
        while low < high {
            let middle = (low + high) / 2
            if tracer.pieces[middle].range.upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
        }
        let found = (low..<tracer.pieces.count).lazy.map { self.tracer.pieces[$0] }
        return found.prefix { $0.range.lowerBound < range.upperBound }.map { piece($0, range) }
    }

    private func piece(_ piece: Tracer.Piece, _ range: Range<Int>) -> Piece {
        let isPlaceholder = piece.length == 0
        let shown = piece.range.clamped(to: range)
        let source = piece.unit.source
        let tag = isPlaceholder ? piece.unit.tag(around: Int(piece.offset)) : 0..<0
        let place =
            isPlaceholder
            ? source.place(at: Int(piece.offset), length: max(1, tag.count))
            : source.place(
                at: Int(piece.offset) + shown.lowerBound - piece.range.lowerBound, length: max(1, shown.count))
        return Piece(
            range: shown, place: place, isPlaceholder: isPlaceholder, text: piece.unit.text(tag),
            inputs: inputs(piece.origin),
            conditions: tracer.conditions.links(of: piece.conditions).map { unit, region, origin in
                Condition(
                    kind: region.isLoop ? .loop : .choice, place: unit.source.place(at: region.offset),
                    text: unit.text(unit.tag(around: region.offset)),
                    inputs: inputs(origin))
            })
    }

    private func inputs(_ origin: Origins.Origin) -> [InputPath] {
        tracer.origins.places(origin).map { tracer.origins.path(of: $0) }
    }
}

extension Unit {
    /// The bytes of the tag that starts or stands at an offset.
    fileprivate func tag(around offset: Int) -> Range<Int> {
        let all = source.bytes
        var start = min(offset, max(0, all.count - 1))
        while start > 0, !(all[start] == 0x7B && start + 1 < all.count && [0x7B, 0x25].contains(all[start + 1])) {
            start -= 1
        }
        var end = start
        while end + 1 < all.count, !([0x7D, 0x25].contains(all[end]) && all[end + 1] == 0x7D) { end += 1 }
        return start..<min(all.count, end + 2)
    }

    fileprivate func text(_ range: Range<Int>) -> String { String(decoding: source.bytes[range], as: UTF8.self) }
}
