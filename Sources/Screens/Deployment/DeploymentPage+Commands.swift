package import Terminal

extension DeploymentPage {
    package static let commands: [Command] = [
        command("open", "open target", "Opens the target's page, with its outputs.", ["Enter"], "ACT", 1),
        command("edit", "edit inputs", "Opens the form of the target, to mend it.", ["e"], "ACT", 2),
        command("retry", "try again", "Plans the same again, and shows the plan.", ["T"], "ACT", 3, asks: true),
        command("cancel", "cancel", "Stops, and undoes what was done.", ["X"], "ACT", 4, asks: true),
        command("carry", "carry out", "Carries out what waits for a runner, in this program.", ["C"], "ACT"),
        command("follow", "follow", "Stays at the newest event and the running step.", ["f"], "SEE", 5),
        command("find", "find", "Shows only the events with some words.", ["/"], "SEE", 6),
        command("errors", "errors only", "Shows only the events that tell of an error, or all.", ["!"], "SEE", 7),
        command("wrap", "wrap", "Wraps long lines, or cuts them.", ["w"], "SEE", 8),
        command("pane", "other side", "Scrolls the resources, or the events.", ["Tab", "S-Tab"], "SEE", 9),
        command("cause", "open cause", "Goes to what failed, and to what was said about it.", ["o"], "SEE", 4),
        command("log", "log file", "Opens all that tools have printed.", ["t"], "SEE", 9),
        command("next", "next step", "Shows the order's next step.", ["]"], "SEE"),
        command("previous", "step before", "Shows the step before.", ["["], "SEE"),
        command("left", "left", "Scrolls the events to the left.", ["Left", "h"], "SEE"),
        command("right", "right", "Scrolls the events to the right.", ["Right", "l"], "SEE"),
        Command(
            "deployment.release", "free it", "Shows the ways out of what is stuck.", keys: ["R"],
            in: "deployment.stuck", group: "ACT", hint: 1, asks: true),
        Command(
            "deployment.found", "keep", "Leaves the field; the events stay filtered.", keys: ["Enter"],
            in: "deployment.find", group: "SEE", hint: 1),
        Command(
            "deployment.forget", "all events", "Ends the search; all events are shown.", keys: ["Esc", "Ctrl-C"],
            in: "deployment.find", group: "SEE", hint: 2),
        Command(
            "deployment.all", "all events", "Shows all events again.", keys: ["Esc"], in: "deployment.filtered",
            group: "SEE"),
    ]

    private static func command(
        _ id: String, _ title: String, _ doc: String, _ keys: [KeyChord], _ group: String, _ hint: Int? = nil,
        asks: Bool = false
    ) -> Command {
        Command("deployment." + id, title, doc, keys: keys, in: "deployment", group: group, hint: hint, asks: asks)
    }
}
