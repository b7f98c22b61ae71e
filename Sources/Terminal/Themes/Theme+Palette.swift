extension Theme {
    /// Gives the roles colours after the base16 styling guide, and mends what could not be read.
    package init(_ palette: Palette) {
        var contrast = Contrast(palette)
        let base = { (index: Int) -> Color in index < palette.colors.count ? palette.colors[index] : .standard }
        let ground = base(0)
        var paints: [Role: Paint] = [:]
        for role in Role.allCases {
            var paint = Theme.base16(role, base)
            if paint.background == .standard { paint.background = ground }
            let needed = role == .faint || role == .border ? 3.0 : 4.5
            paint.foreground = contrast.readable(paint.foreground, on: paint.background, atLeast: needed, role)
            paints[role] = paint
        }
        self.init(name: palette.name, notes: contrast.notes) { paints[$0] ?? Paint() }
    }

    private static func base16(_ role: Role, _ base: (Int) -> Color) -> Paint {
        switch role {
        case .text: Paint(base(5))
        case .dim: Paint(base(4))
        case .placeholder: Paint(base(4), on: base(1))
        case .faint, .border: Paint(base(3))
        case .accent, .link: Paint(base(0xD))
        case .header: Paint(base(0xD), on: .standard, .bold)
        case .onAccent: Paint(base(0), on: base(0xD))
        case .selection: Paint(base(0), on: base(0xD))
        case .mark, .changed: Paint(base(0xE))
        case .match: Paint(base(0xA), on: .standard, .underline)
        case .ok, .added: Paint(base(0xB))
        case .warn: Paint(base(0xA))
        case .wait: Paint(base(9))
        case .fail, .error: Paint(base(8), on: .standard, .bold)
        case .run, .info: Paint(base(0xC))
        case .removed: Paint(base(8))
        case .addedWord: Paint(base(0xB), on: base(2), .underline)
        case .removedWord: Paint(base(8), on: base(2), .underline)
        case .input: Paint(base(5), on: base(1))
        case .inputFocus: Paint(base(6), on: base(2))
        case .test: Paint(base(0xC))
        case .production: Paint(base(0), on: base(8), .bold)
        }
    }
}

/// Moves colours that are too close to their background until they can be read.
private struct Contrast {
    private let palette: Palette
    private(set) var notes: [String] = []

    init(_ palette: Palette) {
        self.palette = palette
    }

    mutating func readable(_ color: Color, on ground: Color, atLeast needed: Double, _ role: Role) -> Color {
        guard ratio(color, ground) < needed else { return color }
        // Toward the scheme's own text colours first, then to whatever is furthest from the ground.
        for target in [palette.colors[5], palette.colors[7], palette.colors[0], .rgb(255, 255, 255), .rgb(0, 0, 0)] {
            for step in 1...8 {
                let mixed = mix(color, target, step)
                guard ratio(mixed, ground) >= needed else { continue }
                notes.append("\(role) was moved toward the text colour to be readable")
                return mixed
            }
        }
        return color
    }

    private func mix(_ color: Color, _ other: Color, _ eighths: Int) -> Color {
        guard case .rgb(let r, let g, let b) = color, case .rgb(let x, let y, let z) = other else { return color }
        func part(_ from: UInt8, _ to: UInt8) -> UInt8 {
            UInt8((Int(from) * (8 - eighths) + Int(to) * eighths) / 8)
        }
        return .rgb(part(r, x), part(g, y), part(b, z))
    }

    /// The contrast ratio of WCAG 2, from 1 to 21.
    private func ratio(_ first: Color, _ second: Color) -> Double {
        let (one, two) = (luminance(first), luminance(second))
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }

    private func luminance(_ color: Color) -> Double {
        guard case .rgb(let red, let green, let blue) = color else { return 0.5 }
        // A power of 2.2 stands for the exact curve: the difference is below what the limit is about.
        func linear(_ part: UInt8) -> Double {
            let value = Double(part) / 255
            return value * value * (0.8 + 0.2 * value)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }
}
