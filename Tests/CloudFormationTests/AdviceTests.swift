import CloudFormation
import Documents
import Testing

@Suite struct AdviceTests {
    private static let yaml = """
        Resources:
          A: {Type: "AWS::S3::Buckett"}
          B: {Type: "AWS::AppRunner::Service"}
          C: {Type: "Custom::Thing"}
          D: {Type: "AWS::Lambda::Function", Properties: {Runtime: python3.9}}
          E: {Type: "AWS::Lambda::Function", Properties: {Runtime: python3.13}}
        """

    @Test func `facts speak against types and runtimes`() throws {
        let template = try evaluated(Self.yaml)
        #expect(
            template.advice(region: "af-south-1", day: "2026-11-24").map(\.message) == [
                "The type of \"A\" must be one that AWS publishes, but \"AWS::S3::Buckett\" is none.",
                "The type of \"B\" must be offered in af-south-1, but AWS::AppRunner::Service is not.",
                "The runtime of \"D\" must be one that AWS Lambda still takes, but python3.9 is not taken for new functions "
                    + "since 2026-06-01.",
            ])
        #expect(template.advice(region: "us-east-1", day: "2026-01-01").map(\.severity) == [.error, .warning])
        #expect(template.advice(region: nil, day: nil, isOpen: true).isEmpty)
    }

    /// Everything that people really used is known.
    @Test(arguments: Cases.rendered)
    func `no type of the cases is unknown`(path: String) throws {
        let resources = try Cases.document("\(path)/resources.json", as: .json).value.list ?? []
        for type in resources.compactMap({ $0["type"]?.string }) where !type.hasPrefix("AWS::Serverless") {
            #expect(ResourceFacts.isKnown(type), "\(type)")
        }
    }
}
