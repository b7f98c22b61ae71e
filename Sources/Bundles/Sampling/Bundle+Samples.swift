package import Documents

extension Bundle {
    /// Inputs that a part's schema accepts, with defaults filled in: what must be given and has no default is a sample.
    ///
    /// `nil` where none can be made, or where the part has no schema.
    package func sampleInputs(of part: Part) -> Value? {
        let type: SchemaFile.InputType? =
            switch part {
            case .environment: .environment
            case .instance: .service
            case .pipeline: .pipeline
            case .component: nil
            }
        guard let type, let schema, let entry = schema.types[type] else { return nil }
        var samples = SampleInputs(entry, in: schema.document, .least)
        return samples.made()
    }
}
