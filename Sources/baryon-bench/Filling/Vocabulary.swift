/// Words that names are made of.
enum Vocabulary {
    static let areas = [
        "account", "alert", "audit", "basket", "billing", "booking", "cache", "calendar", "catalog", "checkout",
        "claim", "consent", "content", "courier", "customer", "delivery", "device", "dispatch", "document", "event",
        "export", "feature", "forecast", "fraud", "gateway", "identity", "import", "inventory", "invoice", "ledger",
        "license", "loyalty", "mail", "media", "metric", "notice", "offer", "order", "parcel", "partner", "payment",
        "picture", "policy", "price", "profile", "quota", "rating", "refund", "report", "return", "review", "route",
        "search", "session", "shipment", "stock", "survey", "tariff", "ticket", "tracking", "transfer", "voucher",
    ]
    static let forms = [
        "api", "batch", "bridge", "broker", "cron", "feed", "function", "hub", "index", "job", "proxy", "queue",
        "relay", "router", "service", "site", "store", "stream", "sync", "worker",
    ]
    static let grounds = ["cluster", "database", "edge", "network", "platform", "region", "sandbox", "vault"]
    static let places = ["berlin", "dublin", "lima", "osaka", "oslo", "paris", "porto", "quito", "riga", "sydney"]
    static let people = ["ann", "bob", "chioma", "daria", "emil", "fatima", "goran", "hana", "ines", "jun", "kofi"]
    static let reasons = [
        "Raise the memory: it was short at the end of the month", "Follow the new version", "First one in this place",
        "Take more load before the sale", "Shorten how long logs are kept", "Use the cheaper instances at night",
    ]
    static let notes = [
        "Keeps logs for thirty days and encrypts them.", "Moves to the newer runtime; nothing else changes.",
        "Adds an alarm on errors, on by default.", "Takes the size as three steps instead of a number.",
        "Puts the load balancer's name first, which replaces it.", "Allows more than one subnet in a zone.",
    ]

    static func team(_ number: Int) -> String { "team-\(areas[number % areas.count])-\(number / areas.count + 1)" }
}
