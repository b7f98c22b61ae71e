package import Documents

extension EvaluatedResource {
    /// What it takes to bring a resource that was made with `properties` to this one; `nil` for nothing.
    ///
    /// Properties alone count: metadata and policies are no service's matter.
    package func changeClass(from properties: Value, region: String?) -> ChangeClass? {
        let source = Source(name: "", text: "")
        let old = EvaluatedResource(
            logicalID: logicalID, type: type, properties: Term(properties, at: position), dependsOn: dependsOn,
            deletionPolicy: deletionPolicy, updateReplacePolicy: updateReplacePolicy, attributes: attributes,
            references: [], isCertain: true, position: position)
        // Without references nothing is propagated: values that moved are seen as such.
        let new = EvaluatedResource(
            logicalID: logicalID, type: type, properties: Term(self.properties.value, at: position),
            dependsOn: dependsOn, deletionPolicy: deletionPolicy, updateReplacePolicy: updateReplacePolicy,
            attributes: attributes, references: [], isCertain: true, position: position)
        var comparison = Comparison(
            applied: EvaluatedTemplate(source: source, resources: [old], outputs: []),
            wanted: EvaluatedTemplate(source: source, resources: [new], outputs: []), region: region)
        return comparison.run().first?.changeClass
    }
}
