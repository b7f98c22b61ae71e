import Catalog
import Documents
import Testing

@Suite struct SecretSourceTests {
    @Test(arguments: [
        ("ssm:/shop/db", "{{resolve:ssm-secure:/shop/db}}"), ("ssm:db.pass-1:3", "{{resolve:ssm-secure:db.pass-1:3}}"),
        ("secretsmanager:shop/db", "{{resolve:secretsmanager:shop/db:SecretString}}"),
        ("secretsmanager:shop/db:password", "{{resolve:secretsmanager:shop/db:SecretString:password}}"),
        ("secretsmanager:shop::AWSPREVIOUS", "{{resolve:secretsmanager:shop:SecretString::AWSPREVIOUS}}"),
        (
            "secretsmanager:arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:key",
            "{{resolve:secretsmanager:arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:SecretString:key}}"
        ),
        ("env:DB_PASS", nil), ("file:/run/secrets/a b", nil), ("exec:pass show shop/db", nil),
    ])
    func `a source reads back, and CloudFormation looks up what it knows`(text: String, reference: String?) throws {
        let source = try SecretSource(text)
        #expect(source.text == text)
        #expect(source.dynamicReference == reference)
        #expect(try SecretSource(source.text) == source)
    }

    @Test(arguments: [
        "", "hunter2", "vault:hunter2", "ssm:", "ssm:hunter2 x", "ssm:a:hunter2", "ssm:a:0", "ssm:a}}",
        "secretsmanager:", "secretsmanager:a:b:c:hunter2", "secretsmanager:hunter2\"", "secretsmanager:arn:aws:hunter2",
        "secretsmanager:arn:aws:iam:eu-west-1:1:secret:hunter2", "env:", "env:hunter2!", "env:2hunter2", "file:hunter2",
        "file:/a\nhunter2", "exec:", "exec:echo 'hunter2'", "exec:cat a | hunter2", "exec:a\nhunter2",
    ])
    func `what is no source is refused by a sentence, and not repeated`(text: String) {
        let finding = #expect(throws: Finding.self) { try SecretSource(text) }
        #expect(finding?.code == "secret.source")
        #expect(finding?.message.contains(" must ") == true && finding?.hint?.isEmpty == false)
        #expect(finding?.text.contains("hunter2") == false)
    }

    @Test func `grounds without secrets are written as before there were any`() {
        var grounds = Grounds(account: "1", region: "r")
        #expect(grounds.value.object?.keys.contains("secrets") == false)
        grounds.secrets = ["b": "env:B", "a": "ssm:/a"]
        #expect(Grounds(value: grounds.value) == grounds)
    }
}
