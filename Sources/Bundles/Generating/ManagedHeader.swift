/// The comment that Proton put before each Terraform file.
enum ManagedHeader {
    /// - Parameter arn: `nil` for a resource that was deleted.
    static func text(_ arn: String?) -> String {
        guard let arn else {
            return """
                /*
                This file is no longer managed by AWS Proton. The associated resource has been deleted in Proton.
                */


                """
        }
        return """
            /*
            This file is managed by AWS Proton. Any changes made directly to this file will be overwritten the next time AWS Proton performs an update.

            To manage this resource, see AWS Proton Resource: \(arn)

            If the resource is no longer accessible within AWS Proton, it may have been deleted and may require manual cleanup.
            */


            """
    }
}
