import ArgumentParser

/// Why somebody does what is kept for ever.
struct ReasonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Why: it is kept in the history.", valueName: "text")) var why = ""
}
