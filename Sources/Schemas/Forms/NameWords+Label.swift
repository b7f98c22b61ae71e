package import Documents

extension NameWords {
    private static let capitals: [String: String] = {
        let plain = [
            "ACL", "ALB", "API", "ARN", "AWS", "AZ", "CI", "CIDR", "CPU", "DB", "DNS", "EBS", "EC2", "ECR", "ECS",
            "EFS",
            "EKS", "ELB", "FIFO", "GPU", "HTTP", "HTTPS", "IAM", "ID", "IP", "JSON", "KMS", "NAT", "NLB", "RAM",
            "RDS", "S3", "SNS", "SQL", "SQS", "SSH", "SSL", "SSM", "TCP", "TLS", "TTL", "UDP", "UI", "URI", "URL",
            "UUID",
            "VPC", "VPN", "WAF", "YAML",
        ]
        var table = Dictionary(plain.map { ($0.lowercased(), $0) }) { first, _ in first }
        for (word, label) in [
            ("cidrs", "CIDRs"), ("arns", "ARNs"), ("ids", "IDs"), ("ips", "IPs"), ("urls", "URLs"), ("azs", "AZs"),
            ("mib", "MiB"), ("gib", "GiB"), ("ipv4", "IPv4"), ("ipv6", "IPv6"), ("dynamodb", "DynamoDB"),
            ("github", "GitHub"), ("vcpu", "vCPU"), ("mysql", "MySQL"), ("postgresql", "PostgreSQL"),
        ] {
            table[word] = label
        }
        return table
    }()

    /// The name as a label: the first word with a capital, known abbreviations as they are written.
    package static func label(_ name: String) -> String {
        let words = split(name).map { capitals[$0] ?? $0 }
        let text = words.joined(separator: " ")
        guard let first = words.first, first == first.lowercased(), let letter = text.first else {
            return text.isEmpty ? name : text
        }
        return letter.uppercased() + text.dropFirst()
    }
}
