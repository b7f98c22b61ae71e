import Store

// The store's class has its module's name, so its types can't be named through the module where another has theirs.
typealias StoredOutcome = Outcome
typealias StoredOrder = Submission
typealias StoredAdoption = Adoption
