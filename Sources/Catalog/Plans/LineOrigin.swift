package import Documents

/// Where one line of a rendered file comes from.
package struct LineOrigin: Hashable, Sendable {
    /// A part of the line.
    package struct Piece: Hashable, Sendable {
        package var text: String
        /// In the template.
        package var place: Place
        /// The placeholder that wrote it; `nil` for text that stands so in the template.
        package var tag: String?
        /// What flowed into it.
        package var values: [ReadValue]

        package init(text: String, place: Place, tag: String? = nil, values: [ReadValue] = []) {
            self.text = text
            self.place = place
            self.tag = tag
            self.values = values
        }
    }

    /// A tag that decided that the line is there.
    package struct Condition: Hashable, Sendable {
        package var isLoop: Bool
        package var place: Place
        package var tag: String
        package var values: [ReadValue]

        package init(isLoop: Bool, place: Place, tag: String, values: [ReadValue]) {
            self.isLoop = isLoop
            self.place = place
            self.tag = tag
            self.values = values
        }
    }

    /// A value that the template read.
    package struct ReadValue: Hashable, Sendable {
        /// As the template names it, such as `service_instance.inputs.port`.
        package var path: String
        /// As JSON; `nil` where there is none, or it must not be shown.
        package var value: String?
        package var source: Source

        package init(path: String, value: String?, source: Source) {
            self.path = path
            self.value = value
            self.source = source
        }
    }

    /// Who set a value.
    package enum Source: Hashable, Sendable {
        /// It stands in the spec.
        case spec(Place)
        /// The schema's default.
        case schemaDefault
        /// An output of that environment.
        case output(of: String)
        /// The order itself: names, accounts, tags.
        case order
        /// Nobody.
        case nobody
    }

    package var line: Int
    package var pieces: [Piece]
    /// The innermost first.
    package var conditions: [Condition]

    package init(line: Int, pieces: [Piece], conditions: [Condition]) {
        self.line = line
        self.pieces = pieces
        self.conditions = conditions
    }
}

/// Tells where the lines of a file come from, as long as its plan is at hand: it is not kept with the file.
package struct FileOrigins: Hashable, Sendable {
    private let find: @Sendable (Int) -> LineOrigin?

    package init(_ find: @escaping @Sendable (Int) -> LineOrigin?) { self.find = find }

    /// `nil` for a line that is not there.
    package func origin(ofLine line: Int) -> LineOrigin? { find(line) }

    /// It says nothing that the file does not: files are equal by what stands in them.
    package static func == (left: FileOrigins, right: FileOrigins) -> Bool { true }
    package func hash(into hasher: inout Hasher) {}
}
