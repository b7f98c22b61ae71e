import Catalog
import Documents
import Provisioning
import Testing

/// What a rehearsal can't know is said once, and is no failure.
@Suite struct RemarkTests {
    private func logs(_ template: String) async throws -> [String] {
        let rehearsal = Rehearsal()
        #expect(try await rehearsal.apply(template).failure == nil)
        return rehearsal.ledger.state.events.filter { $0.kind == .log }.map(\.message)
    }

    @Test func `macros are taken as they are written`() async throws {
        let logs = try await logs(
            """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Api: {Type: AWS::Serverless::Api, Properties: {StageName: prod}}
            """)
        #expect(
            logs == [
                "A rehearsal runs no macros, so what AWS::Serverless-2016-10-31 would make is taken as written."
            ])
    }

    @Test func `a macro in a property is one too, and custom resources are told with it`() async throws {
        let logs = try await logs(
            """
            Resources:
              Topic:
                Type: AWS::SNS::Topic
                Properties: {DisplayName: {Fn::Transform: {Name: Upper, Parameters: {Text: a}}}}
              Seed: {Type: Custom::Seed, Properties: {ServiceToken: arn:aws:lambda:eu-west-1:000000000000:function:a}}
            Outputs:
              Made: {Value: !GetAtt Seed.Made}
            """)
        #expect(
            logs == [
                "A rehearsal runs no macros, so what Fn::Transform would make is taken as written; it calls no custom "
                    + "resources, so the attributes of Seed are made up."
            ])
    }

    @Test func `nothing is said where all is known`() async throws {
        #expect(try await logs(Templates.vpc()).isEmpty)
    }

    @Test func `it is said once, wherever the run is broken off`() async throws {
        let template = "Transform: AWS::Serverless-2016-10-31\n" + Templates.vpc()
        for moment in 0..<5 {
            let rehearsal = Rehearsal()
            rehearsal.ledger.change { $0.stepsLeft = moment }
            #expect(try await rehearsal.finish { try await rehearsal.apply(template) }.failure == nil)
            #expect(rehearsal.ledger.state.events.filter { $0.kind == .log }.count == 1)
        }
    }
}
