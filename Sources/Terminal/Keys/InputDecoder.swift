/// Turns the bytes of a terminal into keys and pastes, however they are split between two reads.
///
/// Answers of the terminal to queries (device attributes, cursor reports, colours, mode reports) may arrive at any
/// time; they are dropped, so that they never act as keys. So are mouse and focus reports.
package struct InputDecoder: Sendable {
    package enum Input: Hashable, Sendable {
        case key(KeyEvent)
        /// What a bracketed paste held, with line ends as newlines.
        case paste(String)
    }

    enum State: Hashable, Sendable {
        case ground
        /// Inside a character of several bytes.
        case utf8(pending: [UInt8], missing: Int)
        case escape
        /// After Esc [; the parameter bytes so far.
        case csi([UInt8])
        case ss3
        /// Inside OSC, DCS, APC, PM or SOS: dropped up to BEL or Esc \.
        case string(sawEscape: Bool, length: Int)
        case paste([UInt8])
        /// The rest of a paste that was longer than the limit.
        case pasteOverflow([UInt8], tail: [UInt8])
        /// The three bytes of an old mouse report.
        case mouse(missing: Int)
    }

    private(set) var state: State = .ground
    private var isAlt = false
    /// More of one paste than this is cut off.
    package static let pasteLimit = 1 << 20
    static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)

    package init() {}

    /// A lone Esc, or the start of a sequence, is held: ask `flush` once nothing came for the escape delay.
    package var isWaiting: Bool {
        switch state {
        case .ground, .paste, .pasteOverflow: false
        case .utf8, .escape, .csi, .ss3, .string, .mouse: true
        }
    }

    package mutating func decode(_ bytes: some Sequence<UInt8>) -> [Input] {
        var result: [Input] = []
        for byte in bytes { take(byte, &result) }
        return result
    }

    /// Ends what is held: a lone Esc becomes the key, an unfinished sequence is dropped.
    package mutating func flush() -> [Input] {
        defer { if isWaiting { reset() } }
        switch state {
        case .escape: return [.key(KeyEvent(.escape, isAlt ? .alt : []))]
        case .utf8: return [.key(KeyEvent("\u{FFFD}"))]
        case .csi(let bytes) where bytes.isEmpty: return [.key(KeyEvent("[", .alt))]
        case .ss3: return [.key(KeyEvent("O", .alt))]
        case .ground, .csi, .string, .paste, .pasteOverflow, .mouse: return []
        }
    }

    private mutating func reset() {
        state = .ground
        isAlt = false
    }

    private mutating func take(_ byte: UInt8, _ result: inout [Input]) {
        switch state {
        case .ground: ground(byte, &result)
        case .utf8(let pending, let missing): continuation(byte, pending, missing, &result)
        case .escape: escape(byte, &result)
        case .csi(let parameters): csi(byte, parameters, &result)
        case .ss3:
            let alt = isAlt
            reset()
            if let key = KeySequences.ss3(byte) { result.append(.key(KeyEvent(key, alt ? .alt : []))) }
        case .string(let sawEscape, let length): string(byte, sawEscape, length, &result)
        case .paste: paste(byte, &result)
        case .pasteOverflow(let text, let tail): overflow(byte, text, tail, &result)
        case .mouse(let missing):
            state = missing > 1 ? .mouse(missing: missing - 1) : .ground
        }
    }

    private mutating func ground(_ byte: UInt8, _ result: inout [Input]) {
        if byte == 0x1B {
            state = .escape
            return
        }
        let missing = InputDecoder.missing(after: byte)
        if missing > 0 {
            state = .utf8(pending: [byte], missing: missing)
            return
        }
        let alt: Modifiers = isAlt ? .alt : []
        reset()
        var key = KeySequences.single(byte)
        key.modifiers.formUnion(alt)
        result.append(.key(key))
    }

    private static func missing(after byte: UInt8) -> Int {
        switch byte {
        case 0xC2...0xDF: 1
        case 0xE0...0xEF: 2
        case 0xF0...0xF4: 3
        default: 0
        }
    }

    private mutating func continuation(
        _ byte: UInt8, _ pending: [UInt8], _ missing: Int, _ result: inout [Input]
    ) {
        guard byte & 0xC0 == 0x80 else {
            reset()
            result.append(.key(KeyEvent("\u{FFFD}")))
            return take(byte, &result)
        }
        let bytes = pending + [byte]
        guard missing == 1 else {
            state = .utf8(pending: bytes, missing: missing - 1)
            return
        }
        let alt: Modifiers = isAlt ? .alt : []
        reset()
        // Ill-formed bytes decode to several replacement characters; one is enough.
        let text = String(decoding: bytes, as: UTF8.self)
        result.append(.key(KeyEvent(text.count == 1 ? text.first ?? "\u{FFFD}" : "\u{FFFD}", alt)))
    }

    private mutating func escape(_ byte: UInt8, _ result: inout [Input]) {
        switch byte {
        case UInt8(ascii: "["): state = .csi([])
        case UInt8(ascii: "O"): state = .ss3
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "X"):
            // A string must follow; Alt with one of these keys is told from it by `flush`, which drops it.
            state = .string(sawEscape: false, length: 0)
        case 0x1B:
            if isAlt { result.append(.key(KeyEvent(.escape))) }
            isAlt = true
        default:
            isAlt = true
            state = .ground
            ground(byte, &result)
        }
    }

    private mutating func csi(_ byte: UInt8, _ parameters: [UInt8], _ result: inout [Input]) {
        switch byte {
        case UInt8(ascii: "[") where parameters.isEmpty:
            state = .csi([byte])
        case 0x20...0x3F:
            // What is longer than any key's sequence is only skipped.
            state = .csi(parameters.count < 64 ? parameters + [byte] : parameters)
        case 0x40...0x7E:
            let alt: Modifiers = isAlt ? .alt : []
            reset()
            if byte == UInt8(ascii: "~"), parameters == Array("200".utf8) {
                state = .paste([])
            } else if byte == UInt8(ascii: "M"), parameters.isEmpty {
                state = .mouse(missing: 3)
            } else if var key = KeySequences.csi(parameters, final: byte) {
                key.modifiers.formUnion(alt)
                result.append(.key(key))
            }
        case 0x1B:
            reset()
            state = .escape
        default:
            // A control byte breaks the sequence off and acts by itself.
            reset()
            take(byte, &result)
        }
    }

    private mutating func string(_ byte: UInt8, _ sawEscape: Bool, _ length: Int, _ result: inout [Input]) {
        if byte == 0x07 || sawEscape && byte == UInt8(ascii: "\\") || byte == 0x18 || byte == 0x1A {
            reset()
        } else if sawEscape {
            reset()
            state = .escape
            take(byte, &result)
        } else {
            state = .string(sawEscape: byte == 0x1B, length: length + 1)
        }
    }

    private mutating func paste(_ byte: UInt8, _ result: inout [Input]) {
        // The array leaves the state while it grows, so that a byte costs no copy of all before it.
        guard case .paste(var text) = state else { return }
        state = .ground
        text.append(byte)
        if byte == UInt8(ascii: "~"), text.suffix(6).elementsEqual(InputDecoder.pasteEnd) {
            text.removeLast(6)
            result.append(.paste(InputDecoder.pasted(text)))
        } else if text.count >= InputDecoder.pasteLimit + 6 {
            let tail = Array(text.suffix(5))
            text.removeLast(6)
            state = .pasteOverflow(text, tail: tail)
        } else {
            state = .paste(text)
        }
    }

    private mutating func overflow(_ byte: UInt8, _ text: [UInt8], _ tail: [UInt8], _ result: inout [Input]) {
        let seen = tail + [byte]
        if seen.elementsEqual(InputDecoder.pasteEnd) {
            reset()
            result.append(.paste(InputDecoder.pasted(text)))
        } else {
            state = .pasteOverflow(text, tail: Array(seen.suffix(5)))
        }
    }

    /// Terminals send line ends of a paste as carriage returns.
    private static func pasted(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        for (index, byte) in bytes.enumerated() {
            if byte == 0x0A, index > 0, bytes[index - 1] == 0x0D { continue }
            text.append(byte == 0x0D ? 0x0A : byte)
        }
        return String(decoding: text, as: UTF8.self)
    }
}
