import Documents

/// Texts that are probably allowed: by the format, by the name, by the pattern, then what inputs often hold.
enum SampleTexts {
    static func candidates(_ node: Object, named name: String) -> [String] {
        var found = formats[node["format"]?.string ?? ""].map { [$0] } ?? []
        let low = name.lowercased()
        found += usual.filter { low.contains($0.word) }.map(\.text)
        let least = min(1024, node["minLength"]?.number?.int ?? 0)
        let most = max(0, node["maxLength"]?.number?.int ?? 1024)
        let plain = String(repeating: "sample", count: max(1, (least + 5) / 6))
        found.append(String(plain.prefix(most)))
        if let pattern = node["pattern"]?.string {
            for repeats in [1, 2, 3, 0, least, 8, 12] {
                for branch in 0..<3 {
                    if let text = PatternSample.text(pattern, repeats: repeats, branch: branch) { found.append(text) }
                }
            }
        }
        return found + common
    }

    private static let formats = [
        "ipv4": "10.0.0.1", "ipv6": "2001:db8::1", "date": "2026-01-01", "date-time": "2026-01-01T00:00:00Z",
        "uuid": "123e4567-e89b-42d3-a456-426614174000", "email": "sample@example.com", "hostname": "sample.example.com",
        "uri": "https://example.com/sample", "byte": "c2FtcGxl",
    ]

    /// By a part of the input's name.
    private static let usual: [(word: String, text: String)] = [
        ("subnet_cidr", "10.0.0.0/24"), ("cidr", "10.0.0.0/16"), ("arn", "arn:aws:iam::123456789012:policy/sample"),
        ("email", "sample@example.com"), ("url", "https://example.com/sample"), ("domain", "sample.example.com"),
        ("region", "us-east-1"), ("account", "123456789012"), ("vpc_id", "vpc-0123456789abcdef0"),
        ("subnet", "subnet-0123456789abcdef0"), ("runtime", "python3.13"), ("path", "/sample"), ("port", "80"),
    ]

    private static let common = [
        "Sample", "SAMPLE", "sample1", "a", "1", "10", "512", "true", "10.0.0.0/16", "10.0.0.0/24", "10.0.0.1", "/",
        "/sample", "*", "sample.example.com", "https://example.com/sample", "sample@example.com", "123456789012",
        "us-east-1", "us-east-1a", "arn:aws:iam::123456789012:policy/sample", "arn:aws:iam::123456789012:role/sample",
        "arn:aws:s3:::sample", "vpc-0123456789abcdef0", "subnet-0123456789abcdef0", "sg-0123456789abcdef0",
        "ami-0123456789abcdef0", "t3.micro", "db.t3.micro", "owner/sample", "s3://sample/key", "rate(1 day)",
        "cron(0 12 * * ? *)", "2026-01-01", "1.0", "1.0.0", "",
    ]
}
