/// What people order, one after the other: twenty deployments, half of them rehearsed, half of them in an account.
enum KillScript {
    struct Act {
        enum Way {
            /// The command carries it out itself.
            case waited
            /// It is left to runners.
            case left
            /// It is left to runners, and cancelled as soon as something was done.
            case cancelled
        }

        var words: [String]
        var way: Way
        /// The deployments that it makes.
        var count = 1
        /// Where a rehearsal is made to fail.
        var failAt: String?
        /// Where the account holds its stack until it is asked to stop.
        var stack: String?
        var isInAccount = false
    }

    static let acts = [
        Act(words: order("tin", "--connection", "local"), way: .waited),
        inAccount(Act(words: order("cloud", "--connection", "shop"), way: .waited)),
        Act(words: change("tin", "delay=5"), way: .left),
        inAccount(Act(words: change("cloud", "delay=5"), way: .left)),
        Act(words: change("tin", "delay=6"), way: .left, failAt: "Queue4"),
        inAccount(Act(words: change("cloud", "extra=true"), way: .left)),
        Act(words: ["environment", "create", "hall", "--template", "fargate-cluster"], way: .left),
        inAccount(Act(words: change("cloud", "extra=false", "small=true", "delay=6"), way: .left)),
        Act(
            words: [
                "service", "create", "shop", "--template", "fargate-service", "--spec", "shop.yaml", "--repository",
                "acme/shop", "--branch", "main", "--repository-connection",
                "arn:aws:codestar-connections:eu-west-1:111122223333:connection/aa",
            ], way: .waited, count: 3),
        inAccount(Act(words: order("mist", "--connection", "shop", "--set", "extra=true"), way: .left)),
        Act(words: ["instance", "update", "shop/dev", "--set", "cpu=512", "--set", "memory=1024"], way: .waited),
        inAccount(Act(words: change("mist", "extra=false"), way: .left)),
        Act(words: change("tin", "delay=7"), way: .cancelled),
        inAccount(Act(words: change("cloud", "delay=7"), way: .cancelled, stack: "baryon-env--cloud")),
        Act(words: ["environment", "delete", "tin", "--yes", "tin"], way: .left),
        inAccount(Act(words: change("mist", "delay=9"), way: .waited)),
        inAccount(Act(words: order("fog", "--connection", "shop"), way: .left)),
        inAccount(Act(words: ["environment", "delete", "mist", "--yes", "mist"], way: .waited)),
    ]

    static let shop = """
        proton: ServiceSpec
        pipeline:
          approval: false
        instances:
          - name: dev
            environment: hall
            spec:
              route_priority: 10
          - name: prod
            environment: hall
            spec:
              route_priority: 20
        """

    private static func order(_ name: String, _ more: String...) -> [String] {
        ["environment", "create", name, "--template", "queues"] + more
    }

    private static func change(_ name: String, _ inputs: String...) -> [String] {
        ["environment", "update", name] + inputs.flatMap { ["--set", $0] }
    }

    private static func inAccount(_ act: Act) -> Act {
        var act = act
        act.isInAccount = true
        return act
    }
}
