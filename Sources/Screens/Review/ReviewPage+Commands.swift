import Catalog
import Engine
package import Terminal

extension ReviewPage {
    package static let commands: [Command] = [
        command("deploy", "deploy", "Submits the order as it is shown.", ["D"], "ACT", 1, asks: true),
        command("view", "next view", "Shows the changes, the checks, the inputs, then each file.", ["Tab"], "SEE", 2),
        command("viewBack", "view before", "Goes back through the views.", ["S-Tab"], "SEE"),
        command("why", "reason", "Writes down why, for the history.", ["w"], "ACT", 3),
        command("edit", "edit inputs", "Goes to the form of these inputs; nothing is lost.", ["e"], "ACT", 4),
        command(
            "next", "next change", "Goes to the next change of a file, or to one to look at.", ["n", "]"], "SEE", 5),
        command("previous", "change before", "Goes to the change before.", ["N", "["], "SEE"),
        command(
            "detail", "detail", "Shows all about the selected change, or the list again; folds a heading.", ["Enter"],
            "SEE", 6),
        command("beside", "side by side", "Shows old and new of a file beside or below each other.", ["|"], "SEE"),
        command(
            "origin", "where from", "Tells of each line of a file where it comes from, and who set its values.", ["o"],
            "SEE", 7),
        command("left", "left", "Scrolls a file to the left.", ["Left", "h"], "SEE"),
        command("right", "right", "Scrolls a file to the right.", ["Right", "l"], "SEE"),
        command("leave", "leave", "Goes back; nothing is deployed.", ["Esc"], "MOVE"),
        Command(
            "review.accept", "accept the loss", "Lets a rollback replace or remove what holds data.", keys: ["A"],
            in: "review.loss", group: "ACT", hint: 1, asks: true),
        Command(
            "review.written", "keep the reason", "Leaves the field; the reason stays.",
            keys: ["Enter", "Esc", "Ctrl-C"], in: "review.why", group: "ACT", hint: 1),
    ]

    private static func command(
        _ id: String, _ title: String, _ doc: String, _ keys: [KeyChord], _ group: String, _ hint: Int? = nil,
        asks: Bool = false
    ) -> Command {
        Command("review." + id, title, doc, keys: keys, in: "review", group: group, hint: hint, asks: asks)
    }

    /// A rollback that a loss holds up has a key of its own.
    package var contexts: [KeyContext] {
        if isWriting { return ["review.why"] }
        return losses.isEmpty ? ["review"] : ["review.loss", "review"]
    }
}
