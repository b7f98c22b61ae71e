extension Deployment.Phase {
    /// As a sentence goes on behind "it" or "deployment #3 of shop/prod".
    package var sentence: String {
        switch self {
        case .queued: "is queued"
        case .waiting: "waits for earlier steps"
        case .inProgress: "is in progress"
        case .cancelling: "is being cancelled"
        case .rollingBack: "is rolling back"
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .cancelled: "was cancelled"
        case .stuck: "is stuck"
        }
    }
}
