import Catalog
import Documents
import Provisioning
import Testing

@Suite struct JournalEntryTests {
    @Test func `an entry reads back as it was written`() {
        let resource = ProvisionedResource(
            logicalID: "Vpc", type: "AWS::EC2::VPC", physicalID: "vpc-1", attributes: ["VpcId": "vpc-1"],
            properties: ["CidrBlock": "10.0.0.0/16"], dependencies: ["Gateway"], deletionPolicy: .retain,
            replacementPolicy: .snapshot, generation: 2
        )
        let failure = Failure(resource: "Vpc", type: "AWS::EC2::VPC", reason: "No.", hint: "Yes.", undone: ["A"])
        let entries = [
            JournalEntry(.intent, act: .create, resource: "Vpc"),
            JournalEntry(.done, act: .replace, resource: "Vpc", before: resource, after: resource),
            JournalEntry(.failed, act: .update, resource: "Vpc", failure: failure),
            JournalEntry(.finished),
        ]
        for entry in entries { #expect(JournalEntry(value: entry.value) == entry) }
    }

    @Test func `other data is no entry`() {
        #expect(JournalEntry(value: .null) == nil)
        #expect(JournalEntry(value: ["mark": "whatever"]) == nil)
        #expect(ProvisionedResource(value: ["type": "AWS::EC2::VPC"]) == nil)
    }
}
