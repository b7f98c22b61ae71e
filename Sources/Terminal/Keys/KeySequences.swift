/// What single bytes and escape sequences mean as keys, for the terminals that people have.
enum KeySequences {
    static func single(_ byte: UInt8) -> KeyEvent {
        switch byte {
        case 0x00: KeyEvent(" ", .ctrl)
        case 0x09: KeyEvent(.tab)
        case 0x0A: KeyEvent("j", .ctrl)
        case 0x0D: KeyEvent(.enter)
        case 0x7F: KeyEvent(.backspace)
        case 0x01...0x1A: KeyEvent(character(byte + 0x60), .ctrl)
        case 0x1B...0x1F: KeyEvent(character(byte + 0x40), .ctrl)
        case 0x20...0x7E: KeyEvent(character(byte))
        default: KeyEvent("\u{FFFD}")
        }
    }

    private static func character(_ byte: UInt8) -> Character {
        Character(Unicode.Scalar(byte))
    }

    /// What follows Esc O: application cursor and keypad keys, F1 to F4.
    static func ss3(_ byte: UInt8) -> Key? {
        if let key = cursor(byte) { return key }
        switch byte {
        case UInt8(ascii: "M"): return .enter
        case UInt8(ascii: "j")...UInt8(ascii: "y"): return .character(character(byte - 0x40))
        default: return nil
        }
    }

    private static func cursor(_ byte: UInt8) -> Key? {
        switch byte {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "P"): .function(1)
        case UInt8(ascii: "Q"): .function(2)
        case UInt8(ascii: "R"): .function(3)
        case UInt8(ascii: "S"): .function(4)
        default: nil
        }
    }

    /// A control sequence; nil for reports and for what no key sends.
    static func csi(_ parameters: [UInt8], final: UInt8) -> KeyEvent? {
        // Private markers and intermediate bytes belong to the answers of the terminal; Linux' F1 is Esc [ [ A.
        if parameters == [UInt8(ascii: "[")] {
            let number = Int(final) - 0x40
            return (1...5).contains(number) ? KeyEvent(.function(number)) : nil
        }
        guard parameters.allSatisfy({ (0x30...0x3B).contains($0) }) else { return nil }
        let numbers = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { field in
            // Sub-parameters behind a colon tell press from release, which nobody asked for.
            Int(String(decoding: field.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)) ?? 1
        }
        let modifiers = numbers.count > 1 ? self.modifiers(numbers[1]) : []
        switch final {
        case UInt8(ascii: "~"): return tilde(numbers, modifiers)
        case UInt8(ascii: "Z"): return KeyEvent(.tab, .shift)
        case UInt8(ascii: "u"): return unicode(numbers.first ?? 0, modifiers)
        case UInt8(ascii: "R") where numbers.count > 1 && numbers[0] != 1: return nil  // a cursor report
        default: return cursor(final).map { KeyEvent($0, modifiers) }
        }
    }

    private static func modifiers(_ number: Int) -> Modifiers {
        guard (2...16).contains(number) else { return [] }
        return Modifiers(rawValue: UInt8(number - 1) & 7)
    }

    private static func tilde(_ numbers: [Int], _ modifiers: Modifiers) -> KeyEvent? {
        guard let code = numbers.first else { return nil }
        if code == 27, numbers.count == 3 { return unicode(numbers[2], modifiers) }
        let key: Key? =
            switch code {
            case 1, 7: .home
            case 2: .insert
            case 3: .delete
            case 4, 8: .end
            case 5: .pageUp
            case 6: .pageDown
            case 11...15: .function(code - 10)
            case 17...21: .function(code - 11)
            case 23...26: .function(code - 12)
            case 28...29: .function(code - 13)
            case 31...34: .function(code - 14)
            default: nil
            }
        return key.map { KeyEvent($0, modifiers) }
    }

    /// A key told by its code point, as newer terminals can.
    private static func unicode(_ code: Int, _ modifiers: Modifiers) -> KeyEvent? {
        switch code {
        case 9: return KeyEvent(.tab, modifiers)
        case 13: return KeyEvent(.enter, modifiers)
        case 27: return KeyEvent(.escape, modifiers)
        case 127: return KeyEvent(.backspace, modifiers)
        default: break
        }
        guard code >= 32, code <= 0x10FFFF, let scalar = Unicode.Scalar(UInt32(code)),
            !(0xE000...0xF8FF).contains(code)
        else { return nil }
        let isShifted = modifiers.contains(.shift) && !modifiers.contains(.ctrl)
        let text = String(Character(scalar))
        return KeyEvent(
            Character(isShifted ? text.uppercased().prefix(1).description : text), modifiers.subtracting(.shift))
    }
}
